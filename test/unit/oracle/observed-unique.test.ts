/** Uniqueness as observed, against exact answers where a norm is l1 or l2 in disguise: never wrong, and on small data seldom silent. */
import { describe, expect, it } from "vitest";
import type { Dataset } from "../../../src/kernel/dataset.js";
import { randomStream } from "../../../src/kernel/seed.js";
import { blockMaxMargin } from "../../../src/oracle/block-margin.js";
import { l2MaxMargin } from "../../../src/oracle/l2-margin.js";
import { polyhedralMaxMargin } from "../../../src/oracle/lp-margin.js";
import { spectralMaxMargin } from "../../../src/oracle/spectral-margin.js";

type Rows = readonly (readonly number[])[];
type Verdict = { readonly beta: boolean | null; readonly dual: boolean | null };
type Answer = { readonly separable: false } | { readonly separable: true; readonly unique: Verdict };

const shaped = (X: Rows, shape: readonly number[] = [X[0]!.length]): Dataset => ({
  name: "unique",
  shape,
  scale: 1n,
  X: X.map((row) => row.map(BigInt)),
  y: X.map(() => 1),
  features: null,
});

const answerOf = (name: string, X: Rows, shape?: readonly number[]): Promise<Answer> | Answer =>
  name === "l1"
    ? polyhedralMaxMargin("l1", shaped(X, shape))
    : name === "l2"
      ? l2MaxMargin(shaped(X, shape))
      : name === "nuclear" || name === "kernel:2"
        ? spectralMaxMargin(name === "nuclear" ? 1 : 2, shaped(X, shape))
        : blockMaxMargin(name, shaped(X, shape));

async function uniqueOf(name: string, X: Rows, shape?: readonly number[]): Promise<Verdict> {
  const answer = await answerOf(name, X, shape);
  if (!answer.separable) throw new Error("expected separable data");
  return answer.unique;
}

type Draw = (seed: bigint, D: number) => Rows;

/** Small entries, so that faces of optima and dependent points are common; every third time the first point comes twice. */
const small: Draw = (seed, D) => {
  const stream = randomStream(seed, "unique-small");
  const size = 1 + (stream.uint32() % 3);
  const X = Array.from({ length: 1 + (stream.uint32() % 6) }, () =>
    Array.from({ length: D }, () => (stream.uint32() % (2 * size + 1)) - size),
  );
  return stream.uint32() % 3 === 0 ? [...X, X[0]!] : X;
};
/** Points that are nearly multiples of one another. */
const near: Draw = (seed, D) => {
  const stream = randomStream(seed, "unique-near");
  const peaks = Array.from({ length: D }, () => (1 + (stream.uint32() % 3)) * Number(`1e${8 + (stream.uint32() % 5)}`));
  return Array.from({ length: 2 + (stream.uint32() % 4) }, () => peaks.map((x) => x + (stream.uint32() % 9) - 4));
};
/** Columns that are nearly the same. */
const level: Draw = (seed, D) => {
  const stream = randomStream(seed, "unique-level");
  return Array.from({ length: 1 + (stream.uint32() % 4) }, () => {
    const x = (1 + (stream.uint32() % 9)) * Number(`1e${8 + (stream.uint32() % 5)}`);
    return Array.from({ length: D }, () => x + (stream.uint32() % 5) - 2);
  });
};

const same = (row: readonly number[]): readonly number[] => row;
const two = ([a, b]: readonly number[]): readonly number[] => [a! + b!, a! - b!];
const four = ([a, b, c, d]: readonly number[]): readonly number[] => [
  a! + b! + c! + d!,
  a! - b! + c! - d!,
  a! + b! - c! - d!,
  a! - b! - c! + d!,
];

const SEEDS = 120;

/** Verdicts that are given and wrong, and how many of the exact ones are not given. */
async function compared(
  draw: Draw,
  D: (seed: bigint) => number,
  exact: readonly [string, (row: readonly number[]) => readonly number[]],
  observed: readonly [string, (D: number) => readonly number[]],
): Promise<{ readonly wrong: readonly string[]; readonly silent: number }> {
  const wrong: string[] = [];
  let [asked, silent] = [0, 0];
  for (let seed = 1n; seed <= SEEDS; seed++) {
    const X = draw(seed, D(seed));
    const known = await answerOf(exact[0], X.map(exact[1]));
    if (!known.separable) continue;
    const found = await uniqueOf(observed[0], X, observed[1](D(seed)));
    for (const key of ["beta", "dual"] as const) {
      if (known.unique[key] === null) continue;
      asked++;
      if (found[key] === null) silent++;
      else if (found[key] !== known.unique[key]) wrong.push(`${seed}: ${key} ${found[key]}`);
    }
  }
  return { wrong, silent: silent / asked };
}

