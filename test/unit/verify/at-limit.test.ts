/** Hypotheses where a run was followed to its limit, and the one about the initialization, which no run decides. */
import { describe, expect, it } from "vitest";
import { convDepth2FourierL1 } from "../../../proofs/theorems/conv-depth-2-fourier-l1.js";
import type { LimitResult } from "../../../src/engine/limit.js";
import type { Case } from "../../../src/kernel/case.js";
import type { HypothesisDecision } from "../../../src/kernel/verdict.js";
import { createBench } from "../../../src/verify/bench.js";
import {
  directionConverges,
  followsFlow,
  gradientConverges,
  lossToZero,
  phasesConverge,
  positiveMargin,
} from "../../../src/verify/hypotheses/asymptotic.js";
import { AT_LIMIT } from "../../../src/verify/hypotheses/at-limit.js";
import { genericAtDepthTwo, genericInitialization } from "../../../src/verify/hypotheses/structural.js";
import type { Hypothesis } from "../../../src/verify/theorem.js";
import { caseOf, fakeBench, limitAt, noLimit } from "./fake-bench.js";

const LIMIT = limitAt([3, 4], [1], { kkt: { stationarity: 1.25e-12, complementarity: 2.5e-13, feasibility: 0 } });
const decide = async (h: Hypothesis, limit: LimitResult = LIMIT, limitError = 1e-9): Promise<HypothesisDecision> =>
  h.decide(fakeBench({ limit, limitError }));

describe("at a limit that was reached", () => {
  it.each([
    [lossToZero, "the run was followed to a loss of exp(-10^20.0)"],
    [directionConverges, "parameters and their velocity is 1.25e-12"],
    [gradientConverges, "to 2.50e-13 of it"],
    [positiveMargin, "the least margin over |beta| is 0.200 at the limit"],
    [phasesConverge, "the phase of each coefficient, to 2.50e-13"],
    [followsFlow, "halving every step moves the limit by at most 1.00e-9 rad"],
  ] as const)("$id is seen, and observed at best", async (h, why) => {
    const seen = await decide(h);
    expect(seen).toMatchObject({
      id: h.id,
      statement: h.statement,
      decided: true,
      evidence: "observed",
      certificate: null,
    });
    expect(seen.why).toContain(why);
  });
});

describe("where no limit was reached", () => {
  it.each([
    lossToZero,
    directionConverges,
    gradientConverges,
    positiveMargin,
    phasesConverge,
    followsFlow,
  ])("$id is undecided, whatever the run itself shows", async (h) => {
    const { kkt, beta } = LIMIT;
    for (const limit of [
      noLimit("step-budget"),
      { ...LIMIT, stop: "residual-left" as const },
      { ...LIMIT, beta: null },
      { ...LIMIT, kkt: null },
      { ...noLimit("margin-lost"), kkt, beta },
    ]) {
      const open = await decide(h, limit, 0);
      expect(open).toMatchObject({
        id: h.id,
        decided: null,
        evidence: "assumed",
        why: "no limit of the run was reached",
      });
    }
  });
});

describe("follows-flow", () => {
  it("asks that halved steps move the limit by at most 0.05 rad, and that they reached one", async () => {
    expect((await decide(followsFlow, LIMIT, 0.05)).decided).toBe(true);
    expect(await decide(followsFlow, LIMIT, 0.0501)).toMatchObject({ decided: null, evidence: "assumed" });
    expect((await decide(followsFlow, LIMIT, 0.0501)).why).toMatch(/by at most 0\.0501 rad$/);
    expect(await decide(followsFlow, LIMIT, Number.POSITIVE_INFINITY)).toMatchObject({
      decided: null,
      why: "a run with halved steps reached no limit to compare with",
    });
  });

  it("says from which run on finer steps end at one limit, where the path matters", async () => {
    for (const [refined, word] of [
      [1, "first"],
      [2, "second"],
      [3, "third"],
      [4, "4th"],
    ] as const) {
      const { why } = await decide(followsFlow, { ...LIMIT, basin: { refined, apart: 2e-9 } });
      expect(why).toBe(
        `runs with ever finer steps, each 1/8 of the one before, end at one limit to 2.00e-9 rad from the ${word} on`,
      );
    }
  });
});

