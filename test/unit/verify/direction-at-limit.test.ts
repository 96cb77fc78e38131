/** The claim about the l2 optimum where a run was followed to its limit: on limits made by hand, at chosen angles. */
import { describe, expect, it } from "vitest";
import { convFourierBridge } from "../../../proofs/theorems/conv-fourier-bridge.js";
import { fullyConnectedL2 } from "../../../proofs/theorems/fully-connected-l2.js";
import { judge } from "../../../src/certify/judge.js";
import { LIMIT_STOPS, type LimitStop } from "../../../src/engine/limit-result.js";
import type { CounterexampleCertificate } from "../../../src/kernel/certificate.js";
import { LIMIT_ANGLE, RESIDUAL } from "../../../src/kernel/tolerance.js";
import { l2MaxMargin } from "../../../src/oracle/l2-margin.js";
import { certifiedAngle } from "../../../src/verify/claims/angle-certificates.js";
import { directionAtLimit, farAway, withoutLimit } from "../../../src/verify/claims/direction-at-limit.js";
import { limitIsL2MaxMargin } from "../../../src/verify/claims/limit-direction.js";
import { type ClaimResult, toleranceOf } from "../../../src/verify/theorem.js";
import { at, fakeBench, limitAt, type Made, noLimit, snapshot, trajectory } from "./fake-bench.js";

/** Of the one point (2, 1). */
const OPTIMUM = Math.atan2(1, 2);

const check = (off: number, limitError: number, more: Made = {}): Promise<ClaimResult> =>
  limitIsL2MaxMargin.check(fakeBench({ limit: limitAt([...at(OPTIMUM + off)]), limitError, ...more }));
const outcome = async (off: number, limitError: number, more: Made = {}): Promise<string> =>
  (await check(off, limitError, more)).finding.outcome;

describe("supports", () => {
  it("where the certified angle is within the tolerance, with the certificates of the limit", async () => {
    const { finding, certificates } = await check(1e-9, 1e-9, { case: { tolerance: 1e-8, goal: 1e-8 } });
    expect(finding).toMatchObject({ claim: "limit-direction", outcome: "supports", evidence: "certified" });
    expect(finding.why).toMatch(
      /^the limit of the run, followed to a loss of exp\(-10\^20\.0\), is certified within 1\.00e-9 rad/,
    );
    expect(certificates.map((c) => c.kind)).toEqual(["exact-kkt", "direction-bound", "duality-gap"]);
    for (const c of certificates) expect(judge(c)).toMatchObject({ accepted: true });
  });

  it("at the tolerance and not above it, whatever the error bar", async () => {
    for (const tolerance of [1e-8, 0.1])
      for (const error of [0, 1e-3, Number.POSITIVE_INFINITY]) {
        const more = { case: { tolerance, goal: tolerance } };
        expect(await outcome(tolerance * (1 - 1e-6), error, more)).toBe("supports");
        expect(await outcome(-tolerance * (1 - 1e-6), error, more)).toBe("supports");
        expect(await outcome(tolerance * (1 + 1e-6), error, more)).not.toBe("supports");
      }
  });
});

describe("contradicts", () => {
  it("at a certified distance, with a counterexample that the judge accepts", async () => {
    const { finding, certificates } = await check(0.2, 1e-4);
    expect(finding).toMatchObject({ outcome: "contradicts", certified: true });
    expect(finding.why).toMatch(/certifiably 0\.200 rad or more from the l2 optimum, and known to 0\.00010 rad/);
    expect(certificates.map((c) => c.kind)).toEqual(["counterexample", "exact-kkt", "direction-bound", "duality-gap"]);
    for (const c of certificates) expect(judge(c)).toMatchObject({ accepted: true });
    const [counterexample, , bound] = certificates as [
      CounterexampleCertificate,
      unknown,
      { angle: { lower: string } },
    ];
    expect(counterexample).toMatchObject({ limit: null, claim: { kind: "max-margin", regularizer: "l2" } });
    expect(counterexample.distance).toBe(bound.angle.lower);
    expect(certifiedAngle(counterexample.errorBar)).toBeGreaterThan(1e-4);
    expect(certifiedAngle(counterexample.errorBar)).toBeLessThan(1e-4 * (1 + 1e-11));
  });

  it("at ten error bars or more, and not at fewer", async () => {
    const lower = certifiedAngle((await boundOf(0.2)).angle.lower);
    const sound = await check(0.2, (lower / 10) * (1 - 1e-11));
    expect(sound.finding.outcome).toBe("contradicts");
    for (const c of sound.certificates) expect(judge(c)).toMatchObject({ accepted: true });
    for (const error of [lower / 10, (lower / 10) * (1 + 1e-9), lower, Number.POSITIVE_INFINITY]) {
      const { finding, certificates } = await check(0.2, error);
      expect(finding.outcome).toBe("silent");
      expect(finding.why).toMatch(
        /the certified angle of the limit is 0\.200 rad, above the tolerance 0\.1, and its error bar is/,
      );
      expect(certificates.map((c) => c.kind)).not.toContain("counterexample");
    }
  });

  it("never within the tolerance, however well the limit is known", async () => {
    expect(await outcome(0.0999, 0)).toBe("supports");
    expect(await outcome(0.1001, 0)).toBe("contradicts");
  });

  it("also where the limit does not even separate the data, without a solver-free bound", async () => {
    const { finding, certificates } = await check(2, 1e-3);
    expect(finding.outcome).toBe("contradicts");
    expect(certificates.map((c) => c.kind)).toEqual(["counterexample", "exact-kkt", "direction-bound"]);
  });
});

