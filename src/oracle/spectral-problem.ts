/**
 * min |Q|_* over Q in R^(K R x D) s.t. y_n <x_n, W(Q)> >= 1 (exact/spectral.ts), in matrices of doubles: point n is M(z_n), in
 * R^(K R x D), or its transpose where that is taller, over its operator norm. With c the margins to be had over these norms the
 * dual is max <c, a> s.t. a >= 0, |sum a_n M_n|_op <= 1. A pair has its primal in frames, Q = sum s_i u_i v_i^T.
 * Cost: one decomposition a point.
 */
import { Matrix, SingularValueDecomposition } from "ml-matrix";
import type { ShiftShape } from "../exact/operator-norm.js";
import type { SignedData } from "../models/signed-data.js";
import { dotAt } from "../numeric/vec.js";

export interface SpectralProblem {
  readonly shape: ShiftShape;
  readonly N: number;
  /** The points over their norms, N rows of D R, and as tall matrices. */
  readonly rows: Float64Array;
  readonly points: readonly Matrix[];
  /** Of M(z_n). */
  readonly norms: Float64Array;
}

/** Columns are orthonormal; the values descend. */
export interface Frames {
  readonly U: Matrix;
  readonly V: Matrix;
  readonly values: Float64Array;
}

export interface SpectralPair {
  readonly a: Float64Array;
  /** Q = U diag(values) V^T, tall. */
  readonly primal: Frames;
}

export const isTall = ({ K, R, D }: ShiftShape): boolean => K * R >= D;

/** M(z), or its transpose where that is taller. */
export function matrixAt(shape: ShiftShape, z: Float64Array, at = 0): Matrix {
  const { K, R, D } = shape;
  const M = new Matrix(K * R, D);
  for (let k = 0; k < K; k++)
    for (let r = 0; r < R; r++) for (let j = 0; j < D; j++) M.set(k * R + r, j, z[at + ((j + k) % D) * R + r]!);
  return isTall(shape) ? M : M.transpose();
}

/** The thin decomposition of a tall matrix. */
export function framesOf(M: Matrix): Frames {
  const svd = new SingularValueDecomposition(M);
  return {
    U: svd.leftSingularVectors,
    V: svd.rightSingularVectors,
    values: Float64Array.from(svd.diagonal),
  };
}

export const operatorNorm = (M: Matrix): number =>
  new SingularValueDecomposition(M, { computeLeftSingularVectors: false, computeRightSingularVectors: false }).norm2;

/** No point may be 0. */
export function spectralProblem(shape: ShiftShape, { N, D: size, z }: SignedData): SpectralProblem {
  const [rows, norms] = [new Float64Array(N * size), new Float64Array(N)];
  const points: Matrix[] = [];
  for (let n = 0; n < N; n++) {
    const row = z.subarray(n * size, n * size + size);
    const peak = row.reduce((a, x) => Math.max(a, Math.abs(x)), 0);
    rows.set(
      row.map((x) => x / peak),
      n * size,
    );
    const norm = operatorNorm(matrixAt(shape, rows, n * size));
    for (let i = n * size; i < n * size + size; i++) rows[i] = rows[i]! / norm;
    points.push(matrixAt(shape, rows, n * size));
    norms[n] = norm * peak;
  }
  return { shape, N, rows, points, norms };
}

/** sum a_n M_n, tall. */
export function combinedAt({ shape, N, rows }: SpectralProblem, a: Float64Array): Matrix {
  const size = shape.D * shape.R;
  const z = new Float64Array(size);
  for (let n = 0; n < N; n++) if (a[n] !== 0) for (let i = 0; i < size; i++) z[i] = z[i]! + a[n]! * rows[n * size + i]!;
  return matrixAt(shape, z);
}

/** W of Q = sum s_i u_i v_i^T. */
export function signalOfFrames({ K, R, D }: ShiftShape, { U, V, values }: Frames): Float64Array {
  const tall = K * R >= D;
  const [left, right] = tall ? [U, V] : [V, U];
  const W = new Float64Array(D * R);
  for (let i = 0; i < values.length; i++)
    for (let k = 0; k < K; k++)
      for (let r = 0; r < R; r++) {
        const x = values[i]! * left.get(k * R + r, i);
        for (let d = 0; d < D; d++) W[d * R + r] = W[d * R + r]! + x * right.get((d - k + D) % D, i);
      }
  return W;
}

/** <row_n, W(Q)> for all points. */
export function marginsOfFrames(p: SpectralProblem, primal: Frames): Float64Array {
  const W = signalOfFrames(p.shape, primal);
  return Float64Array.from({ length: p.N }, (_, n) => dotAt(p.rows, n * W.length, W, 0, W.length));
}

export const sumOf = (x: Float64Array): number => x.reduce((a, b) => a + b, 0);

/** Rounding of a margin, as a part of the norm of the predictor. */
const MARGIN_NOISE = 4e-16;

/** How much of the best margin the primal may lack by the bound of a, but for rounding; 1 where it does not separate. */
export function gapOfPair(p: SpectralProblem, c: Float64Array, { a, primal }: SpectralPair): number {
  const norm = sumOf(primal.values);
  // A margin that is the rest of larger numbers is known less well, and may be what it should be.
  const least = marginsOfFrames(p, primal).reduce(
    (low, m, n) => Math.min(low, Math.max(m, Math.min(c[n]!, m + MARGIN_NOISE * norm)) / c[n]!),
    Number.POSITIVE_INFINITY,
  );
  const gap = 1 - (least * dotAt(c, 0, a, 0, p.N)) / (norm * operatorNorm(combinedAt(p, a)));
  return gap >= -1e-9 && least > 0 ? Math.abs(gap) : 1;
}
