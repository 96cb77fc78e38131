/**
 * What bounded-step descent can show beyond its own slow end: that it follows gradient flow. Compared with loss-normalized
 * descent from the same start, at equal log(1/loss), along the whole run. Observed: silent when they differ or when the
 * run is too short to compare; a difference refutes nothing, since the theorem speaks of the limit.
 */
import { FLOW_AGREEMENT } from "../../kernel/tolerance.js";
import type { Claim, ClaimResult } from "../theorem.js";

export const agreesWithFlow: Claim = Object.freeze({
  id: "agrees-with-flow",
  statement: "at equal loss the run is where gradient flow from the same start is",
  async check(bench): Promise<ClaimResult> {
    const { angle, upTo } = bench.againstFlow();
    const agrees = angle <= FLOW_AGREEMENT.value;
    const why =
      upTo === 0
        ? "the run is too short to compare with gradient flow"
        : `at equal loss it is within ${angle.toPrecision(3)} rad of loss-normalized descent, up to log(1/loss) = ${upTo.toPrecision(3)}`;
    return {
      finding: agrees
        ? { claim: "agrees-with-flow", outcome: "supports", evidence: "observed", why }
        : { claim: "agrees-with-flow", outcome: "silent", why },
      certificates: [],
    };
  },
} satisfies Claim);
