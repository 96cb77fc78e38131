/**
 * The claim "the limit is a global minimizer of a bridge penalty subject to margins >= 1", p < 1, which is not convex: refuted by
 * one feasible predictor with a smaller penalty, by ten times what the error bar of the limit makes of its own (certificate
 * `smaller-penalty`). The witness is the best of the stationary points that the oracle lists; the certificate trusts its margins
 * only. Never supported: that nothing is smaller is not shown here. Source: theory.md A.3. Cost: that of the list.
 */
import type { Penalty } from "../../exact/bridge.js";
import { penaltyGap } from "../../exact/penalty-gap.js";
import { doubleBelow, ofNumber, showQ } from "../../exact/rational.js";
import { showVector } from "../../exact/vector.js";
import { dataToJSON, signedRows } from "../../kernel/dataset.js";
import { CONTRADICTION_FACTOR, RESIDUAL_CONTRADICTION } from "../../kernel/tolerance.js";
import { allStationary } from "../../oracle/bridge-stationary.js";
import type { Bench } from "../bench.js";
import type { Claim, ClaimResult } from "../theorem.js";
import { farAway, withoutLimit } from "./direction-at-limit.js";
import type { BridgeClaim } from "./fourier-bridge.js";

export function limitIsGlobalMinimum({ id, statement, penalty }: BridgeClaim): Claim {
  return Object.freeze({
    id,
    statement,
    async check(bench: Bench): Promise<ClaimResult> {
      const silent = (why: string): ClaimResult => ({
        finding: { claim: id, outcome: "silent", why },
        certificates: [],
      });
      const limit = bench.limit();
      if (limit === null)
        return silent("plain descent with bounded steps is not followed to its limit; the entry for gradient flow is");
      const none = withoutLimit(limit);
      if (none !== null) return silent(`no limit of the run was reached: ${none}`);
      const asked: Penalty = penalty(bench.case.depth);
      if (asked.p.n >= asked.p.d)
        return silent("only penalties with p < 1 are looked at, where a limit need not be global");
      const listed = await allStationary(asked, bench.dataset, { seed: 1n });
      const best = listed.separable ? listed.points[0] : undefined;
      if (best === undefined) return silent("no stationary point was found to compare with");
      const errorBar = ofNumber(bench.limitError());
      const data = { rows: signedRows(bench.dataset), scale: bench.dataset.scale };
      const found = penaltyGap(data, asked, bench.reached(), errorBar, best.beta);
      if (found === null) return silent("the penalties cannot be enclosed here");
      const [gap, fall] = [doubleBelow(found.gap), -doubleBelow({ n: -found.fall.n, d: found.fall.d })];
      const far = Math.max(RESIDUAL_CONTRADICTION.value, CONTRADICTION_FACTOR.value * fall * (1 + 1e-12));
      if (!(gap >= far))
        return silent(
          `the best of ${listed.separable ? listed.points.length : 0} stationary points is not smaller by ${far.toPrecision(2)} or more`,
        );
      return {
        finding: {
          claim: id,
          outcome: "contradicts",
          certified: true,
          why: `at the limit, ${farAway(limit)}, the penalty is certifiably ${(100 * gap).toPrecision(3)} % or more above that of a witness, and known to a share of ${fall.toPrecision(2)}`,
        },
        certificates: [
          {
            kind: "smaller-penalty",
            data: dataToJSON(bench.dataset),
            penalty: { space: asked.space, p: showQ({ n: BigInt(asked.p.n), d: BigInt(asked.p.d) }) },
            reached: showVector(bench.reached()),
            errorBar: showQ(errorBar),
            witness: showVector(best.beta),
            gap: { lower: showQ(ofNumber(gap)) },
          },
        ],
      };
    },
  } satisfies Claim);
}
