import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { judge } from "../../../src/certify/judge.js";
import { toNumber } from "../../../src/exact/rational.js";
import { combineRows, entriesOf, equalVectors } from "../../../src/exact/vector.js";
import { type Dataset, signedRows } from "../../../src/kernel/dataset.js";
import { randomStream } from "../../../src/kernel/seed.js";
import { GAP_GOAL } from "../../../src/kernel/tolerance.js";
import { proposeActive } from "../../../src/oracle/fast-active-set.js";
import { l2Margin, l2MaxMargin } from "../../../src/oracle/l2-margin.js";
import { candidateOn, repairSupport } from "../../../src/oracle/l2-support.js";
import { reaches, solveRefined } from "../../../src/oracle/refined-gram.js";
import { farkasOn } from "../../../src/oracle/vanishing.js";
import { anyData, dataset, separableData, spread, touchingData } from "./data.js";

/** N points of six digits on the positive side of a random direction. */
function random(N: number, D: number, seed: bigint): Dataset {
  const stream = randomStream(seed, "l2-enclosed");
  const vector = (): bigint[] => Array.from({ length: D }, () => BigInt(stream.uint32() % 2_000_001) - 1_000_000n);
  const teacher = vector();
  const X = Array.from({ length: N }, vector);
  return dataset(
    X,
    X.map((x) => (x.reduce((s, v, d) => s + v * teacher[d]!, 0n) >= 0n ? 1 : -1)),
    10n ** 6n,
  );
}

describe("l2Margin", () => {
  test.prop([anyData], { numRuns: 200 })("is exact where numbers are short, and says so", (data) => {
    const [answer, exact] = [l2Margin(data), l2MaxMargin(data)];
    expect(answer).toEqual(exact);
    if (answer.separable) expect([answer.exact, answer.gap]).toEqual([true, 0]);
  });

  test.prop([separableData, fc.constantFrom([0], [0, 8])], { numRuns: 200 })(
    "is certified by a gap where they are too long",
    (data, r) => {
      const rows = spread(data, r, [0], 1n);
      const [answer, exact] = [l2Margin(rows, 0), l2MaxMargin(rows)];
      if (!answer.separable || !exact.separable) throw new Error("expected separable data");
      expect(judge(answer.certificate).accepted).toBe(true);
      expect(answer.exact).toBe(false);
      expect(answer.gap).toBeLessThanOrEqual(GAP_GOAL);
      expect(Math.abs(answer.objective / exact.objective - 1)).toBeLessThan(1e-12);
      entriesOf(answer.beta).forEach((b, d) => {
        expect(Math.abs(toNumber(b) - toNumber(entriesOf(exact.beta)[d]!)) / exact.objective).toBeLessThan(1e-12);
      });
    },
  );

  it("of 120 points in R^60, by both", () => {
    const data = random(120, 60, 1n);
    const [exact, enclosed] = [l2Margin(data), l2Margin(data, 1000)];
    if (!exact.separable || !enclosed.separable) throw new Error("expected separable data");
    expect([exact.exact, enclosed.exact]).toEqual([true, false]);
    expect(judge(exact.certificate).accepted).toBe(true);
    expect(judge(enclosed.certificate).accepted).toBe(true);
    expect(enclosed.gap).toBeLessThan(1e-30);
    expect(exact.unique).toEqual({ beta: true, dual: true });
    const { certificate } = enclosed;
    const smaller = { ...certificate, gap: { lower: "0", upper: "0" } };
    expect(judge(smaller).accepted).toBe(false);
    const flipped = {
      ...certificate,
      data: { ...certificate.data, y: certificate.data.y.map((y, n) => (n === 3 ? -y : y)) },
    };
    expect(judge(flipped).accepted).toBe(false);
  });

  it("of columns of 1e8 and 1, where doubles lose the small ones", () => {
    const answer = l2Margin(spread(random(60, 30, 2n), [0], [8, 0], 10n ** 6n));
    expect(answer.separable && answer.exact).toBe(true);
    expect(judge(answer.certificate).accepted).toBe(true);
  });
});

