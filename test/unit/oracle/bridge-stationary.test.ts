import { readFileSync } from "node:fs";
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { falsehood } from "../../../properties/laws/truth.js";
import { judge } from "../../../src/certify/judge.js";
import { parseQ, toNumber } from "../../../src/exact/rational.js";
import { entriesOf } from "../../../src/exact/vector.js";
import type { Dataset } from "../../../src/kernel/dataset.js";
import { UseError } from "../../../src/kernel/use-error.js";
import {
  allStationary,
  type StationaryList,
  type StationaryPoint,
  stationaryFrom,
} from "../../../src/oracle/bridge-stationary.js";
import { dataset, separableData } from "./data.js";

type Space = "fourier" | "signal";
interface Case {
  readonly id: string;
  readonly p: string;
  readonly X: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly stationary: readonly {
    readonly beta: readonly number[];
    readonly alpha: readonly number[];
    readonly active_freqs: readonly number[];
    readonly penalty_sum_pth_power: number;
  }[];
}

const reference = JSON.parse(readFileSync(new URL("../../reference/bridge.json", import.meta.url), "utf8")) as {
  readonly cases: readonly Case[];
};

const MICRO = 1_000_000;
const dataOf = ({ X, y }: Case): Dataset =>
  dataset(
    X.map((row) => row.map((x) => BigInt(Math.round(x * MICRO)))),
    y,
    BigInt(MICRO),
  );
const exponent = (p: string): { n: number; d: number } => {
  const { n, d } = parseQ(p)!;
  return { n: Number(n), d: Number(d) };
};
const integers = (X: readonly (readonly number[])[], scale = 1n): Dataset =>
  dataset(
    X.map((row) => row.map(BigInt)),
    X.map(() => 1),
    scale,
  );
const numbers = (point: StationaryPoint): number[] => entriesOf(point.beta).map(toNumber);
const rational = (text: string): number => toNumber(parseQ(text)!);

/** Every certificate accepted, and true by other means where asked. */
async function listOf(data: Dataset, space: Space, p: string, settle = false): Promise<StationaryList> {
  const all = await allStationary({ space, p: exponent(p) }, data, { seed: 7n });
  if (!all.separable) throw new Error("expected separable data");
  for (const { certificate, beta, objective } of all.points) {
    expect(judge(certificate)).toMatchObject({ accepted: true });
    if (settle) expect(falsehood(certificate)).toBeNull();
    expect(rational(certificate.distance.upper)).toBeLessThan(1e-14);
    expect(entriesOf(beta).map(toNumber)).toEqual(certificate.reached.map(rational));
    expect(objective).toBeCloseTo(rational(certificate.objective.upper), 12);
  }
  const sorted = all.points.map((point) => point.objective);
  expect(sorted).toEqual([...sorted].sort((a, b) => a - b));
  expect(all.complete).toBe(all.why === null);
  if (all.global !== null) expect(all.complete).toBe(true);
  return all;
}

async function from(data: Dataset, space: Space, p: string, start: readonly number[]): Promise<StationaryPoint> {
  const found = await stationaryFrom({ space, p: exponent(p) }, data, start);
  if (!found.separable || found.point === null) throw new Error(found.separable ? (found.why ?? "") : "not separable");
  expect(judge(found.point.certificate)).toMatchObject({ accepted: true });
  return found.point;
}

const isIn = (b: readonly number[], points: readonly StationaryPoint[], tolerance = 1e-9): boolean => {
  const peak = Math.max(...b.map(Math.abs));
  return points.some((point) => numbers(point).every((x, d) => Math.abs(x - b[d]!) <= tolerance * peak));
};

