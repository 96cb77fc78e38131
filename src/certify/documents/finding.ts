/** What the judge of documents says of one place, and how it compares shown numbers with exact ones. */
import { compare, ofNumber, parseQ, toNumber } from "../../exact/rational.js";
import { isRecord } from "../reading.js";

export type Part = Readonly<Record<string, unknown>>;

export interface DocumentJudgment {
  /** Where in the document, e.g. "certificates[1]" or "verdict". */
  readonly where: string;
  readonly kind: string;
  readonly accepted: boolean;
  /** The statement accepted, or the reason refused. */
  readonly says: string;
}

/** A certificate of the document with its judgment. */
export interface Judged {
  readonly where: string;
  readonly certificate: Part;
  readonly judgment: DocumentJudgment;
}

/** A statement of the document: accepted with `yes`, refused with `no`. */
export const statement = (where: string, holds: boolean, yes: string, no: string): DocumentJudgment => ({
  where,
  kind: "statement",
  accepted: holds,
  says: holds ? yes : no,
});

/** Rows of a list: one refusal for each that has a fault, or one acceptance of them all. */
export function rowStatements(where: string, faults: readonly (string | null)[], yes: string): DocumentJudgment[] {
  const found = faults.flatMap((fault, i) => (fault === null ? [] : [statement(`${where}[${i}]`, false, "", fault)]));
  return found.length > 0 ? found : [statement(where, true, yes, "")];
}

/** The nearest double of an exact text, or null. */
export function nearest(text: unknown): number | null {
  const value = parseQ(text);
  return value === null ? null : toNumber(value);
}

export const sameNumbers = (shown: unknown, exact: unknown): boolean =>
  Array.isArray(shown) &&
  Array.isArray(exact) &&
  shown.length === exact.length &&
  shown.every((x, i) => isFiniteNumber(x) && x === nearest(exact[i]));

export const sameTexts = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((x, i) => x === b[i]);

/** The stated upper angle of an accepted certificate as a double; null where the nearest one lies below it. */
export function upperOf(c: Part): number | null {
  const exact = isRecord(c.angle) ? parseQ(c.angle.upper) : null;
  if (exact === null) return null;
  const shown = toNumber(exact);
  return compare(ofNumber(shown), exact) < 0 ? null : shown;
}

export const isFiniteNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

/** The records of a list; null where it is no list or holds something else. */
export const recordsOf = (value: unknown): Part[] | null =>
  Array.isArray(value) && value.every(isRecord) ? [...value] : null;

/** Accepted certificates of one kind. */
export const acceptedOf = (judged: readonly Judged[], kind: string): Part[] =>
  judged.filter((j) => j.judgment.accepted && j.judgment.kind === kind).map((j) => j.certificate);

/** Number of points and of coordinates of an accepted certificate's data. */
export function sizesOf(data: unknown): readonly [points: number, dimension: number] | null {
  if (!isRecord(data) || !Array.isArray(data.X)) return null;
  return [data.X.length, Array.isArray(data.X[0]) ? data.X[0].length : 0];
}

/** The product of a shape; NaN where it is none. */
export const sizeOfShape = (shape: unknown): number =>
  Array.isArray(shape)
    ? shape.reduce((a: number, b: unknown) => a * (isFiniteNumber(b) ? b : Number.NaN), 1)
    : Number.NaN;

/** The command line takes no larger tolerance: "within 1 rad" would be said of nearly anything. */
export const LARGEST_TOLERANCE = 0.2;

/** A shown angle that is certified small enough for the word `holds`. */
export const withinTolerance = (angle: unknown, tolerance: unknown): boolean =>
  isFiniteNumber(angle) && isFiniteNumber(tolerance) && angle <= tolerance && tolerance <= LARGEST_TOLERANCE;
