/**
 * Fraction-free linear algebra on integer matrices (Bareiss 1968): all divisions are exact, entries stay minors of
 * the input. Cost: O(n^3) products of integers of O(n) digits; elimination of sparse rows pays for what is not zero. Large
 * square systems go to lifting.ts, a hundred times as fast.
 */
import { solveByLifting, worthLifting } from "./lifting.js";
import { gcd, type Q } from "./rational.js";
import { entriesOf, type QVector } from "./vector.js";

export type IntegerMatrix = readonly (readonly bigint[])[];

/** Bareiss elimination of a square matrix with `extra` columns behind it, in place; the last pivot, 0 if singular. */
function eliminate(M: bigint[][], n: number, extra: number): { readonly det: bigint } {
  let previous = 1n;
  let sign = 1n;
  for (let k = 0; k < n; k++) {
    const pivotRow = M.findIndex((row, i) => i >= k && row[k] !== 0n);
    if (pivotRow < 0) return { det: 0n };
    if (pivotRow !== k) sign = -sign;
    [M[k], M[pivotRow]] = [M[pivotRow]!, M[k]!];
    const pivot = M[k]!;
    for (let i = k + 1; i < n; i++) {
      const row = M[i]!;
      for (let j = k + 1; j < n + extra; j++) row[j] = (row[j]! * pivot[k]! - row[k]! * pivot[j]!) / previous;
      row[k] = 0n;
    }
    previous = pivot[k]!;
  }
  return { det: sign * previous };
}

/** The determinant of a square matrix; 1 for the empty one. */
export function determinant(A: IntegerMatrix): bigint {
  return eliminate(
    A.map((row) => [...row]),
    A.length,
    0,
  ).det;
}

/** Solves A x = b for a square A over one denominator d > 0, not reduced; `null` when A is singular. */
export function solveCommon(A: IntegerMatrix, b: readonly bigint[]): QVector | null {
  if (worthLifting(A)) {
    const lifted = solveByLifting(A, b);
    if (lifted !== null) return lifted;
  }
  const n = A.length;
  const M = A.map((row, i) => [...row, b[i]!]);
  if (eliminate(M, n, 1).det === 0n) return null;
  // Back substitution over the common denominator M[n-1][n-1]: x_i = num_i / den with integer num_i (Cramer).
  const den = n === 0 ? 1n : M[n - 1]![n - 1]!;
  const num = new Array<bigint>(n).fill(0n);
  for (let i = n - 1; i >= 0; i--) {
    let s = M[i]![n]! * den;
    for (let j = i + 1; j < n; j++) s -= M[i]![j]! * num[j]!;
    num[i] = s / M[i]![i]!;
  }
  return den < 0n ? { n: num.map((x) => -x), d: -den } : { n: num, d: den };
}

/** Solves A x = b for a square A; `null` when A is singular. */
export const solveExact = (A: IntegerMatrix, b: readonly bigint[]): Q[] | null => {
  const x = solveCommon(A, b);
  return x === null ? null : entriesOf(x);
};

/** A sparse row: column to nonzero entry. */
export type SparseRow = ReadonlyMap<number, bigint>;

/** Divides a row by the gcd of its entries, to keep numbers small. */
function primitive(row: Map<number, bigint>): Map<number, bigint> {
  let g = 0n;
  for (const x of row.values()) {
    g = gcd(g, x);
    if (g === 1n) break;
  }
  if (g > 1n) for (const [j, x] of row) row.set(j, x / g);
  return row;
}

/** row <- row * pivot[column] - row[column] * pivot, which has no entry in `column`. */
function reduce(row: Map<number, bigint>, pivot: SparseRow, column: number): Map<number, bigint> {
  const factor = row.get(column);
  const lead = pivot.get(column)!;
  if (factor === undefined) return row;
  if (lead !== 1n) for (const [j, x] of row) row.set(j, x * lead);
  for (const [j, x] of pivot) {
    const value = (row.get(j) ?? 0n) - factor * x;
    if (value === 0n) row.delete(j);
    else row.set(j, value);
  }
  return primitive(row);
}

/**
 * Rows in echelon form, each with its pivot, its first column, which occurs in no later row; and which rows of the input
 * were kept. Ends early once there are `columns` of them.
 */
export function echelon(
  rows: Iterable<SparseRow>,
  columns = Number.POSITIVE_INFINITY,
): { readonly pivots: ReadonlyMap<number, SparseRow>; readonly kept: readonly number[] } {
  const pivots = new Map<number, SparseRow>();
  const kept: number[] = [];
  let index = -1;
  for (const given of rows) {
    index += 1;
    if (pivots.size === columns) break;
    let row = new Map<number, bigint>();
    for (const [j, x] of given) if (x !== 0n) row.set(j, x);
    // A pivot row starts at its pivot, so that clearing ascending columns never brings an earlier one back.
    for (let last = -1; ; ) {
      let next = Number.POSITIVE_INFINITY;
      for (const j of row.keys()) if (j > last && j < next && pivots.has(j)) next = j;
      if (next === Number.POSITIVE_INFINITY) break;
      row = reduce(row, pivots.get(next)!, next);
      last = next;
    }
    if (row.size === 0) continue;
    pivots.set(Math.min(...row.keys()), primitive(row));
    kept.push(index);
  }
  return { pivots, kept };
}

const sparse = (row: readonly bigint[]): SparseRow =>
  new Map(row.flatMap((x, j) => (x === 0n ? [] : [[j, x] as const])));

/** Indices of a maximal set of linearly independent rows, chosen greedily in the given order. */
export const independentRows = (rows: IntegerMatrix): readonly number[] => echelon(rows.map(sparse)).kept;

export const rank = (rows: IntegerMatrix): number => independentRows(rows).length;

/**
 * A basis of the integer vectors x with <row, x> = 0 for all rows, of length `columns`: one for each column without a
 * pivot, positive there and zero at the other such columns, in lowest terms. Complete: columns minus rank of them.
 */
export function nullspace(rows: Iterable<SparseRow>, columns: number): SparseRow[] {
  const { pivots } = echelon(rows, columns);
  // Back substitution to the reduced echelon form: each pivot column occurs in its own row only.
  const reduced: { readonly column: number; readonly row: Map<number, bigint> }[] = [];
  for (const [column, row] of [...pivots].sort((a, b) => b[0] - a[0])) {
    let own = new Map(row);
    for (const later of reduced) own = reduce(own, later.row, later.column);
    reduced.push({ column, row: own });
  }
  const basis: SparseRow[] = [];
  for (let free = 0; free < columns; free++) {
    if (pivots.has(free)) continue;
    const touched = reduced.filter(({ row }) => row.has(free));
    let common = 1n;
    for (const { column, row } of touched) {
      const lead = row.get(column)!;
      const size = lead < 0n ? -lead : lead;
      common = (common / gcd(common, size)) * size;
    }
    const x = new Map<number, bigint>([[free, common]]);
    for (const { column, row } of touched) x.set(column, (-row.get(free)! * common) / row.get(column)!);
    basis.push(new Map([...primitive(x)].sort((a, b) => a[0] - b[0])));
  }
  return basis;
}
