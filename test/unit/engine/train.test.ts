/**
 * Bare training against two independent references: recorded trajectories (50 digits, test/reference) and, for networks
 * that are not recorded, a tiny 256-bit integration in this file that knows the networks as lists of monomials.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BITS, expFixedPoint, fromFixedPoint, toFixedPoint } from "../../../properties/laws/loss.js";
import { type TrainOptions, type TrainRecord, train } from "../../../src/engine/train.js";
import { floorSqrt } from "../../../src/exact/rational.js";
import { randomStream } from "../../../src/kernel/seed.js";
import { UseError } from "../../../src/kernel/use-error.js";
import type { Parameterization } from "../../../src/models/architecture.js";
import { ARCHITECTURES } from "../../../src/models/architectures/index.js";
import { byName } from "../../../src/models/by-name.js";
import { initializationFromLayers } from "../../../src/models/initialization.js";
import { exponential } from "../../../src/models/losses/exponential.js";
import { gradientDescent } from "../../../src/models/optimizers/gradient-descent.js";
import { normalizedGradientDescent } from "../../../src/models/optimizers/normalized-gradient-descent.js";
import type { SignedData } from "../../../src/models/signed-data.js";

const network = (name: string, dim: number, depth: number, widths?: readonly number[]): Parameterization =>
  byName("architecture", ARCHITECTURES, name).build({ dim, depth, ...(widths === undefined ? {} : { widths }) });

function signed(X: readonly (readonly number[])[], y: readonly number[]): SignedData {
  const z = Float64Array.from(X.flatMap((row, n) => row.map((x) => (y[n] === 1 ? x : -x))));
  return { N: X.length, D: X[0]!.length, z };
}

/** The same record to 1e-12: the loss relative to itself, the predictor relative to its largest coordinate. */
function expectRecord(seen: TrainRecord | undefined, loss: number, beta: readonly number[]): void {
  const scale = Math.max(...beta.map(Math.abs));
  expect(Math.abs(seen!.loss / loss - 1), `loss at step ${seen!.step}`).toBeLessThan(1e-12);
  expect(Math.abs(seen!.logLoss - Math.log(loss))).toBeLessThan(2e-12);
  expect(seen!.beta).toHaveLength(beta.length);
  for (const [d, b] of beta.entries())
    expect(Math.abs(seen!.beta[d]! - b), `beta ${d} at step ${seen!.step}`).toBeLessThan(1e-12 * scale);
}

interface RecordedCase {
  readonly id: string;
  readonly kind: "fc" | "conv";
  readonly L: number;
  readonly D: number;
  readonly width: number | null;
  readonly step_rule: "fixed" | "step/loss";
  readonly lr: number;
  readonly X: number[][];
  readonly y: number[];
  readonly init: number[][][];
  readonly records: readonly { readonly step: number; readonly loss: number; readonly beta: number[] }[];
}

const recorded = JSON.parse(readFileSync(new URL("../../reference/trajectories.json", import.meta.url), "utf8")) as {
  readonly cases: readonly RecordedCase[];
};

const optimizerFor = { fixed: gradientDescent, "step/loss": normalizedGradientDescent } as const;

