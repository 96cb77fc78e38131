import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { judge } from "../../../src/certify/judge.js";
import type { Exponent } from "../../../src/exact/norms/power.js";
import { showQ, toNumber } from "../../../src/exact/rational.js";
import { entriesOf } from "../../../src/exact/vector.js";
import { type Dataset, signedRows } from "../../../src/kernel/dataset.js";
import { GAP_GOAL } from "../../../src/kernel/tolerance.js";
import { l2MaxMargin } from "../../../src/oracle/l2-margin.js";
import { leastDistance, numbersOf } from "../../../src/oracle/least-distance.js";
import { polyhedralMaxMargin } from "../../../src/oracle/lp-margin.js";
import { type PowerMargin, type PowerOptimum, powerMaxMargin } from "../../../src/oracle/power-margin.js";
import { anyData, dataset, separableData, spread, touchingData } from "./data.js";

const exponents = fc.constantFrom<Exponent>(
  { n: 11, d: 10 },
  { n: 4, d: 3 },
  { n: 3, d: 2 },
  { n: 5, d: 2 },
  { n: 3, d: 1 },
  { n: 8, d: 1 },
);

/** Accepted by the judge. */
async function decided(p: Exponent, data: Dataset): Promise<PowerMargin> {
  const answer = await powerMaxMargin(p, data);
  expect(judge(answer.certificate)).toMatchObject({ accepted: true });
  return answer;
}

async function optimumOf(p: Exponent, data: Dataset): Promise<PowerOptimum> {
  const o = await decided(p, data);
  if (!o.separable) throw new Error("expected separable data");
  expect(o.gap).toBeLessThanOrEqual(GAP_GOAL);
  return o;
}

const exponent = ({ n, d }: Exponent): number => n / d;
const length = (b: readonly number[], e: number): number => b.reduce((s, x) => s + Math.abs(x) ** e, 0) ** (1 / e);
const betaOf = (o: PowerOptimum): number[] => entriesOf(o.beta).map(toNumber);
const near = (x: number, y: number, size: number, tolerance = 1e-9): void => {
  expect(Math.abs(x - y) / size).toBeLessThan(tolerance);
};

describe("random data", () => {
  test.prop([exponents, anyData], { numRuns: 150 })("are decided as for l2", async (p, data) => {
    const answer = await decided(p, data);
    expect(answer.separable).toBe(l2MaxMargin(data).separable);
    if (answer.separable) expect(answer.gap).toBeLessThanOrEqual(GAP_GOAL);
  });

  test.prop([exponents, separableData], { numRuns: 150 })("are optimal by the definitions", async (p, data) => {
    const o = await optimumOf(p, data);
    const [b, dual] = [betaOf(o), entriesOf(o.dual).map(toNumber)];
    const points = data.X.map((row, n) => row.map((x) => (Number(x) / Number(data.scale)) * data.y[n]!));
    const margins = points.map((z) => z.reduce((s, x, d) => s + x * b[d]!, 0));
    expect(Math.min(...margins)).toBeGreaterThan(1 - 1e-9);
    expect(Math.min(...dual)).toBeGreaterThanOrEqual(0);
    const total = dual.reduce((s, x) => s + x, 0);
    margins.forEach((m, n) => {
      expect(dual[n]! * (m - 1)).toBeLessThan(1e-9 * total);
    });
    const e = exponent(p);
    const z = b.map((_, d) => points.reduce((s, x, n) => s + dual[n]! * x[d]!, 0));
    expect(length(z, e / (e - 1))).toBeLessThan(1 + 1e-9);
    near(o.objective, length(b, e), o.objective);
    near(total, o.objective, o.objective);
  });

  test.prop([exponents, touchingData], { numRuns: 40 })("that touch are not separable", async (p, data) => {
    expect((await decided(p, data)).separable).toBe(false);
  });

  test.prop([exponents, separableData], { numRuns: 60 })(
    "with rows or columns of 1e8, and far sizes",
    async (p, data) => {
      await optimumOf(p, spread(data, [0, 8], [0], 1n));
      await optimumOf(p, spread(data, [0], [0], 10n ** 200n));
      await optimumOf(p, spread(data, [150], [0], 1n));
      const o = await decided(p, spread(data, [0], [8, 0], 1n));
      expect(o.separable && o.gap <= 1).toBe(true);
    },
  );
});

