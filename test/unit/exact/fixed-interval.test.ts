/** Intervals in fixed point: every operation contains what it stands for, of any size and sign, and is narrow where exact. */
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import {
  addFixed,
  divFixed,
  FIXED_ONE,
  FIXED_ZERO,
  type Fixed,
  fixedAround,
  fixedBounds,
  fixedDyadic,
  fixedFrom,
  lengthFixed,
  maxFixed,
  mulFixed,
  powerFixed,
  rootFixed,
  squareFixed,
  subFixed,
  timesFixed,
} from "../../../src/exact/fixed-interval.js";
import { add, compare, div, integerPower, mul, ONE, type Q, q, sign, sub, ZERO } from "../../../src/exact/rational.js";

const UNIT = 1n << 240n;
const size = (bits: bigint): fc.Arbitrary<bigint> => fc.bigInt({ min: -(1n << bits), max: 1n << bits });
/** From 2^-400 to 2^400, dyadic or not, 0 and the neighbors of units among them. */
const number: fc.Arbitrary<Q> = fc.oneof(
  fc.tuple(size(40n), fc.bigInt({ min: 1n, max: 1n << 40n })).map(([n, d]) => q(n, d)),
  fc.tuple(size(400n), fc.bigInt({ min: 1n, max: 1n << 400n })).map(([n, d]) => q(n, d)),
  fc.tuple(size(3n), fc.constantFrom(1n, 3n, UNIT, UNIT * 3n, UNIT << 160n)).map(([n, d]) => q(n, d)),
);

interface Within {
  readonly interval: Fixed;
  readonly value: Q;
}

/** A value somewhere in an interval: between two others, at an end, or alone. */
const within: fc.Arbitrary<Within> = fc
  .tuple(number, number, fc.constantFrom(q(0n), q(1n, 2n), q(1n, 7n), q(1n)), fc.boolean())
  .map(([a, b, share, alone]) => {
    if (alone) return { interval: fixedFrom(a), value: a };
    const [low, high] = compare(a, b) <= 0 ? [a, b] : [b, a];
    return { interval: fixedFrom(low, high), value: add(low, mul(share, sub(high, low))) };
  });

const contains = (x: Fixed, value: Q): boolean => {
  const { lower, upper } = fixedBounds(x);
  return compare(lower, value) <= 0 && compare(value, upper) <= 0;
};
const larger = (a: Q, b: Q): Q => (compare(a, b) > 0 ? a : b);
const powerOf = (x: Q, k: number): Q => q(integerPower(x.n, k), integerPower(x.d, k));
const width = ({ lo, hi }: Fixed): bigint => hi - lo;

