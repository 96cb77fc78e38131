/** The stages of one case on real runs: what the case says is what is run, data of any size are scaled back exactly. */
import { describe, expect, it } from "vitest";
import { judge } from "../../../src/certify/judge.js";
import { ofNumber, q, toNumber } from "../../../src/exact/rational.js";
import { entriesOf } from "../../../src/exact/vector.js";
import type { Case } from "../../../src/kernel/case.js";
import { UseError } from "../../../src/kernel/use-error.js";
import { type Clock, createBench, snapshotsOf } from "../../../src/verify/bench.js";
import { at, caseOf, type Rows, snapshot, trajectory } from "./fake-bench.js";

const clock: Clock = { cancelled: () => null };
const bench = (c: Case, on: Clock = clock) => createBench(c, on);
const steps = (n: number): Partial<Case> => ({ budget: { steps: n, seconds: null } });
const X: Rows = [
  [3, 1],
  [1, 2],
];
const APART: Rows = [
  [1, 0],
  [-1, 0],
];

describe("wrong use", () => {
  it.each([
    [{ goal: 0 }, "0 < goal"],
    [{ goal: Number.NaN }, "0 < goal"],
    [{ goal: 0.11 }, "goal <= tolerance"],
    [{ tolerance: 1.5 }, "tolerance < 1.5"],
    [{ tolerance: 0, goal: 0 }, "got 0 and 0"],
    [{ optimizer: "gradient-descent", eta: null }, "expected a step bound for gradient-descent"],
    [{ architecture: "nothing" }, "architecture"],
    [{ loss: "nothing" }, "loss"],
    [{ optimizer: "nothing" }, "optimizer"],
  ] as const)("%j is named", (change, message) => {
    expect(() => bench(caseOf(X, change))).toThrow(UseError);
    expect(() => bench(caseOf(X, change))).toThrow(message);
  });

  it("does not go as far as refusing the goal at the tolerance, or a tolerance below 1.5", () => {
    expect(() => bench(caseOf(X, { goal: 0.1, tolerance: 0.1 }))).not.toThrow();
    expect(() => bench(caseOf(X, { goal: 1.4, tolerance: 1.49 }))).not.toThrow();
    expect(() => bench(caseOf(X, { optimizer: "gradient-descent", eta: 1 }))).not.toThrow();
  });

  it("a step bound has a unit: not on data that have another", () => {
    const far = (change: Partial<Case>) => () => bench(caseOf([[2n ** 80n, 1n]], change));
    expect(far({ optimizer: "gradient-descent", eta: 1 })).toThrow(/data within 2\^64 of 1 for gradient-descent/);
    expect(far({})).not.toThrow();
  });

  it("an initialization whose loss leaves the doubles is named, by a sentence about it", () => {
    for (const scale of [1e155, 1e200]) {
      const c = caseOf(X, { architecture: "fully-connected", depth: 2, init: { kind: "gaussian", scale }, seed: "3" });
      expect(() => bench(c).run()).toThrow(/expected an initialization whose loss is in the range of doubles/);
    }
  });
});

