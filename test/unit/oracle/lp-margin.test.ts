import { readFileSync } from "node:fs";
import { test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { falsehood } from "../../../properties/laws/truth.js";
import { judge } from "../../../src/certify/judge.js";
import type { PolyhedralNorm } from "../../../src/exact/norm.js";
import { isOptimalPair, uniqueOptimum } from "../../../src/exact/polyhedral-margin.js";
import { equals, parseQ, q, showQ, sub, toNumber } from "../../../src/exact/rational.js";
import { entriesOf, equalVectors, vectorOf } from "../../../src/exact/vector.js";
import { type Dataset, signedRows } from "../../../src/kernel/dataset.js";
import { datasetFromBytes } from "../../../src/models/data/load.js";
import { l2MaxMargin } from "../../../src/oracle/l2-margin.js";
import { type PolyhedralMargin, polyhedralMaxMargin, solveBySimplex } from "../../../src/oracle/lp-margin.js";
import { anyData, dataset, separableData, spread, touchingData } from "./data.js";

interface Optimum {
  readonly beta: readonly number[];
  readonly beta_30: readonly string[];
  readonly objective: number;
  readonly objective_30: string;
  readonly alpha: readonly number[];
}
interface Case {
  readonly id: string;
  readonly X: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly min_linf: Optimum;
  readonly min_l1: Optimum;
}

const reference = JSON.parse(readFileSync(new URL("../../reference/linf_l1.json", import.meta.url), "utf8")) as {
  readonly cases: readonly Case[];
};
const NORMS = ["l1", "linf"] as const;

/** A plain decimal as a rational. */
function decimal(text: string): ReturnType<typeof q> {
  const [whole = "", fraction = ""] = text.split(".");
  return q(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
}

/** Both routes to the optimum agree on its objective and on uniqueness, and the certificate is accepted. */
async function decided(R: PolyhedralNorm, data: Dataset): Promise<PolyhedralMargin> {
  const answer = await polyhedralMaxMargin(R, data);
  expect(judge(answer.certificate)).toMatchObject({ accepted: true });
  const rows = signedRows(data);
  const exact = solveBySimplex(R, rows, data.scale);
  expect(exact.feasible).toBe(answer.separable);
  if (exact.feasible && answer.separable) {
    expect(isOptimalPair(R, rows, data.scale, exact.beta, exact.dual)).toBe(true);
    const own = uniqueOptimum(R, rows, data.scale, exact.beta, exact.dual);
    expect(own).toEqual(answer.unique);
    if (own.beta) expect(equalVectors(exact.beta, answer.beta)).toBe(true);
    if (own.dual) expect(equalVectors(exact.dual, answer.dual)).toBe(true);
  }
  return answer;
}

describe.each(NORMS)("reference cases, %s", (R) => {
  it("are all there", () => {
    expect(reference.cases.length).toBeGreaterThanOrEqual(5);
  });

  it.each(reference.cases)("$id", async (c) => {
    const X = c.X.map((row) => row.map((x) => BigInt(Math.round(x * 1e6)))); // six places: exact
    const answer = await decided(R, dataset(X, c.y, 10n ** 6n));
    if (!answer.separable) throw new Error("expected separable data");
    const expected = R === "l1" ? c.min_l1 : c.min_linf;
    const exact = parseQ(answer.certificate.objective)!;
    expect(Math.abs(toNumber(sub(exact, decimal(expected.objective_30)))) / expected.objective).toBeLessThan(1e-14);
    if (answer.unique.beta)
      entriesOf(answer.beta).forEach((b, d) => {
        expect(Math.abs(toNumber(sub(b, decimal(expected.beta_30[d]!)))) / expected.objective).toBeLessThan(1e-14);
      });
    if (answer.unique.dual)
      entriesOf(answer.dual).forEach((a, n) => {
        expect(Math.abs(toNumber(a) - expected.alpha[n]!) / expected.objective).toBeLessThan(1e-14);
      });
    expect(answer.unique).toEqual({ beta: true, dual: true });
  });
});

describe.each(NORMS)("both routes, %s", (R) => {
  test.prop([anyData], { numRuns: 400 })("agree on small data, separable or not", async (data) => {
    const answer = await decided(R, data);
    expect(answer.separable).toBe(l2MaxMargin(data).separable);
  });

  test.prop([separableData], { numRuns: 200 })("find built data separable", async (data) => {
    expect((await decided(R, data)).separable).toBe(true);
  });

  test.prop([touchingData], { numRuns: 100 })("find touching data not separable", async (data) => {
    expect((await decided(R, data)).separable).toBe(false);
  });

  test.prop([separableData], { numRuns: 100 })("agree on data scaled by up to 1e8 and beyond doubles", async (data) => {
    for (const [rows, columns, scale] of [
      [[0, 8], [0], 1n],
      [[0], [8, 0], 10n ** 6n],
      [[0, 8, 4], [0, 8], 1n],
      [[0, 330], [0], 1n],
      [[200], [200], 1n],
    ] as const)
      expect((await decided(R, spread(data, rows, columns, scale))).separable).toBe(true);
  });
});

/** The best margin over the linf norm of two points is looked up by hand. */
const CASES: readonly (readonly [string, Dataset, Record<PolyhedralNorm, string | null>])[] = [
  ["one point", dataset([[3n, 4n]], [1]), { l1: "1/4", linf: "1/7" }],
  ["one point with equal entries", dataset([[2n, 2n]], [1]), { l1: "1/2", linf: "1/4" }],
  ["a line", dataset([[-3n], [2n]], [-1, 1], 7n), { l1: "7/2", linf: "7/2" }],
  ["the zero point", dataset([[0n, 0n]], [1]), { l1: null, linf: null }],
  ["a zero column", dataset([[0n, 5n]], [-1]), { l1: "1/5", linf: "1/5" }],
  [
    "a duplicated point",
    dataset(
      [
        [1n, 2n],
        [1n, 2n],
        [-1n, -2n],
      ],
      [1, 1, -1],
    ),
    { l1: "1/2", linf: "1/3" },
  ],
  [
    "touching",
    dataset(
      [
        [1n, 2n],
        [-1n, -2n],
      ],
      [1, 1],
    ),
    { l1: null, linf: null },
  ],
];

describe("by hand", () => {
  it.each(CASES)("%s", async (_, data, objectives) => {
    for (const R of NORMS) {
      const answer = await decided(R, data);
      const exact = objectives[R];
      expect(answer.separable).toBe(exact !== null);
      if (answer.separable) expect(answer.certificate).toMatchObject({ objective: exact });
      expect(falsehood(answer.certificate)).toBeNull();
    }
  });

  const unique = async (R: PolyhedralNorm, X: readonly (readonly bigint[])[]): Promise<unknown> => {
    const answer = await decided(
      R,
      dataset(
        X,
        X.map(() => 1),
      ),
    );
    return answer.separable ? answer.unique : null;
  };

  it("says of optima whether they are the only ones", async () => {
    expect(await unique("l1", [[3n, 4n]])).toEqual({ beta: true, dual: true });
    expect(await unique("l1", [[2n, 2n]])).toEqual({ beta: false, dual: true }); // a whole edge of the ball
    expect(await unique("linf", [[2n, 2n]])).toEqual({ beta: true, dual: true });
    expect(await unique("linf", [[2n, 0n]])).toEqual({ beta: false, dual: true }); // the second coordinate is free
    const twice = [
      [3n, 4n],
      [3n, 4n],
    ];
    for (const R of NORMS) expect(await unique(R, twice)).toEqual({ beta: true, dual: false });
  });

  it("a corner of the ball that an inactive multiplier holds is found unique", async () => {
    // l1: (1, 1) leaves the edge, and a second point cuts it to a vertex without a multiplier of its own.
    expect(
      await unique("l1", [
        [1n, 1n],
        [1n, 0n],
      ]),
    ).toEqual({ beta: true, dual: false });
  });
});

describe("KKT in four parts, on edits of one data set", () => {
  const X = [
    [3n, 1n, -1n],
    [1n, 2n, 2n],
    [2n, -1n, 3n],
  ];
  const y = [1, 1, 1];
  const part = (certificate: unknown): string => {
    const answer = judge(certificate);
    return answer.accepted ? "accepted" : answer.reason.split(":")[0]!;
  };

  it.each(NORMS)("%s", async (R) => {
    const o = await decided(R, dataset(X, y));
    if (!o.separable) throw new Error("expected separable data");
    const c = o.certificate;
    const by = (k: bigint) => (text: string) => showQ(q(parseQ(text)!.n * k, parseQ(text)!.d * 2n));
    const less = (text: string): string => showQ(sub(parseQ(text)!, q(1n, 10n ** 30n)));
    expect(part(c)).toBe("accepted");
    expect(part({ ...c, beta: c.beta.map(by(1n)) })).toBe("primal feasibility");
    expect(part({ ...c, beta: c.beta.map(by(3n)) })).toBe(`objective is not |beta|_${R}`);
    expect(part({ ...c, dual: c.dual.map(by(3n)) })).toBe("dual feasibility");
    expect(part({ ...c, dual: c.dual.map(by(1n)) })).toBe("primal and dual objective differ");
    expect(
      part({ ...c, dual: c.dual.map((a) => (a === "0" ? "-1" : a)).map((a, n) => (n === 0 ? less("0") : a)) }),
    ).toBe("dual feasibility");
    expect(part({ ...c, objective: less(c.objective) })).toBe(`objective is not |beta|_${R}`);
    expect(part({ ...c, regularizer: R === "l1" ? "linf" : "l1" })).not.toBe("accepted");
    expect(part({ ...c, regularizer: "l2" })).not.toBe("accepted");
  });

  const SCALES = 10n ** 8n;
  const EDITS: readonly (readonly [string, Dataset, boolean])[] = [
    ["separable", dataset(X, y), true],
    ["touching", dataset([...X, X[0]!.map((x) => -x)], [...y, 1]), false],
    ["inseparable", dataset([...X, X[0]!.map((x, d) => -x - X[1]![d]!)], [...y, 1]), false],
    ["a duplicated point", dataset([...X, X[0]!], [...y, 1]), true],
    [
      "D = 1",
      dataset(
        X.map((row) => [row[0]!]),
        y,
      ),
      true,
    ],
    [
      "N > D",
      dataset(
        [...X, ...X.map((row) => row.map((x, d) => x + X[0]![d]!)), ...X.map((row) => row.map((x) => 2n * x))],
        [...y, ...y, ...y],
      ),
      true,
    ],
    [
      "a row times 1e8",
      dataset(
        X.map((row, n) => row.map((x) => (n === 0 ? x * SCALES : x))),
        y,
      ),
      true,
    ],
    [
      "a column times 1e8",
      dataset(
        X.map((row) => row.map((x, d) => (d === 0 ? x * SCALES : x))),
        y,
      ),
      true,
    ],
    ["all over 1e8", dataset(X, y, SCALES), true],
  ];
  it.each(EDITS)("%s", async (_, data, separable) => {
    for (const R of NORMS) {
      const answer = await decided(R, data);
      expect(answer.separable).toBe(separable);
      expect(falsehood(answer.certificate)).toBeNull();
    }
  });

  it("a duplicated point shares its multiplier, and the optimum stays", async () => {
    for (const R of NORMS) {
      const [one, two] = [await decided(R, dataset(X, y)), await decided(R, dataset([...X, X[0]!], [...y, 1]))];
      if (!one.separable || !two.separable) throw new Error("expected separable data");
      expect(equals(parseQ(one.certificate.objective)!, parseQ(two.certificate.objective)!)).toBe(true);
    }
  });
});

describe("shipped data", () => {
  const SETS = [
    ["iris", { positive: "setosa" }, true],
    ["iris", { positive: "versicolor", negative: "virginica" }, false],
    ["wdbc", { positive: "benign" }, true],
    ["digits", { positive: "3", negative: "8" }, true],
  ] as const;
  it.each(SETS)("%s with %o", async (name, classes, separable) => {
    const bytes = readFileSync(new URL(`../../../src/models/data/shipped/${name}.csv`, import.meta.url));
    const { dataset: data } = datasetFromBytes(bytes, { file: `${name}.csv`, ...classes });
    for (const R of NORMS) {
      const answer = await polyhedralMaxMargin(R, data);
      expect(answer.separable).toBe(separable);
      expect(judge(answer.certificate).accepted).toBe(true);
    }
  });
});

it("an optimum in other words stays one", () => {
  const rows = [[2n, 2n]];
  const pair = (a: string, b: string): boolean =>
    isOptimalPair("l1", rows, 1n, vectorOf([parseQ(a)!, parseQ(b)!]), vectorOf([q(1n, 2n)]));
  expect(pair("1/2", "0")).toBe(true);
  expect(pair("1/3", "1/6")).toBe(true);
  expect(pair("1/3", "1/3")).toBe(false);
});