describe("against other norms", () => {
  test.prop([separableData], { numRuns: 80 })("p = 2 is the exact l2 optimum", async (data) => {
    const [o, exact] = [await optimumOf({ n: 2, d: 1 }, data), l2MaxMargin(data)];
    if (!exact.separable) throw new Error("expected separable data");
    near(o.objective, exact.objective, exact.objective, 1e-14);
    const b = betaOf(o);
    entriesOf(exact.beta).forEach((x, d) => {
      near(b[d]!, toNumber(x), exact.objective, 1e-12);
    });
  });

  // |b|_r <= |b|_p <= D^(1/p - 1/r) |b|_r for p <= r, hence for the least values as well.
  test.prop([separableData], { numRuns: 60 })(
    "values fall with p, from l1 to linf, no faster than norms can",
    async (data) => {
      const D = data.X[0]!.length;
      const [l1, linf] = [await polyhedralMaxMargin("l1", data), await polyhedralMaxMargin("linf", data)];
      if (!l1.separable || !linf.separable) throw new Error("expected separable data");
      const values: [number, number][] = [
        [1, toNumber(entriesOf(l1.dual).reduce((s, x) => ({ n: s.n * x.d + x.n * s.d, d: s.d * x.d })))],
      ];
      for (const p of [
        { n: 17, d: 16 },
        { n: 4, d: 3 },
        { n: 2, d: 1 },
        { n: 5, d: 1 },
        { n: 40, d: 1 },
      ])
        values.push([exponent(p), (await optimumOf(p, data)).objective]);
      values.push([Number.POSITIVE_INFINITY, linf.objective]);
      for (const [i, [p, x]] of values.entries())
        for (const [r, y] of values.slice(i + 1)) {
          expect(y).toBeLessThan(x * (1 + 1e-9));
          expect(x).toBeLessThan(y * D ** (1 / p - 1 / r) * (1 + 1e-9));
        }
    },
  );
});

describe("by hand", () => {
  it.each([
    [{ n: 3, d: 2 }, [3n, -4n, 0n]],
    [{ n: 5, d: 1 }, [1n, 7n, -2n]],
    [{ n: 11, d: 10 }, [5n, 1n, 1n]],
  ] as const)("one point: Hoelder's equality, %o %o", async (p, x) => {
    const o = await optimumOf(p, dataset([x], [1]));
    const [e, z] = [exponent(p), x.map(Number)];
    const q = e / (e - 1);
    near(o.objective * length(z, q), 1, 1, 1e-14);
    const total = z.reduce((s, v) => s + Math.abs(v) ** q, 0);
    betaOf(o).forEach((b, d) => {
      near(b, (Math.sign(z[d]!) * Math.abs(z[d]!) ** (q - 1)) / total, o.objective, 1e-12);
    });
    expect(o.unique).toEqual({ beta: true, dual: true });
  });

  it("two unit points in the plane have (1, 1)", async () => {
    const o = await optimumOf(
      { n: 3, d: 1 },
      dataset(
        [
          [1n, 0n],
          [0n, 1n],
        ],
        [1, 1],
      ),
    );
    expect(betaOf(o)).toEqual([1, 1]);
    near(o.objective, 2 ** (1 / 3), 1, 1e-15);
    expect(o.certificate.regularizer).toBe("lp:3");
  });

  it("a point given twice can share its multiplier", async () => {
    const o = await optimumOf(
      { n: 3, d: 2 },
      dataset(
        [
          [2n, 1n],
          [2n, 1n],
        ],
        [1, 1],
      ),
    );
    expect(o.unique).toEqual({ beta: true, dual: false });
  });

  it("an exponent that has no name is refused", async () => {
    for (const p of [
      { n: 1, d: 1 },
      { n: 2, d: 3 },
      { n: 6, d: 4 },
      { n: 65, d: 1 },
    ])
      await expect(powerMaxMargin(p, dataset([[1n]], [1]))).rejects.toThrow(/expected an exponent/);
  });
});

