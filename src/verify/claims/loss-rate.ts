/**
 * Descent with bounded steps has a rate of its own: with the exponential loss and a map of degree L, at a limit direction
 * of positive margin, d(1/loss)/dt ~ c log(1/loss)^(2 - 2/L), so loss ~ 1 / (t (log t)^(2 - 2/L)), t the sum of the step
 * sizes. With M = log(1/loss), e^M M^-(2 - 2/L) then grows at a constant speed. Compared are its speeds over the last two
 * units of M: their ratio tends to 1, and to e^(1 - 1/p) for a loss like t^(-p): sqrt(e) for p = 2, 1/e for p = 1/2.
 * Observed: silent when it is not near 1. Source: Lyu and Li 2020, rates of the loss.
 */
import type { Snapshot } from "../../engine/descent.js";
import { LOSS_RATE } from "../../kernel/tolerance.js";
import { exp, log } from "../../numeric/elementary.js";
import { snapshotsOf } from "../bench.js";
import type { Claim, ClaimResult } from "../theorem.js";

/** The last snapshot at which log(1/loss) was at most `M`. */
const before = (points: readonly Snapshot[], M: number): Snapshot | undefined =>
  points.filter((s) => s.logInverseLoss <= M).at(-1);

/** Speed of G(M) = e^M M^-a between two snapshots, relative to e^(-end): the time between them may be huge. */
function speed(from: Snapshot, to: Snapshot, a: number, end: number): number {
  const scaled = (M: number): number => exp(M - end - a * log(M));
  return (scaled(to.logInverseLoss) - scaled(from.logInverseLoss)) / (to.time - from.time);
}

/** Speed over the last unit of log(1/loss) divided by that over the unit before; null where the run is too short. */
export function rateRatio(points: readonly Snapshot[], degree: number): number | null {
  const end = points[points.length - 1];
  if (end === undefined || !Number.isFinite(end.time)) return null;
  const a = 2 - 2 / degree;
  const M = end.logInverseLoss;
  const middle = before(points, M - 1);
  if (middle === undefined) return null;
  const start = before(points, middle.logInverseLoss - 1);
  // Only where the optimizer's own bound limits the steps is this its own clock.
  if (start === undefined || start.boundSteps === 0 || !(start.logInverseLoss > 0)) return null;
  return speed(middle, end, a, M) / speed(start, middle, a, M);
}

export const lossRate: Claim = Object.freeze({
  id: "loss-rate",
  statement: "1/loss grows like t (log t)^(2 - 2/L), t the sum of the step sizes",
  async check(bench): Promise<ClaimResult> {
    const claim = "loss-rate";
    const silent = (why: string): ClaimResult => ({ finding: { claim, outcome: "silent", why }, certificates: [] });
    const { degree } = bench.P;
    if (degree === null) return silent("the map is not homogeneous: there is no degree L to expect a rate from");
    const ratio = rateRatio(snapshotsOf(bench.run().trajectory), degree);
    if (ratio === null)
      return silent("the bound on the step did not limit it over the last two units of log(1/loss): no rate is seen");
    const why = `over the last two units of log(1/loss) the rate changed by a factor of ${ratio.toPrecision(3)}, 1 in the limit`;
    return Math.abs(log(ratio)) <= LOSS_RATE.value
      ? { finding: { claim, outcome: "supports", evidence: "observed", why }, certificates: [] }
      : silent(why);
  },
} satisfies Claim);
