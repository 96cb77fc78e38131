/**
 * Where the limit depends on the path: instances whose usual steps end in another basin than finer ones, one whose first two
 * runs agree and are both wrong, one on the boundary of two basins, and where continuation takes over from descent.
 */
import { describe, expect, it } from "vitest";
import { compareHandovers } from "../../../src/engine/handover.js";
import { runToLimit } from "../../../src/engine/run-to-limit.js";
import { exponential } from "../../../src/models/losses/exponential.js";
import { normalizedGradientDescent } from "../../../src/models/optimizers/normalized-gradient-descent.js";
import { angle } from "../../../src/numeric/vec.js";
import { type LimitCase, limitCase, limitOf, NETWORKS, type NetworkName, rowsOf } from "./limit-cases.js";

const SETTINGS = { loss: exponential, optimizer: normalizedGradientDescent, eta: Number.POSITIVE_INFINITY };
const FREE = { eta: Number.POSITIVE_INFINITY };

const withSteps = (c: LimitCase, factor: number): Float64Array => {
  const { result } = runToLimit({ ...c, ...SETTINGS, stepFactor: factor, turn: 0.02 * factor });
  expect(result.stop).toBe("goal-met");
  return result.beta!;
};

const CASES: readonly (readonly [NetworkName, number, number, number])[] = [
  ["diagonal", 6, 4, 37],
  ["diagonal", 6, 4, 112],
  ["diagonal", 6, 4, 134],
  ["convolutional", 6, 4, 108],
];

describe.each(CASES)("%s, depth 4, D = %i, N = %i, seed %i", (name, dim, N, seed) => {
  const c = limitCase(name, dim, N, 4, seed);

  it("usual steps end elsewhere, and the limit reported is that of the finer ones", () => {
    const r = limitOf(c, FREE);
    expect(r.stop).toBe("goal-met");
    expect(r.basin!.refined).toBeGreaterThan(1);
    expect(angle(withSteps(c, 1), r.beta!)).toBeGreaterThan(0.1);
    expect(angle(withSteps(c, 1 / 300), r.beta!)).toBeLessThan(1e-9);
  });

  it("begun with other steps, it reports the same limit", () => {
    const r = limitOf(c, FREE);
    for (const [turn, stepFactor] of [
      [0.01, 1 / 2],
      [0.005, 1 / 3],
    ] as const)
      expect(angle(limitOf(c, { ...FREE, turn, stepFactor }).beta!, r.beta!)).toBeLessThan(1e-9);
  });
});

it("two runs that agree and are both wrong: the run from beyond them parts", () => {
  const c = limitCase("convolutional", 10, 6, 4, 8);
  expect(angle(withSteps(c, 1), withSteps(c, 1 / 8))).toBeLessThan(1e-9);
  const r = limitOf(c, FREE);
  expect([r.stop, r.basin!.refined]).toEqual(["goal-met", 3]);
  expect(angle(withSteps(c, 1), r.beta!)).toBeGreaterThan(0.1);
  expect(angle(withSteps(c, 1 / 300), r.beta!)).toBeLessThan(1e-9);
});

describe("on the boundary of two basins", () => {
  // One point, depth 3: the support is one of the two coordinates, as the initialization has it.
  const at = (t: number): LimitCase => ({
    P: NETWORKS.diagonal.build({ dim: 2, depth: 3 }),
    data: rowsOf([[1, 1.3]]),
    init: Float64Array.of(0.9 - 0.7 * t, 0.2 + 0.6 * t, 0.77 - 0.5 * t, 0.31 + 0.4 * t, 0.61, 0.53),
  });
  const FINEST = 1 / 512;
  const first = (t: number): boolean => Math.abs(withSteps(at(t), FINEST)[0]!) > 0.5;
  let [low, high] = [0, 1];

  it("lies between two initializations that end apart", () => {
    expect([first(low), first(high)]).toEqual([true, false]);
    for (let i = 0; i < 30; i++) {
      const middle = (low + high) / 2;
      if (first(middle)) low = middle;
      else high = middle;
    }
    expect(high - low).toBeLessThan(1e-8);
  });

  it("ends basin-undecided, without a limit", () => {
    for (const t of [low, high]) {
      const r = limitOf(at(t), FREE);
      expect([r.stop, r.beta, r.parameters, r.dual, r.kkt, r.errorBar]).toEqual([
        "basin-undecided",
        null,
        null,
        null,
        null,
        null,
      ]);
    }
    for (const t of [0, 1]) expect(limitOf(at(t), FREE).stop).toBe("goal-met");
  });

  it("and so where continuation takes over is inconclusive there", () => {
    const { verdict, why } = compareHandovers({ ...at(low), ...SETTINGS });
    expect(verdict).toBe("inconclusive");
    expect(why).toMatch(/^handed over at log\(1\/loss\) = 32, /);
  });
});

describe.each([
  ["diagonal", 3],
  ["diagonal", 4],
  ["convolutional", 3],
  ["convolutional", 4],
] as const)("%s, depth %i: continuation from log(1/loss) = 32, 64, 128 and a fine flow", (name, depth) => {
  it("end at one limit", () => {
    for (let seed = 1; seed <= 6; seed++) {
      const { verdict, why } = compareHandovers({ ...limitCase(name, 5, 3, depth, 300 + seed), ...SETTINGS });
      expect([seed, verdict, why]).toEqual([seed, "agree", ""]);
    }
  });
});