describe("recorded trajectories", () => {
  const names = (c: RecordedCase): string[] =>
    c.kind === "conv" ? ["convolutional"] : c.L === 1 ? ["fully-connected", "linear"] : ["fully-connected"];
  const runs = recorded.cases.flatMap((c) => names(c).map((name) => [c.id, name, c] as const));

  it("hold both kinds and both rules", () => {
    expect(recorded.cases.length).toBeGreaterThanOrEqual(4);
    expect(new Set(recorded.cases.map((c) => c.kind))).toEqual(new Set(["fc", "conv"]));
    expect(new Set(recorded.cases.map((c) => c.step_rule))).toEqual(new Set(["fixed", "step/loss"]));
  });

  it.each(runs)("%s, %s: every record", (_id, name, c) => {
    const widths = c.kind === "fc" && c.L > 1 && c.width !== null ? [c.width] : undefined;
    const P = network(name, c.D, c.L, widths);
    const steps = c.records.map((r) => r.step);
    const result = train({
      P,
      data: signed(c.X, c.y),
      loss: exponential,
      optimizer: optimizerFor[c.step_rule],
      init: initializationFromLayers(P, c.init),
      eta: c.lr,
      steps: Math.max(...steps),
      record: steps,
    });
    expect(result.stop).toBe("steps-done");
    expect(result.records.map((r) => r.step)).toEqual(steps);
    for (const [i, r] of c.records.entries()) expectRecord(result.records[i], r.loss, r.beta);
  });
});