const upTo =
  (most: bigint) =>
  (seed: bigint): number =>
    1 + Number(seed % most);

const KINDS = [
  ["group-l21 of one channel is l1", upTo(5n), ["l1", same], ["group-l21", (D) => [D, 1]]],
  ["fourier-l1 of two places is l1, turned", () => 2, ["l1", two], ["fourier-l1", (D) => [D]]],
  ["fourier-l1 of 2 x 2 places is l1, turned", () => 4, ["l1", four], ["fourier-l1", () => [2, 2]]],
  ["nuclear of one channel is l2", upTo(4n), ["l2", same], ["nuclear", (D) => [D]]],
  ["kernel:2 of two places is l1, turned", () => 2, ["l1", two], ["kernel:2", (D) => [D]]],
] as const satisfies readonly (readonly [
  string,
  (seed: bigint) => number,
  readonly [string, (row: readonly number[]) => readonly number[]],
  readonly [string, (D: number) => readonly number[]],
])[];

describe.each(KINDS)("%s", (_, D, exact, observed) => {
  it("on small integers", async () => {
    const { wrong, silent } = await compared(small, D, exact, observed);
    expect(wrong).toEqual([]);
    expect(silent).toBeLessThan(0.05);
  });

  it("on points that are nearly one", async () => {
    expect((await compared(near, D, exact, observed)).wrong).toEqual([]);
  });

  it("on columns that are nearly one", async () => {
    expect((await compared(level, D, exact, observed)).wrong).toEqual([]);
  });
});

describe("a point that comes twice", () => {
  it.each([
    ["fourier-l1", [5]],
    ["group-l21", [2, 3]],
    ["fourier-l21", [3, 2]],
    ["nuclear", [2, 2]],
    ["kernel:2", [2, 2]],
  ] as const)("%s: the same predictors, and never one multiplier where it carries", async (name, shape) => {
    for (let seed = 1n; seed <= 60n; seed++) {
      const X = small(
        seed,
        shape.reduce<number>((a, n) => a * n, 1),
      );
      const first = await answerOf(name, X, shape);
      if (!first.separable) continue;
      const double = await uniqueOf(name, [...X, ...X], shape);
      expect(double.dual).not.toBe(true);
      expect(new Set([first.unique.beta, double.beta].filter((x) => x !== null)).size).toBeLessThan(2);
    }
  });
});

describe("by hand", () => {
  it("two points that are one, whatever the scale of the iterate", async () => {
    const X = [
      [1, 0],
      [1, 0],
    ];
    expect(await uniqueOf("nuclear", X)).toEqual({ beta: true, dual: false });
  });

  it.each([
    [
      // Every (t, t, -1) with t from -1 to 1/2.
      [
        [-1, 1, -1],
        [1, -1, -1],
        [-1, 1, -1],
      ],
    ],
    [
      [
        [1, 0, -1, -2],
        [0, -1, -2, 1],
        [1, 0, -1, -2],
      ],
    ],
    [
      [
        [-2, -2, 2],
        [-2, 2, -2],
        [-2, -2, 2],
      ],
    ],
    [
      [
        [-1, -1, 2, -1, 1, 0],
        [-1, 2, -1, 1, 0, -1],
        [-1, -1, 2, -1, 1, 0],
      ],
    ],
  ])("a face of optima whose blocks are tight to half the digits: %j", async (X) => {
    const { beta, dual } = await uniqueOf("fourier-l1", X);
    expect(beta).not.toBe(true);
    expect(dual).not.toBe(true);
  });

  it("nearly dependent is not dependent", async () => {
    const X = [
      [99_999_999, 1_999_999_999_998],
      [100_000_003, 1_999_999_999_997],
    ];
    const known = await uniqueOf("l1", X);
    const found = await uniqueOf("group-l21", X, [2, 1]);
    for (const key of ["beta", "dual"] as const) expect([known[key], null]).toContain(found[key]);
  });
});
