/** Max margins over norms of blocks: identities between the norms, symmetries of a torus, and reference cases. */
import { readFileSync } from "node:fs";
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { judge } from "../../../src/certify/judge.js";
import { toNumber } from "../../../src/exact/rational.js";
import { entriesOf } from "../../../src/exact/vector.js";
import type { Dataset } from "../../../src/kernel/dataset.js";
import { GAP_GOAL } from "../../../src/kernel/tolerance.js";
import { gapOf, solveBarrier } from "../../../src/oracle/block-barrier.js";
import { type BlockOptimum, blockMaxMargin } from "../../../src/oracle/block-margin.js";
import { solveByPoints } from "../../../src/oracle/block-points.js";
import { l2MaxMargin } from "../../../src/oracle/l2-margin.js";
import { polyhedralMaxMargin } from "../../../src/oracle/lp-margin.js";

const REGULARIZERS = ["fourier-l1", "group-l21", "fourier-l21"] as const;

function dataset(rows: readonly (readonly number[])[], shape: readonly number[]): Dataset {
  return {
    name: "random",
    shape,
    scale: 1n,
    X: rows.map((row) => row.map(BigInt)),
    y: rows.map(() => 1),
    features: null,
  };
}

/** Points on the positive side of a teacher, so that they separate. */
const points = (shape: readonly number[]): fc.Arbitrary<Dataset> => {
  const D = shape.reduce((a, n) => a * n, 1);
  const vector = fc.array(fc.integer({ min: -99, max: 99 }), { minLength: D, maxLength: D });
  return fc
    .tuple(vector, fc.array(vector, { minLength: 1, maxLength: 8 }))
    .filter(([teacher]) => teacher.some((x) => x !== 0))
    .map(([teacher, rows]) => {
      const sided = rows.map((row) => {
        const m = row.reduce((s, x, d) => s + x * teacher[d]!, 0);
        return m === 0 ? teacher : row.map((x) => Math.sign(m) * x);
      });
      return dataset(sided, shape);
    });
};

async function optimum(regularizer: string, data: Dataset): Promise<BlockOptimum> {
  const found = await blockMaxMargin(regularizer, data);
  if (!found.separable) throw new Error("expected separable data");
  expect(judge(found.certificate)).toMatchObject({ accepted: true, kind: "margin-gap" });
  expect(found.gap).toBeLessThanOrEqual(GAP_GOAL);
  return found;
}

const inShape = (data: Dataset, shape: readonly number[]): Dataset => ({ ...data, shape });
/** Objectives are certified to the gap goal; twice that, and the rounding of the sum. */
const CLOSE = 3 * GAP_GOAL;
const agree = (a: number, b: number): void => expect(Math.abs(a / b - 1)).toBeLessThan(CLOSE);

describe("norms that are one norm", () => {
  test.prop([points([5, 1])], { numRuns: 30 })("one channel: l1, and Fourier l1", async (data) => {
    const flat = inShape(data, [5]);
    const l1 = await polyhedralMaxMargin("l1", flat);
    if (!l1.separable) throw new Error("expected separable data");
    agree((await optimum("group-l21", data)).objective, l1.objective);
    agree((await optimum("fourier-l21", data)).objective, (await optimum("fourier-l1", flat)).objective);
    agree((await optimum("fourier-l1", data)).objective, (await optimum("fourier-l1", flat)).objective);
  });

  test.prop([points([1, 4])], { numRuns: 30 })("one place: l2", async (data) => {
    const l2 = l2MaxMargin(data);
    if (!l2.separable) throw new Error("expected separable data");
    agree((await optimum("group-l21", data)).objective, l2.objective);
    agree((await optimum("fourier-l21", data)).objective, l2.objective);
  });

  test.prop([points([3, 4])], { numRuns: 30 })(
    "l2 <= group <= l1, and Fourier l2,1 over all positions of one channel each",
    async (data) => {
      const l2 = l2MaxMargin(data);
      const l1 = await polyhedralMaxMargin("l1", data);
      if (!l2.separable || !l1.separable) throw new Error("expected separable data");
      const group = (await optimum("group-l21", data)).objective;
      expect(l2.objective).toBeLessThanOrEqual(group * (1 + CLOSE));
      expect(group).toBeLessThanOrEqual(l1.objective * (1 + CLOSE));
      expect((await optimum("fourier-l21", data)).objective).toBeGreaterThanOrEqual(l2.objective * (1 - CLOSE));
    },
  );
});

