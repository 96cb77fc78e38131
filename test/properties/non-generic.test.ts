/**
 * Initializations that are not generic: what they forbid, they forbid for ever, so at depth 2 the run ends at the optimum of
 * what is left, which a witness shows to be worse. The theorems themselves do not speak of such runs.
 */
import { describe, expect, it } from "vitest";
import { convDepth2FourierL1 } from "../../proofs/theorems/conv-depth-2-fourier-l1.js";
import { convFourierBridge } from "../../proofs/theorems/conv-fourier-bridge.js";
import { type CaseSpace, caseStream } from "../../properties/arbitraries/case.js";
import { balancedCoordinate, deadFrequency } from "../../properties/mutants/planted.js";
import { BRIDGE_FROM_ANYWHERE, L1_FROM_ANYWHERE } from "../../properties/mutants/theorems.js";
import { CONVOLUTIONAL_FLOW } from "../../properties/spaces.js";
import { judge } from "../../src/certify/judge.js";
import type { Case } from "../../src/kernel/case.js";
import type { Certificate } from "../../src/kernel/certificate.js";
import { type CaseVerdict, verifyCase } from "../../src/verify/verify-case.js";

const clock = { cancelled: () => null };

describe("without a generic initialization", () => {
  const clockwise = (X: readonly string[], layers: readonly (readonly (readonly number[])[])[]): Case => ({
    version: 1,
    ...{ architecture: "convolutional", depth: 2, widths: null, loss: "exponential" },
    data: { name: "d", shape: [X.length], json: { scale: "1", X: [X], y: [1] } },
    ...{ optimizer: "normalized-gradient-descent", eta: null, init: { kind: "layers", layers }, seed: "1" },
    ...{ tolerance: 1e-10, goal: 1e-10, budget: { steps: 20_000, seconds: null } },
  });
  const gapOf = ({ certificates }: CaseVerdict): Extract<Certificate, { kind: "margin-gap" }> => {
    const gap = certificates.find((c) => c.kind === "margin-gap");
    if (gap?.kind !== "margin-gap") throw new Error("it is made");
    return gap;
  };
  const quotient = (text: string): number => {
    const [n, d = "1"] = text.split("/");
    return Number(n) / Number(d);
  };

  // theory.md A.6: x = (3, 1) with frequency 0 dead has at most half of the best margin.
  it.each([
    ["dead", [[[0.25, -0.25]], [[-0.5, 0.5]]]],
    // Frequency 0 is balanced against its sign: its coefficient can only be negative, and the data want it positive.
    ["balanced", [[[0.5, 0.25]], [[0, -0.75]]]],
  ] as const)("%s: the run ends at the restricted optimum, refuted by a witness", async (_, layers) => {
    const result = await verifyCase(L1_FROM_ANYWHERE, clockwise(["3", "1"], layers), clock);
    expect(result.verdict).toBe("refuted");
    const gap = gapOf(result);
    expect(judge(gap)).toMatchObject({ accepted: true });
    expect(gap.witness).not.toBeNull();
    for (const bound of [gap.gap.lower, gap.gap.upper]) expect(quotient(bound)).toBeCloseTo(0.5, 12);
    // The restricted optimum for margin 1 is (1, -1) / 2.
    expect(result.reached!.beta).toEqual([expect.closeTo(0.5, 12), expect.closeTo(-0.5, 12)]);
    // The theorem itself does not speak of it, which is decided exactly and before training.
    const out = await verifyCase(convDepth2FourierL1, clockwise(["3", "1"], layers), clock);
    expect(out).toMatchObject({ verdict: "out-of-scope", reached: null, evidence: { claim: null } });
    const row = out.hypotheses.find((h) => h.id === "generic-initialization");
    expect(row).toMatchObject({ decided: false, evidence: "exact", certificate: null });
    // Nor does the theorem about stationary points at this depth, for the same reason.
    const bridge = await verifyCase(convFourierBridge, clockwise(["3", "1"], layers), clock);
    expect(bridge).toMatchObject({ verdict: "out-of-scope", reached: null });
    expect((await verifyCase(BRIDGE_FROM_ANYWHERE, clockwise(["3", "1"], layers), clock)).verdict).toBe("refuted");
  });

  it("deeper nothing is lost by it: a dead frequency refutes no stationary point of a steeper penalty", async () => {
    const layers = [[[0.25, -0.25]], [[-0.5, 0.5]], [[0.5, 0.25]]];
    const deep = { ...clockwise(["3", "1"], layers), depth: 3 };
    expect((await verifyCase(convFourierBridge, deep, clock)).verdict).toBe("holds");
  });

  it("balanced with the sign that the data want, nothing is lost, and nothing is refuted", async () => {
    const layers = [[[0.5, 0.25]], [[0.5, 0.25]]];
    const result = await verifyCase(L1_FROM_ANYWHERE, clockwise(["3", "1"], layers), clock);
    expect(result.verdict).toBe("holds");
    expect(gapOf(result).witness).toBeNull();
  });

  it.each([
    ["dead frequency", deadFrequency],
    ["balanced", balancedCoordinate],
  ] as const)("%s, planted in random cases: never finished to the optimum over all frequencies", async (_, plant) => {
    const space: CaseSpace = { ...CONVOLUTIONAL_FLOW, maxDim: 8, depths: [2, 2] };
    const counts = { refuted: 0, holds: 0, silent: 0 };
    for (const c of caseStream(space, 4, 40)) {
      const planted = plant(c);
      const result = await verifyCase(L1_FROM_ANYWHERE, planted, clock);
      const { verdict, reached, certificates } = result;
      for (const made of certificates) expect(judge(made)).toMatchObject({ accepted: true });
      if (reached?.limit != null) {
        const sum = reached.beta.reduce((a, b) => a + b, 0);
        const size = reached.beta.reduce((a, b) => a + Math.abs(b), 0);
        if (plant === deadFrequency) expect(Math.abs(sum)).toBeLessThan(1e-12 * size);
        else expect(sum).toBeLessThan(1e-12 * size);
      }
      if (verdict === "refuted") expect(gapOf(result).witness).not.toBeNull();
      if (verdict === "inconclusive") expect(result.findings[0]!.why).toMatch(/^no limit of the run was reached: ./);
      expect(verdict).not.toBe("suspect");
      counts[verdict === "refuted" ? "refuted" : verdict === "holds" ? "holds" : "silent"] += 1;
      expect((await verifyCase(convDepth2FourierL1, planted, clock)).verdict).toBe("out-of-scope");
    }
    expect(counts.refuted).toBeGreaterThan(4);
    if (plant === balancedCoordinate) expect(counts.holds).toBeGreaterThan(4); // the optimum may not need what is forbidden
  });
});
