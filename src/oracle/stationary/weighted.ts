/**
 * min sum_k w_k |x_k|^2 / 2 over a support s.t. margins >= 1, in floating point: one step of iteratively re-weighted least
 * squares. With w_k = p c_k |x_k|^(p-2) of a stationary point x, that point is the optimum, and the multipliers are its own,
 * above 0 on independent points only. quadprog solves it, rows and coordinates scaled. Cost: D^3 and N D^2.
 */
import quadprog from "quadprog";
import { pow } from "../../numeric/elementary.js";
import { blockSize, coordinatesOf, type Proposal, type StationaryProblem } from "./problem.js";

/** Null where quadprog gives up, as it does where the support does not separate. */
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
  const largest = norms.reduce((a, b) => Math.max(a, b), 0);
  if (!(largest < Number.POSITIVE_INFINITY) || norms.some((x) => !(x > 0))) return null;
  const size = own.length;
  const square = Array.from({ length: size + 1 }, (_, i) =>
    Array.from({ length: size + 1 }, (_x, j) => (i === j && i > 0 ? 1 : 0)),
  );
  const columns = Array.from({ length: size + 1 }, (_, i) => [
    0,
    ...norms.map((norm, n) => (i === 0 ? 0 : (rows[n * D + own[i - 1]!]! * scale[i - 1]!) / norm)),
  ]);
  const right = [0, ...norms.map((norm) => largest / norm)];
  const found = quadprog.solveQP(square, new Array<number>(size + 1).fill(0), columns, right);
  if (found.message !== "") return null;
  const x = new Float64Array(D);
  own.forEach((j, i) => {
    x[j] = (found.solution[i + 1]! * scale[i]!) / largest;
  });
  const alpha = Float64Array.from(norms, (norm, n) => found.Lagrangian[n + 1]! / (norm * largest));
  return { x, alpha };
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
