/**
 * Properties of phase 1, descent, over every architecture of the toolkit: what a run keeps (a falling loss, finite
 * numbers, the same bits), how its discretization vanishes, and how it ends on data and starts that go wrong.
 */
import { describe, expect, it } from "vitest";
import { list, planted, separated } from "../../../properties/arbitraries/data/define.js";
import { drawFrom } from "../../../properties/arbitraries/draw.js";
import { fittedOrder } from "../../../properties/laws/law.js";
import { type DescentOptions, descend, type Snapshot, type Trajectory } from "../../../src/engine/descent.js";
import { toNumber } from "../../../src/exact/rational.js";
import { entriesOf } from "../../../src/exact/vector.js";
import type { Dataset } from "../../../src/kernel/dataset.js";
import { randomStream } from "../../../src/kernel/seed.js";
import { STOP_REASONS } from "../../../src/kernel/stop.js";
import { UseError } from "../../../src/kernel/use-error.js";
import type { Parameterization } from "../../../src/models/architecture.js";
import { ARCHITECTURES } from "../../../src/models/architectures/index.js";
import { byName } from "../../../src/models/by-name.js";
import { gaussianInitialization } from "../../../src/models/initialization.js";
import { exponential } from "../../../src/models/losses/exponential.js";
import type { Optimizer } from "../../../src/models/optimizer.js";
import { gradientDescent } from "../../../src/models/optimizers/gradient-descent.js";
import { normalizedGradientDescent } from "../../../src/models/optimizers/normalized-gradient-descent.js";
import { type SignedData, signedData } from "../../../src/models/signed-data.js";
import { angle, combineRows, norm } from "../../../src/numeric/vec.js";
import { l2MaxMargin } from "../../../src/oracle/l2-margin.js";
import { readOctaves } from "../../../src/verify/octaves.js";

const NEVER = 1e300;

/**
 * Every homogeneous architecture that dim and depth alone determine, at every depth from 1 to 4 that it has. They reach
 * every direction, which filters of given lengths do not.
 */
const NETWORKS = ARCHITECTURES.filter(
  (a) => !Object.values(a.uses ?? {}).includes("needed") && a.build(a.examples[0]!).degree !== null,
).flatMap((a) =>
  [1, 2, 3, 4]
    .filter((depth) => depth >= (a.minimalDepth ?? 1) && depth <= (a.maximalDepth ?? 4))
    .map((depth) => [a.name, depth] as const),
);
const network = (name: string, dim: number, depth: number): Parameterization =>
  byName("architecture", ARCHITECTURES, name).build({ dim, depth });

/** Separable by construction, cos(row, planted) at least 1/4. */
function separable(seed: number, N: number, D: number): Dataset {
  const draw = drawFrom(randomStream(BigInt(seed), "descent-test"));
  const rows = list(N, () => list(D, () => draw.signed(10)));
  const { X, y } = separated(rows, planted(draw, D, 10));
  return { name: "test", shape: [D], scale: 10n, X: X.map((row) => row.map(BigInt)), y, features: null };
}

const rowsOf = (rows: readonly (readonly number[])[], times = 1): SignedData => ({
  N: rows.length,
  D: rows[0]!.length,
  z: Float64Array.from(rows.flat(), (x) => x * times),
});

const SIZES = [
  [1, 3, 2],
  [2, 4, 3],
  [3, 2, 4],
] as const;

function run(P: Parameterization, data: SignedData, changed: Partial<DescentOptions> = {}): Trajectory {
  return descend({
    P,
    data,
    loss: exponential,
    optimizer: normalizedGradientDescent,
    eta: NEVER,
    init: gaussianInitialization(P, 1n, 0.1),
    maxSteps: 60_000,
    ...changed,
  });
}

const until =
  (M: number) =>
  (s: Snapshot): boolean =>
    s.logInverseLoss >= M;

/** The optimizer, telling the log-loss of every point that stands. */
const watched = (o: Optimizer, see: (logLoss: number) => void): Optimizer => ({
  ...o,
  reach(eta, logLoss) {
    see(logLoss);
    return o.reach(eta, logLoss);
  },
});

