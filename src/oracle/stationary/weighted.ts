/**
 * min sum_k w_k |x_k|^2 / 2 over a support s.t. margins >= 1, in floating point: one step of iteratively re-weighted least
 * squares. With w_k = p c_k |x_k|^(p-2) of a stationary point x, that point is the optimum, and the multipliers are its own,
 * above 0 on independent points only. An active-set method solves it, on rows and coordinates of one size. Cost: N D a step.
 */
import { pow } from "../../numeric/elementary.js";
import { solveActive } from "../fast-active-set.js";
import { blockSize, coordinatesOf, type Proposal, type StationaryProblem } from "./problem.js";

/** Null where the method gives up, as it does where the support does not separate. */
export function weightedMargin(
  problem: StationaryProblem,
  support: readonly number[],
  weights: readonly number[],
): Proposal | null {
  const { N, D, rows, blocks } = problem;
  const own = coordinatesOf(problem, support);
  const scale = support.flatMap((k, i) => new Array<number>(blocks[k]!.parts).fill(1 / Math.sqrt(weights[i]!)));
  const norms = Array.from({ length: N }, (_, n) => {
    let sum = 0;
    own.forEach((j, i) => {
      const z = rows[n * D + j]! * scale[i]!;
      sum += z * z;
    });
    return Math.sqrt(sum);
  });
  const least = norms.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (!norms.every((x) => x > 0 && x < Number.POSITIVE_INFINITY)) return null;
  const size = own.length;
  const unit = new Float64Array(N * size);
  norms.forEach((norm, n) => {
    own.forEach((j, i) => {
      unit[n * size + i] = (rows[n * D + j]! * scale[i]!) / norm;
    });
  });
  const targets = Float64Array.from(norms, (norm) => least / norm);
  const found = solveActive(unit, targets, N, size);
  if (found === null || !found.feasible) return null;
  const x = new Float64Array(D);
  own.forEach((j, i) => {
    x[j] = (found.b[i]! * scale[i]!) / least;
  });
  return { x, alpha: found.alpha.map((a, n) => a / (norms[n]! * least)) };
}

/** p c_k (|x_k|^2 + (eps / reach)^2)^(p/2-1) on the support. */
export const weightsAt = (
  { blocks, p }: StationaryProblem,
  support: readonly number[],
  x: Float64Array,
  eps = 0,
): number[] =>
  support.map((k) => {
    const size = blockSize(x, blocks[k]!);
    const smooth = eps / blocks[k]!.reach;
    return p * blocks[k]!.weight * pow(size * size + smooth * smooth, p / 2 - 1);
  });
