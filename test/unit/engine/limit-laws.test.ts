/**
 * Laws of the limit engine: what must not change the limit (the order of the points; the size of the data with that of the
 * initialization; the domain in which a convolution is computed), and how continuation follows the flow: at equal loss its
 * distance to a fine descent falls with its step at first order, and plain training comes nearer to the limit all the time.
 */
import { describe, expect, it } from "vitest";
import { fittedOrder } from "../../../properties/laws/law.js";
import { createContinuation } from "../../../src/engine/continuation.js";
import { descend } from "../../../src/engine/descent.js";
import type { Parameterization } from "../../../src/models/architecture.js";
import { exponential } from "../../../src/models/losses/exponential.js";
import { logistic } from "../../../src/models/losses/logistic.js";
import { normalizedGradientDescent } from "../../../src/models/optimizers/normalized-gradient-descent.js";
import type { SignedData } from "../../../src/models/signed-data.js";
import { exp, log } from "../../../src/numeric/elementary.js";
import { angle, rowProducts } from "../../../src/numeric/vec.js";
import { type LimitCase, limitCase, limitOf, type NetworkName } from "./limit-cases.js";

const NETWORKS: readonly (readonly [NetworkName, number])[] = [
  ["fully-connected", 2],
  ["diagonal", 2],
  ["diagonal", 3],
  ["convolutional", 1],
  ["convolutional", 2],
  ["convolutional", 3],
];

/** Two runs whose doubles differ by rounding end at the same limit, to a little more than the goal of their residuals. */
const SAME = 1e-8;

describe.each(NETWORKS)("%s, depth %i", (name, depth) => {
  const cases = [1, 2, 3, 4].map((seed) => limitCase(name, 4 + seed, 2 + seed, depth, 50 + seed));

  it("permuting the data permutes the weights and nothing else", () => {
    for (const c of cases) {
      const { N, D, z } = c.data;
      const order = Array.from({ length: N }, (_, n) => (n * 3 + 1) % N);
      const distinct = new Set(order).size === N ? order : Array.from({ length: N }, (_, n) => N - 1 - n);
      const moved = Float64Array.from(distinct.flatMap((n) => Array.from(z.subarray(n * D, (n + 1) * D))));
      const [a, b] = [limitOf(c), limitOf({ ...c, data: { N, D, z: moved } })];
      expect([a.stop, b.stop]).toEqual(["goal-met", "goal-met"]);
      expect(angle(a.beta!, b.beta!)).toBeLessThan(SAME);
      distinct.forEach((n, i) => {
        expect(Math.abs(a.dual![n]! - b.dual![i]!)).toBeLessThan(1e-7);
      });
    }
  });

  it("data times c and initialization times c^(-1/L): the limit times 1/c", () => {
    for (const c of cases) {
      const factor = 8; // 8^(-1/L) is exact for L = 1 and 3, and a root for 2
      const scaled: LimitCase = {
        ...c,
        data: { ...c.data, z: c.data.z.map((x) => factor * x) },
        init: c.init.map((x) => x / (depth === 1 ? 8 : depth === 2 ? Math.sqrt(8) : 2)),
      };
      const [a, b] = [
        limitOf(c, { eta: Number.POSITIVE_INFINITY }),
        limitOf(scaled, { eta: Number.POSITIVE_INFINITY }),
      ];
      expect([a.stop, b.stop]).toEqual(["goal-met", "goal-met"]);
      a.beta!.forEach((x, d) => {
        expect(Math.abs(factor * b.beta![d]! - x)).toBeLessThan(SAME * Math.max(...a.beta!.map(Math.abs)));
      });
    }
  });
});

it("exponential and logistic loss end at one limit where it is unique", () => {
  for (const [name, depth] of [
    ["fully-connected", 2],
    ["convolutional", 1],
    ["convolutional", 2],
  ] as const)
    for (const seed of [1, 2, 3]) {
      const c = limitCase(name, 6, 4, depth, 70 + seed);
      const [a, b] = [limitOf(c), limitOf(c, { loss: logistic })];
      expect([a.stop, b.stop]).toEqual(["goal-met", "goal-met"]);
      expect(angle(a.beta!, b.beta!)).toBeLessThan(SAME);
    }
});