it("each has the id of a hypothesis along the run, and those of the theorem are all there", () => {
  const asymptotic = convDepth2FourierL1.entries["gradient-flow"].hypotheses.filter((h) => h.kind === "asymptotic");
  expect(Object.keys(AT_LIMIT).sort()).toEqual(asymptotic.map((h) => h.id).sort());
});

describe("generic-initialization", () => {
  const of = async (
    layers: readonly (readonly number[])[],
    change: Partial<Case> = {},
    h: Hypothesis = genericInitialization,
  ): Promise<HypothesisDecision> => {
    const c = caseOf([[3, 1, 2]], {
      architecture: "convolutional",
      depth: layers.length,
      init: { kind: "layers", layers: layers.map((row) => [row]) },
      ...change,
    });
    return h.decide(createBench(c, { cancelled: () => null }));
  };
  const [ANY, OTHER] = [
    [0.5, 0.25, -1],
    [0.125, 1, 2],
  ];

  it("is true, exactly, where every block can become anything", async () => {
    expect(await of([ANY!, OTHER!])).toMatchObject({
      ...{ id: "generic-initialization", decided: true, evidence: "exact", certificate: null },
      why: "each of the 2 blocks of the initialization can become anything",
    });
  });

  it.each([
    ["a dead real frequency", [0.5, -0.25, -0.25], [0.25, 0.25, -0.5], "1 are dead and 0 keep"],
    ["a dead pair", [1, 1, 1], [2, 2, 2], "1 are dead and 0 keep"],
    ["a balanced real frequency", [0.5, 0.25, 0.25], [0, 0.25, 0.75], "0 are dead and 1 keep"],
    ["one that is balanced with the sign changed", [0.5, 0.25, 0.25], [0, -0.25, -0.75], "0 are dead and 1 keep"],
    ["all of it", [0, 0, 0], [0, 0, 0], "2 are dead and 0 keep"],
  ] as const)("is false, exactly: %s", async (_, first, second, why) => {
    const decision = await of([first, second]);
    expect(decision).toMatchObject({ decided: false, evidence: "exact", certificate: null });
    expect(decision.why).toContain(`of the 2 blocks of the initialization ${why} their sign, exactly and for ever`);
  });

  it("one zero factor of two is no dead block, and nearly balanced is not balanced", async () => {
    expect((await of([[0.5, -0.25, -0.25], OTHER!])).decided).toBe(true);
    expect(
      (
        await of([
          [0.5, 0.25, 0.25],
          [0, 0.25, 0.75 + 2 ** -20],
        ])
      ).decided,
    ).toBe(true);
  });

  it("is open where doubles cannot hold the difference, and for networks without blocks", async () => {
    const close = await of([
      [0.5, 0.25, 0.25],
      [0, 0.25, 0.75 + 2 ** -52],
    ]);
    expect(close).toMatchObject({ decided: null, evidence: "assumed", certificate: null });
    expect(close.why).toMatch(/less than doubles hold on to/);
    const other = await of([], { architecture: "fully-connected", depth: 2, init: { kind: "gaussian", scale: 1 } });
    expect(other).toMatchObject({ decided: null, evidence: "assumed" });
    expect(other.why).toMatch(/no product in each block/);
  });

  it("is asked for at depth 2 alone where a theorem speaks of every depth", async () => {
    const dead = [
      [0.5, -0.25, -0.25],
      [0.25, 0.25, -0.5],
    ];
    expect(genericAtDepthTwo).toMatchObject({ id: genericInitialization.id, kind: "structural" });
    const two = await of(dead, {}, genericAtDepthTwo);
    expect(two).toEqual({ ...(await of(dead)), statement: genericAtDepthTwo.statement });
    expect((await of([ANY!, OTHER!], {}, genericAtDepthTwo)).decided).toBe(true);
    for (const layers of [[[0, 0, 0]], [...dead, OTHER!]]) {
      const deep = await of(layers, {}, genericAtDepthTwo);
      expect(deep).toMatchObject({ decided: true, evidence: "exact", certificate: null });
      expect(deep.why).toContain(`not asked for at depth ${layers.length}`);
    }
  });
});
