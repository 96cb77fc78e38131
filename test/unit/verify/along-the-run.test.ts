/** What is read off a run about asymptotic steps: right on runs that are known, and red where the limit is another. */
import { describe, expect, it } from "vitest";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { diagonal } from "../../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../../src/models/architectures/fully-connected.js";
import {
  fallsByOctaves,
  growthRates,
  looseShare,
  misalignment,
  type WatchedRun,
  watchRun,
} from "../../../src/verify/along-the-run.js";

const X = [
  [-2, 2, 0, 5, 4],
  [-5, 5, -3, 3, 3],
  [0, -5, -2, 0, 2],
];
const dataset = { name: "fixed", shape: [5], scale: 1n, X: X.map((r) => r.map(BigInt)), y: [1, 1, 1] as const };
const watched = (P: Parameters<typeof watchRun>[0]["P"], until = 4096): WatchedRun =>
  watchRun({ P, dataset: { ...dataset, features: null }, seed: 1n, scale: 0.3, until });
const two = watched(diagonal.build({ dim: 5, depth: 2 }));

describe("growth outside the support", () => {
  it("is at the rate of the dual, below that of the support", () => {
    const rates = growthRates(two, 256);
    expect(rates.map((r) => r.block)).toEqual([0, 3]);
    for (const { predicted, seen } of rates) {
      expect(Math.abs(seen - predicted)).toBeLessThan(0.02);
      expect(seen).toBeLessThan(1);
    }
  });

  it("is not at that of other weights, nor of another limit", () => {
    const off = (run: WatchedRun): number =>
      Math.max(...growthRates(run, 256).map(({ predicted, seen }) => Math.abs(seen - predicted)));
    expect(off({ ...two, dual: Float64Array.of(0.2, 0.3, 0.5) })).toBeGreaterThan(0.05);
    // A block of the support that is taken for one outside it grows as fast as the support, not slower.
    const beta = two.beta.map((x, d) => (d === 1 ? 0 : x));
    expect(growthRates({ ...two, beta }, 256).find((r) => r.block === 1)?.seen).toBeCloseTo(1, 1);
  });

  it("says what it cannot read", () => {
    expect(() => growthRates(watched(fullyConnected.build({ dim: 5, depth: 2 }), 64), 4)).toThrow(
      /product of two layers/,
    );
    expect(() => growthRates(watched(diagonal.build({ dim: 5, depth: 3 }), 64), 4)).toThrow(/product of two layers/);
    expect(() => growthRates(two, 2048)).toThrow(/two octaves/);
    expect(() => watched(diagonal.build({ dim: 5, depth: 2 }), 1e9)).toThrow(/reaches its limit/);
  });
});

describe("alignment and concentration", () => {
  it("angles to J^T r and shares of loose points are those of the snapshots", () => {
    const P = convolutional.build({ dim: 5, depth: 2 });
    const run = watched(P, 64);
    const angles = misalignment(run);
    expect(angles).toHaveLength(run.points.filter((s) => s.logInverseLoss > 0).length);
    expect(angles.at(-1)!.value).toBeLessThan(angles[0]!.value);
    const shares = looseShare({ ...run, beta: run.beta.map((x) => 2 * x) }); // then no margin is the least, 1
    for (const { value } of shares) expect(value).toBeCloseTo(1, 12);
    // Gradients of another loss do not line up: the residual of each snapshot turned round.
    const points = run.points.map((s) => ({ ...s, residual: s.residual.map((x) => -x) }));
    expect(misalignment({ ...run, points }).at(-1)!.value).toBeGreaterThan(Math.PI / 2);
  });

  it("falls from octave to octave, or not", () => {
    const at = (values: readonly number[]) => values.map((value, i) => ({ M: 2 ** i, value }));
    expect(fallsByOctaves(at([9, 5, 3, 2, 1]), 1)).toEqual({ falls: true, end: 1 });
    expect(fallsByOctaves(at([9, 5, 3, 3, 1]), 1)).toEqual({ falls: false, end: 1 });
    expect(fallsByOctaves(at([9, 5, 0, 0]), 1)).toEqual({ falls: true, end: 0 }); // it underflowed
    expect(fallsByOctaves(at([1, 2, 3, 2, 1]), 4)).toEqual({ falls: true, end: 1 });
    expect(fallsByOctaves([...at([9, 5, 3, 1]), { M: 9, value: 4 }, { M: 10, value: 0.9 }], 1).falls).toBe(true); // one look
    expect(fallsByOctaves(at([9, 5]), 1).falls).toBe(false); // one octave can be luck
    expect(fallsByOctaves([], 1)).toEqual({ falls: false, end: Number.POSITIVE_INFINITY });
  });
});
