/**
 * The dual of spectral-problem.ts by its logarithmic barrier -<c, a> - mu (sum log a_n + log det(I - M^T M)), M = sum a_n M_n:
 * Newton steps with line search, mu falling. At a center Q = 2 mu M (I - M^T M)^-1 has <M_n, Q> = c_n + mu / a_n, so it is
 * feasible. It proposes to about half the digits; spectral-polish.ts goes on. Cost: N t p^2 + N^2 t p products a step for
 * points of t x p, t >= p, and some decompositions; some dozens of steps.
 */
import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { factorDefinite, solveFactored } from "../numeric/dense.js";
import { dotAt } from "../numeric/vec.js";
import {
  combinedAt,
  type Frames,
  framesOf,
  marginsOfFrames,
  type SpectralPair,
  type SpectralProblem,
} from "./spectral-problem.js";
import { movedWeights, plainWeights } from "./spectral-weights.js";

/** mu relative to the objective, at the end; smaller ones lose the slack of the values to rounding. */
const LEAST_MU = 1e-10;
const FASTER = 0.15;
/** Newton steps a center: a few do, some hundred where a long step ends near a wall and has to come back. */
const MOST_STEPS = 200;
const FIRST_STEPS = 200;
/** A step that leaves this part of the slope is long enough. */
const GENTLE = 0.3;
/** A squared decrement beyond which a center is none; the last one before it is taken. */
const STUCK = 1e-2;

/** The root of a slope that rises along the step from `first` < 0, from below, roughly; null stands for infeasible. */
function lineSearch(slope: (t: number) => number | null, first: number): number {
  let [low, high] = [0, 1];
  for (let at = slope(1); at !== null; at = slope(high)) {
    if (Math.abs(at) <= GENTLE * Math.abs(first)) return high;
    if (at > 0 || high >= 64) break;
    [low, high] = [high, 2 * high];
  }
  for (let i = 0; i < 40 && high - low > 1e-3 * high; i++) {
    const t = 0.5 * (low + high);
    const at = slope(t);
    if (at !== null && Math.abs(at) <= GENTLE * Math.abs(first)) return t;
    if (at !== null && at < 0) low = t;
    else high = t;
  }
  return low;
}

/** Rows whose products are the Hessian of -log det(I - M^T M) in a: one row a point. */
function curvature(p: SpectralProblem, { U, V, values }: Frames): Float64Array[] {
  const size = values.length;
  const rest = U.rows > size;
  const weight = values.map((x) => 1 / ((1 - x) * (1 + x)));
  const UT = U.transpose();
  return p.points.map((E) => {
    const EV = E.mmul(V);
    const inner = UT.mmul(EV);
    const row = new Float64Array(size * size + (rest ? U.rows * size : 0));
    for (let i = 0; i < size; i++) {
      row[i * size + i] = Math.sqrt(2 * (1 + values[i]! * values[i]!)) * weight[i]! * inner.get(i, i);
      for (let j = 0; j < i; j++) {
        const [e, f] = [inner.get(i, j), inner.get(j, i)];
        const [both, product] = [Math.sqrt(weight[i]! * weight[j]!), values[i]! * values[j]!];
        row[i * size + j] = both * Math.sqrt(1 + product) * (e + f);
        row[j * size + i] = both * Math.sqrt(1 - product) * (e - f);
      }
    }
    if (!rest) return row;
    const outside = Matrix.sub(EV, U.mmul(inner));
    for (let i = 0; i < U.rows; i++)
      for (let j = 0; j < size; j++) row[size * size + i * size + j] = Math.sqrt(2 * weight[j]!) * outside.get(i, j);
    return row;
  });
}

/** (T T^T + 1)^-1 x, where 1 is lost beside T T^T. */
function solveStretched(T: readonly Float64Array[], x: Float64Array): number[] {
  const svd = new SingularValueDecomposition(new Matrix(T.map((row) => Array.from(row))), { autoTranspose: true });
  const P = svd.leftSingularVectors;
  const column = Matrix.columnVector(Array.from(x));
  const along = P.transpose().mmul(column);
  const outside = Matrix.sub(column, P.mmul(along));
  outside.sub(P.mmul(P.transpose().mmul(outside)));
  for (const [k, value] of svd.diagonal.entries()) along.mulRow(k, 1 / (1 + value * value));
  return outside.add(P.mmul(along)).to1DArray();
}

