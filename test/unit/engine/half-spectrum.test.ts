/**
 * Bare training of circular convolutions goes in the half spectrum: the same iterates, to rounding, as the network itself in
 * the time domain (its own apply and pullback, a loop written here), for 1e4 steps. Long runs and the memory they take.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { train } from "../../../src/engine/train.js";
import { randomStream } from "../../../src/kernel/seed.js";
import type { Dimensions, Parameterization } from "../../../src/models/architecture.js";
import { ARCHITECTURES } from "../../../src/models/architectures/index.js";
import { byName } from "../../../src/models/by-name.js";
import type { LossFunction } from "../../../src/models/loss.js";
import { exponential } from "../../../src/models/losses/exponential.js";
import { logistic } from "../../../src/models/losses/logistic.js";
import type { Optimizer } from "../../../src/models/optimizer.js";
import { gradientDescent } from "../../../src/models/optimizers/gradient-descent.js";
import { OPTIMIZERS } from "../../../src/models/optimizers/index.js";
import { normalizedGradientDescent } from "../../../src/models/optimizers/normalized-gradient-descent.js";
import type { SignedData } from "../../../src/models/signed-data.js";
import { axpy, combineRows, norm, rowProducts } from "../../../src/numeric/vec.js";

const build = (name: string, dimensions: Dimensions): Parameterization =>
  byName("architecture", ARCHITECTURES, name).build(dimensions);

/** Separable by the first axis, and an initialization of order one (deep products of matrices would blow up in 1e4 steps). */
function problem(P: Parameterization, N: number): { data: SignedData; init: Float64Array } {
  const scale = P.architecture === "fully-connected" ? 0.5 : 1;
  const { dim: D } = P.dimensions;
  const stream = randomStream(BigInt(100 * D + N), "half-spectrum");
  const draw = (): number => 2 * stream.uniform() - 1;
  const z = Float64Array.from({ length: N * D }, (_, i) => (i % D === 0 ? 1 : 0) + draw());
  return { data: { N, D, z }, init: Float64Array.from({ length: P.parameters }, () => scale * draw()) };
}

interface Seen {
  readonly logLoss: number;
  readonly beta: Float64Array;
}

/** Descent as its definition says it, in the network's own coordinates. */
function inTime(
  P: Parameterization,
  { N, D, z }: SignedData,
  loss: LossFunction,
  optimizer: Optimizer,
  init: Float64Array,
  eta: number,
  at: readonly number[],
): Seen[] {
  const [beta, residual] = [new Float64Array(D), new Float64Array(D)];
  const [margins, weights] = [new Float64Array(N), new Float64Array(N)];
  const w = Float64Array.from(init);
  const u = new Float64Array(w.length);
  const seen: Seen[] = [];
  for (let step = 0; ; step++) {
    P.apply(w, beta);
    rowProducts(z, beta, margins);
    const logLoss = loss.evaluate(margins, weights);
    if (at.includes(step)) seen.push({ logLoss, beta: Float64Array.from(beta) });
    if (step === at[at.length - 1]) return seen;
    combineRows(z, weights, residual);
    P.pullback(w, residual, u);
    axpy(optimizer.reach(eta, logLoss), u, w);
  }
}

const STEPS = 10_000;
const AT = [0, 1, 100, 3000, STEPS];
/** 1e4 steps, each some roundings off, this way and that: they add up like the root of their number. */
const ROUNDING = 8 * Math.sqrt(STEPS) * 2 ** -52;

const CASES = [1, 2, 3, 4, 5, 7, 8, 9, 16, 21].flatMap((dim) =>
  [1, 2, 3, 4].map((depth): readonly [string, Dimensions] => ["convolutional", { dim, depth }]),
);

