/** What the judge of documents says of one place, and how it compares shown numbers with exact ones. */
import { parseQ, toNumber } from "../../exact/rational.js";
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

/** The nearest double of an exact text, or null. */
export function nearest(text: unknown): number | null {
  const value = parseQ(text);
  return value === null ? null : toNumber(value);
}

export const sameNumbers = (shown: unknown, exact: unknown): boolean =>
  Array.isArray(shown) &&
  Array.isArray(exact) &&
  shown.length === exact.length &&
  shown.every((x, i) => x === nearest(exact[i]));

export const sameTexts = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((x, i) => x === b[i]);

/** The stated upper angle of a direction-bound or duality-gap, as a double. */
export const upperOf = (c: Part): number | null => (isRecord(c.angle) ? nearest(c.angle.upper) : null);

export const records = (value: unknown): Part[] => (Array.isArray(value) ? value.filter(isRecord) : []);

/** Accepted certificates of one kind. */
export const acceptedOf = (judged: readonly Judged[], kind: string): Part[] =>
  judged.filter((j) => j.judgment.accepted && j.judgment.kind === kind).map((j) => j.certificate);