describe("multipliers", () => {
  test.prop([separableData], { numRuns: 200 })("of a carrier given twice are not unique", (data) => {
    const once = l2MaxMargin(data);
    if (!once.separable) throw new Error("expected separable data");
    const carrier = once.dual.n.findIndex((a) => a > 0n);
    const twice = l2MaxMargin({ ...data, X: [...data.X, data.X[carrier]!], y: [...data.y, data.y[carrier]!] });
    expect(twice.separable && twice.unique).toEqual({ beta: true, dual: false });
  });

  it("are unique though active rows depend on each other, where no multiplier can fall", () => {
    // beta = (1, 0), carried by the first row; the others are active, and can only weigh in on one side.
    const X = [
      [2n, 0n],
      [2n, 1n],
      [2n, 3n],
    ];
    const answer = l2MaxMargin(dataset(X, [1, 1, 1], 2n));
    expect(answer.separable && answer.unique.dual).toBe(true);
    const both = l2MaxMargin(dataset([...X, [2n, -1n]], [1, 1, 1, 1], 2n));
    expect(both.separable && both.unique.dual).toBe(false);
  });
});

describe("proposals", () => {
  test.prop([separableData], { numRuns: 200 })("repair a wrong support", (data) => {
    const exact = l2MaxMargin(data);
    if (!exact.separable) throw new Error("expected separable data");
    const rows = signedRows(data);
    const repaired = repairSupport(rows, data.scale, [0]);
    if (repaired === null || repaired.short.length > 0 || repaired.negative.length > 0) return; // it may cycle
    const beta = entriesOf(repaired.beta).map(toNumber);
    entriesOf(exact.beta).forEach((b, d) => {
      expect(Math.abs(beta[d]! - toNumber(b)) / exact.objective).toBeLessThan(1e-15);
    });
  });

  test.prop([touchingData], { numRuns: 100 })("of rows that cancel are exact or null", (data) => {
    const rows = signedRows(data);
    const lambda = farkasOn(
      rows,
      rows.map((_, n) => n),
    );
    if (lambda === null) return;
    expect(combineRows(lambda, rows, data.scale).n.every((x) => x === 0n)).toBe(true);
    expect(lambda.n.every((x) => x >= 0n)).toBe(true);
  });

  it("carry (0, 1) and (1, 0) at unit margins, and see opposites cancel", () => {
    expect(
      proposeActive(Float64Array.of(1, 0, 0, 1, Math.SQRT1_2, Math.SQRT1_2), Float64Array.of(1, 1, 1), 3, 2),
    ).toEqual({
      feasible: true,
      support: [0, 1],
    });
    expect(proposeActive(Float64Array.of(1, 0, -1, 0), Float64Array.of(1, 1), 2, 2)).toEqual({
      feasible: false,
      support: [0, 1],
    });
  });

  it("leave dependent rows out, and refined multipliers are those of the exact system", () => {
    const rows = [
      [1n, 2n],
      [2n, 4n],
      [3n, -1n],
    ];
    const found = candidateOn(rows, 1n, [0, 1, 2], solveRefined, reaches)!;
    expect(found.support).toEqual([0, 2]);
    // Gram matrix (5, 1; 1, 10): alpha = (9, 4) / 49.
    entriesOf(found.dual).forEach((a, n) => {
      expect(Math.abs(toNumber(a) - [9 / 49, 0, 4 / 49][n]!)).toBeLessThan(1e-16);
    });
    expect(equalVectors(found.margins, { n: [1n, 2n, 1n], d: 1n })).toBe(false);
    expect(reaches((1n << 90n) - 1n, 1n << 90n)).toBe(true);
    expect(reaches((1n << 70n) - 1n, 1n << 70n)).toBe(false);
    expect(
      solveRefined(
        [
          [1n, 1n],
          [1n, 1n],
        ],
        [1n, 1n],
      ),
    ).toBeNull();
  });
});
