/**
 * Whether a matrix known up to rounding has full rank: true where its pivots are surely something, false where one of them is
 * surely nothing, null between. Nearly dependent rows are not dependent ones, so that nothing is said by doubles: those that
 * see no full rank leave it to double-double numbers. Cost: an elimination with complete pivoting in either.
 */
import { mulWide, wide } from "../numeric/double-double.js";
import { setWide, solveConsistentWide, type WideArray, wideAt, wideZeros } from "../numeric/wide-dense.js";

/** The rank of rows of `width`, by elimination with complete pivoting; what is at most `lost` is nothing. */
function rankOf(matrix: readonly (readonly number[])[], lost: number): number {
  const M = matrix.map((row) => [...row]);
  const width = M[0]?.length ?? 0;
  let rank = 0;
  for (; rank < Math.min(M.length, width); rank++) {
    let [row, column] = [rank, rank];
    for (let i = rank; i < M.length; i++)
      for (let j = rank; j < width; j++) if (Math.abs(M[i]![j]!) > Math.abs(M[row]![column]!)) [row, column] = [i, j];
    if (!(Math.abs(M[row]![column]!) > lost)) break;
    [M[rank], M[row]] = [M[row]!, M[rank]!];
    for (const r of M) [r[rank], r[column]] = [r[column]!, r[rank]!];
    for (let i = rank + 1; i < M.length; i++) {
      const f = M[i]![rank]! / M[rank]![rank]!;
      for (let j = rank; j < width; j++) M[i]![j] = M[i]![j]! - f * M[rank]![j]!;
    }
  }
  return rank;
}

/** Rounding of an entry, where rows have dual norm 1 or so: what is below is not known to be anything. */
const NOISE = 1e-13;

/** Whether it has the rank `wanted`, where doubles see that: pivots below `least` of the largest entry do not count. */
export function seenRank(matrix: readonly (readonly number[])[], wanted: number, least: number): boolean {
  const peak = matrix.reduce((a, row) => row.reduce((b, x) => Math.max(b, Math.abs(x)), a), 0);
  return rankOf(matrix, Math.max(NOISE, least * peak)) === wanted;
}

/** The rank of `rows` rows of wide numbers, rows and then columns scaled by their largest entries; pivots below `lost` do not count. */
export function wideRank(rows: number, width: number, given: WideArray, lost: number): number {
  const n = Math.max(rows, width);
  const M = wideZeros(n * n);
  const scaled = (count: number, length: number, index: (i: number, j: number) => number): void => {
    for (let i = 0; i < count; i++) {
      let peak = 0;
      for (let j = 0; j < length; j++) peak = Math.max(peak, Math.abs(M[2 * index(i, j)]!));
      if (peak === 0) continue;
      const factor = wide(1 / peak);
      for (let j = 0; j < length; j++) setWide(M, index(i, j), mulWide(factor, wideAt(M, index(i, j))));
    }
  };
  for (let i = 0; i < rows; i++) M.set(given.subarray(2 * i * width, 2 * (i + 1) * width), 2 * i * n);
  scaled(rows, width, (i, j) => i * n + j);
  scaled(width, rows, (j, i) => i * n + j);
  return solveConsistentWide(M, wideZeros(n), n, lost);
}