describe("the case is what is run", () => {
  const start = (change: Partial<Case>): Float64Array =>
    bench(caseOf(X, { ...change, ...steps(0) })).run().trajectory.parameters;

  it("its network, widths and shape", () => {
    const layers = (change: Partial<Case>) => bench(caseOf(X, { architecture: "fully-connected", ...change })).P.layers;
    expect(layers({ depth: 2, widths: [3] })).toEqual([
      { rows: 3, columns: 2 },
      { rows: 1, columns: 3 },
    ]);
    expect(layers({ depth: 2, widths: null })[0]!.columns).toBe(2);
    const c = caseOf([[1, 2, 3, 4, 5, 6]]);
    const shaped = bench({ ...c, data: { ...c.data, shape: [2, 3] } });
    expect(shaped.P.parameters).toBe(6);
    expect(shaped.dataset.shape).toEqual([2, 3]);
  });

  it("its initialization: from the seed, or the layers as given", () => {
    expect(start({ seed: "1" })).toEqual(start({ seed: "1" }));
    expect(start({ seed: "1" })).not.toEqual(start({ seed: "2" }));
    expect(start({ init: { kind: "gaussian", scale: 0.2 } })).toEqual(start({}).map((x) => x * 2));
    expect(start({ init: { kind: "layers", layers: [[[0.5, -0.25]]] } })).toEqual(Float64Array.of(0.5, -0.25));
  });

  it("its budget and its bound on the step", () => {
    const run = (change: Partial<Case>) => bench(caseOf(X, { goal: 1e-3, ...change })).run().trajectory;
    expect(run(steps(17))).toMatchObject({ steps: 17, stop: "step-budget" });
    expect(run(steps(100)).last.boundSteps).toBe(0);
    expect(run({ ...steps(100), eta: 1e-3 }).last.boundSteps).toBeGreaterThan(50);
  });

  it("its goal: the run ends there, an octave past where it was met", () => {
    const { trajectory: run, angles } = bench(caseOf(X, { goal: 0.02 })).run();
    expect(run.stop).toBe("goal-met");
    expect(angles[angles.length - 1]!.value).toBeLessThan(0.02);
    const met = angles.find((a) => a.value < 0.02)!.M;
    expect(run.logInverseLoss / met).toBeGreaterThan(1.8);
    expect(run.logInverseLoss / met).toBeLessThan(2.5);
    const descent = bench(caseOf(X, { goal: 0.1, optimizer: "gradient-descent", eta: 1 })).run();
    expect(descent.angles.filter((a) => a.value < 0.1).length).toBeLessThanOrEqual(4);
  });

  it("its clock: asked for a reason to end, and told of every snapshot", () => {
    const told: [number, number | null][] = [];
    const { trajectory: run, angles } = bench(caseOf(X, steps(300)), {
      cancelled: () => null,
      progress: (M, angle) => told.push([M, angle]),
    }).run();
    expect(told.length).toBe(run.snapshots.length);
    expect(told.map(([M]) => M)).toEqual(run.snapshots.map((s) => s.logInverseLoss));
    expect(told.map(([, angle]) => angle)).toEqual(angles.slice(0, told.length).map((a) => a.value));
    for (const why of ["time-budget", "interrupted"] as const)
      expect(bench(caseOf(X), { cancelled: () => why }).run().trajectory).toMatchObject({ stop: why, steps: 0 });
  });
});

describe("the angles of a run", () => {
  it("are those of its snapshots and of its end", () => {
    const { trajectory: run, angles } = bench(caseOf(X, { ...steps(100), goal: 1e-3 })).run();
    expect(angles.map((a) => a.M)).toEqual([...run.snapshots.map((s) => s.logInverseLoss), run.last.logInverseLoss]);
    const b = [0.2, 0.4]; // optimum: margins 3 b1 + b2 and b1 + 2 b2 both 1
    for (const [i, s] of snapshotsOf(run).entries()) {
      const cos = (s.beta[0]! * b[0]! + s.beta[1]! * b[1]!) / (Math.hypot(...s.beta) * Math.hypot(...b));
      expect(angles[i]!.value).toBeCloseTo(Math.acos(Math.min(1, cos)), 6);
    }
  });

  it("have no end twice, and none of a run that never separated the data by much", () => {
    const met = bench(caseOf(X, { goal: 0.05 })).run();
    expect(met.angles.length).toBe(met.trajectory.snapshots.length);
    expect(bench(caseOf(X, steps(0))).run()).toMatchObject({ angles: [] });
    // log(1/loss) between 0 and 1: no snapshot, but an angle
    const c = caseOf([[1, 0]], { ...steps(0), init: { kind: "layers", layers: [[[0.5, 0.5]]] } });
    const [only, ...more] = bench(c).run().angles;
    expect(only!.M).toBeCloseTo(0.5, 12);
    expect(only!.value).toBeCloseTo(Math.PI / 4, 12);
    expect(more).toEqual([]);
    const negative = caseOf([[1, 0]], { ...steps(0), init: { kind: "layers", layers: [[[-0.5, 0.5]]] } });
    expect(bench(negative).run().angles).toEqual([]);
  });

  it("are not taken where there is no optimum, or none is asked for", () => {
    expect(bench(caseOf(APART, steps(300))).run()).toMatchObject({ angles: [], trajectory: { snapshots: [] } });
    const settled = createBench(caseOf(X), clock, { ending: "settled" }).run();
    expect(settled).toMatchObject({ angles: [], trajectory: { stop: "goal-met" } });
    expect(settled.trajectory.logInverseLoss).toBeGreaterThanOrEqual(64);
    const early = createBench(caseOf(X, steps(100)), clock, { ending: "settled" }).run();
    expect(early).toMatchObject({ angles: [], trajectory: { stop: "step-budget" } });
  });

  it.each([
    [
      [
        [-3, -1],
        [-1, -2],
      ] as Rows,
      [-0.2, -0.4],
    ],
    [[[-3, 1]] as Rows, [-0.3, 0.1]],
    [[[1, -30]] as Rows, [1, -30]],
  ] as const)("are to the optimum, whatever its signs: %j", (rows, optimum) => {
    const { trajectory: run, angles } = bench(caseOf(rows, { goal: 0.01 })).run();
    const u = run.last.beta;
    const cos = (u[0]! * optimum[0] + u[1]! * optimum[1]) / (Math.hypot(...u) * Math.hypot(...optimum));
    expect(cos).toBeGreaterThan(0.999);
    expect(angles[angles.length - 1]!.value).toBeLessThan(0.01);
  });
});

