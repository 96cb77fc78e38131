/**
 * Small dense systems in place on Float64Array, row major: Cholesky for definite ones, elimination with row pivots for square
 * ones. `stride` is the length of a row in memory, so that a leading block of a larger array can be solved.
 * Cost: n^3 / 6 multiplications to factor a definite one, n^3 / 3 for a square one, n^2 for each right side.
 */
import { dotAt } from "./vec.js";

/** The lower factor of a definite A in place of its lower half; the number of rows that were factored, n where all were. */
export function factorDefinite(A: Float64Array, n: number, stride = n, least = 0): number {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++)
      A[i * stride + j] = (A[i * stride + j]! - dotAt(A, i * stride, A, j * stride, j)) / A[j * stride + j]!;
    const diagonal = A[i * stride + i]!;
    const pivot = diagonal - dotAt(A, i * stride, A, i * stride, i);
    if (!(pivot > least * diagonal)) return i;
    A[i * stride + i] = Math.sqrt(pivot);
  }
  return n;
}

/** x <- (L L^T)^-1 x for a lower factor L. */
export function solveFactored(L: Float64Array, x: Float64Array, n: number, stride = n): void {
  for (let i = 0; i < n; i++) x[i] = (x[i]! - dotAt(L, i * stride, x, 0, i)) / L[i * stride + i]!;
  for (let i = n - 1; i >= 0; i--) {
    let t = x[i]!;
    for (let j = i + 1; j < n; j++) t -= L[j * stride + i]! * x[j]!;
    x[i] = t / L[i * stride + i]!;
  }
}

/** Below this part of the largest entry a pivot is rounding. */
const LOST = 1e-13;

/**
 * x <- a solution of A y = x, also where rows of A depend on each other: complete pivoting, and unknowns without a pivot stay
 * 0. Where the equations contradict each other the dependent ones are not met. A is destroyed; the answer is the rank.
 */
export function solveConsistent(A: Float64Array, x: Float64Array, n: number): number {
  const columns = Array.from({ length: n }, (_, j) => j);
  let [peak, rank] = [0, 0];
  for (let i = 0; i < n * n; i++) peak = Math.max(peak, Math.abs(A[i]!));
  for (; rank < n; rank++) {
    let [row, column] = [rank, rank];
    for (let i = rank; i < n; i++)
      for (let j = rank; j < n; j++)
        if (Math.abs(A[i * n + j]!) > Math.abs(A[row * n + column]!)) [row, column] = [i, j];
    if (!(Math.abs(A[row * n + column]!) > LOST * peak)) break;
    for (let j = 0; j < n; j++) [A[rank * n + j], A[row * n + j]] = [A[row * n + j]!, A[rank * n + j]!];
    for (let i = 0; i < n; i++) [A[i * n + rank], A[i * n + column]] = [A[i * n + column]!, A[i * n + rank]!];
    [x[rank], x[row]] = [x[row]!, x[rank]!];
    [columns[rank], columns[column]] = [columns[column]!, columns[rank]!];
    for (let i = rank + 1; i < n; i++) {
      const f = A[i * n + rank]! / A[rank * n + rank]!;
      if (f === 0) continue;
      for (let j = rank; j < n; j++) A[i * n + j] = A[i * n + j]! - f * A[rank * n + j]!;
      x[i] = x[i]! - f * x[rank]!;
    }
  }
  const y = new Float64Array(n);
  for (let i = rank - 1; i >= 0; i--) {
    let t = x[i]!;
    for (let j = i + 1; j < rank; j++) t -= A[i * n + j]! * y[columns[j]!]!;
    y[columns[i]!] = t / A[i * n + i]!;
  }
  x.set(y);
  return rank;
}

/** x <- A^-1 x; A is destroyed. False where a pivot is lost to rounding. */
export function solveSquare(A: Float64Array, x: Float64Array, n: number): boolean {
  let peak = 0;
  for (let i = 0; i < n * n; i++) peak = Math.max(peak, Math.abs(A[i]!));
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(A[i * n + k]!) > Math.abs(A[best * n + k]!)) best = i;
    if (!(Math.abs(A[best * n + k]!) > LOST * peak)) return false;
    if (best !== k) {
      for (let j = k; j < n; j++) [A[k * n + j], A[best * n + j]] = [A[best * n + j]!, A[k * n + j]!];
      [x[k], x[best]] = [x[best]!, x[k]!];
    }
    for (let i = k + 1; i < n; i++) {
      const f = A[i * n + k]! / A[k * n + k]!;
      if (f === 0) continue;
      for (let j = k; j < n; j++) A[i * n + j] = A[i * n + j]! - f * A[k * n + j]!;
      x[i] = x[i]! - f * x[k]!;
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    let t = x[i]!;
    for (let j = i + 1; j < n; j++) t -= A[i * n + j]! * x[j]!;
    x[i] = t / A[i * n + i]!;
  }
  return true;
}
