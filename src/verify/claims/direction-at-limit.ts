/**
 * The claim "the predictor converges in direction to the l2 max margin", where the run was followed to its limit
 * (engine/limit.ts): (1) certified: the optimum satisfies its exact KKT conditions; (2) certified: the limit is within the
 * tolerance of it; (3) observed: the run ends there, at a direction that the flow no longer leaves, which the engine found
 * without knowing of any prediction. Contradicted where the limit is certifiably outside the tolerance and ten error bars
 * or more away, the error bar being how far the limit of a run with halved steps is. Otherwise silent.
 */
import { LIMIT_STOPS, type LimitResult } from "../../engine/limit.js";
import { ofNumber, showQ } from "../../exact/rational.js";
import type { Certificate, CounterexampleCertificate } from "../../kernel/certificate.js";
import { CONTRADICTION_FACTOR } from "../../kernel/tolerance.js";
import type { L2Margin } from "../../oracle/l2-margin.js";
import type { Bench } from "../bench.js";
import type { ClaimResult } from "../theorem.js";
import { certifiedAngle, dualityGap } from "./angle-certificates.js";

/** Why there is no limit to judge, in a sentence; null where there is one. */
export function withoutLimit(limit: LimitResult): string | null {
  if (limit.stop === "goal-met" && limit.beta !== null) return null;
  const sentence = LIMIT_STOPS[limit.stop];
  return limit.why === "" || limit.why === sentence ? sentence : `${sentence} (${limit.why})`;
}

/** Where the engine followed the run to, in words. */
export function farAway({ phases }: LimitResult): string {
  const logLog = phases.continuation?.logLogInverseLoss ?? 0;
  return `followed to a loss of exp(-10^${(logLog / Math.LN10).toFixed(1)})`;
}

/** Whose multipliers the conditions were held to. */
export const ownWeights = ({ freeWeights }: LimitResult): string =>
  freeWeights === 0
    ? "with the run's own weights"
    : "with weights that are one choice of several, not shown to be those of the run";

export function directionAtLimit(
  bench: Bench,
  limit: LimitResult,
  optimum: Extract<L2Margin, { readonly separable: true }>,
): ClaimResult {
  const claim = "limit-direction";
  const bound = bench.directionBound();
  const gap = dualityGap(bench);
  const certificates: Certificate[] = [optimum.certificate, bound, ...(gap === null ? [] : [gap])];
  const [lower, upper] = [certifiedAngle(bound.angle.lower), certifiedAngle(bound.angle.upper)];
  const { tolerance } = bench.case;
  const none = withoutLimit(limit);
  if (none !== null)
    return {
      finding: {
        claim,
        outcome: "silent",
        why: `no limit of the run was reached: ${none}; its end is certified ${upper.toPrecision(3)} rad from the optimum`,
      },
      certificates,
    };
  // Rounded up, so that ten of them are below the distance in exact rationals too.
  const errorBar = bench.limitError() * (1 + 1e-12);
  if (lower > tolerance && lower >= CONTRADICTION_FACTOR.value * errorBar * (1 + 1e-12)) {
    const counterexample: CounterexampleCertificate = {
      kind: "counterexample",
      data: bound.data,
      claim: { kind: "max-margin", regularizer: "l2" },
      reached: bound.reached,
      distance: bound.angle.lower,
      errorBar: showQ(ofNumber(errorBar)),
      limit: null,
      proof: { by: "optimum", optimum: bound.optimum },
    };
    return {
      finding: {
        claim,
        outcome: "contradicts",
        certified: true,
        why:
          `the limit of the run, ${farAway(limit)}, is certifiably ${lower.toPrecision(3)} rad or more from the l2 optimum, ` +
          `and known to ${errorBar.toPrecision(2)} rad`,
      },
      certificates: [counterexample, ...certificates],
    };
  }
  if (upper > tolerance)
    return {
      finding: {
        claim,
        outcome: "silent",
        why: `the certified angle of the limit is ${upper.toPrecision(3)} rad, above the tolerance ${tolerance}, and its error bar is ${errorBar.toPrecision(2)} rad`,
      },
      certificates,
    };
  return {
    finding: {
      claim,
      outcome: "supports",
      evidence: "certified",
      why: `the limit of the run, ${farAway(limit)}, is certified within ${upper.toPrecision(3)} rad of the exact optimum`,
    },
    certificates,
  };
}
