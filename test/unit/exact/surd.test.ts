/** Surds: canonical form, arithmetic, the nearest double by exact powers, text that mathjs reads back. */
import { fc, test } from "@fast-check/vitest";
import { evaluate as evaluated } from "mathjs";
import { describe, expect, it } from "vitest";
import { add, compare, div, gcd, mul, ONE, ofNumber, type Q, q, sign } from "../../../src/exact/rational.js";
import {
  isUnit,
  type Surd,
  showSurd,
  surdEquals,
  surdInteger,
  surdOf,
  surdPower,
  surdTimes,
  surdToNumber,
  UNIT_SURD,
} from "../../../src/exact/surd.js";
import { UseError } from "../../../src/kernel/use-error.js";

const positive = fc
  .tuple(fc.bigInt({ min: 1n, max: 5000n }), fc.bigInt({ min: 1n, max: 60n }))
  .map(([n, d]) => q(n, d));
const exponent = fc
  .tuple(fc.bigInt({ min: -5n, max: 5n }), fc.constantFrom(1n, 2n, 3n, 4n, 6n))
  .map(([n, d]) => q(n, d));
const surd = fc
  .array(fc.tuple(positive, exponent), { maxLength: 3 })
  .map((list) => surdTimes(...list.map(([c, e]) => surdPower(surdOf(c), e))));

const raised = (c: Q, n: bigint): Q => (n < 0n ? raised(div(ONE, c), -n) : q(c.n ** n, c.d ** n));
/** s^N, N a common denominator of its exponents. */
function integral(s: Surd): { readonly N: bigint; readonly value: Q } {
  const N = s.factors.reduce((n, [, e]) => (n / gcd(n, e.d)) * e.d, 1n);
  return { N, value: s.factors.map(([p, e]) => raised(q(p), (e.n * N) / e.d)).reduce(mul, ONE) };
}

describe("canonical form", () => {
  test.prop([surd])("bases ascend, none is 1, no exponent is 0", (s) => {
    s.factors.forEach(([p, e], i) => {
      expect(p > 1n && e.n !== 0n).toBe(true);
      if (i > 0) expect(s.factors[i - 1]![0] < p).toBe(true);
      for (let d = 2n; d < p; d++) if (p % d === 0n) throw new Error(`${p} is not prime`);
    });
  });

  it("squares leave the root", () => {
    const root12 = surdPower(surdInteger(12), q(1n, 2n));
    expect(surdEquals(root12, surdTimes(surdInteger(2), surdPower(surdInteger(3), q(1n, 2n))))).toBe(true);
    expect(showSurd(root12)).toBe("2*sqrt(3)");
    expect(surdPower(surdInteger(8), q(1n, 3n))).toEqual(surdInteger(2));
    expect(surdOf(q(4n, 9n)).factors).toEqual([
      [2n, q(2n)],
      [3n, q(-2n)],
    ]);
    expect(isUnit(surdTimes(surdOf(q(2n, 3n)), surdOf(q(3n, 2n))))).toBe(true);
    expect(isUnit(surdInteger(2))).toBe(false);
    expect(surdTimes()).toEqual(UNIT_SURD);
    expect(surdPower(surdInteger(6), q(0n))).toEqual(UNIT_SURD);
  });

  it("a base of two primes beyond trial division stays whole; one prime is found however large", () => {
    const [p, r] = [100_003n, 100_019n];
    expect(surdOf(q(p * r)).factors).toEqual([[p * r, ONE]]);
    expect(surdOf(q(99_991n * 99_991n * 7n)).factors).toEqual([
      [7n, ONE],
      [99_991n, q(2n)],
    ]);
    expect(surdOf(q(2n ** 61n - 1n)).factors).toEqual([[2n ** 61n - 1n, ONE]]);
  });

  it("only positive numbers", () => {
    for (const c of [q(0n), q(-2n), q(-1n, 3n)]) expect(() => surdOf(c)).toThrow(UseError);
  });
});

