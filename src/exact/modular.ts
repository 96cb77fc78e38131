/**
 * Dense linear algebra modulo a prime on doubles. The prime is so small that n products of residues have an exact sum: rows
 * are then reduced only where they are read. Cost: n^3 multiplications to invert.
 */
import { ceilLog2, EXACT_BITS } from "./planes.js";

/** Bits of a prime p with n p^2 <= 2^53. */
export const primeBits = (n: number): number => Math.floor((EXACT_BITS - ceilLog2(Math.max(1, n))) / 2);

/** The largest prime below `limit`, 3 < limit <= 2^27. */
export function primeBelow(limit: number): number {
  for (let p = limit - 1; p > 2; p--) {
    let divisor = 2;
    while (divisor * divisor <= p && p % divisor !== 0) divisor += 1;
    if (divisor * divisor > p) return p;
  }
  return 2;
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

export const residue = (x: bigint, p: bigint): number => {
  const r = x <= SAFE && x >= -SAFE ? Number(x) % Number(p) : Number(x % p);
  return r < 0 ? r + Number(p) : r + 0; // never -0
};

export function inverseOf(a: number, p: number): number {
  let [r, s, x, y] = [p, a, 0, 1];
  while (s !== 0) {
    const quotient = Math.floor(r / s);
    [r, s, x, y] = [s, r - quotient * s, y, x - quotient * y];
  }
  return x < 0 ? x + p : x;
}

/** M <- M^-1 modulo p for an n x n matrix of residues, n p^2 <= 2^53, by Gauss and Jordan; false where M is singular mod p. */
export function invertModulo(M: Float64Array, n: number, p: number): boolean {
  const swaps: number[] = [];
  for (let k = 0; k < n; k++) {
    let row = k;
    while (row < n && M[row * n + k]! % p === 0) row += 1;
    if (row === n) return false;
    swaps.push(row);
    if (row !== k) for (let j = 0; j < n; j++) [M[k * n + j], M[row * n + j]] = [M[row * n + j]!, M[k * n + j]!];
    const scale = inverseOf(M[k * n + k]! % p, p);
    M[k * n + k] = 1;
    for (let j = 0; j < n; j++) M[k * n + j] = ((M[k * n + j]! % p) * scale) % p;
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const lead = M[i * n + k]! % p;
      M[i * n + k] = 0;
      if (lead === 0) continue;
      const factor = p - lead;
      for (let j = 0; j < n; j++) M[i * n + j] = M[i * n + j]! + factor * M[k * n + j]!;
    }
  }
  for (let i = 0; i < n * n; i++) M[i] = M[i]! % p;
  for (let k = n - 1; k >= 0; k--) {
    const row = swaps[k]!;
    if (row !== k) for (let i = 0; i < n; i++) [M[i * n + k], M[i * n + row]] = [M[i * n + row]!, M[i * n + k]!];
  }
  return true;
}

/**
 * Indices of rows that are independent modulo a prime, chosen greedily in the given order: independent over Q as well. A row
 * that is left out is practically always dependent over Q; this is not proved.
 */
export function independentModulo(rows: readonly (readonly bigint[])[]): readonly number[] {
  const columns = rows[0]?.length ?? 0;
  const p = primeBelow(1 << primeBits(columns + 1));
  const P = BigInt(p);
  const pivots: { readonly column: number; readonly row: Float64Array }[] = [];
  const kept: number[] = [];
  rows.forEach((given, index) => {
    if (pivots.length === columns) return;
    const row = Float64Array.from(given, (x) => residue(x, P));
    // Every pivot row is 0 at the columns of earlier ones and 1 at its own, so one pass in order clears all.
    for (const pivot of pivots) {
      const lead = row[pivot.column]! % p;
      row[pivot.column] = 0;
      if (lead === 0) continue;
      const factor = p - lead;
      for (let j = 0; j < columns; j++) if (j !== pivot.column) row[j] = row[j]! + factor * pivot.row[j]!;
    }
    let column = -1;
    for (let j = 0; j < columns; j++) {
      row[j] = row[j]! % p;
      if (column < 0 && row[j] !== 0) column = j;
    }
    if (column < 0) return;
    const scale = inverseOf(row[column]!, p);
    for (let j = 0; j < columns; j++) row[j] = (row[j]! * scale) % p;
    pivots.push({ column, row });
    kept.push(index);
  });
  return kept;
}
