import { readFileSync } from "node:fs";
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { falsehood } from "../../../properties/laws/truth.js";
import { judge } from "../../../src/certify/judge.js";
import { toNumber } from "../../../src/exact/rational.js";
import { factorNorm, predictorOfFactors } from "../../../src/exact/spectral.js";
import { entriesOf, parseVector } from "../../../src/exact/vector.js";
import type { Dataset } from "../../../src/kernel/dataset.js";
import { GAP_GOAL } from "../../../src/kernel/tolerance.js";
import { nuclearNorm } from "../../../src/numeric/nuclear.js";
import { blockMaxMargin } from "../../../src/oracle/block-margin.js";
import { l2MaxMargin } from "../../../src/oracle/l2-margin.js";
import { type SpectralMargin, type SpectralOptimum, spectralMaxMargin } from "../../../src/oracle/spectral-margin.js";
import { anyData, dataset, separableData, spread, touchingData } from "./data.js";

interface Optimum {
  readonly W: readonly (readonly number[])[];
  readonly alpha: readonly number[];
  readonly objective: number;
}
interface Case {
  readonly id: string;
  readonly D: number;
  readonly R: number;
  readonly X: readonly (readonly (readonly number[])[])[];
  readonly y: readonly number[];
}
const reference = JSON.parse(readFileSync(new URL("../../reference/multichannel.json", import.meta.url), "utf8")) as {
  readonly cases: readonly (Case & { readonly nuclear: Optimum; readonly l21_fourier: Optimum })[];
  readonly kernel_size_cases: readonly (Case & { readonly by_K: readonly (Optimum & { readonly K: number })[] })[];
};

/** Accepted by the judge; the gap is what the certificate says. */
async function decided(K: number, data: Dataset): Promise<SpectralMargin> {
  const answer = await spectralMaxMargin(K, data);
  expect(judge(answer.certificate)).toMatchObject({ accepted: true });
  return answer;
}

async function optimumOf(K: number, data: Dataset): Promise<SpectralOptimum> {
  const o = await decided(K, data);
  if (!o.separable) throw new Error("expected separable data");
  expect(o.gap).toBeLessThanOrEqual(GAP_GOAL);
  return o;
}

const numbers = (o: SpectralOptimum): { beta: number[]; dual: number[] } => ({
  beta: entriesOf(o.beta).map(toNumber),
  dual: entriesOf(o.dual).map(toNumber),
});

/** The same points, each of D places and R channels; coordinates that do not fill a place are left out. */
function shaped(data: Dataset, R: number): Dataset {
  const D = Math.max(1, Math.floor(data.shape[0]! / R));
  return data.shape[0]! < R ? data : { ...data, shape: [D, R], X: data.X.map((row) => row.slice(0, D * R)) };
}

const dataOf = ({ D, R, X, y }: Case): Dataset => {
  const points = X.map((x) => x.flat().map((v) => BigInt(Math.round(v * 1e6)))); // six places
  return { ...dataset(points, y, 10n ** 6n), shape: [D, R] };
};

describe("reference cases", () => {
  const { cases, kernel_size_cases: sizes } = reference;
  const scaled = (o: Optimum, by: number): Optimum => ({
    W: o.W,
    alpha: o.alpha.map((a) => a * by),
    objective: o.objective * by,
  });
  const all = [
    ...cases.map((c) => ({ id: `${c.id}, nuclear`, c, K: 1, o: c.nuclear })),
    ...cases.map((c) => ({ id: `${c.id}, Fourier l21`, c, K: c.D, o: scaled(c.l21_fourier, 1 / Math.sqrt(c.D)) })),
    ...sizes.flatMap((c) => c.by_K.map((o) => ({ id: `${c.id}, K = ${o.K}`, c, K: o.K, o }))),
  ];

  it("are all there", () => {
    expect([cases.length, sizes.length, all.length]).toEqual([3, 3, 17]);
  });

  it.each(all)("$id", async ({ c, K, o: known }) => {
    const o = await optimumOf(K, dataOf(c));
    expect(o.unique).toEqual({ beta: true, dual: true });
    expect(Math.abs(o.objective / known.objective - 1)).toBeLessThan(1e-13);
    const { beta, dual } = numbers(o);
    for (const [i, b] of known.W.flat().entries()) expect(Math.abs(beta[i]! - b) / known.objective).toBeLessThan(1e-12);
    for (const [n, a] of known.alpha.entries()) expect(Math.abs(dual[n]! - a) / known.objective).toBeLessThan(1e-12);
    expect(falsehood(o.certificate)).toBeNull();
  });
});

