/**
 * Vectors of rationals over one common denominator, v = n / d: inner products then need one gcd, not one a term.
 * All operations are exact.
 */
import type { Rational } from "../kernel/certificate.js";
import { gcd, isPowerOfTwo, ofNumber, parseQ, type Q, q, showQ, ZERO } from "./rational.js";

export interface QVector {
  readonly n: readonly bigint[];
  readonly d: bigint;
}

export function vectorOf(entries: readonly Q[]): QVector {
  let d = 1n;
  for (const e of entries) if (d % e.d !== 0n) d = (d / gcd(d, e.d)) * e.d;
  return { n: entries.map((e) => e.n * (d / e.d)), d };
}

export const vectorOfNumbers = (x: ArrayLike<number>): QVector => vectorOf(Array.from(x, ofNumber));

/** Below this a gcd costs less than a product and its remainder. */
const SHORT = 1n << 53n;

/**
 * In lowest terms. What an entry has in common with d divides the part of d that the product of all entries has in common
 * with it: one gcd of long numbers, and then, as a rule, short ones.
 */
export function entriesOf({ n, d }: QVector): Q[] {
  if (n.length < 3 || d < SHORT || isPowerOfTwo(d)) return n.map((x) => q(x, d));
  let product = 1n;
  for (const x of n) if (x !== 0n) product = (product * x) % d;
  const shared = gcd(product, d);
  return n.map((x) => {
    if (x === 0n) return ZERO;
    const common = shared === 1n ? 1n : gcd(x % shared, shared);
    return common === 1n ? { n: x, d } : { n: x / common, d: d / common };
  });
}

/** The same vector over its least common denominator. */
export function reduced({ n, d }: QVector): QVector {
  let common = d;
  for (const x of n) {
    if (common === 1n) break;
    common = gcd(common, x);
  }
  return common === 1n ? { n, d } : { n: n.map((x) => x / common), d: d / common };
}

export const showVector = (v: QVector): Rational[] => entriesOf(v).map(showQ);

/** Reads a list of "p/q"; `null` when any entry is not one, or the length differs from `length`. */
export function parseVector(texts: unknown, length: number): QVector | null {
  if (!Array.isArray(texts) || texts.length !== length) return null;
  const entries: Q[] = [];
  for (const text of texts) {
    const value = parseQ(text);
    if (value === null) return null;
    entries.push(value);
  }
  return vectorOf(entries);
}

/** Sum of products of integers. */
export function dotIntegers(a: readonly bigint[], b: readonly bigint[]): bigint {
  let sum = 0n;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

export const dot = (a: QVector, b: QVector): Q => q(dotIntegers(a.n, b.n), a.d * b.d);

export const normSquared = (a: QVector): Q => dot(a, a);

/** sum_n c_n row_n for integer rows over `scale`. */
export function combineRows(c: QVector, rows: readonly (readonly bigint[])[], scale: bigint): QVector {
  const D = rows[0]?.length ?? 0;
  const sums = new Array<bigint>(D).fill(0n);
  rows.forEach((row, n) => {
    const weight = c.n[n]!;
    if (weight !== 0n) for (let d = 0; d < D; d++) sums[d] = sums[d]! + weight * row[d]!;
  });
  return { n: sums, d: c.d * scale };
}

/** The margins <row_n, b> of integer rows over `scale`. */
export function marginsOf(rows: readonly (readonly bigint[])[], scale: bigint, b: QVector): QVector {
  return { n: rows.map((row) => dotIntegers(row, b.n)), d: scale * b.d };
}

/** The least entry, and where it stands first. */
export function leastEntry(v: QVector): { readonly value: Q; readonly index: number } {
  let index = 0;
  v.n.forEach((x, i) => {
    if (x < v.n[index]!) index = i;
  });
  return { value: q(v.n[index]!, v.d), index };
}

export function equalVectors(a: QVector, b: QVector): boolean {
  return a.n.length === b.n.length && a.n.every((x, i) => x * b.d === b.n[i]! * a.d);
}
