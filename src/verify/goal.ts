/**
 * When a run may end: its angle to the predicted optimum is within the goal and has been seen to fall, that is,
 * over at least three octaves of log(1/loss), with an extrapolated remainder below the goal.
 */
import { OCTAVES } from "../kernel/tolerance.js";
import { type OctaveReading, readOctaves, type Sample } from "./octaves.js";

/** Angles below this share of the goal are at their limit as far as the goal is concerned. */
const FLOOR = 1e-2;

export const readAngles = (angles: readonly Sample[], goal: number): OctaveReading => readOctaves(angles, goal * FLOOR);

export function settles(reading: OctaveReading, goal: number): boolean {
  const { octaves, remainder, last } = reading;
  return octaves >= OCTAVES.value && last <= goal && remainder !== null && remainder < goal;
}

export function goalMet(angles: readonly Sample[], goal: number): boolean {
  const end = angles[angles.length - 1];
  // A little below the goal, so that the certified bound, which is rounded up, is within it too.
  if (end === undefined || !(end.value <= goal * (1 - 1e-9))) return false;
  return settles(readAngles(angles, goal), goal);
}
