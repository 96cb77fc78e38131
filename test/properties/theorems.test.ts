/** The catalogue over random in-scope cases with fixed seeds; every certificate is judged once more here. */
import { describe, expect, it } from "vitest";
import { THEOREMS } from "../../proofs/index.js";
import { caseStream } from "../../properties/arbitraries/case.js";
import { spaceOf } from "../../properties/spaces.js";
import { judge } from "../../src/certify/judge.js";
import { runCampaign } from "../../src/verify/campaign.js";
import { verifyCase } from "../../src/verify/verify-case.js";

const ASKED = 240;
const clock = { cancelled: () => null };

describe.each(THEOREMS.map((t) => [t.id, t] as const))("%s (gradient flow)", (id, theorem) => {
  it.each([20180601, 7])("holds over random separable data and initializations, seed %i", async (seed) => {
    const space = spaceOf(id, "gradient-flow");
    if (space === null) throw new Error(`no case space for ${id}`);
    const campaign = await runCampaign({
      asked: ASKED,
      cases: caseStream(space, seed, ASKED),
      run: (c) => verifyCase(theorem, c, clock),
    });
    expect(campaign.ran).toBe(ASKED);
    expect(campaign.inScope).toBe(ASKED); // built in scope, not filtered
    expect(campaign.refuted + campaign.suspect).toBe(0);
    expect(campaign.verdict).toBe("holds");
    expect(campaign.evidence).toEqual({ claim: "certified", hypotheses: "observed" });
    // The bar: certified within 0.1 rad in at least 98 % of the cases, median far below.
    const within = campaign.angleBounds.filter((a) => a <= 0.1).length;
    expect(within).toBeGreaterThanOrEqual(Math.ceil(0.98 * ASKED));
    expect(campaign.angleBounds[ASKED >> 1]).toBeLessThan(0.02);
    for (const { case: c, result } of campaign.cases) {
      if (result.verdict === "inconclusive")
        expect(result.findings.map((f) => f.why).join(" ")).toMatch(
          /would need log\(1\/loss\)|not falling yet|octaves/,
        );
      const kinds = result.certificates.map((certificate) => {
        const judgment = judge(certificate);
        expect(judgment).toMatchObject({ accepted: true });
        return certificate.kind;
      });
      expect(kinds).toEqual(expect.arrayContaining(["separation", "exact-kkt", "direction-bound", "duality-gap"]));
      expect(c.depth).toBeGreaterThanOrEqual(1);
    }
    // All depths 1 to 4 occur, or the sample says nothing about them.
    expect(new Set(campaign.cases.map((c) => c.case.depth))).toEqual(new Set([1, 2, 3, 4]));
  });

  it("gradient descent with bounded steps is never refuted, and says what it lacks", async () => {
    const space = spaceOf(id, "gradient-descent");
    if (space === null) throw new Error(`no case space for ${id}`);
    const campaign = await runCampaign({
      asked: 40,
      cases: caseStream(space, 11, 40),
      run: (c) => verifyCase(theorem, c, clock),
    });
    expect(campaign.refuted + campaign.suspect).toBe(0);
    expect(campaign.cases.filter((c) => c.result.verdict === "holds").length).toBeGreaterThan(0);
    for (const { result } of campaign.cases.filter((c) => c.result.verdict === "inconclusive")) {
      expect(result.dynamics).toBe("gradient-descent");
      const silent = result.findings.filter((f) => f.outcome === "silent");
      const open = result.hypotheses.filter((h) => h.decided !== true);
      expect(silent.length + open.length).toBeGreaterThan(0);
    }
  });
});