describe("containment", () => {
  test.prop([within, within, fc.nat(9)], { numRuns: 1000 })("sums, differences, products, maxima", (a, b, k) => {
    const [A, B] = [a.interval, b.interval];
    const [x, y] = [a.value, b.value];
    expect(contains(A, x)).toBe(true);
    expect(contains(addFixed(A, B), add(x, y))).toBe(true);
    expect(contains(subFixed(A, B), sub(x, y))).toBe(true);
    expect(contains(mulFixed(A, B), mul(x, y))).toBe(true);
    expect(contains(squareFixed(A), mul(x, x))).toBe(true);
    expect(squareFixed(A).lo >= 0n).toBe(true);
    expect(contains(maxFixed(A, B), larger(x, y))).toBe(true);
    expect(contains(timesFixed(A, BigInt(k)), mul(x, q(BigInt(k))))).toBe(true);
  });

  test.prop([within, within], { numRuns: 1000 })(
    "quotients, where the divisor is surely above 0, else none",
    (a, b) => {
      const quotient = divFixed(a.interval, b.interval);
      expect(quotient === null).toBe(b.interval.lo <= 0n);
      if (quotient !== null) expect(contains(quotient, div(a.value, b.value))).toBe(true);
    },
  );

  test.prop([within, fc.constantFrom(1, 2, 3, 5, 7, 64)], { numRuns: 400 })(
    "roots and powers of what is >= 0",
    (a, k) => {
      if (sign(a.value) < 0) return;
      const root = rootFixed(a.interval, k);
      const { lower, upper } = fixedBounds(root);
      expect(sign(lower)).toBeGreaterThanOrEqual(0);
      expect(compare(powerOf(lower, k), a.value)).toBeLessThanOrEqual(0);
      expect(compare(powerOf(upper, k), a.value)).toBeGreaterThanOrEqual(0);
      const from = a.interval.lo < 0n ? { lo: 0n, hi: a.interval.hi } : a.interval;
      expect(contains(powerFixed(from, k), powerOf(a.value, k))).toBe(true);
      expect(powerFixed(from, 0)).toEqual(FIXED_ONE);
    },
  );

  test.prop([within, within], { numRuns: 400 })("lengths", (a, b) => {
    const { lower, upper } = fixedBounds(lengthFixed(a.interval, b.interval));
    const square = add(mul(a.value, a.value), mul(b.value, b.value));
    expect(sign(lower)).toBeGreaterThanOrEqual(0);
    expect(compare(mul(lower, lower), square)).toBeLessThanOrEqual(0);
    expect(compare(mul(upper, upper), square)).toBeGreaterThanOrEqual(0);
  });

  test.prop([size(700n), fc.bigInt({ min: 0n, max: 700n })])("n / 2^bits, whether or not the digits fit", (n, bits) => {
    const x = fixedDyadic(n, bits);
    expect(contains(x, q(n, 1n << bits))).toBe(true);
    expect(width(x)).toBe((n * UNIT) % (1n << bits) === 0n ? 0n : 1n);
  });

  test.prop([size(600n), fc.bigInt({ min: 0n, max: 1n << 300n }), fc.bigInt({ min: -100n, max: 100n })])(
    "a sum of products and its slack",
    (sum, slack, percent) => {
      const value = sum + (slack * percent) / 100n;
      expect(contains(fixedAround(sum, slack), q(value, UNIT * UNIT))).toBe(true);
    },
  );
});

describe("width", () => {
  test.prop([number, number])("one operation on a number costs a unit or two", (x, y) => {
    const [a, b] = [fixedFrom(x), fixedFrom(y)];
    expect(width(a) <= 1n).toBe(true);
    if (width(a) === 0n && width(b) === 0n) expect(width(mulFixed(a, b)) <= 1n).toBe(true);
    if (width(a) === 0n && a.lo >= 0n) for (const k of [2, 3, 64]) expect(width(rootFixed(a, k)) <= 1n).toBe(true);
  });

  it("what fits is exact: 0, 1, halves, and the roots of powers of them", () => {
    for (const k of [1, 2, 3, 64]) {
      expect(rootFixed(FIXED_ZERO, k)).toEqual(FIXED_ZERO);
      expect(rootFixed(FIXED_ONE, k)).toEqual(FIXED_ONE);
    }
    expect(rootFixed(fixedFrom(q(9n, 4n)), 2)).toEqual(fixedFrom(q(3n, 2n)));
    expect(rootFixed(fixedFrom(q(-1n)), 2)).toEqual(FIXED_ZERO);
    expect(fixedBounds(fixedFrom(q(1n, 2n)))).toEqual({ lower: q(1n, 2n), upper: q(1n, 2n) });
    expect(divFixed(FIXED_ONE, FIXED_ZERO)).toBeNull();
    expect(divFixed(FIXED_ZERO, FIXED_ONE)).toEqual(FIXED_ZERO);
    expect(fixedBounds(fixedFrom(ZERO, ONE))).toEqual({ lower: ZERO, upper: ONE });
  });

  it("a length near 0 is as near", () => {
    expect(lengthFixed({ lo: -3n, hi: 2n }, { lo: -4n, hi: 0n })).toEqual({ lo: 0n, hi: 5n });
    expect(lengthFixed(fixedFrom(q(-3n)), fixedFrom(q(4n)))).toEqual(fixedFrom(q(5n)));
  });

  it("an interval around 0 squares to one from 0", () => {
    expect(squareFixed({ lo: -UNIT, hi: 2n * UNIT })).toEqual({ lo: 0n, hi: 4n * UNIT });
    expect(squareFixed({ lo: -2n * UNIT, hi: -UNIT })).toEqual({ lo: UNIT, hi: 4n * UNIT });
  });
});
