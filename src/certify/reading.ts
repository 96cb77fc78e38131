/**
 * How the judge reads what it is given: JSON of unknown origin. Nothing here throws; a malformed piece is a refusal with
 * its reason. Numbers and the common denominators of vectors are bounded in length, so that a huge one is refused and not
 * computed with; such a refusal says so (`too-large`), since it says nothing against the certificate.
 */
import { gcd, parseQ, type Q } from "../exact/rational.js";
import type { QVector } from "../exact/vector.js";
import type { RefusalCause } from "../kernel/certificate.js";
import { isShapeOf } from "../kernel/dataset.js";

/** Longest text of one number: an optimum of 500 active constraints needs less. Two such numbers cost 40 ms. */
const NUMBER_LENGTH = 20_000;
/** Most bits of the common denominator of a vector: about as long as one number may be. */
const DENOMINATOR_BITS = 66_000n;
/** Most bits of a vector over its common denominator, 2^30: short entries beside one long one would fill the memory. */
const VECTOR_BITS = 0x40000000;

export class Refusal {
  constructor(
    readonly reason: string,
    readonly cause: RefusalCause,
  ) {}
}

export const refuse = (reason: string, cause: RefusalCause = "refuted"): Refusal => new Refusal(reason, cause);

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Exactly the keys `names`, no more and no fewer: an unknown key could be a statement nobody checks. */
export function hasExactKeys(value: Readonly<Record<string, unknown>>, names: readonly string[]): boolean {
  const keys = Object.keys(value);
  return keys.length === names.length && names.every((name) => Object.hasOwn(value, name));
}

/** A text too long to be read, whatever it says. */
const tooLong = (value: unknown): boolean => (typeof value === "string" ? value.length : 0) > NUMBER_LENGTH;

const longNumber = (name: string): string => `${name} holds a number of more than ${NUMBER_LENGTH} characters`;

/** `name` is how a refusal names the place. */
export function readRational(value: unknown, name: string): Q | Refusal {
  if (tooLong(value)) return refuse(longNumber(name), "too-large");
  return parseQ(value) ?? refuse(`${name} must be a rational`);
}

export function readVector(value: unknown, length: number, name: string): QVector | Refusal {
  if (!Array.isArray(value) || value.length !== length) return refuse(`${name} must be ${length} rationals`);
  const entries: Q[] = [];
  let d = 1n;
  for (const text of value) {
    const entry = readRational(text, name);
    if (entry instanceof Refusal) return entry;
    if (d % entry.d !== 0n) d = (d / gcd(d, entry.d)) * entry.d;
    if (d >> DENOMINATOR_BITS !== 0n) return refuse(`${name} has too long a common denominator`, "too-large");
    entries.push(entry);
  }
  if (entries.filter((e) => e.n !== 0n).length * (d.toString(16).length * 4) > VECTOR_BITS)
    return refuse(`${name} is too long over its common denominator`, "too-large");
  return { n: entries.map((e) => e.n * (d / e.d)), d };
}

export interface JudgedData {
  readonly N: number;
  readonly D: number;
  /** Of one point; its product is D. */
  readonly shape: readonly number[];
  /** y_n X_n, integers over `scale`. */
  readonly rows: readonly (readonly bigint[])[];
  readonly scale: bigint;
}

const INTEGER = /^(0|-?[1-9][0-9]*)$/;

export function readData(value: unknown): JudgedData | Refusal {
  const keys = ["scale", "X", "y"];
  if (!isRecord(value) || !(hasExactKeys(value, keys) || hasExactKeys(value, [...keys, "shape"])))
    return refuse("data must have scale, X, y and perhaps shape only");
  const integer = (x: unknown): bigint | null => (typeof x === "string" && INTEGER.test(x) ? BigInt(x) : null);
  if (tooLong(value.scale)) return refuse(longNumber("data.scale"), "too-large");
  const scale = integer(value.scale);
  if (scale === null || scale <= 0n) return refuse("data.scale must be a positive integer");
  const { X, y } = value;
  if (!Array.isArray(X) || X.length === 0 || !Array.isArray(y) || y.length !== X.length)
    return refuse("data.X and data.y must be non-empty lists of one length");
  const D = Array.isArray(X[0]) ? X[0].length : 0;
  if (D === 0) return refuse("data.X must have rows of at least one coordinate");
  const rows: bigint[][] = [];
  for (let n = 0; n < X.length; n++) {
    const row: unknown = X[n];
    const label: unknown = y[n];
    if (!Array.isArray(row) || row.length !== D) return refuse(`data.X row ${n} must have ${D} coordinates`);
    if (label !== 1 && label !== -1) return refuse(`data.y entry ${n} must be 1 or -1`);
    const signed: bigint[] = [];
    for (const x of row) {
      if (tooLong(x)) return refuse(longNumber(`data.X row ${n}`), "too-large");
      const k = integer(x);
      if (k === null) return refuse(`data.X row ${n} must hold integers`);
      signed.push(label === 1 ? k : -k);
    }
    rows.push(signed);
  }
  const shape = Object.hasOwn(value, "shape") ? value.shape : [D];
  if (!isShapeOf(shape, D)) return refuse(`data.shape must be at most 8 positive integers with the product ${D}`);
  return { N: rows.length, D, shape, rows, scale };
}