/** The same network without the hint by which the engine goes to Fourier coordinates. */
function inTimeDomain({ fourier: _hint, ...P }: Parameterization): Parameterization {
  return { ...P, architecture: "convolutional, time domain" };
}

it.each([1, 2, 3])("time domain and Fourier domain end at one limit, depth %i", (depth) => {
  let compared = 0;
  for (let seed = 1; seed <= 8; seed++) {
    const c = limitCase("convolutional", 3 + seed, 2 + (seed % 4), depth, 90 + seed);
    const [fourier, time] = [limitOf(c), limitOf({ ...c, P: inTimeDomain(c.P) })];
    expect(fourier.stop).toBe("goal-met");
    expect(fourier.alive === null).toBe(false);
    expect(time.alive).toBe(null);
    if (time.stop !== "goal-met") continue; // depth 2 has near ties that only the finish ends
    compared += 1;
    expect(angle(fourier.beta!, time.beta!)).toBeLessThan(1e-6);
  }
  expect(compared).toBeGreaterThan(4);
});

/** log log(1/loss) at rho v, exactly. */
function logLog(P: Parameterization, { N, D, z }: SignedData, v: Float64Array, logNorm: number): number {
  const beta = new Float64Array(D);
  const m = new Float64Array(N);
  P.apply(v, beta);
  rowProducts(z, beta, m);
  const scale = exp(P.degree! * logNorm);
  const least = m.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY) * scale;
  return log(least - log(m.reduce((s, x) => s + exp(least - x * scale), 0)));
}

const TURNS = [0.008, 0.004, 0.002, 0.001] as const;

describe("continuation against a fine descent", () => {
  const settings = {
    loss: exponential,
    optimizer: normalizedGradientDescent,
    eta: Number.POSITIVE_INFINITY,
    maxSteps: 1e6,
  };

  it.each([
    ["convolutional", 2, 3],
    ["diagonal", 2, 5],
    ["diagonal", 3, 4],
  ] as const)("%s, depth %i: the error at equal loss is of first order in the step", (name, depth, seed) => {
    const { P, data, init } = limitCase(name, 6, 4, depth, seed, 0.3);
    const goal = (M: number) => ({ observe: (s: { readonly logInverseLoss: number }) => s.logInverseLoss >= M });
    const begin = descend({ P, data, init, ...settings, stepFactor: 1 / 16, ...goal(32) });
    const fine = descend({ P, data, init: begin.parameters, ...settings, stepFactor: 1 / 512, ...goal(512) });
    const target = log(fine.logInverseLoss);
    const errors = TURNS.map((turn) => {
      const run = createContinuation({ P, data, start: begin.parameters, weights: begin.last.weights, turn });
      for (let before = run.state(); ; before = run.state()) {
        run.advance(1, 0);
        const after = run.state();
        const [a, b] = [before, after].map((s) => logLog(P, data, s.v, s.logNorm)) as [number, number];
        if (b < target) continue;
        const part = (target - a) / (b - a);
        const beta = new Float64Array(data.D);
        P.apply(
          before.v.map((x, i) => x + part * (after.v[i]! - x)),
          beta,
        );
        return angle(beta, fine.last.beta);
      }
    });
    const order = fittedOrder(errors.map((e, i) => [TURNS[i]!, e] as const));
    expect(order).toBeGreaterThan(0.8);
    expect(order).toBeLessThan(1.3);
    // Each turn is followed to about its own size.
    errors.forEach((e, i) => {
      expect(e).toBeLessThan(TURNS[i]!);
    });
  });

  it("plain training comes nearer to the limit at every power of ten of log(1/loss)", () => {
    for (const [name, depth, seed] of [
      ["fully-connected", 2, 1],
      ["diagonal", 3, 2],
      ["convolutional", 2, 3],
    ] as const) {
      const c = limitCase(name, 6, 3, depth, seed);
      const limit = limitOf(c).beta!;
      const angles = [1e1, 1e2, 1e3, 1e4].map((M) => {
        const run = descend({ ...c, ...settings, observe: (s) => s.logInverseLoss >= M });
        return angle(run.last.beta, limit);
      });
      angles.slice(1).forEach((a, i) => {
        expect(a).toBeLessThan(angles[i]!);
      });
    }
  });
});
