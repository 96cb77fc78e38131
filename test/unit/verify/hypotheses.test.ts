/** Each hypothesis on both sides of its line: what was not seen is undecided, and only exact evidence says false. */
import { describe, expect, it } from "vitest";
import { judge } from "../../../src/certify/judge.js";
import type { Snapshot } from "../../../src/engine/descent.js";
import { exponential } from "../../../src/models/losses/exponential.js";
import type { Optimizer } from "../../../src/models/optimizer.js";
import { gradientDescent } from "../../../src/models/optimizers/gradient-descent.js";
import { normalizedGradientDescent } from "../../../src/models/optimizers/normalized-gradient-descent.js";
import {
  directionConverges,
  followsFlow,
  gradientConverges,
  lossToZero,
  positiveMargin,
} from "../../../src/verify/hypotheses/asymptotic.js";
import { boundedSteps, exponentialTail, gradientSteps, separable } from "../../../src/verify/hypotheses/structural.js";
import { dynamicsOf, type Hypothesis } from "../../../src/verify/theorem.js";
import { at, fakeBench, type Made, type Rows, snapshot, thresholds, trajectory } from "./fake-bench.js";

const ASYMPTOTIC = [lossToZero, directionConverges, gradientConverges, positiveMargin, followsFlow];

/** true where it was seen, null where not; the evidence must say the same. */
async function seen(h: Hypothesis, made: Made): Promise<boolean | null> {
  const { decided, evidence, certificate, id, statement } = await h.decide(fakeBench(made));
  expect({ id, statement, certificate }).toEqual({ id: h.id, statement: h.statement, certificate: null });
  expect(evidence).toBe(decided === true ? "observed" : "assumed");
  return decided;
}

const why = async (h: Hypothesis, made: Made): Promise<string> => (await h.decide(fakeBench(made))).why;
const over = (path: (M: number) => Partial<Snapshot>, octaves = 6) =>
  trajectory(thresholds(1, octaves).map((M) => snapshot(M, path(M))));

describe("structural hypotheses", () => {
  it("separable: decided in rationals, with the certificate of what was decided", async () => {
    const yes = await separable.decide(fakeBench({ X: [[2, 1]] }));
    expect(yes).toMatchObject({ id: "separable", decided: true, evidence: "certified" });
    expect(yes.certificate?.kind).toBe("separation");
    expect(yes.why).toMatch(/all margins positive/);
    const no = await separable.decide(
      fakeBench({
        X: [
          [1, 0],
          [-1, 0],
        ] as Rows,
      }),
    );
    expect(no).toMatchObject({ id: "separable", decided: false, evidence: "certified" });
    expect(no.certificate?.kind).toBe("farkas");
    expect(no.why).toMatch(/no linear predictor/);
    for (const { certificate } of [yes, no]) expect(judge(certificate)).toMatchObject({ accepted: true });
  });

  it.each([true, false])("exponential tail: what the loss declares, %s", async (exponentialTailed) => {
    const loss = { ...exponential, facts: { exponentialTail: exponentialTailed } };
    expect(await exponentialTail.decide(fakeBench({ loss }))).toMatchObject({
      id: "exponential-loss",
      decided: exponentialTailed,
      evidence: "exact",
    });
  });

  const declaring = (facts: Partial<Optimizer["facts"]>): Optimizer => ({
    ...gradientDescent,
    facts: { ...gradientDescent.facts, ...facts },
  });

  it.each([
    ["gradient descent", gradientDescent, true],
    ["loss-normalized descent", normalizedGradientDescent, true],
    ["steps that follow no gradient", declaring({ discretizes: null }), false],
    ["steepest descent of another norm", declaring({ norm: "linf" as string as "l2" }), false],
  ] as const)("gradient steps: %s", async (_name, optimizer, expected) => {
    const decision = await gradientSteps.decide(fakeBench({ optimizer }));
    expect(decision).toMatchObject({ id: "gradient-steps", decided: expected, evidence: "exact", certificate: null });
    expect(/does not discretize/.test(decision.why)).toBe(!expected);
  });

  it("bounded steps: of gradient descent, and not of the loss-normalized one", async () => {
    const bounded = await boundedSteps.decide(fakeBench({ optimizer: gradientDescent, case: { eta: 0.25 } }));
    expect(bounded).toMatchObject({ id: "bounded-steps", decided: true, evidence: "exact" });
    expect(bounded.why).toMatch(/at most 0\.25/);
    const unbounded = await boundedSteps.decide(fakeBench({ optimizer: normalizedGradientDescent }));
    expect(unbounded).toMatchObject({ id: "bounded-steps", decided: false, evidence: "exact" });
    expect(unbounded.why).toMatch(/grow without bound/);
    expect(dynamicsOf(gradientDescent.facts)).toBe("gradient-descent");
    expect(dynamicsOf(normalizedGradientDescent.facts)).toBe("gradient-flow");
  });

  it("are decided before training, the others along the run", () => {
    for (const h of [separable, exponentialTail, gradientSteps, boundedSteps]) expect(h.kind).toBe("structural");
    for (const h of ASYMPTOTIC) expect(h.kind).toBe("asymptotic");
  });
});

