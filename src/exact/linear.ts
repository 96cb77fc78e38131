/**
 * Fraction-free linear algebra on integer matrices (Bareiss 1968): all divisions are exact, entries stay minors of
 * the input. Cost: O(n^3) products of integers of O(n) digits.
 */
import { type Q, q } from "./rational.js";

/** Solves A x = b for a square A; `null` when A is singular. */
export function solveExact(A: readonly (readonly bigint[])[], b: readonly bigint[]): Q[] | null {
  const n = A.length;
  const M = A.map((row, i) => [...row, b[i]!]);
  let previous = 1n;
  for (let k = 0; k < n; k++) {
    const pivotRow = M.findIndex((row, i) => i >= k && row[k] !== 0n);
    if (pivotRow < 0) return null;
    [M[k], M[pivotRow]] = [M[pivotRow]!, M[k]!];
    const pivot = M[k]!;
    for (let i = k + 1; i < n; i++) {
      const row = M[i]!;
      for (let j = k + 1; j <= n; j++) row[j] = (row[j]! * pivot[k]! - row[k]! * pivot[j]!) / previous;
      row[k] = 0n;
    }
    previous = pivot[k]!;
  }
  // Back substitution over the common denominator det = M[n-1][n-1]: x_i = num_i / det with integer num_i (Cramer).
  const det = n === 0 ? 1n : M[n - 1]![n - 1]!;
  const num = new Array<bigint>(n).fill(0n);
  for (let i = n - 1; i >= 0; i--) {
    let s = M[i]![n]! * det;
    for (let j = i + 1; j < n; j++) s -= M[i]![j]! * num[j]!;
    num[i] = s / M[i]![i]!;
  }
  return num.map((x) => q(x, det));
}

/** Indices of a maximal set of linearly independent rows, chosen greedily in the given order. */
export function independentRows(rows: readonly (readonly bigint[])[]): number[] {
  const chosen: number[] = [];
  const reduced: { readonly pivot: number; readonly row: bigint[] }[] = [];
  rows.forEach((row, index) => {
    let r = [...row];
    for (const { pivot, row: base } of reduced) {
      const factor = r[pivot]!;
      if (factor === 0n) continue;
      r = r.map((x, j) => x * base[pivot]! - factor * base[j]!);
      r = primitive(r);
    }
    const pivot = r.findIndex((x) => x !== 0n);
    if (pivot < 0) return;
    reduced.push({ pivot, row: primitive(r) });
    chosen.push(index);
  });
  return chosen;
}

export const rank = (rows: readonly (readonly bigint[])[]): number => independentRows(rows).length;

/** Divides a row by the gcd of its entries, to keep numbers small. */
function primitive(row: bigint[]): bigint[] {
  let g = 0n;
  for (const x of row) {
    let a = x < 0n ? -x : x;
    while (a !== 0n) [g, a] = [a, g % a];
    if (g === 1n) return row;
  }
  return g === 0n ? row : row.map((x) => x / g);
}
