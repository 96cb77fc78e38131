/**
 * The claim "the limit is that of another run on the same data": from another initialization, at another depth, in another unit of
 * the data. Contradicted where the two limits are certifiably apart by ten times both error bars (certificate `two-limits`);
 * supported, `observed`, where they are within the tolerance of each other. Both error bars are observed, as of any limit.
 * Cost: a second run.
 */
import { angleBounds, angleData } from "../../exact/angle.js";
import { ofNumber, showQ } from "../../exact/rational.js";
import { showVector } from "../../exact/vector.js";
import type { Case } from "../../kernel/case.js";
import { dataToJSON } from "../../kernel/dataset.js";
import { CONTRADICTION_FACTOR } from "../../kernel/tolerance.js";
import { type Bench, createBench } from "../bench.js";
import type { Claim, ClaimResult } from "../theorem.js";
import { withoutLimit } from "./direction-at-limit.js";

/** Why a run has no limit to compare, or null. */
function missing(bench: Bench): string | null {
  const limit = bench.limit();
  if (limit === null) return "it is not followed to its limit";
  return withoutLimit(limit) ?? (Number.isFinite(bench.limitError()) ? null : "its limit is not known to an error bar");
}

export function limitIsThatOf(id: string, statement: string, other: (c: Case) => Case): Claim {
  return Object.freeze({
    id,
    statement,
    async check(bench: Bench): Promise<ClaimResult> {
      const silent = (why: string): ClaimResult => ({
        finding: { claim: id, outcome: "silent", why },
        certificates: [],
      });
      const none = missing(bench);
      if (none !== null) return silent(`no limit of the run was reached: ${none}`);
      const second = createBench(other(bench.case), { cancelled: () => null }, { toLimit: true });
      const neither = missing(second);
      if (neither !== null) return silent(`no limit of the other run was reached: ${neither}`);
      const { lower, upper } = angleBounds(angleData(bench.reached(), second.reached()));
      const bars = [bench, second].map((b) => b.limitError());
      const open = bars.reduce((a, b) => a + b, 0) * (1 + 1e-12);
      const says = `the two runs end ${upper.toPrecision(3)} rad apart, known to ${open.toPrecision(2)} rad`;
      if (lower > bench.case.tolerance && lower >= CONTRADICTION_FACTOR.value * open * (1 + 1e-12)) {
        const end = (b: Bench, i: number): { reached: string[]; errorBar: string } => ({
          reached: showVector(b.reached()),
          errorBar: showQ(ofNumber(bars[i]!)),
        });
        return {
          finding: { claim: id, outcome: "contradicts", certified: true, why: says },
          certificates: [
            {
              kind: "two-limits",
              data: dataToJSON(bench.dataset),
              first: end(bench, 0),
              second: end(second, 1),
              distance: showQ(ofNumber(lower)),
            },
          ],
        };
      }
      if (upper > bench.case.tolerance) return silent(says);
      return { finding: { claim: id, outcome: "supports", evidence: "observed", why: says }, certificates: [] };
    },
  } satisfies Claim);
}
