/** Max margins over norms of blocks on ill-scaled data: within the goal, and what exact methods, symmetries and doubles say. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { judge } from "../../../src/certify/judge.js";
import { toNumber } from "../../../src/exact/rational.js";
import { dotIntegers } from "../../../src/exact/vector.js";
import type { Dataset } from "../../../src/kernel/dataset.js";
import { randomStream } from "../../../src/kernel/seed.js";
import { GAP_GOAL } from "../../../src/kernel/tolerance.js";
import { datasetFromBytes } from "../../../src/models/data/load.js";
import { signedData } from "../../../src/models/signed-data.js";
import { narrowed } from "../../../src/numeric/wide-dense.js";
import { type BlockOptimum, blockMaxMargin } from "../../../src/oracle/block-margin.js";
import { blockProblem } from "../../../src/oracle/block-problem.js";
import { blockSpace } from "../../../src/oracle/block-space.js";
import { combineWide } from "../../../src/oracle/block-wide-barrier.js";
import { solveWideByPoints } from "../../../src/oracle/block-wide-points.js";
import { wideProblem } from "../../../src/oracle/block-wide-problem.js";
import { l2MaxMargin } from "../../../src/oracle/l2-margin.js";
import { polyhedralMaxMargin } from "../../../src/oracle/lp-margin.js";
import { dataset, spread } from "./data.js";

async function optimum(regularizer: string, data: Dataset): Promise<BlockOptimum> {
  const found = await blockMaxMargin(regularizer, data);
  if (!found.separable) throw new Error("expected separable data");
  expect(judge(found.certificate)).toMatchObject({ accepted: true, kind: "margin-gap" });
  expect(found.gap).toBeLessThanOrEqual(GAP_GOAL);
  return found;
}

const CLOSE = 3 * GAP_GOAL;
const agree = (a: number, b: number): void => expect(Math.abs(a / b - 1)).toBeLessThan(CLOSE);
const inShape = (data: Dataset, shape: readonly number[]): Dataset => ({ ...data, shape });

/** Points on the positive side of a teacher, their columns times powers of ten. */
function illScaled(seed: bigint, D: number, N: number, powers: readonly number[]): Dataset {
  const stream = randomStream(seed, "block-wide");
  const vector = (): bigint[] => Array.from({ length: D }, () => BigInt((stream.uint32() % 1999) - 999));
  const teacher = vector().map((x) => (x === 0n ? 1n : x));
  const X = Array.from({ length: N }, () => {
    const x = vector();
    const side = dotIntegers(x, teacher);
    const sided = side === 0n ? teacher : side < 0n ? x.map((t) => -t) : x;
    return sided.map((t, d) => t * 10n ** BigInt(powers[d % powers.length]!));
  });
  return dataset(
    X,
    X.map(() => 1),
  );
}

const CASES = [2, 3, 4, 5, 8].flatMap((D) =>
  [3, 12, 25].map((N) => [D, N, illScaled(BigInt(100 * D + N), D, N, [0, 8])] as const),
);

