/**
 * Convolutional networks of depth L against their prediction: the limit is a first-order stationary point of the l_(2/L)
 * bridge penalty of the Fourier coefficients (depth 2: of the Fourier l1 margin, depth 1: of the l2 margin), on random
 * separable data and initializations, D = 2 to 16, with the run's own weights. And against what is not true: other exponents,
 * no transform, a flip. Two predictions that agree on a case (one modulus on the support, say) cannot be told apart there.
 */
import { describe, expect, it } from "vitest";
import type { LimitResult } from "../../src/engine/limit.js";
import { type BridgeProblem, bridgeResiduals } from "../../src/verify/bridge-kkt.js";
import { type LimitCase, limitCase, limitOf } from "../unit/engine/limit-cases.js";

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

/** Moduli of the support that differ by a percent or more: there exponents can be told apart. */
function tells({ case: { data }, limit }: Reached, space: BridgeProblem["space"]): boolean {
  const r = bridgeResiduals({ data, space, p: 1.5 }, limit.beta!, limit.dual!)!;
  const s = bridgeResiduals({ data, space, p: 2 }, limit.beta!, limit.dual!)!;
  // Both exponents fit only where all moduli are one.
  return r.support.length > 1 && Math.abs(r.stationarity - s.stationarity) > 1e-2;
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

  it.each([
    ["1/L", 1 / depth],
    ["2/(L+1)", 2 / (depth + 1)],
    ["1", 1],
    ["2", 2],
  ])("the exponent %s is refuted wherever it can be told from 2/L", (_, p) => {
    const telling = met.filter((r) => tells(r, "fourier"));
    expect(telling.length).toBeGreaterThan(CASES / 4);
    const passed = telling.filter((r) => worst(r, { space: "fourier", p }) <= REFUTED);
    expect(passed.length).toBe(p === 2 / depth ? telling.length : 0);
  });

  it("without the transform the penalty is refuted, but at depth 1, where the transform changes nothing", () => {
    const passed = met.filter((r) => worst(r, { space: "signal", p: 2 / depth }) <= REFUTED);
    expect(passed.length).toBe(depth === 1 ? met.length : 0);
  });

  it("l1 in the signal domain is refuted", () => {
    const telling = met.filter((r) => tells(r, "signal"));
    expect(telling.filter((r) => worst(r, { space: "signal", p: 1 }) <= REFUTED)).toEqual([]);
    expect(telling.length).toBeGreaterThan(CASES / 2);
  });

  it("the flipped predictor, whose transform is the conjugate, is refuted", () => {
    const flipped = met.filter(({ case: { data } }) => data.D >= 3);
    const passed = flipped.filter((r) => {
      const { D } = r.case.data;
      const beta = r.limit.beta!.map((_, d) => r.limit.beta![(D - d) % D]!);
      return worst(r, { space: "fourier", p: 2 / depth }, beta) <= REFUTED;
    });
    // A support of real frequencies alone is its own flip.
    expect(passed.length).toBeLessThan(flipped.length / 4);
    for (const r of passed) {
      const { D } = r.case.data;
      const odd = r.limit.beta!.reduce((s, b, d) => s + Math.abs(b - r.limit.beta![(D - d) % D]!), 0);
      expect(odd).toBeLessThan(1e-6);
    }
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
