/**
 * Runs of the optimizers that make their own steps, in descend and in train: how far they get, how they end, what they keep,
 * and how a run hears that it is to end.
 */
import { describe, expect, it } from "vitest";
import { fittedOrder } from "../../../properties/laws/law.js";
import { walkFrom, wholeCurvature, wholeStep } from "../../../properties/laws/optimizer-steps.js";
import { type DescentOptions, descend, type Trajectory } from "../../../src/engine/descent.js";
import { startingPoint } from "../../../src/engine/own-steps.js";
import type { Progress } from "../../../src/engine/patience.js";
import { type TrainOptions, type TrainResult, train } from "../../../src/engine/train.js";
import { createTrainer } from "../../../src/engine/trainer.js";
import { randomStream } from "../../../src/kernel/seed.js";
import type { Parameterization } from "../../../src/models/architecture.js";
import { ARCHITECTURES } from "../../../src/models/architectures/index.js";
import { byName } from "../../../src/models/by-name.js";
import { gaussianInitialization } from "../../../src/models/initialization.js";
import { exponential } from "../../../src/models/losses/exponential.js";
import { logistic } from "../../../src/models/losses/logistic.js";
import { type Optimizer, stepperOf } from "../../../src/models/optimizer.js";
import { gradientDescent } from "../../../src/models/optimizers/gradient-descent.js";
import { gradientFlow } from "../../../src/models/optimizers/gradient-flow.js";
import { localGradientDescent } from "../../../src/models/optimizers/local-gradient-descent.js";
import { momentum } from "../../../src/models/optimizers/momentum.js";
import { normalizedGradientDescent } from "../../../src/models/optimizers/normalized-gradient-descent.js";
import type { SignedData } from "../../../src/models/signed-data.js";
import { angle, norm } from "../../../src/numeric/vec.js";

const OWN = [gradientFlow, localGradientDescent, momentum] as const;
const NETWORKS = ["linear", "fully-connected", "diagonal", "convolutional", "residual-diagonal"].flatMap((name) => {
  const { minimalDepth = 1, maximalDepth } = byName("architecture", ARCHITECTURES, name);
  return [1, 2, 3, 4].filter((L) => L >= minimalDepth && L <= (maximalDepth ?? 4)).map((L) => [name, L] as const);
});
const network = (name: string, dim: number, depth: number): Parameterization =>
  byName("architecture", ARCHITECTURES, name).build({ dim, depth });

const rowsOf = (...rows: readonly (readonly number[])[]): SignedData => ({
  N: rows.length,
  D: rows[0]!.length,
  z: Float64Array.from(rows.flat()),
});
const DATA = rowsOf([1, 0.25, -0.3], [0.5, 1, 0.2], [0.1, 0.7, 1], [0.9, 0.1, 0.4]);

function run(P: Parameterization, data: SignedData, changed: Partial<DescentOptions>): Trajectory {
  return descend({
    P,
    data,
    loss: exponential,
    optimizer: gradientFlow,
    eta: changed.optimizer === undefined || changed.optimizer === gradientFlow ? Number.POSITIVE_INFINITY : 0.5,
    init: gaussianInitialization(P, 1n, 0.1),
    maxSteps: 20_000,
    ...changed,
  });
}

describe.each(NETWORKS)("%s, depth %i", (name, depth) => {
  const P = network(name, 3, depth);

  it("gradient flow reaches log(1/loss) = 10 000, the loss falling, where finer steps go too", () => {
    const ends = [1e-9, 1e-6].map((localError) => {
      const t = run(P, DATA, { settings: { localError }, observe: (s) => s.logInverseLoss >= 1e4 });
      expect(t.stop).toBe("goal-met");
      for (const s of t.snapshots)
        expect([...s.parameters, ...s.weights, s.parameterNorm].every(Number.isFinite)).toBe(true);
      return t.snapshots;
    });
    // Snapshots stand a step past their mark, so directions are compared where they hardly turn any more.
    expect(angle(ends[0]!.at(-1)!.beta, ends[1]!.at(-1)!.beta)).toBeLessThan(5e-3);
  });

  it.each(
    OWN.map((o) => [o.name, o] as const),
  )("%s ends by name, with sound numbers and the same bits", (_, optimizer) => {
    for (const [data, loss] of [
      [DATA, exponential],
      [DATA, logistic],
      [rowsOf([1, 0, 0], [-1, 0.5, 0], [0.3, -1, 0]), exponential],
    ] as const) {
      const options = { optimizer, loss, maxSteps: 500 };
      const t = run(P, data, options);
      expect(["step-budget", "loss-stalled", "step-underflow", "zero-gradient", "diverged"]).toContain(t.stop);
      for (const s of [...t.snapshots, t.last]) {
        const numbers = [s.logInverseLoss, s.parameterNorm, s.time, ...s.beta, ...s.weights, ...s.residual];
        expect(numbers.filter((x) => !Number.isFinite(x) && x !== s.time)).toEqual([]);
        expect(s.time).toBeGreaterThanOrEqual(0);
      }
      const beta = new Float64Array(3);
      P.apply(t.parameters, beta);
      expect(t.last.beta).toEqual(beta);
      expect(run(network(name, 3, depth), data, options)).toEqual(t);
    }
  });

  it.each(OWN.map((o) => [o.name, o] as const))("%s from zero: the saddle stays, by name", (_, optimizer) => {
    const t = run(P, DATA, { optimizer, init: new Float64Array(P.parameters), maxSteps: 100 });
    const atSaddle = P.degree !== null && depth > 1;
    expect([t.stop, t.steps]).toEqual(atSaddle ? ["zero-gradient", 0] : ["step-budget", 100]);
  });
});

