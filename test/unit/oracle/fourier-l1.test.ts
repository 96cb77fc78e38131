import { readFileSync } from "node:fs";
import { test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { falsehood } from "../../../properties/laws/truth.js";
import { judge } from "../../../src/certify/judge.js";
import { toNumber } from "../../../src/exact/rational.js";
import { entriesOf } from "../../../src/exact/vector.js";
import type { Dataset } from "../../../src/kernel/dataset.js";
import { randomStream } from "../../../src/kernel/seed.js";
import { GAP_GOAL } from "../../../src/kernel/tolerance.js";
import { datasetFromBytes } from "../../../src/models/data/load.js";
import { type BlockMargin, type BlockOptimum, blockMaxMargin } from "../../../src/oracle/block-margin.js";
import { l2MaxMargin } from "../../../src/oracle/l2-margin.js";
import { anyData, dataset, separableData, spread, touchingData } from "./data.js";

interface Case {
  readonly id: string;
  readonly D: number;
  readonly X: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly beta: readonly number[];
  readonly alpha: readonly number[];
  readonly objective: number;
}

const reference = JSON.parse(readFileSync(new URL("../../reference/l1fourier.json", import.meta.url), "utf8")) as {
  readonly cases: readonly Case[];
};

/** Accepted by the judge; the gap is what the certificate says. */
async function decided(data: Dataset): Promise<BlockMargin> {
  const answer = await blockMaxMargin("fourier-l1", data);
  expect(judge(answer.certificate)).toMatchObject({ accepted: true });
  return answer;
}

async function optimumOf(data: Dataset): Promise<BlockOptimum> {
  const o = await decided(data);
  if (!o.separable) throw new Error("expected separable data");
  expect(o.gap).toBeLessThanOrEqual(GAP_GOAL);
  return o;
}

const numbers = (o: BlockOptimum): { beta: number[]; dual: number[] } => ({
  beta: entriesOf(o.beta).map(toNumber),
  dual: entriesOf(o.dual).map(toNumber),
});

/** Moduli of the unitary transform, by the definition. */
const moduli = (b: readonly number[]): number[] =>
  b.map((_, k) => {
    const part = (wave: (t: number) => number): number =>
      b.reduce((s, x, j) => s + x * wave((2 * Math.PI * ((j * k) % b.length)) / b.length), 0);
    return Math.hypot(part(Math.cos), part(Math.sin)) / Math.sqrt(b.length);
  });

/** The points y_n x_n. */
const pointsOf = ({ X, y, scale }: Dataset): number[][] =>
  X.map((row, n) => row.map((x) => (Number(x) / Number(scale)) * y[n]!));

describe("reference cases", () => {
  it("are all there", () => {
    expect(reference.cases.length).toBeGreaterThanOrEqual(5);
  });

  it.each(reference.cases)("$id", async (c) => {
    const X = c.X.map((row) => row.map((x) => BigInt(Math.round(x * 1e6)))); // six places
    const o = await optimumOf(dataset(X, c.y, 10n ** 6n));
    expect(o.unique).toEqual({ beta: true, dual: true });
    expect(Math.abs(o.objective / c.objective - 1)).toBeLessThan(1e-13);
    const { beta, dual } = numbers(o);
    for (const [d, b] of c.beta.entries()) expect(Math.abs(beta[d]! - b) / c.objective).toBeLessThan(1e-12);
    for (const [n, a] of c.alpha.entries()) expect(Math.abs(dual[n]! - a) / c.objective).toBeLessThan(1e-12);
  });
});

describe("random data", () => {
  test.prop([anyData], { numRuns: 200 })("are decided, with a gap within the goal", async (data) => {
    const answer = await decided(data);
    expect(answer.separable).toBe(l2MaxMargin(data).separable);
    if (answer.separable) expect(answer.gap).toBeLessThanOrEqual(GAP_GOAL);
  });

  test.prop([separableData], { numRuns: 200 })("are optimal in four parts, by the definitions", async (data) => {
    const o = await optimumOf(data);
    const { beta, dual } = numbers(o);
    const points = pointsOf(data);
    const margins = points.map((z) => z.reduce((s, x, d) => s + x * beta[d]!, 0));
    const total = dual.reduce((s, x) => s + x, 0);
    expect(Math.min(...margins)).toBeGreaterThan(1 - 1e-9);
    expect(Math.min(...dual)).toBeGreaterThanOrEqual(0);
    margins.forEach((m, n) => {
      expect(dual[n]! * (m - 1)).toBeLessThan(1e-9 * total);
    });
    const z = beta.map((_, d) => points.reduce((s, x, n) => s + dual[n]! * x[d]!, 0));
    expect(Math.max(...moduli(z))).toBeLessThan(1 + 1e-9);
    expect(Math.abs(o.objective - moduli(beta).reduce((s, x) => s + x, 0)) / total).toBeLessThan(1e-9);
    expect(Math.abs(o.objective / total - 1)).toBeLessThan(1e-9);
  });

  test.prop([touchingData], { numRuns: 60 })("that touch are found not separable", async (data) => {
    expect((await decided(data)).separable).toBe(false);
  });

  test.prop([separableData], { numRuns: 60 })("with rows of 1e8 keep the goal", async (data) => {
    await optimumOf(spread(data, [0, 8], [0], 1n));
    await optimumOf(spread(data, [8, 0, 4], [0], 10n ** 6n));
    await optimumOf(spread(data, [0], [0], 10n ** 200n));
  });

  test.prop([separableData], { numRuns: 60 })("with columns of 1e8 keep the goal", async (data) => {
    await optimumOf(spread(data, [0], [8, 0], 1n));
    await optimumOf(spread(data, [0, 8], [0, 8], 1n));
  });
});

describe("by hand", () => {
  const CASES: readonly (readonly [string, Dataset, number | null])[] = [
    ["D = 1", dataset([[-3n], [2n]], [-1, 1], 7n), 3.5],
    ["one point along a frequency", dataset([[1n, 1n, 1n, 1n]], [1]), 0.5],
    ["(1, 0), with a segment of optima", dataset([[1n, 0n]], [1]), Math.SQRT2],
    ["the zero point", dataset([[0n, 0n]], [1]), null],
    [
      "touching",
      dataset(
        [
          [1n, 2n, 0n],
          [-1n, -2n, 0n],
        ],
        [1, 1],
      ),
      null,
    ],
  ];
  it.each(CASES)("%s", async (_, data, objective) => {
    const o = await decided(data);
    expect(o.separable).toBe(objective !== null);
    if (o.separable) expect(Math.abs(o.objective / objective! - 1)).toBeLessThan(1e-14);
    expect(falsehood(o.certificate)).toBeNull();
  });

  it("the rank condition tells a segment of optima, and a duplicate its shared multiplier", async () => {
    expect((await optimumOf(dataset([[1n, 0n]], [1]))).unique.beta).toBe(false);
    const X = [
      [3n, 1n, -1n, 2n],
      [-1n, 2n, 2n, 0n],
    ];
    expect((await optimumOf(dataset(X, [1, 1]))).unique).toEqual({ beta: true, dual: true });
    const twice = await optimumOf(dataset([...X, X[0]!], [1, 1, 1]));
    expect(twice.unique).toEqual({ beta: true, dual: false });
  });

  it("generic points have one optimum, rows of 1e8 among them or not", async () => {
    const draw = randomStream(5n, "fourier-l1");
    for (let i = 0; i < 40; i++) {
      const [D, N] = [2 + (draw.uint32() % 9), 1 + (draw.uint32() % 9)];
      const X = Array.from({ length: N }, () =>
        Array.from({ length: D }, (_, d) => BigInt((draw.uint32() % 1999) - 999 + (d === 0 ? 1500 : 0))),
      );
      const data = dataset(
        X,
        X.map(() => 1),
      );
      for (const rows of [[0], [0, 8]]) {
        const o = await optimumOf(spread(data, rows, [0], 1n));
        expect(o.unique.beta).toBe(true);
      }
    }
  });

  it("edits of one data set: N > D, a duplicate, a scale", async () => {
    const X = [
      [3n, 1n, -1n],
      [1n, 2n, 2n],
      [2n, -1n, 3n],
    ];
    const y = [1, 1, 1];
    const one = await optimumOf(dataset(X, y));
    const more = dataset([...X, ...X.map((row) => row.map((x) => 2n * x)), X[1]!], [...y, ...y, 1]);
    for (const [data, factor] of [
      [more, 1],
      [dataset(X, y, 10n ** 8n), 1e8],
    ] as const) {
      const other = await optimumOf(data);
      expect(Math.abs(other.objective / one.objective / factor - 1)).toBeLessThan(1e-13);
    }
  });

  it("iris", async () => {
    const bytes = readFileSync(new URL("../../../src/models/data/shipped/iris.csv", import.meta.url));
    const { dataset: data } = datasetFromBytes(bytes, { file: "iris.csv", positive: "setosa" });
    expect((await optimumOf(data)).unique).toEqual({ beta: true, dual: true });
  });
});