describe("data far from 1", () => {
  const near = bench(caseOf(X, { goal: 0.01 }, 2));
  const same = (v: { readonly n: readonly bigint[]; readonly d: bigint }) => entriesOf(v);
  const times = (k: bigint): Rows => [
    [3n * k, k],
    [k, 2n * k],
  ];
  // times 2^80 the engine works on them over 2^81, over 2^80 on them times 2^79: both are 3/2, 1/2, 1/2, 1.
  it.each([
    ["times 2^80", caseOf(times(2n ** 80n), { goal: 0.01 }), (x: bigint, d: bigint) => q(x, d << 81n), /times 2\^-81/],
    ["over 2^80", caseOf(X, { goal: 0.01 }, 2n ** 80n), (x: bigint, d: bigint) => q(x << 79n, d), /times 2\^79/],
    [
      "times 2^1100",
      caseOf(times(2n ** 1100n), { goal: 0.01 }),
      (x: bigint, d: bigint) => q(x, d << 1101n),
      /2\^-1101/,
    ],
    ["over 2^1100", caseOf(X, { goal: 0.01 }, 2n ** 1100n), (x: bigint, d: bigint) => q(x << 1099n, d), /2\^1099/],
  ] as const)("%s: the same run in a unit of its own, scaled back exactly", (_name, c, back, note) => {
    const far = bench(c);
    expect(far.run().trajectory.last.beta).toEqual(near.run().trajectory.last.beta);
    const { n, d } = near.reached();
    expect(same(far.reached())).toEqual(n.map((x) => back(x, d)));
    expect(far.run().angles).toEqual(near.run().angles);
    expect(far.directionBound().angle).toEqual(near.directionBound().angle);
    expect(judge(far.directionBound())).toMatchObject({ accepted: true });
    expect(far.notes).toEqual([expect.stringMatching(note)]);
  });

  it("near 1 there is no other unit, and no note", () => {
    expect(near.notes).toEqual([]);
    expect(entriesOf(near.reached())).toEqual(Array.from(near.run().trajectory.last.beta, ofNumber));
    expect(bench(caseOf([[2n ** 63n, 1n]])).notes).toEqual([]);
  });
});

describe("certificates", () => {
  it("the direction bound encloses the angle between what was reached and the optimum", () => {
    const made = bench(caseOf(X, { goal: 0.05 }));
    const bound = made.directionBound();
    expect(judge(bound)).toMatchObject({ accepted: true });
    const { value } = made.run().angles.at(-1)!;
    const [lower, upper] = [bound.angle.lower, bound.angle.upper].map((t) => {
      const [n, d] = t.split("/") as [string, string];
      return toNumber(q(BigInt(n), BigInt(d)));
    }) as [number, number];
    expect(lower).toBeLessThanOrEqual(upper);
    expect(lower / value).toBeCloseTo(1, 6);
    expect(upper / value).toBeCloseTo(1, 6);
    expect(Object.keys(bound.optimum).sort()).toEqual(["beta", "dual", "objectiveSquared", "regularizer"]);
  });

  it("there is none without an optimum", () => {
    const made = bench(caseOf(APART, steps(10)));
    expect(() => made.directionBound()).toThrow(/no optimum/);
    expect(judge(made.optimum().certificate)).toMatchObject({ accepted: true, kind: "farkas" });
  });

  it("every stage is computed once", async () => {
    const made = bench(caseOf(X, steps(50)));
    expect(made.run()).toBe(made.run());
    expect(made.optimum()).toBe(made.optimum());
    expect(made.reached()).toBe(made.reached());
    expect(made.directionBound()).toBe(made.directionBound());
    expect(await made.separability()).toBe(await made.separability());
    expect(made.discretization()).toBe(made.discretization());
    expect(made.againstFlow()).toBe(made.againstFlow());
  });
});

describe("snapshotsOf", () => {
  const [one, two] = [snapshot(1), snapshot(2, { beta: at(1) })];
  it("adds the end where it is past the last snapshot, and nothing else", () => {
    expect(snapshotsOf(trajectory([one], { last: two }))).toEqual([one, two]);
    expect(snapshotsOf(trajectory([one, two], { last: snapshot(2) }))).toEqual([one, two]);
    expect(snapshotsOf(trajectory([two], { last: one }))).toEqual([two]);
    expect(snapshotsOf(trajectory([], { last: two }))).toEqual([]);
  });
});
