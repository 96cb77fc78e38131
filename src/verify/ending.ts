/**
 * When a run that is compared with a predicted direction may end. The angle to it must be within the goal and have been
 * seen to fall, and the run's own directions must have settled; then the run goes on for one more octave of log(1/loss)
 * and all of it must still be so. Without that octave the end would be picked by looking at the prediction, and a run that
 * only passes by could be stopped as it passes.
 */
import type { Snapshot } from "../engine/descent.js";
import { angle } from "../numeric/vec.js";
import { goalMet } from "./goal.js";
import { OCTAVE_SLACK, type Sample } from "./octaves.js";
import { gradientOf, parametersOf, predictorOf, REMAINING, readCalming, readSettling } from "./settling.js";
import type { Dynamics } from "./theorem.js";

/** A run without a prediction ends when its direction has settled, not before this log(1/loss). */
const SETTLED_FROM = 64;

/** How far past the first time the goal was met a run goes on, as a factor of log(1/loss). */
const CONFIRMATION: Readonly<Record<Dynamics, number>> = {
  "gradient-flow": 2 / OCTAVE_SLACK,
  // An octave of log(1/loss) squares the time of descent with bounded steps: out of reach, so the first look decides.
  "gradient-descent": 1,
};

export interface Ending {
  /** Angle to the prediction in floating point, by snapshot; empty without a prediction. */
  readonly angles: readonly Sample[];
  /** Sees each snapshot; true ends the run. */
  observe(s: Snapshot): boolean;
}

/** Ends when the predictor has settled, knowing of no prediction. */
export function endWhenSettled(goal: number, progress: (M: number, angle: number | null) => void): Ending {
  const seen: Snapshot[] = [];
  return {
    angles: [],
    observe(s) {
      seen.push(s);
      progress(s.logInverseLoss, null);
      return readSettling(seen, predictorOf, goal).settled && s.logInverseLoss >= SETTLED_FROM;
    },
  };
}

/** Ends at a given log(1/loss): the way to a limit that is known. */
export function endAt(
  last: number,
  target: Float64Array | null,
  progress: (M: number, angle: number | null) => void,
): Ending {
  const angles: Sample[] = [];
  return {
    angles,
    observe(s) {
      const value = target === null ? null : angle(s.beta, target);
      if (value !== null) angles.push({ M: s.logInverseLoss, value });
      progress(s.logInverseLoss, value);
      return s.logInverseLoss >= last;
    },
  };
}

export interface Goal {
  /** The predicted direction. */
  readonly target: Float64Array;
  /** Radians: where a run may end, and what the claim asks. */
  readonly goal: number;
  readonly tolerance: number;
  readonly dynamics: Dynamics;
}

/** Ends one octave after the goal was met, if everything still stands there. */
export function endAtGoal(o: Goal, progress: (M: number, angle: number | null) => void): Ending {
  const angles: Sample[] = [];
  const seen: Snapshot[] = [];
  let confirmAt = Number.POSITIVE_INFINITY;
  return {
    angles,
    observe(s) {
      seen.push(s);
      const value = angle(s.beta, o.target);
      angles.push({ M: s.logInverseLoss, value });
      progress(s.logInverseLoss, value);
      // The cheap question first; the directions are compared only once it is answered.
      const met =
        goalMet(angles, o.goal) &&
        readSettling(seen, parametersOf, REMAINING * o.tolerance).settled &&
        readSettling(seen, predictorOf, REMAINING * o.tolerance).settled &&
        readCalming(seen, gradientOf, o.tolerance).settled;
      if (!met) {
        confirmAt = Number.POSITIVE_INFINITY;
        return false;
      }
      confirmAt = Math.min(confirmAt, s.logInverseLoss * CONFIRMATION[o.dynamics]);
      return s.logInverseLoss >= confirmAt;
    },
  };
}
