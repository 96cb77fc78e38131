/**
 * The companion runs of a bench against the same runs made here by hand: halved steps are halved, the flow is compared
 * from where the bound first limited a step, and what was cut short has no companion.
 */
import { describe, expect, it } from "vitest";
import { type DescentOptions, descend } from "../../../src/engine/descent.js";
import type { Case } from "../../../src/kernel/case.js";
import { dataFromJSON } from "../../../src/kernel/dataset.js";
import { initializationFromLayers } from "../../../src/models/initialization.js";
import { exponential } from "../../../src/models/losses/exponential.js";
import { normalizedGradientDescent } from "../../../src/models/optimizers/normalized-gradient-descent.js";
import { signedData } from "../../../src/models/signed-data.js";
import { type Bench, type Clock, createBench, snapshotsOf } from "../../../src/verify/bench.js";
import { type CompareRange, type Comparison, compareRuns } from "../../../src/verify/compare-runs.js";
import { caseOf } from "./fake-bench.js";

const clock: Clock = { cancelled: () => null };
const LAYERS = [
  [
    [0.3, -0.2],
    [0.1, 0.4],
  ],
  [[0.2, 0.1]],
];
const steps = (n: number): Partial<Case> => ({ budget: { steps: n, seconds: null } });
/** A run to log(1/loss) of a few hundred: past every companion's end. */
const caseFrom = (times: number, change: Partial<Case> = {}): Case =>
  caseOf(
    [
      [3, 1],
      [1, 2],
    ],
    {
      architecture: "fully-connected",
      depth: 2,
      goal: 1e-12,
      init: { kind: "layers", layers: LAYERS.map((l) => l.map((row) => row.map((x) => x * times))) },
      ...steps(520),
      ...change,
    },
  );
const NORMALIZED = caseFrom(1);
const BOUNDED = caseFrom(1, { optimizer: "gradient-descent", eta: 1, ...steps(4000) });

/** The comparison that the bench should have made, with a companion of our own. */
function byHand(c: Case, bench: Bench, range: CompareRange, other: Partial<DescentOptions>): Comparison {
  if (c.init.kind !== "layers") throw new Error("made of layers");
  const { P, optimizer, loss } = bench;
  const init = initializationFromLayers(P, c.init.layers);
  const data = signedData(dataFromJSON(c.data.json));
  const eta = c.eta ?? Number.POSITIVE_INFINITY;
  return compareRuns(snapshotsOf(bench.run().trajectory), range, (observe) =>
    descend({ P, data, loss, optimizer, eta, init, maxSteps: 1e5, observe, ...other }),
  );
}

const END = Number.POSITIVE_INFINITY;
const flow: Partial<DescentOptions> = { optimizer: normalizedGradientDescent, eta: END };

describe("the companion of halved steps", () => {
  it.each([
    ["loss-normalized", NORMALIZED, 32],
    ["bounded", BOUNDED, END],
  ] as const)("%s: takes steps of half the size from the same start, up to log(1/loss) = 32", (_name, c, limit) => {
    const bench = createBench(c, clock);
    const got = bench.discretization();
    expect(got).toEqual(byHand(c, bench, { from: 0, limit }, { stepFactor: 0.5 }));
    expect(got.angle).toBeGreaterThan(1e-6);
    expect(got).not.toEqual(byHand(c, bench, { from: 0, limit }, { stepFactor: 1 }));
    expect(bench.loss).toBe(exponential);
  });

  it("goes no further than log(1/loss) = 32 where the run began below 8", () => {
    const bench = createBench(NORMALIZED, clock);
    expect(bench.run().trajectory.logInverseLoss).toBeGreaterThan(100);
    const { upTo } = bench.discretization();
    expect(upTo).toBeLessThan(32 * 1.1);
    expect(upTo).toBeGreaterThan(32 / 1.3);
  });

  it("goes two octaves past the start of a run that begins late", () => {
    const c = caseFrom(15);
    const bench = createBench(c, clock);
    const from = bench.run().trajectory.snapshots[0]!.logInverseLoss;
    expect(from).toBeGreaterThan(10);
    expect(bench.run().trajectory.logInverseLoss).toBeGreaterThan(10 * from);
    const { upTo } = bench.discretization();
    expect(upTo).toBeLessThan(from * 4 * 1.1);
    expect(upTo).toBeGreaterThan((from * 4) / 1.3);
    expect(bench.discretization()).toEqual(byHand(c, bench, { from: 0, limit: 4 * from }, { stepFactor: 0.5 }));
  });

  it("may take more steps than the run itself: it reaches the same loss", () => {
    for (const n of [30, 60, 120]) {
      const bench = createBench(caseFrom(1, steps(n)), clock);
      const end = bench.run().trajectory.logInverseLoss;
      expect(bench.discretization().upTo).toBeGreaterThan(Math.min(end, 32) / 1.3);
    }
  });
});

