/** The claims about residuals at the limit, on limits made by hand: each part of each condition, and each threshold. */
import { describe, expect, it } from "vitest";
import { fourierBridgeClaim } from "../../../proofs/theorems/conv-fourier-bridge.js";
import { judge } from "../../../src/certify/judge.js";
import type { BridgeResidualCertificate, MarginGapCertificate } from "../../../src/kernel/certificate.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { fullyConnected } from "../../../src/models/architectures/fully-connected.js";
import { certifiedAngle } from "../../../src/verify/claims/angle-certificates.js";
import { type BridgeClaim, limitIsStationaryFor } from "../../../src/verify/claims/fourier-bridge.js";
import { limitIsFourierL1MaxMargin } from "../../../src/verify/claims/fourier-l1.js";
import type { ClaimResult } from "../../../src/verify/theorem.js";
import { fakeBench, limitAt, type Made, noLimit } from "./fake-bench.js";

/** One point (3, 1): its coefficients are 4 and 2 over the root of 2. */
const X = [[3, 1]];
const P = convolutional.build({ dim: 2, depth: 2 });
const signalClaim: BridgeClaim = {
  id: "s",
  statement: "said",
  penalty: () => ({ space: "signal", p: { n: 1, d: 1 } }),
};

const bridge = (depth: number, beta: readonly number[], made: Made = {}): Promise<ClaimResult> =>
  fourierBridgeClaim.check(fakeBench({ X, P, limit: limitAt(beta), ...made, case: { depth } }));
const l1 = (beta: readonly number[], made: Made = {}): Promise<ClaimResult> =>
  limitIsFourierL1MaxMargin.check(
    fakeBench({ X, P, limit: limitAt(beta), limitError: 1e-12, ...made, case: { depth: 2 } }),
  );
const residual = (r: ClaimResult): BridgeResidualCertificate => r.certificates[0] as BridgeResidualCertificate;
const gapOf = (r: ClaimResult): MarginGapCertificate => r.certificates[0] as MarginGapCertificate;
const allAccepted = (r: ClaimResult): void => {
  for (const c of r.certificates) expect(judge(c)).toMatchObject({ accepted: true });
};
/** (3, 1) / 10 turned by an angle, a little larger than margin 1 asks. */
const turned = (by: number): number[] =>
  [0.3 * Math.cos(by) - 0.1 * Math.sin(by), 0.3 * Math.sin(by) + 0.1 * Math.cos(by)].map((x) => x * 1.01);
/** (1, 1) / 4 with a share of the other frequency; its relative gap is `gap`, to first order. */
const leaning = (gap: number): number[] => [0.25 + gap / 2, 0.25 - gap / 2];

describe("without a limit both are silent, and say why", () => {
  it.each([
    ["bridge", bridge.bind(null, 2), "limit-is-fourier-bridge-stationary"],
    ["l1", l1, "limit-is-fourier-l1-max-margin"],
  ] as const)("%s", async (_, check, claim) => {
    const silent = async (made: Made): Promise<string> => {
      const r = await check([1, 1], made);
      expect(r).toEqual({ finding: { claim, outcome: "silent", why: expect.any(String) }, certificates: [] });
      return r.finding.why;
    };
    const bench = fakeBench({ X, P, case: { depth: 2 } });
    const plain = await (claim.endsWith("margin") ? limitIsFourierL1MaxMargin : fourierBridgeClaim).check(bench);
    expect(plain).toEqual({
      finding: { claim, outcome: "silent", why: expect.stringMatching(/^plain descent/) },
      certificates: [],
    });
    expect(await silent({ limit: noLimit("margin-lost") })).toMatch(
      /^no limit of the run was reached: a margin that was positive/,
    );
    expect(await silent({ limit: limitAt([1, 1], [1], { stop: "residual-left" }) })).toMatch(
      /^no limit of the run was reached/,
    );
    expect(await silent({ limit: limitAt([1, 1], [1], { beta: null }) })).toMatch(/^no limit of the run was reached/);
    expect(await silent({ limit: limitAt([1, 1], [1], { dual: null }) })).toMatch(
      /^no limit of the run was reached: none$/,
    );
    expect(await silent({ limit: limitAt([-1, -1]) })).toMatch(/separate the data/);
  });
});