describe("reference points", () => {
  for (const c of reference.cases) {
    it(`${c.id}: each is recognized from its doubles and certified`, async () => {
      for (const s of c.stationary) {
        const point = await from(dataOf(c), "fourier", c.p, s.beta);
        expect(point.support).toEqual(s.active_freqs);
        expect(isIn(s.beta, [point])).toBe(true);
        expect(Math.abs(point.objective / s.penalty_sum_pth_power - 1)).toBeLessThan(1e-9);
        const largest = Math.max(...s.alpha);
        for (const [n, alpha] of s.alpha.entries())
          expect(Math.abs(point.dual[n]! - alpha)).toBeLessThan(1e-9 * largest);
      }
    });

    it(`${c.id}: all are found, and the list is not called complete`, async () => {
      const all = await listOf(dataOf(c), "fourier", c.p);
      for (const s of c.stationary) expect(isIn(s.beta, all.points)).toBe(true);
      expect([all.complete, all.global]).toEqual([false, null]);
      expect(all.why).toContain("may carry more stationary points");
    });
  }

  it("two points on one support with the same active margins, both certified", async () => {
    const data = integers(
      [
        [-18, 80, 107, 35],
        [17, 102, -60, 8],
      ],
      100n,
    );
    const all = await listOf(data, "fourier", "2/3", true);
    const both = all.points.filter(({ support, active }) => support.join() === "0,1" && active.join() === "0,1");
    expect(both.map((point) => point.objective.toFixed(4))).toEqual(["2.3697", "2.5872"]);
    expect(both.map((point) => point.vertex)).toEqual([false, false]);
  });
});

/** Numbers of a data set, y_n x_n. */
const pointsOf = ({ X, y, scale }: Dataset): number[][] =>
  X.map((row, n) => row.map((x) => (Number(x) / Number(scale)) * y[n]!));

/** p |b|^(p-1) sign b = z on the support, margins 1 where alpha > 0 and >= 1 elsewhere, in floating point. */
function satisfies(data: Dataset, p: number, point: StationaryPoint): void {
  const b = numbers(point);
  const z = pointsOf(data);
  const pull = b.map((_, d) => z.reduce((s, row, n) => s + point.dual[n]! * row[d]!, 0));
  b.forEach((x, d) => {
    expect(x !== 0).toBe(point.support.includes(d));
    if (x !== 0) expect(pull[d]! / (p * Math.sign(x) * Math.abs(x) ** (p - 1))).toBeCloseTo(1, 6);
  });
  z.forEach((row, n) => {
    const margin = row.reduce((s, x, d) => s + x * b[d]!, 0);
    expect(margin).toBeGreaterThan(1 - 1e-7);
    expect(point.dual[n]! > 0).toBe(point.active.includes(n));
    if (point.dual[n]! > 0) expect(margin).toBeCloseTo(1, 6);
  });
}

function solve(A: readonly (readonly number[])[], b: readonly number[]): number[] {
  const M = A.map((row, i) => [...row, b[i]!]);
  for (let k = 0; k < b.length; k++) {
    let best = k;
    for (let i = k; i < b.length; i++) if (Math.abs(M[i]![k]!) > Math.abs(M[best]![k]!)) best = i;
    [M[k], M[best]] = [M[best]!, M[k]!];
    for (let i = 0; i < b.length; i++) {
      const f = M[i]![k]! / M[k]![k]!;
      if (i !== k) M[i] = M[i]!.map((x, j) => x - f * M[k]![j]!);
    }
  }
  return M.map((row, i) => row.at(-1)! / row[i]!);
}

/** All subsets but the empty one. */
const choose = <T>(of: readonly T[]): T[][] =>
  Array.from({ length: 2 ** of.length - 1 }, (_, i) => of.filter((_x, k) => (((i + 1) >> k) & 1) === 1));

/**
 * Stationary points by brute force: for every support and active set, Newton's method with a numerical slope on margins = 1,
 * from many multipliers. No programme, no cell, no convexity.
 */
