import { readFileSync } from "node:fs";
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { falsehood } from "../../../properties/laws/truth.js";
import { judge } from "../../../src/certify/judge.js";
import { parseQ, q, showQ, sub, toNumber } from "../../../src/exact/rational.js";
import { entriesOf, equalVectors, vectorOf } from "../../../src/exact/vector.js";
import { type Dataset, signedRows } from "../../../src/kernel/dataset.js";
import { datasetFromBytes } from "../../../src/models/data/load.js";
import { exactActiveSet } from "../../../src/oracle/active-set.js";
import { type L2Margin, l2MaxMargin } from "../../../src/oracle/l2-margin.js";
import { anyData, dataset, separableData, spread, touchingData } from "./data.js";

interface Case {
  readonly id: string;
  readonly X: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly beta_30: readonly string[];
  readonly alpha: readonly number[];
  readonly norm: number;
  readonly margin_30: string;
  readonly support: readonly number[];
}

const reference = JSON.parse(readFileSync(new URL("../../reference/svm.json", import.meta.url), "utf8")) as {
  readonly cases: readonly Case[];
};

/** A plain decimal as a rational. */
function decimal(text: string): ReturnType<typeof q> {
  const [whole = "", fraction = ""] = text.split(".");
  return q(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
}

/** Both routes to the optimum, which must agree, and its certificate, which must be accepted. */
function decided(data: Dataset): L2Margin {
  const answer = l2MaxMargin(data);
  expect(judge(answer.certificate).accepted).toBe(true);
  const exact = exactActiveSet(signedRows(data), data.scale);
  expect(exact.feasible).toBe(answer.separable);
  if (exact.feasible && answer.separable) {
    expect(equalVectors(exact.beta, answer.beta)).toBe(true); // the optimum is unique, its multipliers need not be
    const { beta, dual } = exact;
    const own = { ...answer.certificate, beta: entriesOf(beta).map(showQ), dual: entriesOf(dual).map(showQ) };
    expect(judge(own).accepted).toBe(true);
  }
  return answer;
}

describe("reference cases", () => {
  it("are all there", () => {
    expect(reference.cases.map((c) => c.id)).toHaveLength(5);
  });

  it.each(reference.cases)("$id", (c) => {
    const X = c.X.map((row) => row.map((x) => BigInt(Math.round(x * 1e6)))); // six places: exact
    const answer = decided(dataset(X, c.y, 10n ** 6n));
    if (!answer.separable) throw new Error("expected separable data");
    const norm = decimal(c.margin_30);
    // 1e-12 relative: the answer is exact, the reference printed in doubles, their sums of fifteen products rounded
    entriesOf(answer.beta).forEach((b, d) => {
      expect(Math.abs(toNumber(sub(b, decimal(c.beta_30[d]!)))) / c.norm).toBeLessThan(1e-12);
    });
    const dual = entriesOf(answer.dual).map(toNumber);
    for (const [n, a] of c.alpha.entries()) expect(Math.abs(dual[n]! - a)).toBeLessThan(1e-12 * c.norm ** 2);
    expect(dual.flatMap((a, n) => (a > 0 ? [n] : []))).toEqual(c.support);
    expect(Math.abs(answer.objective / c.norm - 1)).toBeLessThan(1e-12);
    expect(Math.abs(answer.objective * toNumber(norm) - 1)).toBeLessThan(1e-15); // one rounding each
  });
});

describe("both routes", () => {
  test.prop([anyData], { numRuns: 600 })("agree on small data, separable or not", (data) => {
    decided(data);
  });

  test.prop([separableData], { numRuns: 300 })("find built data separable", (data) => {
    expect(decided(data).separable).toBe(true);
  });

  test.prop([touchingData], { numRuns: 200 })("find touching data not separable", (data) => {
    expect(decided(data).separable).toBe(false);
  });

  const powers = (most: number): fc.Arbitrary<number[]> =>
    fc.array(fc.integer({ min: 0, max: most }), { minLength: 2, maxLength: 5 });
  const scales = fc.constantFrom(1n, 10n ** 8n, 10n ** 200n, 10n ** 310n, 10n ** 400n);
  test.prop([separableData, powers(8), powers(8), scales], { numRuns: 150 })(
    "agree on ill-scaled data",
    (data, r, c, s) => {
      expect(decided(spread(data, r, c, s)).separable).toBe(true);
    },
  );
  test.prop([anyData, powers(200), fc.constantFrom([0], [8, 0]), scales], { numRuns: 100 })(
    "agree on rows between 1e-400 and 1e208",
    (data, r, c, s) => {
      decided(spread(data, r, c, s));
    },
  );
  test.prop([anyData, fc.constantFrom([330, 0], [0, 330], [400, 400])], { numRuns: 50 })(
    "agree beyond the range of doubles",
    (data, c) => {
      decided(spread(data, [0], c, 1n));
    },
  );

  const huge = 10n ** 200n;
  const CASES: readonly (readonly [string, Dataset, boolean])[] = [
    ["one point", dataset([[3n, 4n]], [1]), true],
    ["one point on the line", dataset([[-3n]], [-1], 7n), true],
    ["the zero point", dataset([[0n, 0n]], [1]), false],
    [
      "a zero row among others",
      dataset(
        [
          [1n, 2n],
          [0n, 0n],
        ],
        [1, -1],
      ),
      false,
    ],
    [
      "duplicates",
      dataset(
        [
          [1n, 2n],
          [1n, 2n],
          [1n, 2n],
          [-1n, -2n],
        ],
        [1, 1, 1, -1],
      ),
      true,
    ],
    [
      "one point with both labels",
      dataset(
        [
          [1n, 2n],
          [1n, 2n],
        ],
        [1, -1],
      ),
      false,
    ],
    [
      "dependent active rows",
      dataset(
        [
          [2n, 0n],
          [0n, 2n],
          [1n, 1n],
        ],
        [1, 1, 1],
        2n,
      ),
      true,
    ],
    ["a long line", dataset([[1n], [2n], [3n], [4n], [5n]], [1, 1, 1, 1, 1]), true],
    [
      "a tiny margin",
      dataset(
        [
          [huge, 1n],
          [-huge, 1n],
        ],
        [1, 1],
      ),
      true,
    ],
    [
      "a tiny gap to none",
      dataset(
        [
          [huge, 1n],
          [-huge, 1n],
          [0n, -1n],
        ],
        [1, 1, 1],
      ),
      false,
    ],
    [
      "no margin but for one unit",
      dataset(
        [
          [huge, 0n],
          [-huge, 1n],
          [1n, 0n],
        ],
        [1, 1, 1],
      ),
      true,
    ],
    [
      "entries of 1e200 and 1e-200",
      dataset(
        [
          [huge * huge, 1n],
          [1n, huge * huge],
        ],
        [1, 1],
        huge,
      ),
      true,
    ],
    [
      "columns beside 1e8",
      dataset(
        [
          [10n ** 8n, 1n],
          [-(10n ** 8n), 2n],
          [10n ** 8n, 3n],
        ],
        [1, 1, 1],
      ),
      true,
    ],
  ];
  it.each(CASES)("%s", (_, data, separable) => {
    expect(decided(data).separable).toBe(separable);
  });

  it("the certificate states the truth by the slow check too", () => {
    for (const [, data] of CASES) expect(falsehood(l2MaxMargin(data).certificate)).toBeNull();
  });

  it("the objective is |beta|, as a double", () => {
    const answer = l2MaxMargin(dataset([[3n, 4n]], [1]));
    expect(answer.separable && answer.objective).toBe(0.2);
    expect(answer.separable && answer.certificate.objectiveSquared).toBe("1/25");
  });

  it("the multipliers are those of any scale of the data", () => {
    const answer = l2MaxMargin(dataset([[3n], [2n]], [1, 1], 7n));
    expect(answer.separable && equalVectors(answer.beta, vectorOf([q(7n, 2n)]))).toBe(true);
    expect(answer.certificate.kind === "exact-kkt" && parseQ(answer.certificate.dual[1])).toEqual(q(49n, 4n));
  });
});

describe("shipped data", () => {
  const SETS = [
    ["iris", { positive: "setosa" }, true],
    ["iris", { positive: "versicolor", negative: "virginica" }, false],
    ["wdbc", { positive: "benign" }, true],
    ["digits", { positive: "0" }, true],
    ["digits", { positive: "3", negative: "8" }, true],
  ] as const;
  it.each(SETS)("%s with %o", (name, classes, separable) => {
    const bytes = readFileSync(new URL(`../../../src/models/data/shipped/${name}.csv`, import.meta.url));
    const { dataset: data } = datasetFromBytes(bytes, { file: `${name}.csv`, ...classes });
    const answer = l2MaxMargin(data);
    expect(answer.separable).toBe(separable);
    expect(judge(answer.certificate).accepted).toBe(true);
  });
});