async function boundOf(off: number): Promise<{ angle: { lower: string; upper: string } }> {
  return fakeBench({ limit: limitAt([...at(OPTIMUM + off)]) }).directionBound();
}

describe("silent", () => {
  const end = trajectory([snapshot(3, { beta: at(OPTIMUM + 0.3) })]);

  it.each(
    Object.keys(LIMIT_STOPS).filter((s) => s !== "goal-met") as LimitStop[],
  )("where no limit was reached: %s", async (stop) => {
    const made: Made = { run: end, limit: noLimit(stop), limitError: 0 };
    const { finding, certificates } = await limitIsL2MaxMargin.check(fakeBench(made));
    expect(finding.outcome).toBe("silent");
    expect(finding.why).toBe(
      `no limit of the run was reached: ${LIMIT_STOPS[stop]}; its end is certified 0.300 rad from the optimum`,
    );
    expect(certificates.map((c) => c.kind)).toEqual(["exact-kkt", "direction-bound", "duality-gap"]);
  });

  it("where the run that was not followed has no predictor, or the data no optimum", async () => {
    const run = trajectory([snapshot(1, { beta: Float64Array.of(0, 0) })]);
    const none = await limitIsL2MaxMargin.check(fakeBench({ run, limit: noLimit("zero-gradient") }));
    expect(none.finding).toMatchObject({ outcome: "silent", why: expect.stringMatching(/the predictor is 0$/) });
    expect(none.certificates.map((c) => c.kind)).toEqual(["exact-kkt"]);
    const X = [
      [1, 0],
      [-1, 0],
    ];
    const apart = await limitIsL2MaxMargin.check(fakeBench({ X, limit: limitAt([1, 0], [0.5, 0.5]) }));
    expect(apart).toEqual({ finding: expect.objectContaining({ outcome: "silent" }), certificates: [] });
  });

  it("where a limit is claimed by no predictor, as by a run without one", () => {
    const bench = fakeBench({ run: end });
    const o = l2MaxMargin(bench.dataset);
    if (!o.separable) throw new Error("separable");
    const { finding } = directionAtLimit(bench, { ...limitAt([1, 1]), beta: null }, o);
    expect(finding.outcome).toBe("silent");
  });
});

describe("why there is no limit", () => {
  it("null where there is one, the sentence of the stop, and more where more is known", () => {
    expect(withoutLimit(limitAt([1, 0]))).toBeNull();
    expect(withoutLimit(limitAt([1, 0], [1], { stop: "residual-left" }))).toBe(LIMIT_STOPS["residual-left"]);
    expect(withoutLimit(limitAt([1, 0], [1], { beta: null }))).toBe(LIMIT_STOPS["goal-met"]);
    expect(withoutLimit(noLimit("step-budget"))).toBe(LIMIT_STOPS["step-budget"]);
    expect(withoutLimit(noLimit("step-budget", LIMIT_STOPS["step-budget"]))).toBe(LIMIT_STOPS["step-budget"]);
    expect(withoutLimit(noLimit("step-budget", "at 7"))).toBe(`${LIMIT_STOPS["step-budget"]} (at 7)`);
  });

  it("how far a run was followed, in powers of ten", () => {
    expect(farAway(limitAt([1, 0]))).toBe("followed to a loss of exp(-10^20.0)");
    const { phases } = limitAt([1, 0]);
    expect(farAway(limitAt([1, 0], [1], { phases: { ...phases, continuation: null } }))).toBe(
      "followed to a loss of exp(-10^0.0)",
    );
  });
});

it("what a claim is held to: an angle of descent, an angle of a limit, or a residual", () => {
  expect(toleranceOf(fullyConnectedL2, "gradient-flow")).toBe(LIMIT_ANGLE.value);
  expect(toleranceOf(fullyConnectedL2, "gradient-descent")).toBe(0.1);
  expect([LIMIT_ANGLE.value, RESIDUAL.value]).toEqual([1e-8, 1e-10]);
  for (const dynamics of ["gradient-flow", "gradient-descent"] as const)
    expect(toleranceOf(convFourierBridge, dynamics)).toBe(RESIDUAL.value);
});
