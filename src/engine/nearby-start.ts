/**
 * Is a limit that of its initialization, or does it hang on an exact zero or symmetry there that rounding breaks? Where the
 * structure of a network is known this is decided exactly (models/run-structure.ts). Elsewhere the run is made again from
 * beside its initialization, by NOISE of its norm in a fixed random direction. What is asleep is then awake from the start, and
 * not only when rounding has woken it: the two runs part at equal loss, or end apart. Cost: one run.
 */
import { randomStream } from "../kernel/seed.js";
import { gaussian } from "../numeric/gaussian.js";
import { angle, norm } from "../numeric/vec.js";
import type { Sample } from "./monitors.js";

/** Far above rounding, and far below what moves a run that does not hang on it. */
const NOISE = 1e-10;

/** w + NOISE |w| times a random unit vector, the same for every run; zeros are zeros no more. */
export function besides(init: Float64Array): Float64Array {
  const draw = gaussian(randomStream(0n, "nearby-start"));
  const way = Float64Array.from(init, () => draw());
  const scale = (NOISE * norm(init)) / norm(way);
  return init.map((x, i) => x + scale * way[i]!);
}

/** The predictor's direction at a loss between two samples, in between. */
function between(a: Sample, b: Sample, logLog: number): Float64Array {
  const share = b.logLog > a.logLog ? (logLog - a.logLog) / (b.logLog - a.logLog) : 0;
  const [p, q] = [norm(a.beta), norm(b.beta)];
  return a.beta.map((x, d) => ((1 - share) * x) / p + (share * b.beta[d]!) / q);
}

/** The largest angle (rad) between two runs at equal loss; samples are compared with the line between two of the other run. */
export function apartOnTheWay(own: readonly Sample[], other: readonly Sample[]): number {
  let most = 0;
  let at = 0;
  for (const s of own) {
    while (at + 1 < other.length && other[at + 1]!.logLog < s.logLog) at += 1;
    const [a, b] = [other[at], other[at + 1]];
    if (a === undefined || b === undefined || s.logLog < a.logLog) continue;
    most = Math.max(most, angle(s.beta, between(a, b, s.logLog)));
  }
  return most;
}
