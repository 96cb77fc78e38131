/**
 * A data set from JSON: {"X": N x D or N x D x R, "y": [1, -1, ...]}, exact decimals, other keys ignored.
 * Convention: the literal text of a number is what counts (lossless-json), never its double. N x D x R rows are flattened
 * row-major and `shape` is [D, R]. One class is legitimate, N = 1 included: only y_n x_n matters to a predictor
 * through the origin. Places are indices from 0, as in X[2][0].
 * Cost: linear in the text (10^6 numbers take two seconds).
 * Errors: UseError, one sentence with file, index, expected and found; invalid JSON with its character position from 0.
 */
import { LosslessNumber, parse } from "lossless-json";
import type { Dataset } from "../../kernel/dataset.js";
import { UseError } from "../../kernel/use-error.js";
import { clipped, type Decimal, listed, parseDecimal, printable, shown, toCommonScale } from "./decimal.js";

export interface JsonOptions {
  /** How messages name the file. */
  readonly file: string;
  /** Append a constant coordinate 1 to every row; vectors only. */
  readonly bias?: boolean | undefined;
  /** The data set's name; else `file`. */
  readonly name?: string | undefined;
}

/** Deepest nesting read: X needs 4; the parser is recursive, and a hostile file must not overflow its stack. */
const MAX_DEPTH = 100;

export function datasetFromJson(text: string, options: JsonOptions): Dataset {
  const file = printable(options.file);
  const { X, y } = readDocument(text, file);
  const rows = listAt(X, () => `${file}, X`, "rows");
  const first = listAt(rows[0], () => `${file}, X[0]`, "numbers");
  const D = first.length;
  const R = Array.isArray(first[0]) ? listAt(first[0], () => `${file}, X[0][0]`, "numbers").length : null;
  if (R !== null && options.bias)
    throw new UseError(
      `${file}, X: expected rows of numbers to append a bias to, found shape ${rows.length} x ${D} x ${R}`,
    );
  const place = (n: number, d: number): string =>
    `${file}, X[${n}]${R === null ? `[${d}]` : `[${Math.floor(d / R)}][${d % R}]`}`;
  const decimals = rows.map((row, n) => {
    const outer = listAt(row, () => `${file}, X[${n}]`, R === null ? "numbers" : "rows of numbers", D);
    const flat =
      R === null ? outer : outer.flatMap((inner, d) => listAt(inner, () => `${file}, X[${n}][${d}]`, "numbers", R));
    const values = flat.map((value, d) => numberAt(value, () => place(n, d)));
    return options.bias ? [...values, ONE] : values;
  });
  const labels = listAt(y, () => `${file}, y`, "labels, one for each row of X,", rows.length);
  return {
    name: options.name ?? options.file,
    shape: R === null ? [D + (options.bias ? 1 : 0)] : [D, R],
    ...toCommonScale(decimals, place),
    y: labels.map((label, n) => signAt(label, `${file}, y[${n}]`)),
    features: null,
  };
}

const ONE: Decimal = { mantissa: 1n, exponent: 0 };

/** The X and y of the document; neither is looked into. */
function readDocument(raw: string, file: string): { X: unknown; y: unknown } {
  const text = raw.startsWith("\uFEFF") ? raw.slice(1) : raw;
  if (text.trim() === "") throw new UseError(`${file}: expected a JSON object with X and y, found an empty file`);
  checkDepth(text, file);
  const document = parseJson(text, file);
  if (
    typeof document !== "object" ||
    document === null ||
    Array.isArray(document) ||
    document instanceof LosslessNumber
  )
    throw new UseError(`${file}: expected a JSON object with X and y, found ${described(document)}`);
  const keys = Object.keys(document);
  for (const key of ["X", "y"])
    if (!keys.includes(key))
      throw new UseError(
        `${file}: expected the key "${key}", found ${keys.length === 0 ? "no keys" : `the keys ${listed(keys)}`}`,
      );
  return document as { X: unknown; y: unknown };
}

function parseJson(text: string, file: string): unknown {
  try {
    return parse(text, null, {
      onDuplicateKey: ({ key, position }) => {
        throw new UseError(`${file}, position ${position}: expected each key once, found ${shown(key)} again`);
      },
    });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const what =
      error.message.length > 110 ? `${error.message.slice(0, 50)}...${error.message.slice(-57)}` : error.message;
    throw new UseError(`${file}: expected valid JSON, found a fault: ${printable(what)}`, { cause: error });
  }
}

function checkDepth(text: string, file: string): void {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === "\\") i++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === "[" || c === "{") {
      if (++depth > MAX_DEPTH)
        throw new UseError(`${file}: expected at most ${MAX_DEPTH} levels of nesting, found more at position ${i}`);
    } else if (c === "]" || c === "}") depth--;
  }
}

/** The value as a non-empty array, of `length` entries if that is given. */
function listAt(value: unknown, place: () => string, what: string, length?: number): readonly unknown[] {
  if (Array.isArray(value) && (length === undefined ? value.length > 0 : value.length === length)) return value;
  const expected = length === undefined ? `a non-empty array of ${what}` : `an array of ${length} ${what}`;
  throw new UseError(`${place()}: expected ${expected.replace(/,$/, "")}, found ${described(value)}`);
}

function numberAt(value: unknown, place: () => string): Decimal {
  if (value instanceof LosslessNumber) return parseDecimal(value.value, place);
  throw new UseError(`${place()}: expected a number, found ${described(value)}`);
}

function signAt(value: unknown, place: string): 1 | -1 {
  if (value instanceof LosslessNumber) {
    const { mantissa, exponent } = parseDecimal(value.value, () => place);
    if (exponent === 0 && mantissa === 1n) return 1;
    if (exponent === 0 && mantissa === -1n) return -1;
  }
  throw new UseError(`${place}: expected 1 or -1, found ${described(value)}`);
}

function described(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return `the string ${shown(value)}`;
  if (value instanceof LosslessNumber) return clipped(value.value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty array" : `an array of ${value.length}`;
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
