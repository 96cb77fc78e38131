/**
 * Integer matrices as sums of matrices of small integers, A = sum_k 2^(k width) A_k, each A_k doubles, so that products of them
 * are exact in double arithmetic and as fast as that: |A_k| < 2^width, the sign of an entry in all of its parts.
 * Used where a matrix meets many vectors of small integers. Cost: one pass to split; a product pays for each part.
 */
import { bitLength } from "./rational.js";
import { dotIntegers } from "./vector.js";

/** Integers up to this many bits are exact in a double. */
export const EXACT_BITS = 53;
/** Rows split into more parts than this are multiplied as bigints. */
const MOST_PARTS = 6;

/** The least k with n <= 2^k. */
export const ceilLog2 = (n: number): number => {
  let k = 0;
  for (let power = 1; power < n; power *= 2) k += 1;
  return k;
};

/** The bits of the largest entry. */
export function entryBits(rows: readonly (readonly bigint[])[]): number {
  let peak = 0n;
  for (const row of rows) for (const x of row) peak = x > peak ? x : -x > peak ? -x : peak;
  return bitLength(peak);
}

/** The parts of `rows`, row major, least first. */
export function splitRows(rows: readonly (readonly bigint[])[], width: number): readonly Float64Array[] {
  const columns = rows[0]?.length ?? 0;
  const mask = (1n << BigInt(width)) - 1n;
  const parts = Array.from(
    { length: Math.max(1, Math.ceil(entryBits(rows) / width)) },
    () => new Float64Array(rows.length * columns),
  );
  rows.forEach((row, i) => {
    row.forEach((x, j) => {
      let left = x < 0n ? -x : x;
      for (let k = 0; left !== 0n; k++, left >>= BigInt(width)) {
        const digit = Number(left & mask);
        parts[k]![i * columns + j] = x < 0n ? -digit : digit;
      }
    });
  });
  return parts;
}

/** sum_i a[aAt + i] b[bAt + i] of integers whose sums stay exact: the order does not matter then. */
export function dotExact(a: Float64Array, aAt: number, b: Float64Array, bAt: number, n: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < n; i += 4) {
    s0 += a[aAt + i]! * b[bAt + i]!;
    s1 += a[aAt + i + 1]! * b[bAt + i + 1]!;
    s2 += a[aAt + i + 2]! * b[bAt + i + 2]!;
    s3 += a[aAt + i + 3]! * b[bAt + i + 3]!;
  }
  for (; i < n; i++) s0 += a[aAt + i]! * b[bAt + i]!;
  return s0 + s1 + (s2 + s3);
}

/** All inner products <row_i, row_j>. */
export function gramOf(rows: readonly (readonly bigint[])[]): bigint[][] {
  const columns = rows[0]?.length ?? 0;
  const width = Math.floor((EXACT_BITS - ceilLog2(columns)) / 2);
  const few = width > 0 && entryBits(rows) <= MOST_PARTS * width;
  const parts = few ? splitRows(rows, width) : [];
  const product = (i: number, j: number): bigint => {
    if (!few) return dotIntegers(rows[i]!, rows[j]!);
    let sum = 0n;
    parts.forEach((a, k) => {
      parts.forEach((b, l) => {
        const s = dotExact(a, i * columns, b, j * columns, columns);
        if (s !== 0) sum += BigInt(s) << BigInt((k + l) * width);
      });
    });
    return sum;
  };
  const gram = rows.map(() => new Array<bigint>(rows.length).fill(0n));
  rows.forEach((_, i) => {
    for (let j = 0; j <= i; j++) {
      const value = product(i, j);
      gram[i]![j] = value;
      gram[j]![i] = value;
    }
  });
  return gram;
}
