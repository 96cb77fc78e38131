/**
 * min |Q|_* over Q in R^(K R x D) s.t. y_n <x_n, W(Q)> >= 1 (exact/spectral.ts), in matrices of doubles: point n is M(z_n), in
 * R^(K R x D), or its transpose where that is taller, over a power of two near its operator norm. With c the margins to be had over these the
 * dual is max <c, a> s.t. a >= 0, |sum a_n M_n|_op <= 1. A pair has its primal in frames, Q = sum s_i u_i v_i^T.
 * Cost: one decomposition a point.
 */
import { Matrix, SingularValueDecomposition } from "ml-matrix";
import type { ShiftShape } from "../exact/operator-norm.js";
import { powerOfTwo } from "../exact/rational.js";
import type { SignedData } from "../models/signed-data.js";
import { twoProduct, twoSum } from "../numeric/double-double.js";
import { dotAt } from "../numeric/vec.js";
import type { Weights } from "./spectral-weights.js";

export interface SpectralProblem {
  readonly shape: ShiftShape;
  readonly N: number;
  /** The points over `norms`, N rows of D R, and as tall matrices. */
  readonly rows: Float64Array;
  readonly points: readonly Matrix[];
  /** The powers of two just above |M(z_n)|. */
  readonly norms: Float64Array;
}

/** Columns are orthonormal; the values descend. */
export interface Frames {
  readonly U: Matrix;
  readonly V: Matrix;
  readonly values: Float64Array;
}

export interface SpectralPair {
  readonly a: Weights;
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
  // The decomposition would not end.
  if (!M.to1DArray().every(Number.isFinite)) throw new Error("spectral: a matrix beyond doubles (an internal fault)");
  const svd = new SingularValueDecomposition(M);
  return {
    U: svd.leftSingularVectors,
    V: svd.rightSingularVectors,
    values: Float64Array.from(svd.diagonal),
  };
}

export const operatorNorm = (M: Matrix): number =>
  new SingularValueDecomposition(M, { computeLeftSingularVectors: false, computeRightSingularVectors: false }).norm2;

/** k with 2^(k - 1) < x <= 2^k or nearly so, for 2^-400 < x < 2^400. */
function toExponent(x: number): number {
  let k = 0;
  while (powerOfTwo(k) < x && k < 1000) k++;
  while (powerOfTwo(k - 1) >= x && k > -1000) k--;
  return k;
}

/** No point may be 0. */
export function spectralProblem(shape: ShiftShape, { N, D: size, z }: SignedData): SpectralProblem {
  const [rows, norms] = [new Float64Array(N * size), new Float64Array(N)];
  const points: Matrix[] = [];
  for (let n = 0; n < N; n++) {
    const row = z.slice(n * size, n * size + size);
    const peak = row.reduce((a, x) => Math.max(a, Math.abs(x)), 0);
    const norm =
      peak *
      operatorNorm(
        matrixAt(
          shape,
          row.map((x) => x / peak),
        ),
      );
    // A power of two, which rounds nothing.
    const exponent = toExponent(norm);
    for (let i = 0; i < size; i++) rows[n * size + i] = row[i]! / powerOfTwo(exponent);
    points.push(matrixAt(shape, rows, n * size));
    norms[n] = powerOfTwo(exponent);
  }
  return { shape, N, rows, points, norms };
}

/** sum a_n M_n, tall; each entry is the nearest double or its neighbour, whatever cancels. */
export function combinedAt({ shape, N, rows }: SpectralProblem, { hi, lo }: Weights): Matrix {
  const size = shape.D * shape.R;
  const [z, rest] = [new Float64Array(size), new Float64Array(size)];
  for (let n = 0; n < N; n++) {
    if (hi[n] === 0) continue;
    for (let i = 0; i < size; i++) {
      const x = rows[n * size + i]!;
      const product = twoProduct(hi[n]!, x);
      const sum = twoSum(z[i]!, product.hi);
      z[i] = sum.hi;
      rest[i] = rest[i]! + (sum.lo + product.lo + lo[n]! * x);
    }
  }
  return matrixAt(
    shape,
    z.map((x, i) => x + rest[i]!),
  );
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

/**
 * By which points does a pair carry, and by which does it not? Of each the weight over the slack, twice: both over the norm
 * that they are parts of, and both in units of the point's own margin. Points of unequal length tell them apart.
 */
export function carriedBy(
  p: SpectralProblem,
  c: Float64Array,
  { a, primal }: SpectralPair,
): readonly [Float64Array, Float64Array] {
  const [margins, norm] = [marginsOfFrames(p, primal), sumOf(primal.values)];
  const total = dotAt(c, 0, a.hi, 0, p.N);
  const slack = margins.map((m, n) => Math.max(Number.MIN_VALUE, Math.abs(m - c[n]!)));
  return [a.hi.map((x, n) => (x * norm) / slack[n]!), a.hi.map((x, n) => (((x * c[n]!) / total) * c[n]!) / slack[n]!)];
}

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
  const gap = 1 - (least * dotAt(c, 0, a.hi, 0, p.N)) / (norm * operatorNorm(combinedAt(p, a)));
  const rounding = Math.max(1e-9, (10 * MARGIN_NOISE * norm) / c.reduce((x, y) => Math.min(x, y)));
  return gap >= -rounding && least > 0 ? Math.min(1, Math.abs(gap)) : 1;
}