describe("columns of 1e8", () => {
  it.each(CASES)("D = %i, N = %i: within the goal, turned by a shift or a change of frequency", async (D, N, data) => {
    const { objective } = await optimum("fourier-l1", data);
    const turned = data.X.map((row) => row.map((_, d) => row[(d + 1) % D]!));
    agree((await optimum("fourier-l1", { ...data, X: turned })).objective, objective);
    const other = data.X.map((row) => row.map((x, d) => (d % 2 === 1 ? -x : x)));
    if (D % 2 === 0) agree((await optimum("fourier-l1", { ...data, X: other })).objective, objective);
    expect(data.X).toHaveLength(N);
  });

  it.each(CASES)("D = %i, N = %i: one channel is l1 and one place l2, both exact", async (D, _, data) => {
    const [l1, l2] = [await polyhedralMaxMargin("l1", data), l2MaxMargin(data)];
    if (!l1.separable || !l2.separable) throw new Error("expected separable data");
    agree((await optimum("group-l21", inShape(data, [D, 1]))).objective, l1.objective);
    agree((await optimum("fourier-l21", inShape(data, [1, D]))).objective, l2.objective);
  });

  it("two entries: sqrt 2 times linf, exact", async () => {
    for (let seed = 1n; seed <= 20n; seed++) {
      const data = illScaled(seed, 2, 3 + Number(seed), [0, 8]);
      const linf = await polyhedralMaxMargin("linf", data);
      if (!linf.separable) throw new Error("expected separable data");
      agree((await optimum("fourier-l1", data)).objective, Math.SQRT2 * linf.objective);
    }
  });

  it("rows up to 1e20 apart, and columns of 1e11", async () => {
    for (const D of [3, 6]) {
      const data = illScaled(BigInt(D), D, 14, [0]);
      await optimum("fourier-l1", spread(data, [0, 10, 20], [0], 1n));
      await optimum("fourier-l1", spread(data, [0], [0, 11], 1n));
      await optimum("fourier-l1", spread(data, [0, 8], [8, 0, 4], 1n));
    }
  });

  it("one point on a line is the only optimum, whatever the length of what was found", async () => {
    for (const x of [1n, -3n, 7n, 10n ** 9n])
      expect((await optimum("fourier-l1", dataset([[x]], [1]))).unique).toEqual({ beta: true, dual: true });
  });

  it("generic points have one optimum", async () => {
    for (const [, , data] of CASES) expect((await optimum("fourier-l1", data)).unique.beta).toBe(true);
  });
});

describe("scales of real data", () => {
  const bytes = readFileSync(new URL("../../../src/models/data/shipped/wdbc.csv", import.meta.url));
  const { dataset: whole } = datasetFromBytes(bytes, { file: "wdbc.csv", positive: "benign" });

  it("wdbc, and what the doubles of its answer say", async () => {
    const o = await optimum("fourier-l1", whole);
    expect(o.unique).toEqual({ beta: true, dual: true });
    expect(o.dual.n.filter((x) => x > 0n)).toHaveLength(30);
    // A point that carries nothing may go.
    const rest = whole.X.map((_, n) => n).filter((n) => o.dual.n[n]! > 0n || n % 5 === 0);
    const part = { ...whole, X: rest.map((n) => whole.X[n]!), y: rest.map((n) => whole.y[n]!) };
    agree((await optimum("fourier-l1", part)).objective, o.objective);
  });
});

describe("the problem in double-double numbers", () => {
  it.each([
    ["fourier-l1", [7]],
    ["fourier-l1", [3, 4]],
    ["fourier-l21", [4, 3]],
    ["group-l21", [3, 4]],
  ] as const)("%s over %j has the coordinates of doubles, and keeps margins", (regularizer, shape) => {
    const D = shape.reduce<number>((a, n) => a * n, 1);
    const data = { ...illScaled(5n, D, 6, [0]), shape };
    const space = blockSpace(regularizer, shape);
    const [plain, p] = [blockProblem(signedData(data), space), wideProblem(data, 0, space)];
    const rows = narrowed(p.rows);
    for (let n = 0; n < p.N; n++)
      for (let d = 0; d < D; d++)
        expect(rows[n * D + d]! * p.scales[n]!).toBeCloseTo(plain.rows[n * D + d]! * plain.norms[n]!, 8);
    // The first row as a predictor: its signal is the data over the scale.
    const signal = p.signalOf(p.rows.slice(0, 2 * D));
    signal.n.forEach((x, d) => {
      expect(Math.abs((toNumber({ n: x, d: signal.d }) * p.scales[0]!) / Number(data.X[0]![d]!) - 1)).toBeLessThan(
        1e-15,
      );
    });
  });

  it("solves on some points first, and on all in the end", () => {
    const data = illScaled(9n, 4, 900, [0, 3]);
    const p = wideProblem(data, 0, blockSpace("fourier-l1", data.shape));
    const { a, gap } = solveWideByPoints(p);
    expect(gap).toBeLessThan(1e-13);
    const z = narrowed(combineWide(p, a));
    expect(Math.max(Math.abs(z[0]!), Math.hypot(z[1]!, z[2]!) / Math.SQRT2, Math.abs(z[3]!))).toBeCloseTo(1, 12);
  });
});
