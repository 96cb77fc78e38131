/**
 * From half the digits to all of them: Newton's method on the optimality conditions of spectral-problem.ts once the number r
 * of values that live and the points A that carry are known. With U, V the first r frames of M(a) and a symmetric S, r x r:
 *   sym(U^T M(a) V) = 1,   <M_n, U S V^T> = c_n on A,
 * where a step da turns the frames by the resolvent of [0 M; M^T 0] beside its r values of 1 (Overton 1992). Only the part of
 * S that the points of A see is moved, so that values which are equal by symmetry do no harm; dependent equations are left
 * out. Several guesses of r and A are tried and that of the least gap is taken. Cost: (2 |A|)^3 products a step beside
 * |A| t p r for points of t x p, and a decomposition of |A| x r^2 / 2; few steps.
 */
import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from "ml-matrix";
import { solveConsistent } from "../numeric/dense.js";
import { dotAt } from "../numeric/vec.js";
import {
  carriedBy,
  combinedAt,
  type Frames,
  framesOf,
  gapOfPair,
  type SpectralPair,
  type SpectralProblem,
  sumOf,
} from "./spectral-problem.js";
import { maskedWeights, movedWeights, type Weights } from "./spectral-weights.js";

export const firstColumns = (M: Matrix, r: number): Matrix => M.subMatrix(0, M.rows - 1, 0, r - 1);

/** A symmetric matrix as a vector, with its inner product; and of any matrix the symmetric part. */
export function symmetricPart(M: Matrix): Float64Array {
  const r = M.rows;
  const vec = new Float64Array((r * (r + 1)) / 2);
  for (let i = 0, k = 0; i < r; i++)
    for (let j = 0; j <= i; j++, k++) vec[k] = i === j ? M.get(i, i) : (M.get(i, j) + M.get(j, i)) * Math.SQRT1_2;
  return vec;
}

export function symmetricMatrix(vec: ArrayLike<number>, r: number): Matrix {
  const M = new Matrix(r, r);
  for (let i = 0, k = 0; i < r; i++)
    for (let j = 0; j <= i; j++, k++) {
      const x = i === j ? vec[k]! : vec[k]! * Math.SQRT1_2;
      M.set(i, j, x);
      M.set(j, i, x);
    }
  return M;
}

interface Guess {
  readonly r: number;
  readonly A: readonly number[];
}

interface Iterate {
  readonly a: Weights;
  /** Of M(a), all of them. */
  readonly frames: Frames;
  /** In the first r of these, over the unit of the predictor. */
  readonly S: Matrix;
}

/** The eigenvectors of a symmetric matrix whose values are positive, as columns. */
function positivePart(S: Matrix): { readonly turn: Matrix; readonly values: Float64Array } {
  const { realEigenvalues: all, eigenvectorMatrix } = new EigenvalueDecomposition(S, { assumeSymmetric: true });
  const order = Array.from(all.keys()).filter((i) => all[i]! > 0);
  order.sort((i, j) => all[j]! - all[i]!);
  const turn = new Matrix(S.rows, order.length);
  for (const [k, i] of order.entries()) turn.setColumn(k, eigenvectorMatrix.getColumn(i));
  return { turn, values: Float64Array.from(order, (i) => all[i]!) };
}

/** The positive part of U S V^T in frames of its own. */
function primalOf({ frames, S }: Iterate, unit: number): Frames {
  const { turn, values } = positivePart(S);
  return {
    U: firstColumns(frames.U, S.rows).mmul(turn),
    V: firstColumns(frames.V, S.rows).mmul(turn),
    values: values.map((x) => x * unit),
  };
}

/** A value that is 1 but for rounding does not turn its frame in no time. */
const NEAREST = 1e-12;
/** Directions of S that the points see by less than this part of the best are lost to rounding. */
const UNSEEN = 1e-10;

interface Turning {
  /** What the point sees of S. */
  readonly seen: Float64Array;
  /** Products of these rows say how a step along one point moves the margin of another by turning the frames. */
  readonly row: Float64Array;
}

/** `root` is a root of S. */
function turningOf(E: Matrix, { U, V, values }: Frames, r: number, root: Matrix): Turning {
  const [first, EV] = [firstColumns(U, r), E.mmul(firstColumns(V, r))];
  const right = EV.mmul(root);
  const alpha = U.transpose().mmul(right);
  const beta = V.transpose().mmul(E.transpose().mmul(first)).mmul(root);
  const parts: number[] = [];
  for (let i = 0; i < values.length; i++)
    for (let k = 0; k < root.columns; k++) {
      const [x, y] = [alpha.get(i, k), beta.get(i, k)];
      parts.push((x - y) / Math.sqrt(2 * (1 + values[i]!)));
      if (i >= r) parts.push((x + y) / Math.sqrt(2 * Math.max(NEAREST, Math.abs(1 - values[i]!))));
    }
  parts.push(...Matrix.sub(right, U.mmul(alpha)).to1DArray());
  return { seen: symmetricPart(first.transpose().mmul(EV)), row: Float64Array.from(parts) };
}

