/**
 * The case that a document's replay word holds, for what `recheck` holds to it; null where there is none to be had: a word that
 * only points to a file, one that is none, or a case of something that a file of the user's defines. Runs nothing.
 */
import { isRecord } from "../certify/reading.js";
import type { Case } from "../kernel/case.js";
import { dataFromJSON, dataToJSON } from "../kernel/dataset.js";
import { UseError } from "../kernel/use-error.js";
import { type Replayed, readReplayLine, splitLine } from "./replay-line.js";

export type Part = Readonly<Record<string, unknown>>;

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export function wordOf(replay: unknown): Replayed | null {
  if (typeof replay !== "string") return null;
  const { word } = splitLine(replay);
  if (word.startsWith("@")) return null;
  try {
    return readReplayLine(word);
  } catch (error) {
    if (error instanceof UseError) return null;
    throw error;
  }
}

/** JSON with keys in one order: readers of cases keep that of their schema, documents that of whoever wrote them. */
const ordered = (_key: string, value: unknown): unknown =>
  isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;

export const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a, ordered) === JSON.stringify(b, ordered);

/** Are these the data of the case, as its certificates hold them? */
export const sameData = ({ data }: Case, shown: unknown): boolean =>
  sameJson(dataToJSON({ ...dataFromJSON(data.json), shape: data.shape }), shown);

export interface Run {
  /** Before the places in it, "" or "run." or "counterexample.run.". */
  readonly at: string;
  readonly run: Part;
}

/** The run that a document is, or holds. */
export function runIn(document: Part): Run | null {
  const { command } = document;
  if (command === "run" || command === "replay") return { at: "", run: document };
  const [at, found] =
    command === "counterexample"
      ? ["run.", document]
      : ["counterexample.run.", command === "falsify" ? document.counterexample : null];
  return isRecord(found) && isRecord(found.run) ? { at, run: found.run } : null;
}

export interface Row {
  readonly row: Part;
  /** The place of its first certificate among those of the theorem. */
  readonly first: number;
  readonly certificates: readonly unknown[];
}

/** The cases of a campaign, each with the certificates that it counts as its own; those of the judge's refusals are as they are. */
export function rowsOf(theorem: Part): readonly Row[] {
  const certificates = listOf(theorem.certificates);
  let from = 0;
  return listOf(theorem.cases).flatMap((row) => {
    if (!isRecord(row)) return [];
    const first = from;
    from += typeof row.certificates === "number" ? row.certificates : 0;
    return [{ row, first, certificates: certificates.slice(first, from) }];
  });
}