const channels = fc.integer({ min: 1, max: 3 });
const place = fc.integer({ min: 1, max: 5 });

describe("random data", () => {
  test.prop([anyData, channels, place], { numRuns: 100 })(
    "are decided, with a gap within the goal",
    async (data, R, k) => {
      const points = shaped(data, R);
      const answer = await decided(Math.min(k, points.shape[0]!), points);
      expect(answer.separable).toBe(l2MaxMargin(points).separable);
      if (answer.separable) expect(answer.gap).toBeLessThanOrEqual(GAP_GOAL);
    },
  );

  test.prop([separableData, channels, place], { numRuns: 100 })(
    "margin 1, multipliers at the loose points 0, the predictor that of the factors",
    async (data, R, k) => {
      const points = shaped(data, R);
      if (!l2MaxMargin(points).separable) return;
      const [D, C = 1] = points.shape;
      const K = Math.min(k, D!);
      const o = await optimumOf(K, points);
      const { beta, dual } = numbers(o);
      const margins = points.X.map((row, n) =>
        row.reduce((s, x, d) => s + (Number(x) / Number(points.scale)) * beta[d]! * points.y[n]!, 0),
      );
      const total = dual.reduce((s, x) => s + x, 0);
      expect(Math.min(...margins)).toBeCloseTo(1, 9);
      expect(Math.min(...dual)).toBeGreaterThanOrEqual(0);
      for (const [n, m] of margins.entries()) expect(dual[n]! * (m - 1)).toBeLessThan(1e-9 * total);
      expect(Math.abs(o.objective / total - 1)).toBeLessThan(1e-14);
      const left = parseVector(o.certificate.left, K * C * o.rank)!;
      const right = parseVector(o.certificate.right, D! * o.rank)!;
      expect(entriesOf(predictorOfFactors({ K, R: C, D: D! }, { left, right }))).toEqual(entriesOf(o.beta));
      expect(toNumber(factorNorm({ left, right }))).toBe(o.objective);
      if (K === 1) {
        const W = Array.from({ length: D! }, (_, d) => beta.slice(d * C, d * C + C));
        expect(Math.abs(o.objective / nuclearNorm(W) - 1)).toBeLessThan(1e-12);
      }
    },
  );

  test.prop([touchingData], { numRuns: 40 })("that touch are found not separable", async (data) => {
    expect((await decided(1, data)).separable).toBe(false);
  });

  test.prop([separableData, place], { numRuns: 40 })("with rows of 1e8 and 1e-8 keep the goal", async (data, k) => {
    const K = Math.min(k, data.shape[0]!);
    await optimumOf(K, spread(data, [0, 8], [0], 1n));
    await optimumOf(K, spread(data, [8, 0, 16], [0], 10n ** 8n));
    await optimumOf(K, spread(data, [0], [0], 10n ** 200n));
  });

  test.prop([separableData, place], { numRuns: 40 })(
    "with columns of 1e8 are certified up to the gap they state",
    async (data, k) => {
      const o = await decided(Math.min(k, data.shape[0]!), spread(data, [0], [8, 0], 1n));
      expect(o.separable && o.gap >= 0 && o.gap <= 1).toBe(true);
      if (o.separable && o.gap > GAP_GOAL) expect(o.unique).toEqual({ beta: null, dual: null });
    },
  );
});

describe("identities", () => {
  test.prop([separableData], { numRuns: 60 })("one channel and filters of one place: the l2 margin", async (data) => {
    const o = await optimumOf(1, data);
    const other = l2MaxMargin(data);
    if (!other.separable) throw new Error("expected separable data");
    const norm = Math.sqrt(entriesOf(other.beta).reduce((s, x) => s + toNumber(x) ** 2, 0));
    expect(Math.abs(o.objective / norm - 1)).toBeLessThan(1e-13);
    expect(o.rank).toBe(1);
  });

  test.prop([separableData, channels], { numRuns: 40 })(
    "filters of all places: the sum of |What[k, :]| over the root of D",
    async (data, R) => {
      const points = shaped(data, R);
      if (!l2MaxMargin(points).separable) return;
      const [D, C = 1] = points.shape;
      const o = await optimumOf(D!, points);
      const other = await blockMaxMargin(C === 1 ? "fourier-l1" : "fourier-l21", points);
      if (!other.separable) throw new Error("expected separable data");
      expect(Math.abs((o.objective * Math.sqrt(D!)) / other.objective - 1)).toBeLessThan(1e-11);
    },
  );

  test.prop([separableData, channels], { numRuns: 30 })("larger filters have no larger norm", async (data, R) => {
    const points = shaped(data, R);
    if (!l2MaxMargin(points).separable) return;
    let last = Number.POSITIVE_INFINITY;
    for (let K = 1; K <= points.shape[0]!; K++) {
      const { objective } = await optimumOf(K, points);
      expect(objective).toBeLessThanOrEqual(last * (1 + 1e-11));
      last = objective;
    }
  });

  it("turned places, exchanged channels, a scale: the same objective", async () => {
    const [c] = reference.kernel_size_cases.slice(-1);
    const data = dataOf(c!);
    const { D, R } = c!;
    const moved = (from: (d: number, r: number) => number): Dataset => ({
      ...data,
      X: data.X.map((row) => row.map((_, i) => row[from(Math.floor(i / R), i % R)]!)),
    });
    const { objective } = await optimumOf(2, data);
    for (const [other, factor] of [
      [moved((d, r) => ((d + 2) % D) * R + r), 1],
      [moved((d, r) => d * R + (R - 1 - r)), 1],
      [{ ...data, scale: 10n ** 300n }, 1e294],
    ] as const)
      expect(Math.abs((await optimumOf(2, other)).objective / objective / factor - 1)).toBeLessThan(1e-13);
  });
});