describe("on a torus", () => {
  const SHAPE = [3, 4];
  const moved = (data: Dataset, to: (d: number, e: number) => number, shape = SHAPE): Dataset => ({
    ...data,
    shape,
    X: data.X.map((row) => {
      const out = row.slice();
      row.forEach((x, at) => {
        out[to(Math.floor(at / 4), at % 4)] = x;
      });
      return out;
    }),
  });

  test.prop([points(SHAPE), fc.nat(2), fc.nat(3)], { numRuns: 30 })(
    "a shift, a reflection and an exchange of the axes change nothing",
    async (data, a, b) => {
      const { objective } = await optimum("fourier-l1", data);
      for (const other of [
        moved(data, (d, e) => ((d + a) % 3) * 4 + ((e + b) % 4)),
        moved(data, (d, e) => ((3 - d) % 3) * 4 + ((4 - e) % 4)),
        moved(data, (d, e) => e * 3 + d, [4, 3]),
      ])
        agree((await optimum("fourier-l1", other)).objective, objective);
    },
  );

  it("one point: 1 over its largest coefficient", async () => {
    const tone = (d: number, e: number): number => (d < 0 ? 0 : [3, 0, -3, 0][e]!);
    const of = (row: (d: number, e: number) => number): Dataset =>
      dataset([Array.from({ length: 12 }, (_, at) => row(Math.floor(at / 4), at % 4))], SHAPE);
    // Along all of the first axis the coefficients of one pair are 18 / sqrt 12; at one place three pairs have 6 / sqrt 12.
    agree((await optimum("fourier-l1", of(tone))).objective, Math.sqrt(12) / 18);
    agree(
      (
        await optimum(
          "fourier-l1",
          of((d, e) => tone(-d, e)),
        )
      ).objective,
      Math.sqrt(12) / 6,
    );
  });
});

describe("not separable", () => {
  it("ends the barrier, with nothing that separates", () => {
    const rows = Float64Array.from([1, 0, -0.6, 0.8, -0.6, -0.8]);
    const blocks = [{ at: 0, size: 2, weight: 1 }];
    const norms = new Float64Array(3).fill(1);
    const problem = { N: 3, D: 2, blocks, rows, norms, signalOf: (b: Float64Array) => b };
    for (const most of [1e8, Number.MAX_VALUE])
      for (const pair of [solveBarrier(problem, norms, most), solveByPoints(problem, norms, most)])
        expect(pair === null || gapOf(problem, norms, pair) === 1).toBe(true);
    const two = { ...problem, N: 2 };
    expect(solveBarrier(two, norms.slice(1), 0.1)).toBeNull();
    expect(gapOf(two, norms.slice(1), solveBarrier(two, norms.slice(1), 1e8)!)).toBeLessThan(1e-6);
  });

  it.each(REGULARIZERS)("%s: a Farkas certificate that says its shape", async (regularizer) => {
    const found = await blockMaxMargin(
      regularizer,
      dataset(
        [
          [1, 2, 0, 1],
          [-1, -2, 0, -1],
        ],
        [2, 2],
      ),
    );
    expect(found).toMatchObject({ separable: false, certificate: { kind: "farkas", data: { shape: [2, 2] } } });
    expect(judge(found.certificate).accepted).toBe(true);
  });
});

describe("reference cases of Fourier l2,1", () => {
  interface Case {
    readonly id: string;
    readonly D: number;
    readonly R: number;
    readonly X: readonly (readonly (readonly number[])[])[];
    readonly y: readonly number[];
    readonly l21_fourier: {
      readonly W: readonly (readonly number[])[];
      readonly alpha: readonly number[];
      readonly objective: number;
    };
  }
  const { cases } = JSON.parse(readFileSync(new URL("../../reference/multichannel.json", import.meta.url), "utf8")) as {
    readonly cases: readonly Case[];
  };

  it.each(cases.map((c) => [c.id, c] as const))("%s to 1e-12", async (_, { D, R, X, y, l21_fourier }) => {
    const rows = X.map((x, n) => x.flat().map((v) => y[n]! * Math.round(v * 1e6))); // six places
    const o = await optimum("fourier-l21", { ...dataset(rows, [D, R]), scale: 1_000_000n });
    agree(o.objective, l21_fourier.objective);
    expect(o.unique).toEqual({ beta: true, dual: true });
    const near = (found: readonly number[], known: readonly number[]): void => {
      const size = Math.max(...known.map(Math.abs));
      found.forEach((x, i) => {
        expect(Math.abs(x - known[i]!)).toBeLessThan(1e-12 * size);
      });
    };
    near(entriesOf(o.beta).map(toNumber), l21_fourier.W.flat());
    near(entriesOf(o.dual).map(toNumber), l21_fourier.alpha);
  });
});