describe("loss-to-zero", () => {
  it("asks for three octaves of log(1/loss) past 1, less 5 %", async () => {
    const until = (M: number) => seen(lossToZero, { run: trajectory([snapshot(M)]) });
    expect(await until(8 / 1.049)).toBe(true);
    expect(await until(8 / 1.05)).toBe(true);
    expect(await until(8 / 1.051)).toBeNull();
    expect(await until(Number.NaN)).toBeNull();
    expect(await seen(lossToZero, { run: trajectory([]) })).toBeNull();
  });

  it("looks at the end of the run, not at its last snapshot", async () => {
    expect(await seen(lossToZero, { run: trajectory([snapshot(2)], { last: snapshot(9) }) })).toBe(true);
    expect(await why(lossToZero, { run: trajectory([snapshot(2)], { last: snapshot(3), stop: "diverged" }) })).toMatch(
      /ended at 3\.00 .*floating-point/,
    );
  });
});

describe("direction-converges and gradient-converges", () => {
  const decide = (h: Hypothesis, path: (M: number) => Partial<Snapshot>) => seen(h, { run: over(path) });
  /** A path with `rest` (radians) still to turn at its end. */
  const turning = (rest: number) => (M: number) => at((rest * 64) / M);

  it("the parameters and the predictor may each have two tolerances still to turn", async () => {
    const pair = (parameters: number, beta: number) =>
      decide(directionConverges, (M) => ({ parameters: turning(parameters)(M), beta: turning(beta)(M) }));
    expect(await pair(0.199, 0.199)).toBe(true);
    expect(await pair(0.201, 0.1)).toBeNull();
    expect(await pair(0.1, 0.201)).toBeNull();
  });

  it("says by how much both turned, or that the run is too short", async () => {
    const turned = await why(directionConverges, {
      run: over((M) => ({ parameters: turning(0.1)(M), beta: turning(0.05)(M) })),
    });
    expect(turned).toMatch(/predictor turned by 0\.0500 rad.*parameter vector turned by 0\.100 rad/);
    expect(await why(directionConverges, { run: trajectory([snapshot(1)]) })).toMatch(/too short/);
    expect(await seen(directionConverges, { run: trajectory([snapshot(1)]) })).toBeNull();
  });

  it("the gradient need only calm down to the tolerance: its weights fluctuate", async () => {
    const restless = (turn: number) => (M: number) => ({ residual: at(turn * (Math.floor(Math.log2(M) + 1e-9) % 2)) });
    expect(await decide(gradientConverges, restless(0.099))).toBe(true);
    expect(await decide(gradientConverges, restless(0.101))).toBeNull();
    // The same turns leave the predictor unsettled: they do not shrink.
    expect(await decide(directionConverges, (M) => ({ beta: restless(0.099)(M).residual }))).toBeNull();
    expect(await why(gradientConverges, { run: over(restless(0.05)) })).toMatch(/gradient turned by 0\.0500/);
    expect(await seen(gradientConverges, { run: trajectory([]) })).toBeNull();
  });

  it("takes the end of the run into account", async () => {
    const run = trajectory(
      thresholds(1, 4).map((M) => snapshot(M)),
      { last: snapshot(17, { parameters: at(1), residual: at(2) }) },
    );
    expect(await seen(directionConverges, { run })).toBeNull();
    expect(await seen(gradientConverges, { run })).toBeNull();
  });

  it("a direction that is not a number converges nowhere", async () => {
    expect(await decide(directionConverges, () => ({ parameters: at(Number.NaN) }))).toBeNull();
    expect(await decide(gradientConverges, () => ({ residual: at(Number.NaN) }))).toBeNull();
  });
});

