/**
 * JSON on the way in, validated: initialization files and replay cases. Everything that does not fit is a UseError of one
 * sentence that names the file, the place in it, what was expected and what was found; found text is cut and made safe.
 */
import * as v from "valibot";
import type { Case } from "../kernel/case.js";
import { UseError } from "../kernel/use-error.js";
import { clipped, printable } from "../models/data/decimal.js";
import type { ShippedOptions } from "./data-source.js";
import { caseOptions, count, dataJson, finite, positive, shape } from "./schema-parts.js";

const layers = v.array(v.array(v.array(finite)));
const scale = v.pipe(finite, v.minValue(0, "a number >= 0"));
const above = v.pipe(finite, v.gtValue(0, "a number > 0"));

export const caseSchema = v.strictObject({
  version: v.literal(1),
  theorem: v.exactOptional(v.string()),
  file: v.exactOptional(v.strictObject({ name: v.string(), sha256: v.string() })),
  architecture: v.string(),
  depth: positive,
  widths: v.nullable(v.array(positive)),
  options: v.exactOptional(caseOptions),
  data: v.strictObject({ name: v.string(), shape, json: dataJson }),
  loss: v.string(),
  optimizer: v.string(),
  eta: v.nullable(above),
  init: v.variant("kind", [
    v.strictObject({ kind: v.literal("gaussian"), scale, layerScales: v.exactOptional(v.array(scale)) }),
    v.strictObject({ kind: v.literal("layers"), layers }),
  ]),
  seed: v.pipe(v.string(), v.regex(/^(0|[1-9][0-9]{0,999})$/, "a non-negative integer in at most 1000 digits")),
  tolerance: finite,
  goal: finite,
  budget: v.strictObject({ steps: count, seconds: v.nullable(above) }),
});

const shippedSchema = v.strictObject({
  shipped: v.string(),
  sha256: v.string(),
  options: v.strictObject({
    label: v.optional(v.string()),
    positive: v.optional(v.string()),
    negative: v.optional(v.string()),
    bias: v.optional(v.boolean()),
  }),
});

/** One sentence about the first thing that does not fit. */
function sentence(issue: v.BaseIssue<unknown>, file: string, place: string): string {
  const path = [place, v.getDotPath(issue) ?? ""].filter((p) => p !== "").join(".");
  const ours = !issue.message.startsWith("Invalid ");
  const expected = ours
    ? issue.message
    : issue.expected === "never"
      ? "no such key"
      : (issue.expected ?? "another value");
  const found = issue.received === "undefined" ? "nothing" : clipped(issue.received);
  return `${file}${path === "" ? "" : `, ${clipped(path)}`}: expected ${clipped(expected)}, got ${found}`;
}

/** Holds a value to a schema; `place` is where in the file it stands. */
export function read<S extends v.GenericSchema>(schema: S, value: unknown, file: string, place = ""): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (!result.success) throw new UseError(sentence(result.issues[0], file, place));
  return result.output;
}

export function parseJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    // The parser quotes what it stumbled over, line ends and all.
    const fault = error instanceof Error ? printable(error.message).slice(0, 160) : "something else";
    throw new UseError(`${printable(file)}: expected JSON, found ${fault}`);
  }
}

/** Reads {"layers": [...]}. */
export function readInit(bytes: Uint8Array, file: string): number[][][] {
  return read(v.object({ layers }), parseJson(bytes, file), printable(file)).layers;
}

export function readCase(value: unknown, file: string): Case {
  return read(caseSchema, value, file);
}

/** A case that names a shipped data set in place of its data. */
export interface ShippedCase {
  readonly shipped: string;
  readonly sha256: string;
  readonly options: ShippedOptions;
  /** The case without its data. */
  readonly rest: Readonly<Record<string, unknown>>;
}

/** Null where the value does not name a shipped set; what it is instead is for `readCase` to say. */
export function readShippedData(value: unknown, file: string): ShippedCase | null {
  if (typeof value !== "object" || value === null || !("data" in value)) return null;
  const { data, ...rest } = value;
  if (typeof data !== "object" || data === null || !("shipped" in data)) return null;
  return { ...read(shippedSchema, data, file, "data"), rest };
}