/** One step; null where nothing is left to solve. */
function newton(p: SpectralProblem, c: Float64Array, { r, A }: Guess, unit: number, it: Iterate): Iterate | null {
  const { turn: root, values } = positivePart(it.S);
  if (values.length === 0) return null;
  for (const [i, x] of values.entries()) root.mulColumn(i, Math.sqrt(x));
  const own = A.map((n) => turningOf(p.points[n]!, it.frames, r, root));
  const J = new Matrix(own.map(({ seen }) => Array.from(seen)));
  const svd = new SingularValueDecomposition(J, { autoTranspose: true });
  const rank = svd.diagonal.filter((x) => x > UNSEEN * svd.diagonal[0]!).length;
  const [P, B] = [svd.leftSingularVectors, svd.rightSingularVectors];
  const n = A.length + rank;
  const [M, right] = [new Float64Array(n * n), new Float64Array(n)];
  const S = symmetricPart(it.S);
  const missing = symmetricPart(Matrix.sub(Matrix.eye(r), Matrix.diag(Array.from(it.frames.values.subarray(0, r)))));
  own.forEach(({ seen, row }, i) => {
    right[i] = c[A[i]!]! / unit - dotAt(seen, 0, S, 0, S.length);
    own.forEach((other, j) => {
      M[i * n + j] = dotAt(row, 0, other.row, 0, row.length);
    });
    for (let k = 0; k < rank; k++) {
      const x = P.get(i, k) * svd.diagonal[k]!;
      M[i * n + A.length + k] = x;
      M[(A.length + k) * n + i] = x;
    }
  });
  for (let k = 0; k < rank; k++)
    right[A.length + k] = dotAt(Float64Array.from(B.getColumn(k)), 0, missing, 0, S.length);
  solveConsistent(M, right, n);
  if (!right.every(Number.isFinite)) return null;
  const move = new Float64Array(p.N);
  for (const [i, point] of A.entries()) move[point] = right[i]!;
  const a = movedWeights(it.a, 1, move);
  for (let k = 0; k < rank; k++) for (let i = 0; i < S.length; i++) S[i] = S[i]! + right[A.length + k]! * B.get(i, k);
  const frames = framesOf(combinedAt(p, a));
  const across = (next: Matrix, last: Matrix): Matrix => firstColumns(next, r).transpose().mmul(firstColumns(last, r));
  const turned = across(frames.U, it.frames.U)
    .mmul(symmetricMatrix(S, r))
    .mmul(across(frames.V, it.frames.V).transpose());
  return { a, frames, S: symmetricMatrix(symmetricPart(turned), r) };
}

/** What lives: a value whose share of the norm (a point whose weight) exceeds a bias times its slack (over the norm). */
function guesses(p: SpectralProblem, c: Float64Array, pair: SpectralPair, frames: Frames): Guess[] {
  const { values } = pair.primal;
  const norm = sumOf(values);
  const carried = carriedBy(p, c, pair);
  const found = new Map<string, Guess>();
  for (const [one, other] of BIASES)
    for (const ratio of carried) {
      const r = values.filter((x, i) => x / norm > one * Math.abs(1 - frames.values[i]!)).length;
      const A = Array.from(ratio.keys()).filter((n) => ratio[n]! > other);
      if (r > 0 && A.length > 0) found.set(`${r}:${A.join()}`, { r, A });
    }
  return [...found.values()];
}

const BIASES = [1, 1e-2, 1e2, 1e-4, 1e4].flatMap((one) =>
  [1, 1e-2, 1e2, 1e-4, 1e4].map((other) => [one, other] as const),
);
const MOST_STEPS = 12;
/** A gap that rounding explains: nothing more to gain; and one that leaves nothing to wish for. */
const ROUNDING = 1e-15;
const ENOUGH = 1e-13;

export function polishSpectral(
  p: SpectralProblem,
  c: Float64Array,
  start: SpectralPair,
): SpectralPair & { readonly gap: number } {
  let best = { ...start, gap: gapOfPair(p, c, start) };
  const unit = sumOf(start.primal.values);
  const frames = framesOf(combinedAt(p, start.a));
  for (const guess of guesses(p, c, start, frames)) {
    if (best.gap <= ENOUGH) break;
    const carries = new Set(guess.A);
    const values = Array.from(start.primal.values.subarray(0, guess.r), (x) => x / unit);
    const a = maskedWeights(start.a, (_, n) => carries.has(n));
    let it: Iterate | null = { a, frames, S: Matrix.diag(values) };
    for (let i = 0; i < MOST_STEPS && best.gap > ROUNDING; i++) {
      it = newton(p, c, guess, unit, it);
      if (it === null) break;
      const pair = { a: maskedWeights(it.a, (x) => x > 0), primal: primalOf(it, unit) };
      if (pair.primal.values.length === 0) break;
      const gap = gapOfPair(p, c, pair);
      if (gap < best.gap) best = { ...pair, gap };
    }
  }
  return best;
}
