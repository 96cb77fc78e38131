/**
 * Two runs from one start, compared where they have the same loss: the largest angle between their predictors. The second
 * run is made by `train` and ends where the first did; both take their snapshots at the first step past the same
 * thresholds of log(1/loss), so a pair differs by at most one step.
 */
import type { Snapshot } from "../engine/descent.js";
import { angle, norm } from "../numeric/vec.js";

/** The largest angle (radians; NaN when nothing could be compared) and how far in log(1/loss) it was taken. */
export interface Comparison {
  readonly angle: number;
  readonly upTo: number;
}

/** Which part of the first run is compared, in log(1/loss). */
export interface CompareRange {
  readonly from: number;
  readonly limit: number;
}

/** Snapshots this close in log(1/loss) count as taken at one threshold; thresholds are 19 % apart. */
const SAME = 1.1;

export function compareRuns(
  snapshots: readonly Snapshot[],
  { from, limit }: CompareRange,
  train: (observe: (s: Snapshot) => boolean) => void,
): Comparison {
  const first = snapshots.filter((s) => s.logInverseLoss >= from && s.logInverseLoss <= limit && norm(s.beta) > 0);
  const last = first[first.length - 1]?.logInverseLoss;
  if (last === undefined) return { angle: Number.NaN, upTo: 0 };
  let index = 0;
  let worst = Number.NaN;
  let upTo = 0;
  train((s) => {
    while (index < first.length && first[index]!.logInverseLoss * SAME < s.logInverseLoss) index++;
    const twin = first[index];
    if (twin !== undefined && twin.logInverseLoss <= s.logInverseLoss * SAME) {
      const turned = angle(twin.beta, s.beta);
      worst = upTo === 0 ? turned : Math.max(worst, turned); // NaN once is NaN for good
      upTo = s.logInverseLoss;
    }
    return s.logInverseLoss >= last;
  });
  return { angle: worst, upTo };
}