/** A network as beta_j = factor * sum of products of parameters, in fixed point. */
interface Monomials {
  readonly factor: bigint;
  /** For each coordinate, the parameters of each product. */
  readonly products: readonly (readonly (readonly number[])[])[];
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Written from the definitions in the papers, with nothing of the package. */
function monomialsOf(kind: string, D: number, depth: number, hidden: readonly number[]): Monomials {
  const one = 1n << BITS;
  if (kind === "diagonal") return { factor: one, products: range(D).map((d) => [range(depth).map((l) => l * D + d)]) };
  if (kind === "convolutional") {
    // h_l[d] = D^(-1/2) sum_k w_l[k] h_(l-1)[(d + k) mod D] and f = <w_L, h_(L-1)>: x[j] is met where the k add up to j.
    const products = range(D).map((): number[][] => []);
    for (const code of range(D ** depth)) {
      const k = range(depth).map((l) => Math.floor(code / D ** l) % D);
      products[k.reduce((a, b) => a + b, 0) % D]!.push(k.map((kl, l) => l * D + kl));
    }
    return { factor: floorSqrt((1n << (2n * BITS)) / BigInt(D) ** BigInt(depth - 1)), products };
  }
  // Fully connected: all paths from input j through one unit of each hidden layer to the output; W_l is out x in.
  const sizes = [D, ...hidden, 1];
  const offsets = range(depth).map((l) => range(l).reduce((s, i) => s + sizes[i]! * sizes[i + 1]!, 0));
  const paths = (j: number): number[][] =>
    range(depth)
      .reduce<{ unit: number; used: number[] }[]>(
        (partial, l) =>
          partial.flatMap(({ unit, used }) =>
            range(sizes[l + 1]!).map((out) => ({ unit: out, used: [...used, offsets[l]! + out * sizes[l]! + unit] })),
          ),
        [{ unit: j, used: [] }],
      )
      .map(({ used }) => used);
  return { factor: one, products: range(D).map(paths) };
}

const times = (a: bigint, b: bigint): bigint => (a * b) >> BITS;
const add = (a: bigint, b: bigint): bigint => a + b;

/** Gradient descent in 256-bit fixed point; every step is recorded. */
function integrate(
  net: Monomials,
  data: SignedData,
  init: Float64Array,
  eta: number,
  rule: "fixed" | "step/loss",
  steps: number,
): { loss: number; beta: number[] }[] {
  const z = range(data.N).map((n) => Array.from(data.z.subarray(n * data.D, (n + 1) * data.D), toFixedPoint));
  const lr = toFixedPoint(eta);
  let w = Array.from(init, toFixedPoint);
  const records: { loss: number; beta: number[] }[] = [];
  for (let step = 0; ; step++) {
    const product = (indices: readonly number[]): bigint => indices.map((i) => w[i]!).reduce(times, net.factor);
    const beta = net.products.map((list) => list.map(product).reduce(add, 0n));
    const slopes = z.map((row) => expFixedPoint(-row.map((x, d) => times(x, beta[d]!)).reduce(add, 0n)));
    const loss = slopes.reduce(add, 0n);
    records.push({ loss: fromFixedPoint(loss), beta: beta.map(fromFixedPoint) });
    if (step === steps) return records;
    const down = range(data.D).map((d) => z.map((row, n) => times(slopes[n]!, row[d]!)).reduce(add, 0n));
    const direction = w.map(() => 0n);
    for (const [d, list] of net.products.entries())
      for (const indices of list)
        for (const [at, i] of indices.entries()) {
          const others = product(indices.filter((_, k) => k !== at));
          direction[i] = direction[i]! + times(down[d]!, others);
        }
    w = w.map((x, i) => {
      const move = times(lr, direction[i]!);
      return x + (rule === "fixed" ? move : (move << BITS) / loss);
    });
  }
}

const REFERENCE_CASES: readonly {
  readonly kind: string;
  readonly D: number;
  readonly depth: number;
  readonly hidden: readonly number[];
  readonly rule: "fixed" | "step/loss";
  readonly eta: number;
}[] = [
  { kind: "linear", D: 3, depth: 1, hidden: [], rule: "step/loss", eta: 0.5 },
  { kind: "diagonal", D: 3, depth: 2, hidden: [], rule: "fixed", eta: 0.1 },
  { kind: "diagonal", D: 4, depth: 2, hidden: [], rule: "step/loss", eta: 0.1 },
  { kind: "diagonal", D: 3, depth: 3, hidden: [], rule: "fixed", eta: 0.05 },
  { kind: "diagonal", D: 1, depth: 3, hidden: [], rule: "step/loss", eta: 0.05 },
  { kind: "convolutional", D: 3, depth: 3, hidden: [], rule: "step/loss", eta: 0.1 },
  { kind: "convolutional", D: 4, depth: 3, hidden: [], rule: "step/loss", eta: 0.1 },
  { kind: "convolutional", D: 5, depth: 2, hidden: [], rule: "fixed", eta: 0.2 },
  { kind: "fully-connected", D: 2, depth: 2, hidden: [3], rule: "fixed", eta: 0.1 },
  { kind: "fully-connected", D: 4, depth: 2, hidden: [1], rule: "step/loss", eta: 0.1 },
  { kind: "fully-connected", D: 3, depth: 3, hidden: [2, 4], rule: "fixed", eta: 0.1 },
  { kind: "fully-connected", D: 3, depth: 3, hidden: [4, 2], rule: "step/loss", eta: 0.1 },
];

describe("networks integrated here in 256 bits, 20 steps", () => {
  it.each(
    REFERENCE_CASES.map((c) => [c.kind, c.D, c.depth, c.hidden.join("-"), c.rule, c] as const),
  )("%s, D = %i, depth %i, hidden %s, %s", (_kind, _D, _depth, _hidden, _rule, c) => {
    const P = network(c.kind, c.D, c.depth, c.hidden.length > 0 ? c.hidden : undefined);
    const stream = randomStream(BigInt(c.D * 10 + c.depth), "train-test");
    const draw = (): number => 2 * stream.uniform() - 1;
    const data: SignedData = { N: 4, D: c.D, z: Float64Array.from({ length: 4 * c.D }, draw) };
    const init = Float64Array.from({ length: P.parameters }, draw);
    const { records } = train({
      P,
      data,
      loss: exponential,
      optimizer: optimizerFor[c.rule],
      init,
      eta: c.eta,
      steps: 20,
      record: range(21),
    });
    const truth = integrate(monomialsOf(c.kind, c.D, c.depth, c.hidden), data, init, c.eta, c.rule, 20);
    expect(records).toHaveLength(21);
    for (const [step, { loss, beta }] of truth.entries()) expectRecord(records[step], loss, beta);
    // The run must go somewhere, or agreement would show nothing.
    const [first, last] = [records[0]!.beta, records[20]!.beta];
    const moved = Math.max(...first.map((b, d) => Math.abs(b - last[d]!)));
    expect(moved).toBeGreaterThan(0.1 * Math.max(...first.map(Math.abs)));
  });

  it("the reference itself is sensitive: a step rule, a sign or a scale apart is seen", () => {
    const data: SignedData = { N: 2, D: 2, z: Float64Array.of(1, 0.5, -0.25, 1) };
    const init = Float64Array.of(0.5, 0.25, -0.5, 0.75);
    const net = monomialsOf("convolutional", 2, 2, []);
    const end = (m: Monomials, rule: "fixed" | "step/loss"): number =>
      integrate(m, data, init, 0.1, rule, 20)[20]!.loss;
    const right = end(net, "fixed");
    expect(Math.abs(end(net, "step/loss") - right)).toBeGreaterThan(1e-3);
    expect(Math.abs(end({ ...net, factor: 1n << BITS }, "fixed") - right)).toBeGreaterThan(1e-3);
    expect(Math.abs(end({ ...net, products: [...net.products].reverse() }, "fixed") - right)).toBeGreaterThan(1e-3);
  });
});

const DATA: SignedData = { N: 2, D: 2, z: Float64Array.of(1, 0.5, 0.5, 1) };
const LINEAR = network("linear", 2, 1);

function options(changed: Partial<TrainOptions>): TrainOptions {
  return {
    P: LINEAR,
    data: DATA,
    loss: exponential,
    optimizer: normalizedGradientDescent,
    init: new Float64Array(LINEAR.parameters),
    eta: 0.5,
    steps: 10,
    record: [0, 10],
    ...changed,
  };
}

describe("ends and edges", () => {
  it("keeps the logarithm right where the loss underflows", () => {
    const P = network("linear", 1, 1);
    const { records, stop } = train(
      options({
        P,
        data: { N: 1, D: 1, z: Float64Array.of(1) },
        init: Float64Array.of(2000),
        steps: 4,
        record: [0, 4],
      }),
    );
    expect(stop).toBe("steps-done");
    expect(records).toEqual([
      { step: 0, loss: 0, logLoss: -2000, beta: [2000] },
      { step: 4, loss: 0, logLoss: -2002, beta: [2002] },
    ]);
  });

  it("moves on by loss-normalized steps far below the least double", () => {
    const P = network("diagonal", 2, 3);
    const init = new Float64Array(P.parameters).fill(20);
    const { records, stop } = train(options({ P, init, eta: 1e-6, steps: 100, record: range(101) }));
    expect(stop).toBe("steps-done");
    for (const [i, r] of records.entries()) {
      expect(r.loss).toBe(0);
      expect(Number.isFinite(r.logLoss)).toBe(true);
      if (i > 0) expect(r.logLoss).toBeLessThan(records[i - 1]!.logLoss);
    }
  });

  it("stands still, honestly, when a bounded step underflows", () => {
    const { records, stop } = train(
      options({ optimizer: gradientDescent, init: Float64Array.of(800, 800), record: [0, 10] }),
    );
    expect(stop).toBe("steps-done");
    expect(records[1]).toEqual({ ...records[0]!, step: 10 });
  });

  it.each([
    ["diagonal", 3, 1e10],
    ["convolutional", 4, 1e5],
    ["fully-connected", 2, 1e300],
  ] as const)("ends with `diverged` and never records what is not a number: %s, depth %i", (name, depth, eta) => {
    const P = network(name, 2, depth);
    const stream = randomStream(3n, "diverge");
    for (const optimizer of [gradientDescent, normalizedGradientDescent]) {
      const init = Float64Array.from({ length: P.parameters }, () => 2 * stream.uniform() - 1);
      const result = train(options({ P, init, eta, optimizer, steps: 1000, record: range(1001) }));
      // A bounded step may also jump to where the data are separated so far that it underflows.
      expect(optimizer === gradientDescent ? ["diverged", "steps-done"] : ["diverged"]).toContain(result.stop);
      expect(result.steps < 1000).toBe(result.stop === "diverged");
      expect(result.records.length).toBeGreaterThan(0);
      for (const r of result.records) {
        expect([r.logLoss, ...r.beta].every(Number.isFinite)).toBe(true);
        expect(r.loss).not.toBeNaN();
      }
    }
  });

  it("diverges at step 0 when the initialization is beyond the range", () => {
    for (const wild of [Number.NaN, Number.POSITIVE_INFINITY, 1e308]) {
      const P = network("diagonal", 2, 2);
      const result = train(options({ P, init: new Float64Array(P.parameters).fill(wild), record: [0] }));
      expect(result).toEqual({ records: [], steps: 0, stop: "diverged" });
    }
  });

  it("records step 0 as the initialization itself, and each step once, in order", () => {
    const init = Float64Array.of(0.25, -0.5);
    const { records } = train(options({ init, record: [7, 0, 7, 3] }));
    expect(records.map((r) => r.step)).toEqual([0, 3, 7]);
    expect(records[0]!.beta).toEqual([0.25, -0.5]);
    expect(init).toEqual(Float64Array.of(0.25, -0.5));
    const none = train(options({ steps: 0, record: [0] }));
    expect(none.stop).toBe("steps-done");
    expect(none.records).toHaveLength(1);
    expect(train(options({ record: [] })).records).toEqual([]);
  });

  it("gives the same bits twice, and its records do not change afterwards", () => {
    const P = network("convolutional", 2, 3);
    const init = Float64Array.from({ length: P.parameters }, (_, i) => 1 / (i + 2));
    const run = (): readonly TrainRecord[] => train(options({ P, init, record: range(11) })).records;
    const first = run();
    const copy = JSON.stringify(first);
    expect(run()).toEqual(first);
    expect(JSON.stringify(first)).toBe(copy);
  });

  it("ends as interrupted when told to", () => {
    expect(train(options({ cancelled: () => true })).stop).toBe("interrupted");
    let asked = 0;
    const result = train(options({ steps: 1_000_000, record: [0], cancelled: () => ++asked > 3 }));
    expect(result.stop).toBe("interrupted");
    expect(result.steps).toBeLessThanOrEqual(5000);
    expect(result.records).toHaveLength(1);
  });

  const wrong: readonly (readonly [string, Partial<TrainOptions>])[] = [
    ...[0, -1, Number.NaN, Number.POSITIVE_INFINITY].map((eta) => [`eta = ${eta}`, { eta }] as const),
    ...[-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY].map(
      (steps) => [`steps = ${steps}`, { steps, record: [] }] as const,
    ),
    ...[-1, 0.5, 11, Number.NaN].map((at) => [`record at ${at}`, { record: [0, at] }] as const),
    ["an initialization too short", { init: new Float64Array(1) }],
    ["an initialization too long", { init: new Float64Array(3) }],
    ["data of another dimension", { data: { N: 1, D: 3, z: new Float64Array(3) } }],
  ];
  it.each(wrong)("refuses %s", (_what, changed) => {
    expect(() => train(options(changed))).toThrow(UseError);
  });

  it("refuses layers of the wrong shape, naming the layer", () => {
    const P = network("fully-connected", 2, 2, [3]);
    const right = [
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      [[1, 2, 3]],
    ];
    expect(initializationFromLayers(P, right)).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6, 1, 2, 3));
    expect(() => initializationFromLayers(P, right.slice(1))).toThrow(/expected 2 layers, got 1/);
    expect(() => initializationFromLayers(P, [right[1]!, right[0]!])).toThrow(/layer 1 to have 3 rows, got 1/);
    expect(() => initializationFromLayers(P, [[[1, 2], [3], [5, 6]], right[1]!])).toThrow(
      /row 2 of layer 1 to have 2 entries, got 1/,
    );
  });
});
