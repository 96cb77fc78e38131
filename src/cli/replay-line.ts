/**
 * A Case as one word: "bp1." and the base64url of the deflated JSON. A shipped data set is named with its hash and the
 * flags it was read with; other data stand inline while the word is short, else the word is "@case.json" and the report
 * directory holds that file.
 */
import { deflateSync, inflateSync, strFromU8, strToU8 } from "fflate";
import type { Case } from "../kernel/case.js";
import { dataToJSON } from "../kernel/dataset.js";
import { UseError } from "../kernel/use-error.js";
import { CASE_FILE } from "./check-outputs.js";
import { loadShipped, type NamedData, readBytes, type ShippedOptions } from "./files.js";
import { parseJson, readCase } from "./schema.js";

const TAG = "bp1.";
/** Longest word that is still pasted into a terminal without pain. */
const SHORT = 8000;

type Packed = Omit<Case, "data"> & {
  readonly data: Case["data"] | { readonly shipped: string; readonly sha256: string; readonly options: ShippedOptions };
};

export function replayLine(c: Case, data: NamedData | null): string {
  const shipped = data?.shipped ?? null;
  // One order of keys, so that a case has one word wherever it comes from.
  const packed: Packed = {
    version: c.version,
    architecture: c.architecture,
    depth: c.depth,
    widths: c.widths,
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
  return word.length <= SHORT ? word : `@${CASE_FILE}`;
}

export interface Replayed {
  readonly case: Case;
  readonly data: NamedData | null;
}

/** Longest JSON a word may unpack to: a guard against a word made to exhaust memory. */
const UNPACKED_LIMIT = 64 * 1024 * 1024;

export function readReplayLine(line: string): Replayed {
  if (line.startsWith("@"))
    return { case: readCase(parseJson(readBytes(line.slice(1)), line.slice(1)), line.slice(1)), data: null };
  if (!line.startsWith(TAG) || !/^[A-Za-z0-9_-]+$/.test(line.slice(TAG.length)))
    throw new UseError(`replay: expected a word that begins with ${TAG} (or @FILE), got "${line.slice(0, 40)}"`);
  let text: string;
  try {
    const packed = new Uint8Array(Buffer.from(line.slice(TAG.length), "base64url"));
    text = strFromU8(inflateSync(packed, { out: new Uint8Array(UNPACKED_LIMIT) }));
  } catch {
    throw new UseError("replay: expected a whole replay word, got one that does not unpack (was it cut?)");
  }
  const value = parseJson(strToU8(text), "replay word") as Packed;
  if (
    typeof value === "object" &&
    value !== null &&
    typeof value.data === "object" &&
    value.data !== null &&
    "shipped" in value.data
  ) {
    const { shipped, sha256, options } = value.data;
    const data = loadShipped(String(shipped), String(sha256), options);
    const { dataset } = data;
    const filled = { ...value, data: { name: dataset.name, shape: dataset.shape, json: dataToJSON(dataset) } };
    return { case: readCase(filled, "replay word"), data };
  }
  return { case: readCase(value, "replay word"), data: null };
}
