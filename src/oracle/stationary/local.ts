/**
 * A stationary point from a given start, in floating point: iteratively re-weighted least squares (weights
 * p c_k (|x_k|^2 + eps^2)^(p/2-1), eps falling; Chartrand and Yin 2008) leads to where small coefficients vanish, and then
 * guesses of the support by size, each with the active margins and multipliers of one weighted problem, are polished by
 * Newton's method. A start that is stationary itself, to a few digits, is tried as it is. Cost: some hundred weighted problems.
 */
import { polished } from "./polish.js";
import { blockSize, type PlacedBlock, type Proposal, type StationaryProblem } from "./problem.js";
import { weightedMargin, weightsAt } from "./weighted.js";

export interface Guess extends Proposal {
  readonly support: readonly number[];
  readonly active: readonly number[];
}

/** Blocks below such a part of the largest are taken for 0. */
const THRESHOLDS = [1e-12, 1e-9, 1e-6, 1e-4, 1e-2];
/** A multiplier below this part of the largest, each times its point's length, is taken for 0. */
const ACTIVE = 1e-9;
/** eps falls by this factor, from the size of the largest block to this part of it. */
const SHRINK = 0.5;
const LEAST = 1e-9;
/** Weighted problems in all: for p near 1 coefficients vanish slowly. */
const DESCENT = 600;
/** Weighted problems on one support, and the change that ends them. */
const SETTLING = 30;
const STILL = 1e-8;
/** How far a stationary start may be from the point that it stands for. */
const NEAR = 1e-4;

/** What a block can add to a margin: sizes that do not depend on the scales of the coordinates. */
const shareOf = (x: Float64Array, block: PlacedBlock): number => blockSize(x, block) * block.reach;

const largestOf = ({ blocks }: StationaryProblem, x: Float64Array): number =>
  blocks.reduce((a, block) => Math.max(a, shareOf(x, block)), 0);

/** Supports of x by size, without repetition, the largest first. */
function supportsOf(problem: StationaryProblem, x: Float64Array): number[][] {
  const top = largestOf(problem, x);
  const all = THRESHOLDS.map((t) => problem.blocks.flatMap((b, k) => (shareOf(x, b) > t * top ? [k] : [])));
  return all.filter((s, i) => s.length > 0 && (i === 0 || s.length !== all[i - 1]!.length));
}

export function activeOf({ N, D, rows }: StationaryProblem, alpha: Float64Array): number[] {
  const pull = Array.from({ length: N }, (_, n) => {
    const peak = rows.subarray(n * D, n * D + D).reduce((a, v) => Math.max(a, Math.abs(v)), 0);
    return alpha[n]! * peak;
  });
  const top = pull.reduce((a, v) => Math.max(a, v), 0);
  return pull.flatMap((v, n) => (v > ACTIVE * top ? [n] : []));
}

/** x over its least margin, where that is positive. */
function scaledToMargins({ N, D, rows }: StationaryProblem, x: Float64Array): Float64Array {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < N; n++)
    least = Math.min(
      least,
      rows.subarray(n * D, n * D + D).reduce((s, z, j) => s + z * x[j]!, 0),
    );
  return least > 0 && least < Number.POSITIVE_INFINITY ? x.map((v) => v / least) : x;
}

/** Guesses at x, polished: on each support the weights settle first, so that the active margins are right. */
function* guessesAt(problem: StationaryProblem, x: Float64Array): Generator<Guess> {
  for (const support of supportsOf(problem, x)) {
    let [at, alpha]: [Float64Array, Float64Array | null] = [x, null];
    for (let i = 0; i < SETTLING; i++) {
      const found = weightedMargin(problem, support, weightsAt(problem, support, at));
      if (found === null) break;
      alpha = found.alpha;
      const settled = away(problem, found.x, at) <= STILL * largestOf(problem, found.x);
      if (settled) break;
      at = found.x;
    }
    const active = alpha === null ? [] : activeOf(problem, alpha);
    if (alpha === null || active.length === 0) continue;
    const point = polished(problem, support, active, { x: at, alpha });
    if (point !== null) yield { ...point, support, active };
  }
}

const away = (problem: StationaryProblem, a: Float64Array, b: Float64Array): number =>
  largestOf(
    problem,
    a.map((v, i) => v - b[i]!),
  );

/** Guesses for a stationary point, the nearest to the start first; `start` in coordinates x and not 0. */
export function* guessesFrom(
  problem: StationaryProblem,
  start: Float64Array,
  within?: readonly number[],
): Generator<Guess> {
  const first = scaledToMargins(problem, start);
  for (const guess of guessesAt(problem, first))
    if (away(problem, guess.x, first) <= NEAR * largestOf(problem, first)) yield guess;
  // a coefficient that is 0 in all points is 0 in every combination of them
  const all = (within ?? problem.blocks.map((_, k) => k)).filter((k) => problem.blocks[k]!.reach > 0);
  let x = first;
  let share = 1;
  for (let i = 0; i < DESCENT; i++) {
    const top = largestOf(problem, x);
    const found = weightedMargin(problem, all, weightsAt(problem, all, x, share * top));
    if (found === null) break;
    const settled = share <= LEAST && away(problem, found.x, x) <= STILL * top;
    x = found.x;
    if (settled) break;
    share = Math.max(LEAST, share * SHRINK);
  }
  yield* guessesAt(problem, x);
}
