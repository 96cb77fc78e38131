/**
 * Is a limit that of its initialization, or does it hang on an exact zero or symmetry there that rounding breaks? Where the
 * structure of a network is known this is decided exactly (models/run-structure.ts). Elsewhere the run is made again from
 * beside its initialization, by NOISE of its norm in a fixed random direction. What is asleep is then awake from the start, and
 * not only when rounding has woken it: the two runs part at equal loss, or end apart. Cost: one run.
 */
import { randomStream } from "../kernel/seed.js";
import type { CoordinatewiseForm } from "../models/coordinatewise.js";
import type { Alive } from "../models/run-structure.js";
import { gaussian } from "../numeric/gaussian.js";
import { angle, length2, norm } from "../numeric/vec.js";
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

/**
 * In block coordinates, where zeros were decided one by one: each factor of each block by NOISE of its own size, so that small
 * ones stay small and dead ones 0. A real block that keeps its sign (depth 2) keeps its two equal factors.
 */
export function besidesKept(
  { blocks, depth, P }: CoordinatewiseForm,
  alive: readonly Alive[],
  start: Float64Array,
): Float64Array {
  const D = P.dimensions.dim;
  const draw = gaussian(randomStream(0n, "nearby-start"));
  const w = Float64Array.from(start);
  blocks.forEach(({ at, complex }, b) => {
    for (let i = at; i < depth * D; i += D) {
      const size = complex ? length2(start[i]!, start[i + 1]!) : Math.abs(start[i]!);
      w[i] = start[i]! + NOISE * size * draw();
      if (complex) w[i + 1] = start[i + 1]! + NOISE * size * draw();
    }
    if (alive[b] === "positive") w[D + at] = w[at]!;
    if (alive[b] === "negative") w[D + at] = -w[at]!;
  });
  return w;
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
