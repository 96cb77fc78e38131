/**
 * What bounded-step descent can show beyond its own slow end: that it follows gradient flow. Compared with loss-normalized
 * descent from the same start, at equal log(1/loss), from where its own bound limits the steps: before, the two are the
 * same run. Observed: silent when they differ or when there is nothing to compare; a difference refutes nothing, since
 * the theorem speaks of the limit.
 */
import { FLOW_AGREEMENT } from "../../kernel/tolerance.js";
import type { Bench } from "../bench.js";
import type { Claim, ClaimResult } from "../theorem.js";

/** What there is to say of the comparison; `agrees` only where there was one. */
function compare(bench: Bench): { readonly agrees: boolean; readonly why: string } {
  const { trajectory } = bench.run();
  const { boundSteps } = trajectory.last;
  if (boundSteps === 0)
    return { agrees: false, why: "its bound never limited a step: this was loss-normalized descent, bit by bit" };
  const { angle, upTo } = bench.againstFlow();
  if (upTo === 0) return { agrees: false, why: "the run is too short to compare with gradient flow" };
  const share = ((100 * boundSteps) / trajectory.steps).toFixed(0);
  return {
    agrees: angle <= FLOW_AGREEMENT.value,
    why:
      `at equal loss it is within ${angle.toPrecision(3)} rad of loss-normalized descent, up to log(1/loss) = ${upTo.toPrecision(3)}; ` +
      `its own bound limited ${share} % of its steps`,
  };
}

export const agreesWithFlow: Claim = Object.freeze({
  id: "agrees-with-flow",
  statement: "at equal loss the run is where gradient flow from the same start is",
  async check(bench): Promise<ClaimResult> {
    const { agrees, why } = compare(bench);
    return {
      finding: agrees
        ? { claim: "agrees-with-flow", outcome: "supports", evidence: "observed", why }
        : { claim: "agrees-with-flow", outcome: "silent", why },
      certificates: [],
    };
  },
} satisfies Claim);