describe("by hand", () => {
  const grid = (X: readonly (readonly bigint[])[], shape: readonly number[], scale = 1n): Dataset => ({
    ...dataset(
      X,
      X.map(() => 1),
      scale,
    ),
    shape,
  });
  const CASES: readonly (readonly [string, number, Dataset, number | null])[] = [
    ["one place", 1, { ...dataset([[-3n], [2n]], [-1, 1], 7n), shape: [1, 1] }, 3.5],
    ["one place of two channels", 1, grid([[3n, 4n]], [1, 2]), 0.2],
    ["the identity: every W of trace 1", 1, grid([[1n, 0n, 0n, 1n]], [2, 2]), 1],
    ["one point of rank one", 1, grid([[2n, 4n, 1n, 2n]], [2, 2]), 0.2],
    ["the same on filters of two places", 2, grid([[1n, 1n, 1n, 1n]], [4]), 0.25 * Math.SQRT2],
    ["a point zero but for one entry", 3, grid([[0n, 0n, 0n, 0n, 5n, 0n]], [3, 2]), 0.2],
    ["the zero point", 1, grid([[0n, 0n, 0n, 0n]], [2, 2]), null],
    [
      "a point and its opposite",
      2,
      grid(
        [
          [1n, 2n, 0n],
          [-1n, -2n, 0n],
        ],
        [3],
      ),
      null,
    ],
  ];
  it.each(CASES)("%s", async (_, K, data, objective) => {
    const o = await decided(K, data);
    expect(o.separable).toBe(objective !== null);
    if (o.separable) expect(Math.abs(o.objective / objective! - 1)).toBeLessThan(1e-14);
    expect(falsehood(o.certificate)).toBeNull();
  });

  it("tells a face of optima, and a duplicate its shared multiplier", async () => {
    expect((await optimumOf(1, grid([[1n, 0n, 0n, 1n]], [2, 2]))).unique).toEqual({ beta: false, dual: true });
    expect((await optimumOf(2, grid([[1n, 0n]], [2]))).unique.beta).toBe(false);
    const X = [
      [3n, 1n, -1n, 2n],
      [-1n, 2n, 2n, 0n],
    ];
    expect((await optimumOf(1, grid(X, [2, 2]))).unique).toEqual({ beta: true, dual: true });
    expect((await optimumOf(1, grid([...X, X[0]!], [2, 2]))).unique).toEqual({ beta: true, dual: false });
  });

  it("more points than entries, twice as long ones, another scale", async () => {
    const X = [
      [3n, 1n, -1n, 2n],
      [1n, 2n, 2n, 0n],
      [2n, -1n, 3n, 1n],
    ];
    const one = await optimumOf(2, grid(X, [2, 2]));
    const more = grid([...X, ...X.map((row) => row.map((x) => 2n * x)), X[1]!], [2, 2]);
    for (const [data, factor] of [
      [more, 1],
      [grid(X, [2, 2], 10n ** 8n), 1e8],
    ] as const)
      expect(Math.abs((await optimumOf(2, data)).objective / one.objective / factor - 1)).toBeLessThan(1e-13);
  });

  it("a kernel size or a shape that there is not", async () => {
    for (const K of [0, 3, 1.5, -1, Number.NaN])
      await expect(spectralMaxMargin(K, grid([[1n, 2n]], [2]))).rejects.toThrow("expected a kernel size from 1 to 2");
    await expect(spectralMaxMargin(1, grid([[1n, 2n]], [2, 1, 1]))).rejects.toThrow("expected data of shape");
  });
});