function expectSound(t: Trajectory, P: Parameterization, data: SignedData): void {
  expect(Object.keys(STOP_REASONS)).toContain(t.stop);
  for (const s of [...t.snapshots, t.last]) {
    const numbers = [s.logInverseLoss, s.parameterNorm, ...s.beta, ...s.weights, ...s.residual];
    expect(numbers.every(Number.isFinite)).toBe(true);
    expect(s.weights.every((p) => p >= 0)).toBe(true);
    expect(s.weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    const residual = new Float64Array(data.D);
    combineRows(data.z, s.weights, residual);
    expect(s.residual).toEqual(residual);
  }
  // The last point is the one whose parameters are handed out.
  const beta = new Float64Array(data.D);
  P.apply(t.parameters, beta);
  expect(t.last.beta).toEqual(beta);
  expect(t.last.parameterNorm).toBe(norm(t.parameters));
  expect(t.last.step).toBe(t.steps);
  expect(t.last.logInverseLoss).toBe(t.logInverseLoss);
}

describe.each(NETWORKS)("%s, depth %i", (name, depth) => {
  it("reaches log(1/loss) = 10 000, the loss falling strictly, all numbers finite", () => {
    for (const [seed, N, D] of SIZES) {
      const data = signedData(separable(seed, N, D));
      const P = network(name, D, depth);
      const seen: number[] = [];
      const optimizer = watched(normalizedGradientDescent, (logLoss) => seen.push(logLoss));
      const t = run(P, data, { optimizer, observe: until(1e4) });
      expect(t.stop, `seed ${seed}`).toBe("goal-met");
      expect(t.logInverseLoss).toBeGreaterThanOrEqual(1e4);
      expectSound(t, P, data);
      expect(seen).toHaveLength(t.steps);
      expect(seen.findIndex((logLoss, i) => i > 0 && !(logLoss < seen[i - 1]!))).toBe(-1);
    }
  });

  it("takes snapshots at the first step past powers of 2^(1/4)", () => {
    const data = signedData(separable(2, 4, 3));
    const t = run(network(name, 3, depth), data, { observe: until(1000) });
    const Ms = t.snapshots.map((s) => s.logInverseLoss);
    expect(Ms.length).toBeGreaterThan(30);
    for (const [i, M] of Ms.entries()) {
      const before = i === 0 ? 1 : Ms[i - 1]!;
      const threshold = i === 0 ? 1 : 2 ** (Math.floor(4 * Math.log2(before) + 1e-9) / 4 + 0.25);
      expect(M).toBeGreaterThanOrEqual(threshold * (1 - 1e-9));
      if (i > 0) expect(t.snapshots[i]!.step).toBeGreaterThan(t.snapshots[i - 1]!.step);
    }
  });

  it("gives the same bits from the same start, and leaves the start as it was", () => {
    const data = signedData(separable(2, 4, 3));
    const P = network(name, 3, depth);
    const init = gaussianInitialization(P, 7n, 0.1);
    const before = Float64Array.from(init);
    const first = run(P, data, { init, maxSteps: 500 });
    expect(init).toEqual(before);
    expect(run(network(name, 3, depth), data, { init, maxSteps: 500 })).toEqual(first);
    // A second run on the same network while the results of the first are kept.
    const copy = JSON.stringify(first);
    run(P, data, { init: gaussianInitialization(P, 8n, 1), maxSteps: 500 });
    expect(JSON.stringify(first)).toBe(copy);
  });

  it.each([1e-9, 1e-3, 10])("starts from an initialization of scale %d", (scale) => {
    const data = signedData(separable(1, 3, 2));
    const P = network(name, 2, depth);
    const t = run(P, data, { init: gaussianInitialization(P, 1n, scale), observe: until(100) });
    expectSound(t, P, data);
    expect(t.stop).toBe("goal-met");
  });

  it("from zero: stays at the saddle for depth 2 and more, and says so; goes on for depth 1", () => {
    const data = signedData(separable(1, 3, 2));
    const P = network(name, 2, depth);
    const t = run(P, data, { init: new Float64Array(P.parameters), observe: until(1000) });
    expectSound(t, P, data);
    if (depth >= 2) expect([t.stop, t.steps, t.snapshots.length]).toEqual(["zero-gradient", 0, 0]);
    else expect(t.stop).toBe("goal-met");
  });

  it("handles one point, one dimension, and points given twice", () => {
    for (const rows of [
      [[3, 1]],
      [[2]],
      [[0.5], [3]],
      [
        [1, 2],
        [1, 2],
        [2, -0.5],
      ],
    ]) {
      const data = rowsOf(rows);
      const P = network(name, data.D, depth);
      const t = run(P, data, { init: gaussianInitialization(P, 4n, 0.1).map(Math.abs), observe: until(1000) });
      expect(t.stop, JSON.stringify(rows)).toBe("goal-met");
      expectSound(t, P, data);
    }
  });

  it.each([1e-200, 1e-100, 1e100, 1e200])("ends by name in bounded steps on data scaled by %d", (times) => {
    const { N, D, z } = signedData(separable(1, 3, 2));
    const data = { N, D, z: z.map((x) => x * times) };
    const P = network(name, D, depth);
    const t = run(P, data, { observe: until(1e4) });
    expect(["goal-met", "loss-stalled", "step-budget"]).toContain(t.stop);
    expectSound(t, P, data);
    // Scaling down by this much asks for larger parameters and nothing else.
    if (times === 1e-100) expect(t.stop).toBe("goal-met");
  });

  it("ends by name on data that are not separable, and never reports a snapshot", () => {
    for (const rows of [
      [
        [1, 0],
        [-1, 0.5],
        [0.3, -1],
      ],
      [[1], [-1]],
      [[1], [-2]],
      [
        [1, 0],
        [-1, 0],
        [0, 1],
      ],
      [
        [0, 0],
        [1, 1],
      ],
    ]) {
      const data = rowsOf(rows);
      const P = network(name, data.D, depth);
      const t = run(P, data, { maxSteps: 20_000, observe: () => true });
      expect(["loss-stalled", "step-budget", "zero-gradient"]).toContain(t.stop);
      expect(t.snapshots).toEqual([]);
      expect(t.logInverseLoss).toBeLessThanOrEqual(0);
      expectSound(t, P, data);
    }
  });

  it("goes to the minimum where there is one, never up, and stalls there", () => {
    // e^-b + e^(2b) is least at b = -log(2) / 3; as a network of one dimension from a start on its side.
    const P = network(name, 1, depth);
    const seen: number[] = [];
    const init = new Float64Array(P.parameters).fill(0.9);
    init[0] = -0.8;
    const t = run(P, rowsOf([[1], [-2]]), {
      init,
      optimizer: watched(normalizedGradientDescent, (logLoss) => seen.push(logLoss)),
    });
    expect(["loss-stalled", "zero-gradient"]).toContain(t.stop);
    expect(t.steps).toBeLessThan(1000);
    expect(t.last.beta[0]).toBeCloseTo(-Math.log(2) / 3, 6);
    expect(seen.findIndex((logLoss, i) => i > 0 && logLoss > seen[i - 1]!)).toBe(-1);
    const { z, ...rest } = rowsOf([
      [1, 0],
      [-1, 0.5],
      [0.3, -1],
    ]);
    const plane = run(network(name, 2, depth), { ...rest, z }, { maxSteps: 20_000 });
    expect(plane.stop).toBe("loss-stalled");
    expect(norm(plane.last.residual)).toBeLessThan(1e-6);
  });

  it("gradient descent with steps bounded by 1 ends in its budget, or because they underflow", () => {
    const data = signedData(separable(2, 4, 3));
    const P = network(name, 3, depth);
    const t = run(P, data, { optimizer: gradientDescent, eta: 1, maxSteps: 5000 });
    expect([t.stop, t.steps]).toEqual(["step-budget", 5000]);
    expectSound(t, P, data);
    // exp(-2000) is 0 in floating point, and so is any bounded step from there.
    const scale = (2000 / t.logInverseLoss) ** (1 / depth);
    const far = run(P, data, { optimizer: gradientDescent, eta: 1, init: t.parameters.map((x) => x * scale) });
    expect([far.stop, far.steps]).toEqual(["step-underflow", 0]);
    expectSound(far, P, data);
  });
});

describe("the discretization", () => {
  interface Point {
    readonly M: number;
    readonly beta: Float64Array;
    readonly weights: Float64Array;
  }

  /** Every point that stands: the loss is asked right after apply, the optimizer where a point stands. */
  function pathOf(P: Parameterization, data: SignedData, changed: Partial<DescentOptions>): Point[] {
    let last = new Float64Array(0);
    const looked = new Map<number, Omit<Point, "M">>();
    const path: Point[] = [];
    const recording: Parameterization = {
      ...P,
      apply(w, out) {
        P.apply(w, out);
        last = Float64Array.from(out);
      },
    };
    const t = run(recording, data, {
      loss: {
        ...exponential,
        evaluate(margins, weights) {
          const logLoss = exponential.evaluate(margins, weights);
          looked.set(logLoss, { beta: last, weights: Float64Array.from(weights) });
          return logLoss;
        },
      },
      optimizer: watched(normalizedGradientDescent, (logLoss) => path.push({ M: -logLoss, ...looked.get(logLoss)! })),
      observe: until(20),
      ...changed,
    });
    expect(t.stop).toBe("goal-met");
    return path;
  }

  function directionAt(path: readonly Point[], M: number): Float64Array {
    const i = path.findIndex((p) => p.M >= M);
    const [before, after] = [path[i - 1]!, path[i]!];
    const share = (M - before.M) / (after.M - before.M);
    return before.beta.map((b, d) => b + share * (after.beta[d]! - b));
  }

  it.each(NETWORKS.filter(([, depth]) => depth <= 3))("%s, depth %i: of first order at equal loss", (name, depth) => {
    const data = signedData(separable(2, 4, 3));
    const P = network(name, 3, depth);
    const truth = pathOf(P, data, { stepFactor: 1 / 64 });
    const distances = [1, 1 / 2, 1 / 4, 1 / 8].map((factor): [number, number] => {
      const path = pathOf(P, data, { stepFactor: factor });
      return [factor, Math.max(...[1, 2, 4, 8].map((M) => angle(directionAt(path, M), directionAt(truth, M))))];
    });
    const shown = distances.map(([f, d]) => `${f}: ${d.toExponential(2)}`).join(", ");
    expect(distances[0]![1], shown).toBeLessThan(0.1);
    expect(fittedOrder(distances), shown).toBeGreaterThan(0.8);
    expect(fittedOrder(distances), shown).toBeLessThan(1.6);
  });

  it("turns a sharp corner of the softmax in small steps, smaller with stepFactor", () => {
    const data = rowsOf([
      [1, 0.1],
      [0.1, 1],
    ]);
    const largest = [1, 1 / 2, 1 / 4].map((stepFactor) => {
      // One point alone weighs until its margin overtakes the other: the gradient is constant up to the corner.
      const path = pathOf(network("linear", 2, 1), data, {
        stepFactor,
        init: Float64Array.of(1000, 0),
        observe: until(1400),
      });
      let most = 0;
      for (let i = 1; i < path.length; i++)
        most = Math.max(most, ...path[i]!.weights.map((p, n) => Math.abs(p - path[i - 1]!.weights[n]!)));
      return most;
    });
    expect(largest[0]).toBeGreaterThan(0.05);
    for (const [k, most] of largest.entries()) expect(most).toBeLessThanOrEqual(0.2 / 2 ** k);
  });

  it("crosses the origin on a straight path", () => {
    for (const start of [-1, -1e-3, -100]) {
      const t = run(network("linear", 1, 1), rowsOf([[1]]), { init: Float64Array.of(start), observe: until(1000) });
      expect(t.stop).toBe("goal-met");
    }
  });

  it("stepFactor shrinks the optimizer's own bound too", () => {
    const data = rowsOf([[1, 0.5]]);
    const P = network("linear", 2, 1);
    const init = Float64Array.of(1, 1);
    const moved = (stepFactor: number): number => {
      const t = run(P, data, { optimizer: gradientDescent, eta: 1e-4, init, stepFactor, maxSteps: 1 });
      return t.parameters[0]! - 1;
    };
    expect(moved(0.5) / moved(1)).toBeCloseTo(0.5, 9);
  });

  it.each(
    NETWORKS.filter(([, depth]) => depth === 1),
  )("%s, depth %i: the order of the data changes the path to rounding only", (name) => {
    const data = separable(2, 6, 3);
    const order = [3, 0, 5, 1, 4, 2];
    const shuffled = { ...data, X: order.map((n) => data.X[n]!), y: order.map((n) => data.y[n]!) };
    const P = network(name, 3, 1);
    const [a, b] = [data, shuffled].map((d) => pathOf(P, signedData(d), { observe: until(600) }));
    for (const M of [1, 2, 5, 10, 20]) expect(angle(directionAt(a!, M), directionAt(b!, M))).toBeLessThan(1e-13);
    // Later the step control follows curvature that is itself near rounding: another clock on the same path.
    for (const M of [50, 100, 200, 500]) expect(angle(directionAt(a!, M), directionAt(b!, M))).toBeLessThan(1e-5);
  });
});

describe("the optimizer's bound", () => {
  it("is kept at every step: |dw| <= eta |grad L|", () => {
    const data = signedData(separable(3, 4, 3));
    const P = network("linear", 3, 1);
    for (const eta of [1e-3, 0.1, 1, 30]) {
      let w = gaussianInitialization(P, 1n, 0.1);
      for (let step = 0; step < 40; step++) {
        const t = run(P, data, { optimizer: gradientDescent, eta, init: w, maxSteps: 1 });
        const start = run(P, data, { init: w, maxSteps: 0 }).last;
        const gradient = Math.exp(-start.logInverseLoss) * norm(start.residual);
        const moved = norm(t.parameters.map((x, i) => x - w[i]!));
        expect(moved).toBeLessThanOrEqual(eta * gradient * (1 + 1e-9));
        w = Float64Array.from(t.parameters);
      }
    }
  });
});

describe("the loss", () => {
  it("never rises, also where a step would overshoot a narrow minimum", () => {
    for (let seed = 0; seed < 200; seed++) {
      const stream = randomStream(BigInt(seed), "narrow");
      const data = rowsOf(Array.from({ length: 3 }, () => [100 * (2 * stream.uniform() - 1)]));
      // The loss of the point that stands is the last one looked at when the optimizer is asked.
      const seen: number[] = [];
      let last = Number.NaN;
      const t = run(network("linear", 1, 1), data, {
        init: Float64Array.of(60 * (2 * stream.uniform() - 1)),
        loss: {
          ...exponential,
          evaluate(margins, weights) {
            last = exponential.evaluate(margins, weights);
            return last;
          },
        },
        optimizer: watched(normalizedGradientDescent, () => seen.push(last)),
        maxSteps: 2000,
      });
      expect(Object.keys(STOP_REASONS)).toContain(t.stop);
      expect(
        seen.findIndex((logLoss, i) => i > 0 && logLoss > seen[i - 1]! + 1e-15 * Math.abs(logLoss)),
        `seed ${seed}`,
      ).toBe(-1);
      expect(-t.logInverseLoss, `seed ${seed}`).toBeLessThanOrEqual(seen[0]!);
    }
  });
});

describe("the balanced saddle (x = 1, y = -1, w_1 = w_2)", () => {
  it.each([
    ["diagonal", 2],
    ["convolutional", 2],
    ["fully-connected", 2],
    ["diagonal", 3],
    ["diagonal", 4],
  ] as const)("%s, depth %i: the run goes into it and ends by name in bounded steps", (name, depth) => {
    const P = network(name, 1, depth);
    for (const [optimizer, eta] of [
      [normalizedGradientDescent, NEVER],
      [normalizedGradientDescent, 0.1],
      [gradientDescent, 1],
    ] as const) {
      const data = rowsOf([[-1]]);
      const t = run(P, data, { optimizer, eta, init: new Float64Array(depth).fill(1), observe: () => true });
      expect(["zero-gradient", "loss-stalled", "step-budget"]).toContain(t.stop);
      expect(t.snapshots).toEqual([]);
      expect(t.logInverseLoss).toBeLessThanOrEqual(0);
      expect(Math.abs(t.last.beta[0]!)).toBeLessThan(1e-6);
      expectSound(t, P, data);
    }
  });

  it("a start a hair off balance does cross", () => {
    const data = rowsOf([[-1]]);
    const t = run(network("diagonal", 1, 2), data, { init: Float64Array.of(1, 1 + 1e-12), observe: until(1000) });
    expect(t.stop).toBe("goal-met");
    expect(t.last.beta[0]).toBeLessThan(0);
  });
});

describe("ends", () => {
  const data = signedData(separable(2, 4, 3));
  const P = network("diagonal", 3, 2);

  it("when cancelled, with the reason it was given, within 256 steps of being told", () => {
    for (const why of ["time-budget", "interrupted"] as const) {
      expect(run(P, data, { cancelled: () => why })).toMatchObject({ stop: why, steps: 0 });
      let asked = 0;
      const t = run(P, data, { cancelled: () => (++asked > 5 ? why : null) });
      expect(t.stop).toBe(why);
      expect(t.steps).toBeLessThanOrEqual(5 * 256);
      expect(asked).toBe(6);
      expectSound(t, P, data);
    }
  });

  it("when the observer has seen enough, at that very snapshot", () => {
    const t = run(P, data, { observe: (s) => s.logInverseLoss > 5 });
    expect(t.stop).toBe("goal-met");
    expect(t.last).toEqual(t.snapshots[t.snapshots.length - 1]);
    expect(t.snapshots.slice(0, -1).every((s) => s.logInverseLoss <= 5)).toBe(true);
  });

  it("when the budget is used up, 0 included", () => {
    for (const maxSteps of [0, 1, 17])
      expect(run(P, data, { maxSteps })).toMatchObject({ stop: "step-budget", steps: maxSteps });
  });

  it("as diverged where the start is beyond the range of doubles", () => {
    for (const wild of [Number.NaN, Number.POSITIVE_INFINITY, 1e200]) {
      const t = run(P, data, { init: new Float64Array(P.parameters).fill(wild) });
      expect([t.stop, t.steps, t.snapshots.length]).toEqual(["diverged", 0, 0]);
    }
  });

  it.each([
    ["a short start", { init: new Float64Array(5) }],
    ["a long start", { init: new Float64Array(7) }],
    ["eta = 0", { eta: 0 }],
    ["eta = NaN", { eta: Number.NaN }],
    ["a budget that is not a number", { maxSteps: Number.NaN }],
    ["stepFactor = 0", { stepFactor: 0 }],
    ["stepFactor = 2", { stepFactor: 2 }],
    ["data of another dimension", { data: rowsOf([[1, 2]]) }],
  ] as const)("with UseError on %s", (_what, changed) => {
    expect(() => run(P, data, changed)).toThrow(UseError);
  });
});

describe("fully connected networks go to the hard-margin SVM", () => {
  const cases = [11, 12, 13, 14].flatMap((seed) => [1, 2, 3].map((depth) => [seed, depth] as const));
  it.each(cases)("data %i, depth %i: the angle to the exact optimum falls", (seed, depth) => {
    const dataset = separable(seed, 4, 3);
    const optimum = l2MaxMargin(dataset);
    expect(optimum.separable).toBe(true);
    if (!optimum.separable) return;
    const target = Float64Array.from(entriesOf(optimum.beta), toNumber);
    const P = network("fully-connected", 3, depth);
    const t = run(P, signedData(dataset), {
      init: gaussianInitialization(P, BigInt(seed), 0.03),
      observe: until(3000),
    });
    const angles = t.snapshots.map((s) => ({ M: s.logInverseLoss, value: angle(s.beta, target) }));
    const shown = angles.map((s) => s.value.toExponential(1)).join(" ");
    expect(t.stop, shown).toBe("goal-met");
    expect(readOctaves(angles, 1e-5).octaves, shown).toBeGreaterThanOrEqual(3);
    expect(angles[angles.length - 1]!.value, shown).toBeLessThan(0.05);
  });
});