function bruteForce(data: Dataset, p: number): number[][] {
  const z = pointsOf(data);
  const D = z[0]!.length;
  const found: number[][] = [];
  let state = 12345;
  const random = (): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
  for (const S of choose(Array.from({ length: D }, (_, d) => d)))
    for (const A of choose(z.map((_, n) => n)).filter((a) => a.length <= S.length)) {
      const point = (alpha: readonly number[]): number[] => {
        const g = z[0]!.map((_, d) => (S.includes(d) ? A.reduce((s, n, j) => s + alpha[j]! * z[n]![d]!, 0) : 0));
        return g.map((x) => (x === 0 ? 0 : Math.sign(x) * (Math.abs(x) / p) ** (-1 / (1 - p))));
      };
      const off = (alpha: readonly number[]): number[] => {
        const b = point(alpha);
        return A.map((n) => 1 - z[n]!.reduce((s, x, d) => s + x * b[d]!, 0));
      };
      for (let start = 0; start < 30; start++) {
        let alpha = A.map(() => Math.exp(4 * random() - 2));
        let r = off(alpha);
        for (let step = 0; step < 60 && Math.max(...r.map(Math.abs)) > 1e-13; step++) {
          const slopes = alpha.map((a, j) => {
            const there = alpha.map((x, k) => (k === j ? x + 1e-7 * a : x));
            const next = off(there);
            return r.map((x, i) => (x - next[i]!) / (1e-7 * a));
          });
          const move = solve(
            r.map((_, i) => slopes.map((column) => column[i]!)),
            r,
          );
          const longest = Math.max(...move.map((x, j) => -x / alpha[j]!), 0.5);
          alpha = alpha.map((a, j) => a + (move[j]! * 0.5) / longest);
          r = off(alpha);
        }
        if (!r.every((x) => Math.abs(x) < 1e-9) || !alpha.every((a) => a > 1e-9)) continue;
        const b = point(alpha);
        const margins = z.map((row) => row.reduce((s, x, d) => s + x * b[d]!, 0));
        if (b.filter((x) => x !== 0).length === S.length && margins.every((m) => m >= 1 - 1e-9)) found.push(b);
      }
    }
  return found;
}

const small = (most: { D: number; N: number; size: number }): fc.Arbitrary<Dataset> =>
  fc
    .record({ D: fc.integer({ min: 1, max: most.D }), N: fc.integer({ min: 1, max: most.N }) })
    .chain(({ D, N }) =>
      fc.array(fc.array(fc.integer({ min: -most.size, max: most.size }), { minLength: D, maxLength: D }), {
        minLength: N,
        maxLength: N,
      }),
    )
    .map((X) => X.map((row) => (row.every((x) => x === 0) ? row.map(() => 1) : row)))
    .map((X) => X.map((row) => (row.reduce((s, x, d) => s + x * (d + 1), 0) < 0 ? row.map((x) => -x) : row)))
    .filter((X) => X.every((row) => row.reduce((s, x, d) => s + x * (d + 1), 0) > 0))
    .map((X) => integers(X, 10n));

const exponents = fc.constantFrom("2/3", "1/2", "2/5", "4/5");

let [complete, met] = [0, 0];
describe("all stationary points in the signal's own entries", () => {
  test.prop([small({ D: 3, N: 3, size: 99 }), exponents], { numRuns: 40 })(
    "a complete list lacks nothing that brute force finds, and each point satisfies the conditions",
    async (data, p) => {
      const all = await listOf(data, "signal", p);
      const { n, d } = exponent(p);
      for (const point of all.points) satisfies(data, n / d, point);
      const brute = bruteForce(data, n / d);
      for (const b of brute) {
        if (isIn(b, all.points, 1e-5)) met += 1;
        else expect(all.complete).toBe(false);
      }
      if (all.complete) complete += 1;
    },
  );

  test.prop([separableData, exponents, fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 5, maxLength: 5 })], {
    numRuns: 40,
  })("nor what the local solver ends at from a random start", async (data, p, start) => {
    const D = data.X[0]!.length;
    const all = await listOf(data, "signal", p);
    const begin = start.slice(0, D).map((x) => x + 0.5);
    const found = await stationaryFrom({ space: "signal", p: exponent(p) }, data, begin);
    if (!found.separable || found.point === null) return;
    expect(judge(found.point.certificate)).toMatchObject({ accepted: true });
    if (!isIn(numbers(found.point), all.points)) expect(all.complete).toBe(false);
  });

  it("were tried in earnest", () => {
    expect(complete).toBeGreaterThan(30);
    expect(met).toBeGreaterThan(500);
  });

  test.prop([small({ D: 4, N: 4, size: 99 }), exponents], { numRuns: 25 })(
    "the global minimum is a vertex in rationals, and nothing feasible lies below it",
    async (data, p) => {
      const all = await listOf(data, "signal", p);
      if (all.global === null) return;
      const best = all.points[all.global]!;
      const { n, d } = exponent(p);
      expect(best.vertex).toBe(true);
      expect(best.certificate.distance.upper).toBe("0");
      const z = pointsOf(data);
      for (let i = 0; i < 300; i++) {
        const b = z[0]!.map((_, k) => Math.sin(37 * i + 101 * k * k + 13 * k) * (((i >> k) & 1) === 1 ? 1 : 0.05));
        const least = Math.min(...z.map((row) => row.reduce((s, x, k) => s + x * b[k]!, 0)));
        if (least <= 0) continue;
        const penalty = b.reduce((s, x) => s + (Math.abs(x) / least) ** (n / d), 0);
        expect(penalty).toBeGreaterThanOrEqual(best.objective * (1 - 1e-12));
      }
    },
  );
});

