/** The limit of a run as the bench hands it on: for the flow only, where the engine met its goal, with an error bar of its own. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { TURN } from "../../../src/engine/continuation.js";
import { type LimitOptions, type LimitResult, limitDirection } from "../../../src/engine/limit.js";
import type { Case } from "../../../src/kernel/case.js";
import { LIMIT_ERROR } from "../../../src/kernel/tolerance.js";
import { angle } from "../../../src/numeric/vec.js";
import { type Bench, createBench } from "../../../src/verify/bench.js";
import { caseOf, limitAt, noLimit } from "./fake-bench.js";

vi.mock("../../../src/engine/limit.js", async (original) => {
  const real = await original<typeof import("../../../src/engine/limit.js")>();
  return { ...real, limitDirection: vi.fn(real.limitDirection) };
});
const engine = vi.mocked(limitDirection);
beforeEach(() => {
  engine.mockClear();
});

const X = [
  [3, 1],
  [1, 4],
];
const benchOf = (
  change: Partial<Case> = {},
  toLimit = true,
  rows: readonly (readonly (number | bigint)[])[] = X,
): Bench => createBench(caseOf(rows, change), { cancelled: () => null }, { toLimit });
/** The engine is made to answer so, one answer a run. */
const answers = (...results: readonly LimitResult[]): void => {
  for (const r of results) engine.mockReturnValueOnce(r);
};
const optionsOf = (run: number): LimitOptions => engine.mock.calls[run]![0];

describe("the limit", () => {
  it("is looked for once, for gradient flow and where it is asked for", () => {
    for (const bench of [benchOf({ optimizer: "gradient-descent", eta: 1 }), benchOf({}, false)]) {
      expect(bench.limit()).toBeNull();
      expect(bench.limitError()).toBe(Number.POSITIVE_INFINITY);
    }
    expect(engine).not.toHaveBeenCalled();
    const bench = benchOf();
    expect(bench.limit()).toBe(bench.limit());
    expect(engine).toHaveBeenCalledTimes(1);
    expect(optionsOf(0)).toMatchObject({ maxSteps: bench.case.budget.steps, init: bench.init, P: bench.P });
    expect(optionsOf(0).stepFactor).toBeUndefined();
  });

  it("is what the run reached, exactly, and what its angle is about", () => {
    const bench = benchOf();
    const { beta, stop, dual } = bench.limit()!;
    expect(stop).toBe("goal-met");
    const { n, d } = bench.reached();
    expect(n.map((x) => Number(x) / Number(d))).toEqual([...beta!]);
    expect(dual!.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    const o = bench.optimum();
    if (!o.separable) throw new Error("separable");
    expect(bench.directionBound().angle.upper).not.toBe("0");
    expect(bench.run().trajectory.logInverseLoss).toBeLessThan(200); // the way to it ends where continuation begins
    expect(bench.run().trajectory.logInverseLoss).toBeGreaterThanOrEqual(64);
  });

  it("is in the engine's unit of the data, and what was reached in theirs", () => {
    const far = benchOf({}, true, [
      [3n * 2n ** 90n, 2n ** 90n],
      [2n ** 90n, 4n * 2n ** 90n],
    ]);
    const near = benchOf();
    expect(angle(far.limit()!.beta!, near.limit()!.beta!)).toBeLessThan(1e-12);
    const scaled = far.reached();
    const margin = (3n * scaled.n[0]! + scaled.n[1]!) * 2n ** 90n;
    expect(Number(margin) / Number(scaled.d)).toBeCloseTo(1, 10);
  });

  it("without the goal met there is none, whatever point the engine stopped at", () => {
    const point = limitAt([9, 9], [0.5, 0.5], { stop: "residual-left", why: "so" });
    answers(point);
    const bench = benchOf();
    expect(bench.limit()).toEqual({ ...point, beta: null, dual: null, kkt: null });
    expect(bench.limitError()).toBe(Number.POSITIVE_INFINITY);
    const { n, d } = bench.reached();
    expect(n.map((x) => Number(x) / Number(d))).toEqual([...bench.run().trajectory.last.beta]); // the end of descent
    expect(engine).toHaveBeenCalledTimes(1);
  });
});

describe("its error bar", () => {
  const [a, b] = [limitAt([1, 0], [0.5, 0.5]), limitAt([Math.cos(1e-3), Math.sin(1e-3)], [0.5, 0.5])];

  it("is how far the limit with halved steps is", () => {
    answers(a, b);
    const bench = benchOf();
    expect(bench.limitError()).toBeCloseTo(1e-3, 12);
    expect(bench.limitError()).toBe(bench.limitError());
    expect(engine).toHaveBeenCalledTimes(2);
    expect(optionsOf(1)).toMatchObject({ stepFactor: 0.5, turn: TURN / 2, init: bench.init });
  });

  it("is never below what residuals of the engine's goal leave", () => {
    answers(a, a);
    expect(benchOf().limitError()).toBe(LIMIT_ERROR.value);
    answers({ ...a, basin: { refined: 1, apart: 0 } });
    expect(benchOf().limitError()).toBe(LIMIT_ERROR.value);
    expect(LIMIT_ERROR.value).toBe(1e-9);
  });

  it("is that of the runs compared already where the path matters", () => {
    answers({ ...a, basin: { refined: 2, apart: 3e-7 } });
    expect(benchOf().limitError()).toBe(3e-7);
    expect(engine).toHaveBeenCalledTimes(1);
  });

  it("is infinite where halved steps reach no limit", () => {
    for (const other of [noLimit("step-budget"), { ...b, stop: "residual-left" as const }]) {
      answers(a, other);
      expect(benchOf().limitError()).toBe(Number.POSITIVE_INFINITY);
    }
  });
});
