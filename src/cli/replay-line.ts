/**
 * A Case as one word: "bp1." and the base64url of the deflated JSON. A shipped data set is named with its hash and the
 * flags it was read with; other data stand inline while the word is short, else the word is "@case.json" and the report
 * directory holds that file. A case of a theorem in a file of the user's has that file before it, "my-theorem.ts@bp1.".
 */
import { inflateRawSync } from "node:zlib";
import { deflateSync, strToU8 } from "fflate";
import type { Case } from "../kernel/case.js";
import { dataToJSON } from "../kernel/dataset.js";
import { UseError } from "../kernel/use-error.js";
import { printable, shown } from "../models/data/decimal.js";
import type { Own } from "../verify/theorem.js";
import { checkCase } from "./check-case.js";
import { CASE_FILE } from "./check-outputs.js";
import { loadShipped, type NamedData, requireVectors, type ShippedOptions } from "./data-source.js";
import { readBytes } from "./files.js";
import { parseJson, readCase, readShippedData } from "./read-json.js";

const TAG = "bp1.";
/** Longest word that is still pasted into a terminal without pain. */
const SHORT = 8000;
/** How sentences name what a word holds. */
const WORD = "replay word";

type Packed = Omit<Case, "data"> & {
  readonly data: Case["data"] | { readonly shipped: string; readonly sha256: string; readonly options: ShippedOptions };
};

export function replayLine(c: Case, data: NamedData | null): string {
  const shipped = data?.shipped ?? null;
  // One order of keys, so that a case has one word wherever it comes from.
  const packed: Packed = {
    version: c.version,
    ...(c.theorem === undefined ? {} : { theorem: c.theorem }),
    ...(c.file === undefined ? {} : { file: c.file }),
    architecture: c.architecture,
    depth: c.depth,
    widths: c.widths,
    ...(c.options === undefined ? {} : { options: c.options }),
    data:
      shipped === null ? c.data : { shipped: shipped.set.name, sha256: shipped.set.sha256, options: shipped.options },
    loss: c.loss,
    optimizer: c.optimizer,
    eta: c.eta,
    init: c.init,
    seed: c.seed,
    tolerance: c.tolerance,
    goal: c.goal,
    budget: c.budget,
  };
  const word = TAG + Buffer.from(deflateSync(strToU8(JSON.stringify(packed)), { level: 9 })).toString("base64url");
  if (word.length > SHORT) return `@${CASE_FILE}`;
  return c.file === undefined ? word : `${c.file.name}@${word}`;
}

/** The user's file that stands before a word, and the word. */
export function splitLine(line: string): { readonly file: string | null; readonly word: string } {
  const at = line.lastIndexOf(`@${TAG}`);
  return at <= 0 ? { file: null, word: line } : { file: line.slice(0, at), word: line.slice(at + 1) };
}

export interface Replayed {
  readonly case: Case;
  readonly data: NamedData | null;
}

/** Longest JSON a word may unpack to: a guard against a word made to exhaust memory. */
const UNPACKED_LIMIT = 64 * 1024 * 1024;

/** The JSON inside a replay word. */
export function unpacked(line: string): unknown {
  if (!line.startsWith(TAG) || !/^[A-Za-z0-9_-]+$/.test(line.slice(TAG.length)))
    throw new UseError(`replay: expected a word that begins with ${TAG} (or @FILE), got ${shown(line)}`);
  let bytes: Uint8Array;
  try {
    bytes = inflateRawSync(Buffer.from(line.slice(TAG.length), "base64url"), { maxOutputLength: UNPACKED_LIMIT });
  } catch {
    throw new UseError("replay: expected a whole replay word, got one that does not unpack (was it cut?)");
  }
  return parseJson(bytes, WORD);
}

/** Reads a replay word or "@FILE"; throws UseError for anything that is not a Case whose parts fit each other. */
export function readReplayLine(line: string, own: Own = {}): Replayed {
  const called = line.startsWith("@") ? printable(line.slice(1)) : WORD;
  const value = line.startsWith("@") ? parseJson(readBytes(line.slice(1)), called) : unpacked(line);
  const named = readShippedData(value, called);
  if (named === null) return { case: checkCase(readCase(value, called), called, own), data: null };
  const data = loadShipped(named.shipped, named.sha256, named.options);
  requireVectors("replay", data);
  const { dataset } = data;
  const filled = { ...named.rest, data: { name: dataset.name, shape: dataset.shape, json: dataToJSON(dataset) } };
  return { case: checkCase(readCase(filled, called), called, own), data };
}
