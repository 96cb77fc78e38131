/**
 * The sentences about the limit of a run: how near it is to what is claimed (or how far from it), how far the run was
 * followed, and what carries it. Plain text, not escaped. Bounds are rounded away from what they bound.
 */
import type { LimitPart, ReachedPart, RunDocument } from "../kernel/document.js";
import { STOP_REASONS } from "../kernel/stop.js";
import { countOf, showBound, showCount, showFar, showLower, showNumber, showUpper } from "./format.js";
import { leastResidual, measureOf } from "./measure.js";

/** How near the claim is to being exactly true, with what stands behind the number. */
export function nearness({ claims, reached }: RunDocument): string {
  const measure = measureOf(claims);
  if (reached === null) return "";
  if (measure === "angle")
    return reached.angleBound === null
      ? ""
      : `: the ${reached.limit === null ? "reached" : "limit"} direction is certified within ${showBound(reached.angleBound)} of the predicted one`;
  if (reached.residual === null) return "";
  return measure === "margin-gap"
    ? `: at the limit at most ${showUpper(reached.residual)} of the best margin is missing, certified with no solver trusted`
    : `: the limit meets the conditions of a stationary point, each up to a certified residual of at most ${showUpper(reached.residual)}`;
}

/** By how much a condition is missed, from below, where a residual shows it. */
export function excess(doc: RunDocument): string {
  const least = leastResidual(doc);
  const measure = measureOf(doc.claims);
  if (least === null || measure === "angle") return "";
  return measure === "margin-gap"
    ? `: at the limit at least ${showLower(least)} of the best margin is missing`
    : `: at the limit a residual is at least ${showLower(least)}`;
}

/** Where a run was followed to its limit: how far, in one line, and how often the steps were made finer. */
export function limitWords(reached: ReachedPart, limit: LimitPart): readonly string[] {
  const { refined } = limit;
  return [
    `a loss of exp(-${showFar(reached.logInverseLoss, limit.logLogInverseLoss)}); ${countOf(reached.steps, "step")} of descent came first`,
    ...(refined === null
      ? []
      : [
          `steps made finer ${refined === 1 ? "once, to 1/8" : `${refined} times, each time to 1/8`}, until two limits in a row agreed`,
        ]),
  ];
}

/** How many of the points pull at the limit, by the run's own weights. */
export const weightWords = ({ dual }: LimitPart): string =>
  `${showCount(dual.filter((q) => q > 0).length)} of ${countOf(dual.length, "point")} carry the limit (the run's own weights)`;

/** How well the network itself stands still there. */
export const kktWords = ({ kkt }: LimitPart): string =>
  `stationarity ${showNumber(kkt.stationarity)}, complementarity ${showNumber(kkt.complementarity)}, feasibility ${showNumber(kkt.feasibility)}`;

/** A run that ended before its first step went nowhere: its start says nothing, and is not shown. Null where it did move. */
export const standsStill = (reached: ReachedPart | null): string | null =>
  reached !== null && reached.limit === null && reached.steps === 0
    ? `No step was made: ${STOP_REASONS[reached.stop]}.`
    : null;