describe("a run", () => {
  const P = network("linear", 1, 1);

  it("of gradient flow goes to the minimum where there is one", () => {
    // e^-b + e^(2b) is least at b = -log(2) / 3.
    const t = run(P, rowsOf([1], [-2]), { init: Float64Array.of(-0.8) });
    expect(["loss-stalled", "zero-gradient"]).toContain(t.stop);
    expect(t.last.beta[0]).toBeCloseTo(-Math.log(2) / 3, 7);
  });

  it("that starts where a bounded step underflows says so; the flow does not care", () => {
    const init = Float64Array.of(2000);
    for (const optimizer of [momentum, localGradientDescent]) {
      const t = run(P, rowsOf([1]), { optimizer, init });
      expect([t.stop, t.steps]).toEqual(["step-underflow", 0]);
    }
    expect(run(P, rowsOf([1]), { init, observe: (s) => s.logInverseLoss > 1e6 }).stop).toBe("goal-met");
  });

  it("counts plain time: of the flow of one point, d(e^b)/dt = 1", () => {
    const t = run(P, rowsOf([1]), { init: Float64Array.of(-1), observe: (s) => s.logInverseLoss >= 5 });
    expect(t.last.time).toBeCloseTo(Math.exp(t.last.beta[0]!) - Math.exp(-1), 6);
  });

  it("shortens its steps with stepFactor: the error of the flow by its fifth power", () => {
    const start = { init: Float64Array.of(0.75, -0.5), maxSteps: 1_000_000 };
    const errors = [1, 1 / 2, 1 / 4].map((stepFactor): [number, number] => {
      const t = run(network("diagonal", 1, 2), rowsOf([1]), {
        ...start,
        stepFactor,
        settings: { localError: 1e-5 },
        observe: (s) => s.logInverseLoss > 1e3,
      });
      const [a, b] = t.parameters;
      return [stepFactor, Math.abs(a! * a! - b! * b! - 0.3125) / (a! * a!)];
    });
    expect(fittedOrder(errors)).toBeGreaterThan(3.5);
  });

  it("of locally bounded descent keeps eta_t |Hess L| below 1 on random networks", () => {
    const stream = randomStream(5n, "local");
    const draw = (): number => 2 * stream.uniform() - 1;
    let most = 0;
    for (const [name, depth] of NETWORKS)
      for (const D of [2, 4]) {
        const net = network(name, D, depth);
        const rows = Array.from({ length: D + 1 }, () =>
          Array.from({ length: D }, (_, d) => (d === 0 ? 1 : 2) * draw()),
        );
        const data = rowsOf(...rows.map((row) => row.map((x, d) => (d === 0 ? Math.abs(x) + 0.2 : x))));
        const trainer = createTrainer(net, data, exponential);
        const point = startingPoint(trainer, Float64Array.from({ length: net.parameters }, draw));
        const walk = { P: net, trainer, point, stepper: stepperOf(localGradientDescent, trainer, net.parameters) };
        for (let t = 0; t < 60; t++) {
          const curvature = wholeCurvature(walk) * Math.exp(point.logLoss);
          const time = point.time;
          if (!wholeStep(walk, 1e9)) break;
          most = Math.max(most, (point.time - time) * curvature);
        }
      }
    expect(most).toBeLessThan(1);
    expect(most).toBeGreaterThan(0.3); // and not by timid steps
  });

  it("of momentum takes the path of gradient flow as eta tends to 0, with steps of eta / (1 - mu)", () => {
    const at = (o: Optimizer, eta: number, level: number): Float64Array => {
      const walk = walkFrom(o, 1);
      for (;;) {
        const [before, w] = [walk.point.logLoss, Float64Array.from(walk.point.w)];
        wholeStep(walk, eta);
        if (walk.point.logLoss > level) continue;
        const share = (before - level) / (before - walk.point.logLoss);
        return w.map((x, i) => x + share * (walk.point.w[i]! - x));
      }
    };
    const truth = at(gradientFlow, 1 / 4096, -0.5);
    const distances = [1 / 1024, 1 / 2048, 1 / 4096, 1 / 8192].map((eta): [number, number] => [
      eta,
      norm(at(momentum, eta, -0.5).map((x, i) => x - truth[i]!)),
    ]);
    expect(fittedOrder(distances)).toBeGreaterThan(0.85);
  });
});

