/**
 * Phase 3 of linear and fully connected networks: there the first layer of a limit is rank one along Z'alpha, so that the
 * predictor is (theory: F1 of Gunasekar et al. 2018, Theorem 1), and with the active margins read off the run the square system
 * is Z_A Z_A' alpha = 1, b = Z_A' alpha. Cholesky with refinement against the rows themselves. It may not change the active
 * points nor move further than it is allowed. Cost: A^2 D / 2 for the Gram matrix of A active rows.
 */
import { factorDefinite, solveFactored } from "../numeric/dense.js";
import { angle, dotAt, norm } from "../numeric/vec.js";
import { independentRows } from "./independent-rows.js";
import { changedBy, type PolishAttempt, type PolishProblem, readActive, WEIGHTS, wordsOf } from "./polish.js";

const REFINEMENTS = 8;
const BELOW = 1e-12;

export function polishL2(o: Omit<PolishProblem, "blocks" | "depth">): PolishAttempt {
  const { N, D, z: Z } = o.data;
  const margin = (x: Float64Array, n: number): number => dotAt(Z, n * D, x, 0, D);
  const fail = (why: string): PolishAttempt => ({ polished: null, why });
  const read = readActive(
    o.weights,
    Float64Array.from({ length: N }, (_, n) => margin(o.beta, n)),
  );
  const places = Array.from({ length: D }, (_, d) => d);
  const rows = independentRows(o.data, read.active, places, o.weights);
  const active = rows.kept;
  const A = active.length;
  const gram = new Float64Array(A * A);
  active.forEach((n, i) => {
    o.checkpoint?.();
    for (let j = 0; j <= i; j++) gram[i * A + j] = dotAt(Z, n * D, Z, active[j]! * D, D);
  });
  if (factorDefinite(gram, A) < A) return fail("its equations are dependent: the active points are degenerate");
  const alpha = new Float64Array(A);
  const beta = new Float64Array(D);
  const left = new Float64Array(A);
  let correction = Number.POSITIVE_INFINITY;
  for (let i = 0; i < REFINEMENTS; i++) {
    active.forEach((n, j) => {
      left[j] = 1 - margin(beta, n);
    });
    solveFactored(gram, left, A);
    const step = new Float64Array(D);
    active.forEach((n, j) => {
      alpha[j] = alpha[j]! + left[j]!;
      for (let d = 0; d < D; d++) step[d] = step[d]! + left[j]! * Z[n * D + d]!;
    });
    for (let d = 0; d < D; d++) beta[d] = beta[d]! + step[d]!;
    const before = correction;
    correction = norm(step) / norm(beta);
    if (correction === 0 || (i > 0 && correction >= before / 2)) break;
  }
  if (alpha.some((a) => !(a > 0))) return fail("a weight became negative: the active points are not those of the run");
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < N; k++) least = Math.min(least, margin(beta, k));
  if (!(least > 1 - BELOW)) return fail("a margin that was not active fell below the others");
  const moved = angle(beta, o.beta);
  if (!(moved <= o.most))
    return fail(`it moved ${moved.toPrecision(2)} rad, further than the run's own error bar allows`);
  const sum = alpha.reduce((a, b) => a + b, 0);
  const dual = new Float64Array(N);
  active.forEach((k, j) => {
    dual[k] = alpha[j]! / sum;
  });
  const change = rows.dropped === 0 ? changedBy(dual, o.weights) : 0;
  if (change > WEIGHTS) return fail(`it changed the weights of the run by ${change.toPrecision(2)}`);
  return {
    polished: {
      beta: beta.map((x) => x / least),
      dual,
      support: places,
      active,
      unknowns: D,
      moved,
      correction: Math.max(correction, 2.3e-16),
      degenerate: wordsOf(rows.dropped, read.weak),
    },
  };
}