describe("positive-margin", () => {
  /** Data e_1: the normalized margin is the first coordinate of the unit predictor. */
  const along = (margins: readonly number[], end: number, sizes: readonly number[] = []) =>
    seen(positiveMargin, {
      X: [[1, 0]],
      run: trajectory(
        margins.map((m, i) => snapshot(2 ** i, { beta: at(Math.acos(m), sizes[i] ?? 1) })),
        { last: snapshot(100, { beta: end === 0 ? Float64Array.of(0, 1) : at(Math.acos(end)) }) },
      ),
    });

  it("asks that it has not halved since the middle of the run", async () => {
    expect(await along([0.9, 0.8, 0.5], 0.401)).toBe(true);
    expect(await along([0.9, 0.8, 0.5], 0.399)).toBeNull();
    expect(await along([0.9, 0.8, 0.5, 0.1], 0.251)).toBe(true);
    expect(await along([0.9, 0.8, 0.5, 0.1], 0.249)).toBeNull();
  });

  it("may have halved exactly", async () => {
    const run = trajectory([snapshot(1, { beta: Float64Array.of(1, 0, 0, 0) })], {
      last: snapshot(9, { beta: Float64Array.of(1, 1, 1, 1) }),
    });
    expect(await seen(positiveMargin, { X: [[1, 0, 0, 0]], run })).toBe(true);
  });

  it("asks that it is positive, not only no worse than before", async () => {
    expect(await along([-0.5], 0.01)).toBe(true);
    expect(await along([-0.5], -0.01)).toBeNull();
    expect(await along([-0.5], 0)).toBeNull();
  });

  it("is relative to the size of the predictor", async () => {
    expect(await along([0.8, 0.8], 0.7, [100, 100])).toBe(true);
    expect(await along([0.8, 0.8], 0.3, [0.1, 0.1])).toBeNull();
  });

  it("is that of the worst point", async () => {
    const run = trajectory([snapshot(1, { beta: Float64Array.of(1, 1) })], { last: snapshot(9, { beta: at(0.01) }) });
    expect(
      await seen(positiveMargin, {
        X: [
          [1, 0],
          [0, 1],
        ] as Rows,
        run,
      }),
    ).toBeNull();
    expect(
      await seen(positiveMargin, {
        X: [
          [1, 0],
          [1, 1],
        ] as Rows,
        run,
      }),
    ).toBe(true);
    expect(
      await seen(positiveMargin, {
        X: [
          [0, 1],
          [1, 0],
        ] as Rows,
        run,
      }),
    ).toBeNull();
  });

  it("is not seen without a run to look back on", async () => {
    expect(await along([], 0.9)).toBeNull();
    expect(await along([0.9, Number.NaN, 0.9], 0.9)).toBeNull();
    expect(await along([0.9, 0.9, 0.9], Number.NaN)).toBeNull();
  });

  it.each([
    2n ** 1100n,
    2n ** 600n,
  ])("is seen on data far outside the range of doubles, times or over %s", async (k) => {
    const run = trajectory([snapshot(1, { beta: Float64Array.of(2, -1) })], {
      last: snapshot(9, { beta: Float64Array.of(2, -1) }),
    });
    const X = [
      [3n, 1n],
      [2n, -1n],
    ];
    expect(await seen(positiveMargin, { X: X.map((row) => row.map((x) => x * k)), run })).toBe(true);
    expect(await seen(positiveMargin, { X, scale: k, run })).toBe(true);
  });
});

describe("follows-flow", () => {
  const halved = (angle: number, upTo = 32) => seen(followsFlow, { discretization: { angle, upTo } });

  it("asks that halving every step turns the predictor by at most 0.05 rad", async () => {
    expect(await halved(0)).toBe(true);
    expect(await halved(0.05)).toBe(true);
    expect(await halved(0.0501)).toBeNull();
    expect(await halved(Number.NaN)).toBeNull();
  });

  it("is not seen where nothing was compared", async () => {
    expect(await halved(0, 0)).toBeNull();
    expect(await why(followsFlow, { discretization: { angle: Number.NaN, upTo: 0 } })).toMatch(/too short/);
    expect(await why(followsFlow, { discretization: { angle: 0.01, upTo: 32 } })).toMatch(
      /at most 0\.0100 rad up to .* 32\.0/,
    );
  });
});