describe("the companion of the flow", () => {
  it("is loss-normalized descent from the same start, from the first step that the bound limited", () => {
    const bench = createBench(BOUNDED, clock);
    const first = bench.run().trajectory.snapshots.find((s) => s.boundSteps > 0)!;
    const got = bench.againstFlow();
    expect(got).toEqual(byHand(BOUNDED, bench, { from: first.logInverseLoss, limit: END }, flow));
    expect(got.angle).toBeGreaterThan(1e-6);
    expect(got.upTo).toBeGreaterThan(bench.run().trajectory.logInverseLoss / 1.3);
  });

  it("does not count what comes before: there the two are one run", () => {
    // The bound bites late: the steps before it are those of the companion, bit by bit.
    const late = caseFrom(1, { optimizer: "gradient-descent", eta: 30, ...steps(4000) });
    const bench = createBench(late, clock);
    const { snapshots } = bench.run().trajectory;
    const own = snapshots.findIndex((s) => s.boundSteps > 0);
    expect(own).toBeGreaterThan(2);
    const before = snapshots[own - 1]!.logInverseLoss;
    expect(byHand(late, bench, { from: 0, limit: before }, flow).angle).toBe(0);
    expect(bench.againstFlow().angle).toBeGreaterThan(0);
  });

  it("is nothing where the bound never limited a step", () => {
    for (const c of [NORMALIZED, caseFrom(1, { optimizer: "gradient-descent", eta: 1e300, ...steps(60) })]) {
      const bench = createBench(c, clock);
      expect(bench.run().trajectory.last.boundSteps).toBe(0);
      expect(bench.againstFlow()).toEqual({ angle: Number.NaN, upTo: 0 });
    }
  });
});

describe("a run that was cut short", () => {
  /** A clock that gives `answers` in turn, and its last one from then on; `looks` counts. */
  function answering(...answers: readonly ReturnType<Clock["cancelled"]>[]): Clock & { looks(): number } {
    let looks = 0;
    return { cancelled: () => answers[Math.min(looks++, answers.length - 1)]!, looks: () => looks };
  }

  it.each(["time-budget", "interrupted"] as const)("by %s has no companion", (why) => {
    for (const c of [NORMALIZED, BOUNDED]) {
      const on = answering(null, why, null);
      const bench = createBench(c, on);
      expect(bench.run().trajectory).toMatchObject({ stop: why, steps: 256 });
      expect(bench.discretization()).toEqual({ angle: Number.NaN, upTo: 0 });
      expect(bench.againstFlow()).toEqual({ angle: Number.NaN, upTo: 0 });
      expect(on.looks()).toBe(2);
    }
  });

  it("a companion is ended by an interruption, and not by the time budget that its run kept", () => {
    const looks = Math.ceil(520 / 256);
    const ran = Array.from({ length: looks }, () => null);
    const interrupted = createBench(NORMALIZED, answering(...ran, "interrupted"));
    expect(interrupted.run().trajectory.steps).toBe(520);
    expect(interrupted.discretization()).toEqual({ angle: Number.NaN, upTo: 0 });
    const late = createBench(NORMALIZED, answering(...ran, "time-budget"));
    expect(late.discretization()).toEqual(createBench(NORMALIZED, clock).discretization());
    expect(late.discretization().upTo).toBeGreaterThan(20);
  });
});