describe("arithmetic", () => {
  test.prop([positive, positive])("of rationals is theirs", (a, b) => {
    expect(surdTimes(surdOf(a), surdOf(b))).toEqual(surdOf(mul(a, b)));
    expect(surdPower(surdOf(a), q(-1n))).toEqual(surdOf(div(ONE, a)));
    expect(surdEquals(surdOf(a), surdOf(b))).toBe(compare(a, b) === 0);
  });

  test.prop([surd, surd, exponent, exponent])("obeys the laws of powers", (s, t, e, f) => {
    expect(surdTimes(s, t)).toEqual(surdTimes(t, s));
    expect(surdPower(surdTimes(s, t), e)).toEqual(surdTimes(surdPower(s, e), surdPower(t, e)));
    expect(surdTimes(surdPower(s, e), surdPower(s, f))).toEqual(surdPower(s, add(e, f)));
    expect(surdPower(surdPower(s, e), f)).toEqual(surdPower(s, mul(e, f)));
    expect(isUnit(surdTimes(s, surdPower(s, q(-1n))))).toBe(true);
    expect(surdEquals(s, t)).toBe(isUnit(surdTimes(s, surdPower(t, q(-1n)))));
  });
});

const word = new DataView(new ArrayBuffer(8));
/** The double before or after a positive one. */
function neighbor(x: number, by: bigint): number {
  word.setFloat64(0, x);
  word.setBigUint64(0, word.getBigUint64(0) + by);
  return word.getFloat64(0);
}

describe("as a double", () => {
  test.prop([surd], { numRuns: 300 })("is the nearest: its N-th power is exact", (s) => {
    const { N, value } = integral(s);
    const x = surdToNumber(s);
    const [low, high] = [-1n, 1n].map((by) => mul(add(ofNumber(x), ofNumber(neighbor(x, by))), q(1n, 2n)));
    expect(compare(raised(low!, N), value)).toBeLessThanOrEqual(0);
    expect(compare(raised(high!, N), value)).toBeGreaterThanOrEqual(0);
  });

  it("known ones", () => {
    expect(surdToNumber(UNIT_SURD)).toBe(1);
    expect(surdToNumber(surdPower(surdInteger(2), q(1n, 2n)))).toBe(Math.SQRT2);
    expect(surdToNumber(surdPower(surdInteger(2), q(-1n, 2n)))).toBe(Math.SQRT1_2);
    expect(surdToNumber(surdOf(q(1n, 3n)))).toBe(1 / 3);
    expect(surdToNumber(surdPower(surdInteger(10), q(600n, 2n)))).toBe(1e300);
  });
});

describe("text", () => {
  test.prop([surd], { numRuns: 300 })("reads back as the same number", (s) => {
    const value: unknown = evaluated(showSurd(s));
    expect(Math.abs((value as number) / surdToNumber(s) - 1)).toBeLessThan(1e-14);
  });

  it.each([
    [UNIT_SURD, "1"],
    [surdOf(q(2n, 3n)), "2/3"],
    [surdPower(surdInteger(6), q(1n, 2n)), "sqrt(6)"],
    [surdPower(surdInteger(24), q(1n, 2n)), "2*sqrt(6)"],
    [surdPower(surdInteger(12), q(-1n, 2n)), "(1/6)*sqrt(3)"],
    [surdTimes(surdPower(surdInteger(5), q(2n, 3n)), surdPower(surdInteger(3), q(1n, 2n))), "sqrt(3)*5^(2/3)"],
    [surdTimes(surdInteger(3), surdPower(surdInteger(2), q(1n, 3n))), "3*2^(1/3)"],
    [surdPower(surdInteger(2), q(-4n, 3n)), "(1/4)*2^(2/3)"],
    [surdPower(surdInteger(2), q(-2n)), "1/4"],
  ])("%#: %s", (s, text) => {
    expect(showSurd(s)).toBe(text);
    expect(sign(ofNumber(surdToNumber(s)))).toBe(1);
  });
});