describe("stationarity for a bridge penalty", () => {
  it("supports, certified, with the run's own weights and an exact point that is near", async () => {
    for (const [depth, beta, p, support, kind, says] of [
      [1, [0.3, 0.1], "2", [0, 1], "direction-bound", /; the exact optimum is certified within \S+ rad$/],
      [2, [0.25, 0.25], "1", [0], "margin-gap", /; the margin is certified to be the best one up to/],
      [3, [0.25, 0.25], "2/3", [0], "stationary-point", /; an exact stationary point with this support is certified/],
      [4, [0.5, -0.5], "1/2", [1], "stationary-point", /, and has these weights within 0.0$/],
    ] as const) {
      const r = await bridge(depth, beta);
      expect(r.finding).toMatchObject({
        ...{ claim: "limit-is-fourier-bridge-stationary", outcome: "supports", evidence: "certified" },
        why: expect.stringMatching(
          /^at the limit, followed to a loss of exp\(-10\^20\.0\), with the run's own weights: stationarity/,
        ),
      });
      expect(r.finding.why).toMatch(says);
      expect(r.certificates.map((c) => c.kind)).toEqual(["bridge-residual", kind]);
      expect(residual(r)).toMatchObject({ penalty: { space: "fourier", p }, support, q: ["1"] });
      expect(certifiedAngle(residual(r).largest.upper)).toBeLessThan(1e-14);
      allAccepted(r);
    }
  });

  it("supports as a sample where no exact point is enclosed, and says why", async () => {
    const sampled = async (r: Promise<ClaimResult>, why: RegExp): Promise<void> => {
      const { finding, certificates } = await r;
      expect(finding).toMatchObject({ outcome: "supports", evidence: "sampled" });
      expect(finding.why).toMatch(/with the run's own weights: .*; no exact point was enclosed near it: ./);
      expect(finding.why).toMatch(why);
      expect(certificates.map((c) => c.kind)).toEqual(["bridge-residual"]);
    };
    // A point twice, and both copies carry the limit: multipliers are not the only ones.
    const copies = { X: [...X, ...X], limit: limitAt([0.25, 0.25], [0.5, 0.5]) };
    await sampled(bridge(3, [0.25, 0.25], copies), /Newton's method breaks down|no point is enclosed|may be 0/);
    // A feasible multiple is stationary for the residuals' sake, the exact point is not there.
    const long = [0.25, 0.25].map((x) => x * (1 + 2e-8));
    await sampled(bridge(3, long), /the exact point found is 2\.0e-8 of its length away$/);
    const copiesOfMany = {
      X: Array.from({ length: 70 }, () => [3, 1]),
      limit: limitAt([0.25, 0.25], new Array<number>(70).fill(1 / 70)),
    };
    await sampled(bridge(3, [0.25, 0.25], copiesOfMany), /a point with 71 unknowns is too large \(at most 64\)$/);
  });

  it.each([
    [0.9e-10, "supports"],
    [1.1e-10, "silent"],
    [0.99e-6, "silent"],
    [1.01e-6, "contradicts"],
  ] as const)("a sine of %d: %s", async (by, outcome) => {
    const r = await bridge(1, turned(by));
    expect(r.finding.outcome).toBe(outcome);
    const { parts, largest } = residual(r);
    expect(certifiedAngle(parts.stationarity) / by).toBeCloseTo(1, 4);
    expect(largest.upper).toBe(parts.stationarity);
    expect(certifiedAngle(largest.lower) / by).toBeCloseTo(1, 4);
    expect(r.finding.why).toMatch(new RegExp(`stationarity ${by.toPrecision(2)}, dual domain 0`));
    allAccepted(r);
    if (outcome === "contradicts") expect(r.finding).toMatchObject({ certified: true });
    if (outcome === "silent") expect(r.finding.why).toMatch(/^neither within 1e-10 nor far away: /);
  });

  it("each part counts: a residual of one of them alone contradicts, and is named", async () => {
    const parts = async (r: Promise<ClaimResult>): Promise<Record<string, number>> => {
      const result = await r;
      allAccepted(result);
      expect(result.finding.outcome).toBe("contradicts");
      const named = residual(result);
      const values = Object.fromEntries(Object.entries(named.parts).map(([k, v]) => [k, certifiedAngle(v)]));
      expect(certifiedAngle(named.largest.upper)).toBe(Math.max(...Object.values(values)));
      expect(certifiedAngle(named.largest.lower)).toBeGreaterThan(0.99 * Math.max(...Object.values(values)));
      return Object.fromEntries(Object.entries(values).filter(([, v]) => v > 1e-10));
    };
    expect(await parts(bridge(1, [0.15, 0.05]))).toEqual({ feasibility: expect.closeTo(0.5, 12) });
    // z = (4, 2) / sqrt 2 off the support {1} is twice as large as on it.
    expect(await parts(bridge(2, [0.5, -0.5]))).toEqual({ dualDomain: expect.closeTo(1, 12) });
    // The weights are on a point that is not the nearest.
    const two = { X: [...X, [6, 2]], limit: limitAt([0.3, 0.1], [0.5, 0.5]) };
    expect(await parts(bridge(1, [0.3, 0.1], two))).toEqual({ complementarity: expect.closeTo(0.5, 12) });
    // b = (2, 1), z = (4, 2), so |b|^(-4/3) b and z part.
    const other = await parts(bridge(3, [0.75, 0.25]));
    expect(other).toEqual({ stationarity: expect.any(Number) });
    expect(other.stationarity).toBeGreaterThan(0.1);
  });

  it("coefficients below 1e-9 of the largest count as 0, and by how much they are not is a residual too", async () => {
    const off = 5e-10;
    const r = await bridge(2, [0.25 * (1 + off), 0.25 * (1 - off)]);
    expect(residual(r).support).toEqual([0]);
    expect(certifiedAngle(residual(r).parts.offSupport) / off).toBeCloseTo(1, 6);
    expect(r.finding.outcome).toBe("silent");
    const more = await bridge(2, [0.25 * (1 + 2e-9), 0.25 * (1 - 2e-9)]);
    expect(residual(more).support).toEqual([0, 1]);
    expect(more.finding.outcome).toBe("contradicts"); // then all moduli would be one
  });

  it("is silent where the points do not pull along the penalty's gradient at all", async () => {
    // |b|^(-3/2) b is about (3.2, 1), and (-1, 3) points away from it.
    const claim = limitIsStationaryFor({ ...signalClaim, penalty: () => ({ space: "signal", p: { n: 1, d: 2 } }) });
    const made: Made = { X: [[-1, 3]], P, limit: limitAt([0.1, 1]) };
    const r = await claim.check(fakeBench(made));
    expect(r).toMatchObject({ finding: { claim: "s", outcome: "silent" }, certificates: [] });
    expect(r.finding.why).toMatch(/^the conditions cannot be enclosed here: on the support/);
  });

  it("is asked of the penalty at the depth of the case, in the space that it names", async () => {
    const claim = limitIsStationaryFor(signalClaim);
    // Other multipliers are not excluded: the statement says which are judged.
    const statement =
      "said, with the run's own weights q = lim e^(-m_n) / sum e^(-m_k), up to a factor, as multipliers";
    expect(claim).toMatchObject({ id: "s", statement });
    const check = (beta: readonly number[]): Promise<ClaimResult> =>
      claim.check(fakeBench({ X, P, limit: limitAt(beta), case: { depth: 2 } }));
    const axis = await check([1 / 3, 0]);
    expect(axis.finding).toMatchObject({ claim: "s", outcome: "supports" });
    expect(residual(axis)).toMatchObject({ penalty: { space: "signal", p: "1" }, support: [0] });
    expect((await check([0.25, 0.25])).finding).toMatchObject({ claim: "s", outcome: "contradicts" });
  });
});

describe("the Fourier l1 max margin", () => {
  it("supports, certified, without a witness", async () => {
    const r = await l1([0.25, 0.25]);
    expect(r.finding).toMatchObject({
      claim: "limit-is-fourier-l1-max-margin",
      outcome: "supports",
      evidence: "certified",
    });
    expect(r.finding.why).toMatch(
      /^at the limit, followed to a loss of exp\(-10\^20\.0\), the margin is the best one up to a relative gap/,
    );
    expect(gapOf(r)).toMatchObject({ regularizer: "fourier-l1", witness: null, q: ["1"], gap: { lower: "0" } });
    allAccepted(r);
  });

  it.each([
    [0.9e-10, "supports"],
    [1.1e-10, "silent"],
    [0.99e-6, "silent"],
    [1.01e-6, "contradicts"],
  ] as const)("a relative gap of %d: %s", async (gap, outcome) => {
    const r = await l1(leaning(gap));
    expect(r.finding.outcome).toBe(outcome);
    const { gap: bounds, witness } = gapOf(r);
    expect(certifiedAngle(bounds.upper) / gap).toBeCloseTo(1, 4);
    expect(witness === null).toBe(outcome === "supports");
    if (witness !== null) expect(certifiedAngle(bounds.lower) / gap).toBeCloseTo(1, 4);
    allAccepted(r);
    if (outcome === "contradicts") {
      expect(r.finding).toMatchObject({ certified: true });
      expect(r.finding.why).toMatch(/the margin is certifiably 0\.000101 % or more below the best one$/);
    }
    if (outcome === "silent")
      expect(r.finding.why).toMatch(
        /the relative gap is at most .*, and no witness shows 0\.000001 or more, ten times/,
      );
  });

  it("the witness is the best predictor, also where pairs of frequencies count twice", async () => {
    // On a circle of three the optimum has both blocks; these are its weights.
    const rows = [
      [3, 1, 2],
      [1, 4, -1],
    ];
    const weights = [0.04863267791677189, 0.9513673220832282];
    const r = await l1([1, 1, 0.5], {
      ...{ X: rows, P: convolutional.build({ dim: 3, depth: 2 }), limit: limitAt([1, 1, 0.5], weights) },
    });
    expect(r.finding.outcome).toBe("contradicts");
    const { lower, upper } = gapOf(r).gap;
    expect(certifiedAngle(lower)).toBeGreaterThan(0.01);
    expect(certifiedAngle(upper) - certifiedAngle(lower)).toBeLessThan(1e-9);
    allAccepted(r);
  });

  it("weights that do not fit leave a gap from above that no witness shows: silent", async () => {
    const made = { X: [...X, [5, 1]], limit: limitAt([0.25, 0.25], [0, 1]) };
    const r = await l1([0.25, 0.25], made);
    expect(r.finding.outcome).toBe("silent");
    expect(certifiedAngle(gapOf(r).gap.upper)).toBeCloseTo(1 / 3, 12);
    expect(certifiedAngle(gapOf(r).gap.lower)).toBe(0);
    expect(gapOf(r).witness).not.toBeNull();
    allAccepted(r);
  });

  it("the witness is the oracle's, whatever the network; a limit that is not known well enough leaves it silent", async () => {
    const seen = await l1([0.3, 0.1], { P: fullyConnected.build({ dim: 2, depth: 2 }) });
    expect(seen.finding.outcome).toBe("contradicts");
    expect(certifiedAngle(gapOf(seen).gap.lower)).toBeCloseTo(1 / 6, 12);
    for (const [limitError, outcome] of [
      [1e-3, "contradicts"],
      [0.02, "silent"],
      [Number.POSITIVE_INFINITY, "silent"],
    ] as const) {
      const r = await l1([0.3, 0.1], { limitError });
      expect(r.finding.outcome).toBe(outcome);
      allAccepted(r);
    }
  });
});
