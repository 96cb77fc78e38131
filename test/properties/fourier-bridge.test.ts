/**
 * Convolutional networks of depth L against their prediction: the limit is a first-order stationary point of the l_(2/L)
 * bridge penalty of the Fourier coefficients (depth 2: of the Fourier l1 margin, depth 1: of the l2 margin), on random
 * separable data and initializations, D = 2 to 16, with the run's own weights. Other exponents, no transform and flips are among
 * the mutants (properties/mutants), each refuted with a certificate.
 */
import { describe, expect, it } from "vitest";
import { TURN } from "../../src/engine/continuation.js";
import { LIMIT_STOPS, type LimitResult } from "../../src/engine/limit.js";
import type { SignedData } from "../../src/models/signed-data.js";
import { angle } from "../../src/numeric/vec.js";
import { type BridgeProblem, bridgeResiduals } from "../../src/verify/bridge-kkt.js";
import { type LimitCase, limitCase, limitOf, rowsOf } from "../unit/engine/limit-cases.js";

const CASES = 60;
const WITHIN = 1e-10;
/** A refuted prediction is off by far more than the engine's error. */
const REFUTED = 1e-6;

interface Reached {
  readonly seed: number;
  readonly case: LimitCase;
  readonly limit: LimitResult;
}

function reachedAt(depth: number): readonly Reached[] {
  return Array.from({ length: CASES }, (_, i) => {
    const seed = i + 1;
    const c = limitCase("convolutional", 2 + (seed % 15), 2 + (seed % 7), depth, 1000 * depth + seed);
    return { seed, case: c, limit: limitOf(c) };
  });
}

/** The largest residual of a prediction; infinite where the predictor does not even separate. */
function worst({ case: { data }, limit }: Reached, other: Omit<BridgeProblem, "data">, beta = limit.beta!): number {
  const r = bridgeResiduals({ data, ...other }, beta, limit.dual!);
  return r === null ? Number.POSITIVE_INFINITY : Math.max(r.primal, r.dualDomain, r.complementarity, r.stationarity);
}

describe.each([1, 2, 3, 4])("depth %i", (depth) => {
  const all = reachedAt(depth);
  const met = all.filter(({ limit }) => limit.stop === "goal-met");

  it("every run ends, or says why not", () => {
    expect(all.filter(({ limit }) => limit.stop !== "goal-met").map(({ seed, limit }) => [seed, limit.why])).toEqual(
      [],
    );
  });

  it("every limit is stationary for the bridge penalty of its depth, in all four parts", () => {
    for (const r of met)
      expect([r.seed, worst(r, { space: "fourier", p: 2 / depth }) <= WITHIN]).toEqual([r.seed, true]);
  });
});

it("weights that are fitted would not tell: the run's own are part of the check", () => {
  const [r] = reachedAt(3);
  const even = new Float64Array(r!.case.data.N).fill(1 / r!.case.data.N);
  const own = bridgeResiduals({ data: r!.case.data, space: "fourier", p: 2 / 3 }, r!.limit.beta!, r!.limit.dual!)!;
  const other = bridgeResiduals({ data: r!.case.data, space: "fourier", p: 2 / 3 }, r!.limit.beta!, even)!;
  expect(own.stationarity).toBeLessThan(WITHIN);
  expect(Math.max(other.stationarity, other.complementarity)).toBeGreaterThan(1e-3);
});

/** |bhat_k| for all k of the unitary transform, by its definition and nothing else. */
function moduli(b: ArrayLike<number>): number[] {
  const D = b.length;
  return Array.from({ length: D }, (_, k) => {
    let [re, im] = [0, 0];
    for (let j = 0; j < D; j++) {
      const turn = (-2 * Math.PI * ((j * k) % D)) / D;
      re += b[j]! * Math.cos(turn);
      im += b[j]! * Math.sin(turn);
    }
    return Math.hypot(re, im) / Math.sqrt(D);
  });
}
const marginsOf = ({ N, D, z }: SignedData, b: Float64Array): number[] =>
  Array.from({ length: N }, (_, n) => b.reduce((s, x, d) => s + x * z[n * D + d]!, 0));