describe("symmetries", () => {
  test.prop([exponents, separableData, fc.integer({ min: 0, max: 31 })], { numRuns: 60 })(
    "signs and order of coordinates, and scale",
    async (p, data, pattern) => {
      const o = await optimumOf(p, data);
      const D = data.X[0]!.length;
      const sign = (d: number): bigint => ((pattern >> d) & 1 ? -1n : 1n);
      const turned = data.X.map((row) => Array.from({ length: D }, (_, d) => sign(d) * row[D - 1 - d]!));
      const other = await optimumOf(p, { ...data, X: turned, scale: data.scale * 3n });
      const b = betaOf(o);
      betaOf(other).forEach((x, d) => {
        near(x, 3 * Number(sign(d)) * b[D - 1 - d]!, 3 * o.objective, 1e-6);
      });
      near(other.objective, 3 * o.objective, 3 * o.objective, 1e-12);
    },
  );
});

describe("planted faults", () => {
  it("a smaller gap, another exponent, other numbers are refused", async () => {
    const data = dataset(
      [
        [3n, 1n, -1n],
        [-1n, 2n, 2n],
        [1n, 1n, 4n],
      ],
      [1, 1, 1],
    );
    const { certificate } = await optimumOf({ n: 3, d: 2 }, data);
    const accepted = (change: object): boolean => judge({ ...certificate, ...change }).accepted;
    expect(accepted({})).toBe(true);
    expect(accepted({ regularizer: "lp:3" })).toBe(false);
    for (const name of ["lp:6/4", "lp:1", "lp:3/1", "lp:65", "lp:2/3", "lp:", "lp:3/0", "lp:1.5"])
      expect(accepted({ regularizer: name })).toBe(false);
    expect(accepted({ gap: { lower: "0", upper: "0" } })).toBe(false);
    expect(accepted({ reached: certificate.reached.map((x, d) => (d === 0 ? "1" : x)) })).toBe(false);
    expect(accepted({ q: ["1", "0", "0"] })).toBe(false);
    expect(accepted({ reached: certificate.reached.map((x) => (x.startsWith("-") ? x.slice(1) : `-${x}`)) })).toBe(
      false,
    );
  });
});

describe("least distances", () => {
  test.prop([separableData], { numRuns: 100 })("from 0 in the plain metric are the l2 optimum", (data) => {
    const exact = l2MaxMargin(data);
    if (!exact.separable) throw new Error("expected separable data");
    const D = data.X[0]!.length;
    const found = leastDistance(signedRows(data), data.scale, new Float64Array(D), new Float64Array(D).fill(1))!;
    expect(found.settled).toBe(true);
    const b = numbersOf(found.b);
    entriesOf(exact.beta).forEach((x, d) => {
      near(b[d]!, toNumber(x), exact.objective, 1e-14);
    });
  });

  it("from (-1, 0) to the half-plane x + y >= 1 where y is cheap", () => {
    // min (x + 1)^2 + y^2 / 4 s.t. x + y >= 1: (x + 1) = a, y = 4 a, 5 a = 2.
    const found = leastDistance([[1n, 1n]], 1n, Float64Array.of(-1, 0), Float64Array.of(1, 2))!;
    expect(entriesOf(found.b).map((x) => toNumber(x).toFixed(12))).toEqual(["-0.600000000000", "1.600000000000"]);
    expect(entriesOf(found.margins).map(showQ)).toHaveLength(1);
  });
});