describe("whoever waits", () => {
  const P = network("diagonal", 3, 2);
  const ALL = [...OWN, gradientDescent, normalizedGradientDescent];

  it.each(ALL.map((o) => [o.name, o] as const))("ends a run of %s by a signal, within 256 steps", (_, optimizer) => {
    const controller = new AbortController();
    const told: Progress[] = [];
    const t = run(P, DATA, {
      optimizer,
      eta: 1e-3,
      signal: controller.signal,
      progress(p) {
        told.push(p);
        if (p.steps >= 512) controller.abort();
      },
    });
    expect([t.stop, t.steps]).toEqual(["interrupted", 512]);
    expect(told.map((p) => [p.phase, p.steps])).toEqual([0, 256, 512, 512].map((steps) => ["descent", steps]));
    for (const p of told) expect(p.phase === "descent" && Number.isFinite(p.logInverseLoss)).toBe(true);
    expect(run(P, DATA, { optimizer, signal: { aborted: true } }).steps).toBe(0);
  });

  it("may also say why", () => {
    for (const optimizer of ALL)
      expect(run(P, DATA, { optimizer, eta: 1e-3, cancelled: () => "time-budget" }).stop).toBe("time-budget");
  });
});

describe("bare training", () => {
  const P = network("diagonal", 2, 2);
  const bare = (changed: Partial<TrainOptions>): TrainResult =>
    train({
      P,
      data: rowsOf([1, 0.25], [-0.5, 1]),
      loss: exponential,
      optimizer: momentum,
      init: Float64Array.of(0.5, 0.75, 0.25, 0.5),
      eta: 0.125,
      steps: 30,
      record: [0, 1, 2, 30],
      ...changed,
    });

  it("by momentum is the heavy ball, written out", () => {
    // One point, one weight: w <- w + eta e^-w + mu (w - before).
    const { records } = bare({
      P: network("linear", 1, 1),
      data: rowsOf([1]),
      init: Float64Array.of(0),
      record: [1, 2, 3],
    });
    const w1 = 0.125;
    const w2 = w1 + 0.125 * Math.exp(-w1) + 0.9 * w1;
    const w3 = w2 + 0.125 * Math.exp(-w2) + 0.9 * (w2 - w1);
    for (const [i, w] of [w1, w2, w3].entries()) expect(records[i]!.beta[0]).toBeCloseTo(w, 14);
  });

  it("by momentum 0 is gradient descent, and by another one it is not", () => {
    const plain = bare({ optimizer: gradientDescent });
    const resting = bare({ settings: { momentum: 0 } });
    for (const [i, { beta }] of plain.records.entries())
      for (const [d, b] of beta.entries())
        expect(Math.abs(resting.records[i]!.beta[d]! - b)).toBeLessThan(1e-13 * Math.abs(b));
    expect(bare({}).records[3]!.logLoss).toBeLessThan(plain.records[3]!.logLoss - 1);
  });

  it("by gradient flow is the flow after loss-normalized time step * eta", () => {
    // One point, depth 2: w_1 +- w_2 go like e^(+-s).
    const init = Float64Array.of(0.75, -0.5);
    const { records, stop } = bare({ P: network("diagonal", 1, 2), data: rowsOf([1]), init, optimizer: gradientFlow });
    expect(stop).toBe("steps-done");
    for (const { step, beta, logLoss } of records) {
      const s = step / 8;
      const known = (0.125 * Math.exp(s)) ** 2 - (0.625 * Math.exp(-s)) ** 2;
      expect(Math.abs(beta[0]! - known)).toBeLessThan(1e-7 * (1 + Math.abs(known)));
      expect(logLoss).toBe(-beta[0]!);
    }
  });

  it("ends by name where a step has no end, where the numbers do, and at a word", () => {
    const deep = network("diagonal", 2, 3);
    const init = Float64Array.of(0.5, 0.75, 0.25, 0.5, 1, 1);
    const endless = bare({ P: deep, init, optimizer: gradientFlow, eta: 1000, settings: { localError: 1e-2 } });
    expect(["step-budget", "loss-stalled"]).toContain(endless.stop);
    expect([endless.steps, endless.records.length]).toEqual([0, 1]);
    const wild = bare({
      P: network("diagonal", 2, 4),
      init: new Float64Array(8).fill(-3),
      data: rowsOf([-1, -1]),
      eta: 1e300,
    });
    expect(wild.stop).toBe("diverged");
    for (const r of wild.records) expect([r.logLoss, ...r.beta].every(Number.isFinite)).toBe(true);
    const atMinimum = { P: network("linear", 1, 1), data: rowsOf([1], [-2]), optimizer: gradientFlow, eta: 1000 };
    const resting = bare({ ...atMinimum, init: Float64Array.of(-0.8) });
    expect(["loss-stalled", "steps-done"]).toContain(resting.stop);
    for (const { beta } of resting.records.slice(1)) expect(beta[0]).toBeCloseTo(-Math.log(2) / 3, 7);
    expect(bare({ cancelled: () => true })).toMatchObject({ stop: "interrupted", steps: 0 });
  });
});
