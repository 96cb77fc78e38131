/**
 * Does a direction along the run settle? Angles between directions one octave of log(1/loss) apart: small against the
 * tolerance, or falling octave after octave. Knows nothing of where the direction should go.
 */
import type { Snapshot } from "../engine/descent.js";
import { OCTAVES } from "../kernel/tolerance.js";
import { angle, norm } from "../numeric/vec.js";
import { OCTAVE_SLACK, readOctaves, type Sample } from "./octaves.js";

/** What is still to turn may be this many tolerances: the angle to a limit approached like a power of M, with slack. */
export const REMAINING = 2;

export type PickDirection = (s: Snapshot) => Float64Array;
export const parametersOf: PickDirection = (s) => s.parameters;
export const predictorOf: PickDirection = (s) => s.beta;
export const gradientOf: PickDirection = (s) => s.residual;

/** Angle to the direction one octave earlier, by snapshot. */
function changes(points: readonly Snapshot[], pick: PickDirection): Sample[] {
  const found: Sample[] = [];
  let behind = 0;
  points.forEach((s, i) => {
    while (behind + 1 < i && points[behind + 1]!.logInverseLoss <= (s.logInverseLoss / 2) * OCTAVE_SLACK) behind++;
    const before = points[behind]!;
    if (before.logInverseLoss <= (s.logInverseLoss / 2) * OCTAVE_SLACK && norm(pick(before)) > 0 && norm(pick(s)) > 0)
      found.push({ M: s.logInverseLoss, value: angle(pick(before), pick(s)) });
  });
  return found;
}

export interface Settling {
  readonly settled: boolean;
  /** Angle turned over the last octave (radians); null when the run is too short to tell. */
  readonly turned: number | null;
  /** Angle still to turn if it goes on as over the last two octaves; Infinity where the turning does not shrink. */
  readonly remaining: number;
}

/** Turning below this is rounding. */
const ROUNDING = 1e-9;

/**
 * A direction has settled when its turning shrinks from octave to octave and what is still to turn is within `tolerance`.
 * A turning that grows says that nothing is known, however small it is: a run may pass near a point on its way elsewhere.
 */
export function readSettling(points: readonly Snapshot[], pick: PickDirection, tolerance: number): Settling {
  const turns = changes(points, pick);
  const end = turns[turns.length - 1];
  if (end === undefined) return { settled: false, turned: null, remaining: Number.POSITIVE_INFINITY };
  let before: number | null = null;
  for (const t of turns) if (t.M <= (end.M / 2) * OCTAVE_SLACK) before = t.value;
  const turned = end.value;
  if (turned <= ROUNDING) return { settled: true, turned, remaining: turned };
  const ratio = before === null ? Number.POSITIVE_INFINITY : turned / before;
  const remaining = ratio < 1 ? (turned * ratio) / (1 - ratio) : Number.POSITIVE_INFINITY;
  return { settled: remaining <= tolerance, turned, remaining };
}

/**
 * The error bar of a limit read off a run: what is still to turn if the turning shrinks as slowly as in the slowest of
 * the last octaves. Infinity where it did not shrink in every one of them, or where there were fewer.
 */
export function steadyRemaining(points: readonly Snapshot[], pick: PickDirection): number {
  const turns = changes(points, pick);
  const end = turns[turns.length - 1];
  if (end === undefined) return Number.POSITIVE_INFINITY;
  let later = end;
  let slowest = 0;
  for (let octave = 1; octave < OCTAVES.value; octave++) {
    const earlier = turns.filter((t) => t.M <= (later.M / 2) * OCTAVE_SLACK).at(-1);
    if (earlier === undefined) return Number.POSITIVE_INFINITY;
    if (later.value > ROUNDING) slowest = Math.max(slowest, later.value / earlier.value);
    later = earlier;
  }
  return slowest < 1 ? Math.max(ROUNDING, (end.value * slowest) / (1 - slowest)) : Number.POSITIVE_INFINITY;
}

/** For a direction that need only calm down (the gradient, whose weights fluctuate): small, or falling by octaves. */
export function readCalming(points: readonly Snapshot[], pick: PickDirection, tolerance: number): Settling {
  const turns = changes(points, pick);
  const end = turns[turns.length - 1];
  if (end === undefined) return { settled: false, turned: null, remaining: Number.POSITIVE_INFINITY };
  const falling = readOctaves(turns, tolerance / 100).octaves >= OCTAVES.value - 1;
  return { settled: end.value <= tolerance || falling, turned: end.value, remaining: end.value };
}