describe("depth 2, independently of any solver: m(b) <= <z(q), b> <= max |zhat| sum |bhat| for every q", () => {
  /** 1 - r(b) / max |zhat(q)|, with weights q that only have to be in the simplex. */
  const gapOf = (data: SignedData, b: Float64Array, q: Float64Array): number => {
    const combined = Array.from({ length: data.D }, (_, d) =>
      q.reduce((s, w, n) => s + w * data.z[n * data.D + d]!, 0),
    );
    const ratio = Math.min(...marginsOf(data, b)) / moduli(b).reduce((s, x) => s + x, 0);
    return 1 - ratio / Math.max(...moduli(combined));
  };
  const all = reachedAt(2);

  it("the limit has the best margin over the Fourier l1 norm", () => {
    expect(all.length).toBe(CASES);
    for (const { seed, case: c, limit } of all) {
      expect([seed, limit.stop]).toEqual([seed, "goal-met"]);
      expect(Math.min(...limit.dual!)).toBeGreaterThanOrEqual(0);
      expect(limit.dual!.reduce((s, x) => s + x, 0)).toBeCloseTo(1, 12);
      expect([seed, gapOf(c.data, limit.beta!, limit.dual!) <= WITHIN]).toEqual([seed, true]);
    }
  });

  it("which other predictors and other weights have not", () => {
    let [predictors, weights] = [0, 0];
    for (const { case: c, limit } of all) {
      const even = new Float64Array(c.data.N).fill(1 / c.data.N);
      if (gapOf(c.data, limit.beta!, even) > REFUTED) weights += 1;
      const near = limit.beta!.map((x, d) => x * (1 + (d % 2 === 0 ? 1e-3 : -1e-3)));
      if (gapOf(c.data, near, limit.dual!) > REFUTED) predictors += 1;
    }
    expect(predictors).toBeGreaterThan(0.9 * CASES);
    expect(weights).toBeGreaterThan(0.8 * CASES);
  });
});

describe("finer steps", () => {
  const FEW = 20;
  it.each([1, 2])("depth %i: half of them end at one limit, which does not depend on the path", (depth) => {
    for (const { seed, case: c, limit } of reachedAt(depth).slice(0, FEW)) {
      const finer = limitOf(c, { stepFactor: 1 / 2, turn: TURN / 2 });
      expect([seed, limit.stop, finer.stop]).toEqual([seed, "goal-met", "goal-met"]);
      expect([seed, angle(limit.beta!, finer.beta!) <= 1e-9]).toEqual([seed, true]);
      expect(limit.basin).toBeNull();
    }
  });

  it.each([3, 4])("depth %i: the reported limit is that of finer ones, and says from which on", (depth) => {
    let refined = 0;
    for (const { seed, case: c, limit } of reachedAt(depth).slice(0, FEW)) {
      expect([seed, limit.stop]).toEqual([seed, "goal-met"]);
      const factor = (1 / 8) ** limit.basin!.refined / 2;
      refined += limit.basin!.refined;
      const finer = limitOf(c, { stepFactor: factor, turn: TURN * factor });
      expect([seed, finer.stop]).toEqual([seed, "goal-met"]);
      expect([seed, angle(limit.beta!, finer.beta!) <= 1e-6]).toEqual([seed, true]);
      expect(limit.basin!.apart).toBeLessThanOrEqual(1e-6);
    }
    expect(refined).toBeGreaterThanOrEqual(FEW);
  });
});

