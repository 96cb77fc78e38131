/** Combinations of rows: right where they are told, and no more exact work than there is to spend. */
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { rank } from "../../../src/exact/linear.js";
import { q } from "../../../src/exact/rational.js";
import { rowSpan, WORK } from "../../../src/exact/row-span.js";

const work = (): { left: number } => ({ left: WORK });
const big = (rows: readonly (readonly number[])[]): bigint[][] => rows.map((row) => row.map(BigInt));

/** Rows of pseudo-random integers of so many bits. */
function random(rows: number, columns: number, bits: number): bigint[][] {
  let state = 99n;
  const next = (): bigint => {
    let x = 0n;
    for (let i = 0; i < bits; i += 31) {
      state = (state * 6364136223846793005n + 1442695040888963407n) % (1n << 64n);
      x = (x << 31n) | (state >> 33n);
    }
    return x;
  };
  return Array.from({ length: rows }, () => Array.from({ length: columns }, next));
}

const weighted = (base: readonly (readonly bigint[])[], c: readonly bigint[]): bigint[] =>
  base[0]!.map((_, j) => base.reduce((sum, row, i) => sum + c[i]! * row[j]!, 0n));

const matrix = fc.record({ k: fc.integer({ min: 1, max: 4 }), n: fc.integer({ min: 1, max: 5 }) }).chain(({ k, n }) =>
  fc.record({
    base: fc.array(fc.array(fc.bigInt({ min: -9n, max: 9n }), { minLength: n, maxLength: n }), {
      minLength: k,
      maxLength: k,
    }),
    c: fc.array(fc.bigInt({ min: -9n, max: 9n }), { minLength: k, maxLength: k }),
    other: fc.array(fc.bigInt({ min: -9n, max: 9n }), { minLength: n, maxLength: n }),
  }),
);

describe("the sum of a combination", () => {
  test.prop([matrix])("is that of its weights, where the rows are independent; null outside the span", (given) => {
    const { base, c, other } = given;
    if (rank(base) < base.length) return;
    const span = rowSpan(base, work());
    expect(span.sum(weighted(base, c))).toEqual(
      q(
        c.reduce((a, x) => a + x, 0n),
        1n,
      ),
    );
    expect(span.sum(other) === null).toBe(rank([...base, other]) > base.length);
  });

  it("fractions, multiples, zero, nothing", () => {
    const base = big([
      [2, 0, 4],
      [0, 3, 0],
    ]);
    const span = rowSpan(base, work());
    expect(span.sum([1n, 1n, 2n])).toEqual(q(5n, 6n));
    expect(span.sum([-1n, 0n, -2n])).toEqual(q(-1n, 2n));
    expect(span.sum([0n, 0n, 0n])).toEqual(q(0n));
    expect(span.sum([2n, 0n, 5n])).toBeNull();
    expect(rowSpan([], work()).sum([1n])).toBeNull();
    expect(rowSpan(big([[0, 0]]), work()).sum([1n, 0n])).toBeNull();
  });

  it("a row that only looks like a combination modulo some primes is none", () => {
    // the differences are divisible by all primes below 2^26 that a span of one row may choose
    const product = Array.from({ length: 200 }, (_, i) => BigInt(2 ** 26 - 1 - i)).reduce((a, x) => a * x, 1n);
    expect(rowSpan([[1n, 0n]], work()).sum([1n, product])).toBeNull();
    expect(rowSpan([[1n, 0n]], work()).sum([product, 1n])).toBeNull();
  });
});

describe("work", () => {
  it("copies and rows outside the span take none; a combination takes some, on square bases once", () => {
    const base = random(24, 24, 2000);
    const left = { left: 1e30 };
    const span = rowSpan(base.slice(0, 23), left);
    for (const row of base.slice(0, 23)) {
      expect(span.sum(row)).toEqual(q(1n));
      expect(span.sum(row.map((x) => -3n * x))).toEqual(q(-3n));
    }
    expect(span.sum(base[23]!)).toBeNull();
    expect(left.left).toBe(1e30);
    const small = random(4, 4, 10);
    const stock = work();
    const square = rowSpan(small, stock);
    const sum = weighted(small, [1n, 1n, -1n, 0n]);
    expect(square.sum(sum)).toEqual(q(1n));
    const after = stock.left;
    expect(after).toBeLessThan(WORK);
    expect(square.sum(sum)).toEqual(q(1n));
    expect(stock.left).toBe(after);
  });

  it("what is too long for it is not told", () => {
    const base = random(20, 40, 1000);
    const stock = work();
    const sum = weighted(
      base,
      base.map(() => 1n),
    );
    expect(rowSpan(base, stock).sum(sum)).toBe("long");
    expect(stock.left).toBe(WORK);
    const short = random(2, 4, 10);
    const some = { left: 1e9 };
    const span = rowSpan(short, some);
    const answers = Array.from({ length: 10 }, () => span.sum(weighted(short, [2n, -1n])));
    expect(answers[0]).toEqual(q(1n));
    expect(answers.at(-1)).toBe("long");
    expect(some.left).toBeGreaterThanOrEqual(0);
  });
});