describe("edges", () => {
  const one = integers([[4], [2], [7]]);

  it("one dimension: the nearest point decides", async () => {
    for (const space of ["signal", "fourier"] as const) {
      const all = await listOf(one, space, "1/2", true);
      expect(all.points.map(numbers)).toEqual([[0.5]]);
      expect([all.complete, all.global, all.points[0]!.active]).toEqual([true, 0, [1]]);
      expect(all.points[0]!.dual[1]).toBeCloseTo(0.5 * 0.5 ** -0.5 * 0.5, 12);
    }
  });

  it("two places on a circle are the signal's own entries, turned", async () => {
    const data = integers([
      [3, 1],
      [-1, 2],
      [2, 2],
    ]);
    const turned = integers([
      [4, 2],
      [1, -3],
      [4, 0],
    ]);
    const [circle, own] = [await listOf(data, "fourier", "2/3", true), await listOf(turned, "signal", "2/3")];
    expect([circle.complete, circle.global]).toEqual([true, 0]);
    expect(circle.points.map(({ support, active }) => [support, active])).toEqual(
      own.points.map(({ support, active }) => [support, active]),
    );
    circle.points.forEach((point, i) => {
      const [a, b] = numbers(own.points[i]!);
      const [c, d] = numbers(point);
      expect([c, d]).toEqual([expect.closeTo(a! + b!, 12), expect.closeTo(a! - b!, 12)]);
    });
  });

  it("one data point: one stationary point on each support, in Fourier coordinates too", async () => {
    const all = await listOf(integers([[3, 1, -2, 5]]), "fourier", "1/2", true);
    expect([all.points.length, all.complete, all.global]).toEqual([7, true, 0]);
    // no coefficient at 0: no support with it
    const silent = await listOf(integers([[3, 1, -2, -2]]), "fourier", "1/2");
    expect([silent.points.length, silent.complete]).toEqual([3, true]);
    expect(silent.points.every(({ support }) => !support.includes(0))).toBe(true);
  });

  it("duplicated points change nothing but the number of margins", async () => {
    const plain = integers([
      [3, -1, 2],
      [1, 4, -1],
    ]);
    const doubled = integers([
      [3, -1, 2],
      [1, 4, -1],
      [3, -1, 2],
      [6, -2, 4],
    ]);
    for (const space of ["signal", "fourier"] as const) {
      const [a, b] = [await listOf(plain, space, "2/3"), await listOf(doubled, space, "2/3")];
      expect(b.complete).toBe(space === "signal");
      for (const point of a.points) expect(isIn(numbers(point), b.points)).toBe(true);
      expect(b.points.length).toBe(a.points.length);
    }
  });

  it("points and coordinates of 1e8 times the size", async () => {
    const rows = await listOf(
      integers([
        [3e8, -1e8, 2e8],
        [1, 4, -1],
        [2e8, 5e8, 1e8],
      ]),
      "signal",
      "2/3",
      true,
    );
    expect([rows.complete, rows.global]).toEqual([true, 0]);
    const columns = await listOf(
      integers([
        [3, -1e8, 2],
        [1, 4e8, -1],
      ]),
      "signal",
      "1/2",
      true,
    );
    expect(columns.complete).toBe(true);
    const start = await from(
      integers([
        [3e8, -1, 2],
        [1e8, 4, -1],
      ]),
      "signal",
      "1/2",
      [1, 1, 1],
    );
    expect(start.support.length).toBeGreaterThan(0);
  });

  it("data that nothing separates: a Farkas certificate", async () => {
    const data = integers([
      [1, 2],
      [-1, -2],
    ]);
    const all = await allStationary({ space: "signal", p: { n: 1, d: 2 } }, data, { seed: 1n });
    const found = await stationaryFrom({ space: "fourier", p: { n: 1, d: 2 } }, data, [1, 0]);
    for (const answer of [all, found]) {
      expect(answer.separable).toBe(false);
      if (!answer.separable) expect(judge(answer.certificate)).toMatchObject({ accepted: true });
    }
  });

  it("a margin of exactly 1 without a multiplier is degenerate, and the list says so", async () => {
    // (2/3, 1/6) is stationary with the first point alone, and the second has margin 1 there
    const data = integers([
      [1, 2],
      [2, -2],
    ]);
    const all = await listOf(data, "signal", "1/2");
    expect([all.complete, all.global]).toEqual([false, null]);
    expect(all.why).toMatch(/support \{0, 1\}.*point 1.*may be 1 or below/);
    expect(all.why).toMatch(/support \{0, 1\}.*multiplier of point 1 may be 0/);
    const found = await stationaryFrom({ space: "signal", p: { n: 1, d: 2 } }, data, [4, 1]);
    expect(found).toMatchObject({ separable: true, point: null, why: expect.stringContaining("degenerate") });
  });

  it("but where entries are of one size it is decided exactly", async () => {
    // (1/2, 1/2), from the first point alone; the second has margin 1 there and multiplier 0
    const data = integers([
      [1, 1],
      [2, 0],
    ]);
    for (const p of ["1/2", "2/3"]) {
      const all = await listOf(data, "signal", p, true);
      expect([all.complete, all.why]).toEqual([true, null]);
      expect(all.points.map(({ support, active, certificate }) => [support, active, certificate.reached])).toEqual([
        [[0], [0], ["1", "0"]],
        [[0, 1], [0], ["1/2", "1/2"]],
      ]);
      expect(all.points.map(({ certificate }) => certificate.distance.upper)).toEqual(["0", "0"]);
      expect((await from(data, "signal", p, [0.5, 0.5])).certificate.reached).toEqual(["1/2", "1/2"]);
    }
  });

  it("named refusals: dimensions, sizes; wrong use throws; a search can be interrupted", async () => {
    const wide = integers([Array.from({ length: 9 }, (_, d) => d + 1)]);
    const half = { n: 1, d: 2 };
    const refused = await allStationary({ space: "signal", p: half }, wide, { seed: 1n });
    expect(refused).toMatchObject({ points: [], complete: false, global: null, why: expect.stringContaining("D = 9") });
    const huge = dataset([[10n ** 40n, 1n]], [1]);
    const far = await stationaryFrom({ space: "signal", p: half }, huge, [1, 1]);
    expect(far).toMatchObject({ point: null, why: expect.stringContaining("scale them") });
    await expect(stationaryFrom({ space: "signal", p: half }, wide, [1])).rejects.toThrow(UseError);
    await expect(stationaryFrom({ space: "signal", p: half }, one, [0])).rejects.toThrow(UseError);
    for (const p of [
      { n: 1, d: 1 },
      { n: 0, d: 1 },
      { n: 3, d: 2 },
      { n: 1, d: 65 },
    ])
      await expect(allStationary({ space: "signal", p }, one, { seed: 1n })).rejects.toThrow(UseError);
    const grid: Dataset = { ...integers([[1, 2, 3, 4]]), shape: [2, 2] };
    await expect(allStationary({ space: "fourier", p: half }, grid, { seed: 1n })).rejects.toThrow(UseError);
    let calls = 0;
    const checkpoint = (): void => {
      calls += 1;
      if (calls > 5) throw new Error("enough");
    };
    for (const space of ["signal", "fourier"] as const)
      await expect(
        allStationary(
          { space, p: half },
          integers([
            [3, 1, -2],
            [1, 2, 5],
          ]),
          { seed: 1n, checkpoint },
        ),
      ).rejects.toThrow("enough");
  });

  it("the same seed gives the same list", async () => {
    const data = dataOf(reference.cases[0]!);
    const [a, b] = [await listOf(data, "fourier", "2/3"), await listOf(data, "fourier", "2/3")];
    expect(a).toEqual(b);
  });
});