/** log det(I - (M + t dM)^T (M + t dM)) along t: its derivative, or null where the matrix is not definite. */
function derivativeAlong(M: Matrix, dM: Matrix, t: number): number | null {
  const at = Matrix.add(M, Matrix.mul(dM, t));
  const size = at.columns;
  const turned = at.transpose();
  const [gram, cross] = [turned.mmul(at), turned.mmul(dM)];
  const L = new Float64Array(size * size);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) L[i * size + j] = (i === j ? 1 : 0) - gram.get(i, j);
  if (factorDefinite(L, size) < size) return null;
  let trace = 0;
  for (let j = 0; j < size; j++) {
    const column = Float64Array.from({ length: size }, (_, i) => cross.get(i, j));
    solveFactored(L, column, size);
    trace += column[j]!;
  }
  return -2 * trace;
}

export function solveSpectralBarrier(p: SpectralProblem, c: Float64Array): SpectralPair {
  const { N } = p;
  let a = plainWeights(new Float64Array(N).fill(0.5 / N));
  const primalOf = ({ U, V, values }: Frames, mu: number): Frames => ({
    U,
    V,
    values: values.map((x) => (2 * mu * x) / Math.max(Number.MIN_VALUE, (1 - x) * (1 + x))),
  });

  /** One Newton step at mu; the squared decrement, in units of mu, or null where doubles do not tell a step. */
  function step(mu: number): number | null {
    const M = combinedAt(p, a);
    const frames = framesOf(M);
    if (!frames.values.every((x) => x < 1)) return null;
    const margins = marginsOfFrames(p, primalOf(frames, mu));
    const descent = a.hi.map((x, n) => (c[n]! + mu / x - margins[n]!) * x);
    // In the variables a_n e^t the Hessian is mu (T T^T + 1).
    const rows = curvature(p, frames);
    const H = new Float64Array(N * N);
    for (let n = 0; n < N; n++)
      for (let m = 0; m <= n; m++)
        H[n * N + m] = a.hi[n]! * a.hi[m]! * dotAt(rows[n]!, 0, rows[m]!, 0, rows[n]!.length) + (n === m ? 1 : 0);
    const move = descent.map((x) => x / mu);
    if (factorDefinite(H, N) === N) solveFactored(H, move, N);
    else if (!rows.every((row) => row.every(Number.isFinite))) return null;
    else
      move.set(
        solveStretched(
          rows.map((row, n) => row.map((x) => a.hi[n]! * x)),
          move,
        ),
      );
    const slope = -dotAt(move, 0, descent, 0, N);
    for (let n = 0; n < N; n++) move[n] = move[n]! * a.hi[n]!;
    const dM = combinedAt(p, plainWeights(move));
    const along = dotAt(c, 0, move, 0, N);
    const t = lineSearch((u) => {
      if (a.hi.some((x, n) => !(x + u * move[n]! > 0))) return null;
      const bend = derivativeAlong(M, dM, u);
      return bend === null
        ? null
        : a.hi.reduce((sum, x, n) => sum - (mu * move[n]!) / (x + u * move[n]!), -along - mu * bend);
    }, slope);
    a = movedWeights(a, t, move);
    return t === 0 && -slope > STUCK * mu ? null : -slope / mu;
  }

  const objective = (): number => dotAt(c, 0, a.hi, 0, N);
  let [mu, center, reached] = [objective(), a, objective()];
  // The objective may be far above the first one; mu is never small beside it before there is a center.
  for (let i = 0, decrement: number | null = 1; i < FIRST_STEPS && decrement !== null && decrement > 1e-2; i++) {
    decrement = step(mu);
    mu = Math.max(mu, objective());
  }
  for (;;) {
    let decrement: number | null = 1;
    for (let i = 0; i < MOST_STEPS && decrement !== null && decrement > 1e-6; i++) decrement = step(mu);
    if (decrement === null || decrement > STUCK) break;
    [center, reached] = [a, mu];
    if (mu <= LEAST_MU * objective()) break;
    mu = Math.max(mu * FASTER, 0.99 * LEAST_MU * objective());
  }
  return { a: center, primal: primalOf(framesOf(combinedAt(p, center)), reached) };
}