describe("the half spectrum", () => {
  it.each([
    ...CASES,
    ["convolutional-2d", { dim: 12, depth: 2, shape: [3, 4] }],
    ["convolutional-2d", { dim: 9, depth: 3, shape: [3, 3] }],
    ["diagonal", { dim: 5, depth: 3 }],
    ["fully-connected", { dim: 6, depth: 3, widths: [5, 4] }],
  ] as readonly (readonly [string, Dimensions])[])("%s %j: the iterates of the time domain", (name, dimensions) => {
    const P = build(name, dimensions);
    const { data, init } = problem(P, 1 + (P.dimensions.dim % 6));
    for (const [optimizer, loss, eta] of [
      [normalizedGradientDescent, exponential, 1e-4],
      [gradientDescent, logistic, 1e-3],
    ] as const) {
      const truth = inTime(P, data, loss, optimizer, init, eta, AT);
      const { records, stop } = train({ P, data, loss, optimizer, init, eta, steps: STEPS, record: AT });
      expect(stop).toBe("steps-done");
      expect(records.map((r) => r.step)).toEqual(AT);
      for (const [i, { logLoss, beta }] of truth.entries()) {
        const apart = norm(beta.map((b, d) => b - records[i]!.beta[d]!)) / norm(beta);
        expect(apart, `step ${AT[i]}`).toBeLessThan(ROUNDING);
        expect(Math.abs(records[i]!.logLoss - logLoss)).toBeLessThan(ROUNDING * (1 + norm(beta) * norm(data.z)));
      }
      // It must have gone somewhere.
      const [first, last] = [truth[0]!.beta, truth[AT.length - 1]!.beta];
      expect(norm(first.map((b, d) => b - last[d]!))).toBeGreaterThan(0.01 * norm(first));
    }
  });

  it("keeps dead what is exactly dead: a constant signal stays constant", () => {
    for (const dim of [4, 5, 8]) {
      const P = build("convolutional", { dim, depth: 3 });
      const { data } = problem(P, 3);
      const { records } = train({
        P,
        data,
        loss: exponential,
        optimizer: normalizedGradientDescent,
        init: new Float64Array(P.parameters).fill(0.5),
        eta: 1e-2,
        steps: 500,
        record: [500],
      });
      const { beta } = records[0]!;
      for (const b of beta) expect(Math.abs(b - beta[0]!)).toBeLessThan(1e-14 * Math.abs(beta[0]!));
    }
  });
});

describe("events do not change the run", () => {
  it("one call for many steps, or one for each: the same bits", () => {
    const P = build("convolutional", { dim: 7, depth: 3 });
    const { data, init } = problem(P, 4);
    const common = { P, data, loss: exponential, init, eta: 1e-3, steps: 5000 };
    const stepwise: Optimizer = { ...normalizedGradientDescent, reach: (eta, _logLoss) => eta };
    const all = Array.from({ length: 5001 }, (_, i) => i);
    const few = [0, 1, 1023, 1024, 1025, 4097, 5000];
    const run = (optimizer: Optimizer, record: readonly number[]) => train({ ...common, optimizer, record }).records;
    const truth = run(stepwise, all);
    expect(run(normalizedGradientDescent, all)).toEqual(truth);
    expect(run(normalizedGradientDescent, few)).toEqual(few.map((i) => truth[i]));
  });

  it("an optimizer whose reach takes eta alone does not know the loss", () => {
    const alone = OPTIMIZERS.filter((o) => o.reach.length === 1);
    expect(alone).toContain(normalizedGradientDescent);
    for (const o of alone)
      for (const eta of [1e-6, 0.1, 3])
        expect(new Set([700, 1, 0, -1, -700, -1e4].map((logLoss) => o.reach(eta, logLoss))).size).toBe(1);
  });

  it("ends where the loss ends, also within a call", () => {
    const P = build("diagonal", { dim: 2, depth: 3 });
    const { data } = problem(P, 2);
    const init = new Float64Array(P.parameters).fill(1);
    const common = { P, data, loss: exponential, init, eta: 2, steps: 3000, record: [0] };
    const stepwise: Optimizer = { ...normalizedGradientDescent, reach: (eta, _logLoss) => eta };
    const seen = train({ ...common, optimizer: normalizedGradientDescent });
    expect(seen.stop).toBe("diverged");
    expect(seen).toEqual(train({ ...common, optimizer: stepwise }));
  });
});

describe("memory", () => {
  it("is flat over 1e6 steps", () => {
    setFlagsFromString("--expose_gc");
    const collect = runInNewContext("gc") as () => void;
    const held = (): number => {
      collect();
      return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
    };
    for (const [name, optimizer] of [
      ["convolutional", normalizedGradientDescent],
      ["convolutional", gradientDescent],
      ["fully-connected", normalizedGradientDescent],
    ] as const) {
      const P = build(name, { dim: 8, depth: 2 });
      const { data, init } = problem(P, 4);
      // What is held in the middle of the run, when it is told to go on.
      const sizes: number[] = [];
      let asked = 0;
      const { stop } = train({
        P,
        data,
        loss: exponential,
        optimizer,
        init,
        eta: 1e-6,
        steps: 1_000_000,
        record: [],
        cancelled: () => {
          asked += 1;
          if (asked % 240 === 0) sizes.push(held());
          return false;
        },
      });
      expect(stop).toBe("steps-done");
      expect(sizes.length).toBeGreaterThanOrEqual(4);
      // A quarter of a million steps between two of them: one byte a step would show.
      expect(Math.abs(sizes[sizes.length - 1]! - sizes[sizes.length - 2]!)).toBeLessThan(200_000);
    }
  });
});