describe("initializations at saddles and in invariant subspaces", () => {
  const CONV = (dim: number, depth: number): LimitCase => limitCase("convolutional", dim, 1, depth, 1);
  const started = (depth: number, rows: readonly (readonly number[])[], init: readonly number[]): LimitCase => ({
    ...CONV(rows[0]!.length, depth),
    data: rowsOf(rows),
    init: Float64Array.from(init),
  });
  const says = ({ stop, why, beta, dual }: LimitResult): void => {
    expect(stop).not.toBe("goal-met");
    expect(Object.keys(LIMIT_STOPS)).toContain(stop);
    expect(why).not.toBe("");
    expect([beta, dual]).toEqual([null, null]);
  };

  it.each([2, 3, 4])("depth %i: from 0 nothing moves, and it says so", (depth) => {
    says(limitOf(started(depth, [[3, 1]], new Array(2 * depth).fill(0))));
  });

  it("a run that its signs lead into the saddle at 0 reaches no limit, and says so", () => {
    // theory.md A.6: w_1 = w_2 keeps beta >= 0, and the data want it negative.
    says(limitOf(started(2, [[-1]], [0.5, 0.5])));
    says(limitOf(started(2, [[-3, -1]], [0.5, 0.25, 0.5, 0.25])));
  });

  it.each([2, 3])("depth %i: one layer of zeros is a start like another", (depth) => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const c = limitCase("convolutional", 5, 4, depth, seed);
      const init = c.init.map((x, i) => (i < 5 ? 0 : x));
      const limit = limitOf({ ...c, init });
      expect([seed, limit.stop]).toEqual([seed, "goal-met"]);
      const found = bridgeResiduals({ data: c.data, space: "fourier", p: 2 / depth }, limit.beta!, limit.dual!)!;
      const { primal, dualDomain, complementarity, stationarity } = found;
      expect([seed, Math.max(primal, dualDomain, complementarity, stationarity) <= WITHIN]).toEqual([seed, true]);
    }
  });

  it("what is dead stays dead to the last bit of the transform, and deeper the penalty asks nothing of it", () => {
    // Frequency 0 vanishes in two of three layers.
    const rows = [
      [3, 1, 2],
      [1, 4, -1],
    ];
    const limit = limitOf(started(3, rows, [0.5, -0.25, -0.25, 0.25, 0.5, -0.75, 0.5, 0.25, -1]));
    expect(limit.stop).toBe("goal-met");
    expect(limit.alive).toEqual(["dead", "free"]);
    expect(Math.abs(limit.beta!.reduce((s, x) => s + x, 0))).toBeLessThan(1e-14);
    const data = rowsOf(rows);
    const found = bridgeResiduals({ data, space: "fourier", p: 2 / 3 }, limit.beta!, limit.dual!)!;
    expect(Math.max(found.primal, found.dualDomain, found.complementarity, found.stationarity)).toBeLessThan(WITHIN);
    expect(found.support).toEqual([1, 2]);
    // At depth 2 the same start ends where p = 1 is refuted: |zhat_0| is above kappa.
    const flat = limitOf(started(2, rows, [0.5, -0.25, -0.25, 0.25, 0.5, -0.75]));
    expect(flat.stop).toBe("goal-met");
    const other = bridgeResiduals({ data, space: "fourier", p: 1 }, flat.beta!, flat.dual!)!;
    expect(other.dualDomain).toBeGreaterThan(0.1);
    expect(Math.max(other.primal, other.complementarity, other.stationarity)).toBeLessThan(WITHIN);
  });

  it.each([2, 3, 4])("depth %i: from close to the saddle at 0 the limit is stationary all the same", (depth) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      // A predictor of size 1e-6 at every depth.
      const c = limitCase("convolutional", 6, 4, depth, 77 * seed, 1e-6 ** (1 / depth));
      const limit = limitOf(c);
      expect([seed, limit.stop]).toEqual([seed, "goal-met"]);
      const found = bridgeResiduals({ data: c.data, space: "fourier", p: 2 / depth }, limit.beta!, limit.dual!)!;
      const { primal, dualDomain, complementarity, stationarity } = found;
      expect([seed, Math.max(primal, dualDomain, complementarity, stationarity) <= WITHIN]).toEqual([seed, true]);
    }
  });

  it("closer still descent may not get away from it in its steps, and says so", () => {
    const closest = limitCase("convolutional", 6, 4, 4, 77, 1e-3);
    const limit = limitOf(closest, { maxSteps: 2000 });
    expect(limit.stop).toBe("descent-ended");
    says(limit);
  });
});
