import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import {
  add,
  bitLength,
  compare,
  div,
  doubleAbove,
  doubleBelow,
  equals,
  floorSqrt,
  gcd,
  isPowerOfTwo,
  mul,
  neg,
  ONE,
  ofNumber,
  parseQ,
  powerOfTwo,
  type Q,
  q,
  showQ,
  sign,
  sqrtBounds,
  sub,
  toNumber,
  ZERO,
} from "../../../src/exact/rational.js";
import { UseError } from "../../../src/kernel/use-error.js";

const size = (bits: number): { min: bigint; max: bigint } => ({ min: -(1n << BigInt(bits)), max: 1n << BigInt(bits) });
const integer = fc.oneof(fc.bigInt(size(3)), fc.bigInt(size(70)), fc.bigInt(size(900)));
const positive = integer.map((x) => (x < 0n ? -x : x) + 1n);
const rational = fc.tuple(integer, positive).map(([n, d]) => q(n, d));
const nonzero = rational.filter((a) => a.n !== 0n);

/** Canonical by Euclid's own algorithm. */
function expectCanonical({ n, d }: Q): void {
  let [x, y] = [n < 0n ? -n : n, d];
  while (y !== 0n) [x, y] = [y, x % y];
  expect(d > 0n && x === 1n).toBe(true);
}

describe("field laws", () => {
  test.prop([rational, rational, rational])("commutative, associative, distributive", (a, b, c) => {
    expect(add(a, b)).toEqual(add(b, a));
    expect(mul(a, b)).toEqual(mul(b, a));
    expect(add(add(a, b), c)).toEqual(add(a, add(b, c)));
    expect(mul(mul(a, b), c)).toEqual(mul(a, mul(b, c)));
    expect(mul(a, add(b, c))).toEqual(add(mul(a, b), mul(a, c)));
  });

  test.prop([rational, nonzero])("neutral and inverse elements", (a, b) => {
    expect(add(a, ZERO)).toEqual(a);
    expect(mul(a, ONE)).toEqual(a);
    expect(add(a, neg(a))).toEqual(ZERO);
    expect(sub(a, b)).toEqual(add(a, neg(b)));
    expect(div(b, b)).toEqual(ONE);
    expect(mul(div(a, b), b)).toEqual(a);
  });

  test.prop([rational, nonzero])("results are in lowest terms with a positive denominator", (a, b) => {
    for (const x of [add(a, b), sub(a, b), mul(a, b), div(a, b), neg(a)]) expectCanonical(x);
  });

  test.prop([rational, rational, positive])("order, sign and equality agree with cross products", (a, b, k) => {
    const cross = a.n * b.d - b.n * a.d;
    expect(compare(a, b)).toBe(cross > 0n ? 1 : cross < 0n ? -1 : 0);
    expect(sign(sub(a, b))).toBe(compare(a, b));
    expect(equals(a, b)).toBe(cross === 0n);
    expect(q(a.n * k, a.d * k)).toEqual(a);
    expect(q(-a.n * k, -a.d * k)).toEqual(a);
  });

  it("refuses a zero denominator", () => {
    expect(() => q(1n, 0n)).toThrow(UseError);
    expect(() => div(ONE, ZERO)).toThrow(UseError);
  });
});

describe("lengths and powers of two", () => {
  it("are told at and beside powers of two, with a bound or without", () => {
    for (const k of [1, 52, 53, 54, 64, 65, 128, 999, 1000, 1023, 1024, 1025, 3000]) {
      const x = 1n << BigInt(k);
      expect([x - 1n, x, x + 1n].map((a) => bitLength(a))).toEqual([k, k + 1, k + 1]);
      for (const more of [1, 2, 900, 5000]) expect([x - 1n, x].map((a) => bitLength(a, k + more))).toEqual([k, k + 1]);
      expect([x - 1n, x, x + 1n, 3n * x].map(isPowerOfTwo)).toEqual([k === 1, true, false, false]);
    }
    expect([bitLength(0n), bitLength(1n), bitLength(0n, 2000)]).toEqual([0, 1, 0]);
  });

  test.prop([positive, fc.integer({ min: 0, max: 1200 })])("make a gcd with powers of two", (a, k) => {
    const power = 1n << BigInt(k);
    let common = 1n;
    while (common < power && a % (2n * common) === 0n) common *= 2n;
    expect([gcd(a, power), gcd(-power, a), gcd(power, 0n)]).toEqual([common, common, power]);
  });

  test.prop([positive, positive, positive])("and doubles need no lowest terms", (n, d, c) => {
    expect(toNumber({ n: -n * c, d: d * c })).toBe(toNumber(q(-n, d)));
  });
});

describe("gcd", () => {
  const euclid = (a: bigint, b: bigint): bigint => {
    let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
    while (y !== 0n) [x, y] = [y, x % y];
    return x;
  };
  const long = fc.oneof(fc.bigInt(size(600)), fc.bigInt(size(2000)), fc.bigInt(size(70)));

  test.prop([long, long, long], { numRuns: 500 })("is Euclid's, common factor planted or not", (a, b, g) => {
    expect(gcd(a, b)).toBe(euclid(a, b));
    expect(gcd(a * g, b * g)).toBe(euclid(a * g, b * g));
  });

  test.prop([long, long, fc.bigInt(size(40))], { numRuns: 300 })(
    "for numbers that are close or divide",
    (a, b, small) => {
      for (const [x, y] of [
        [a, a + small],
        [a * b, a],
        [a * b + small, a],
        [a, a],
        [a, 0n],
        [0n, a],
      ] as const)
        expect(gcd(x, y)).toBe(euclid(x, y));
    },
  );

  it("on both sides of the sizes at which the arithmetic changes", () => {
    const near = [30n, 31n, 32n, 53n, 54n, 64n].flatMap((k) => [-3n, -1n, 0n, 1n, 2n].map((by) => (1n << k) + by));
    for (const a of near)
      for (const b of near)
        for (const [x, y] of [
          [a, b],
          [6n * a, 15n * b],
          [a * b, b],
          [-a, b],
        ] as const)
          expect(gcd(x, y)).toBe(euclid(x, y));
  });

  it("for the longest chains of quotients and for the largest quotients", () => {
    let [f, g] = [1n, 1n];
    for (let i = 0; i < 3000; i++) [f, g] = [g, f + g];
    expect(gcd(f, g)).toBe(1n);
    expect(gcd(f * 12345n, g * 12345n)).toBe(12345n);
    for (let k = 500n; k < 1200n; k += 13n)
      for (const x of [(1n << (2n * k)) + 1n, (1n << (2n * k)) - 1n, 1n << k, 3n ** k])
        expect(gcd(x, (1n << k) + 1n)).toBe(euclid(x, (1n << k) + 1n));
  });
});

const bits = new DataView(new ArrayBuffer(8));
function doubleOf(word: bigint): number {
  bits.setBigUint64(0, word);
  return bits.getFloat64(0);
}
function wordOf(x: number): bigint {
  bits.setFloat64(0, x);
  return bits.getBigUint64(0);
}

/** The value of the nonnegative double with this word, times 2^1074: an integer. */
const unitsOf = (word: bigint): bigint => {
  const exponent = word >> 52n;
  const fraction = word & ((1n << 52n) - 1n);
  return exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
};

const INFINITY_WORD = 0x7ffn << 52n;

/** The nearest double by bisection over the words of all doubles and exact comparison; ties to the even word. */
function nearest({ n, d }: Q): number {
  const units = (n < 0n ? -n : n) << 1074n; // compare units / d with integers
  let [low, high] = [0n, INFINITY_WORD]; // value of low <= |a| < value of high, infinity counting as 2^1024
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (unitsOf(middle) * d <= units) low = middle;
    else high = middle;
  }
  const twice = 2n * units - (unitsOf(low) + unitsOf(high)) * d;
  const word = units >= unitsOf(INFINITY_WORD) * d || twice > 0n || (twice === 0n && (low & 1n) === 1n) ? high : low;
  return n < 0n ? -doubleOf(word) : doubleOf(word);
}

const finite = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.bigInt({ min: 0n, max: INFINITY_WORD - 1n }).map(doubleOf),
  fc.bigInt({ min: 0n, max: 1n << 53n }).map(doubleOf), // subnormal, mostly
  fc.integer(),
);

describe("doubles", () => {
  const EDGES = [0, -0, 5e-324, -5e-324, 2.225073858507201e-308, 2 ** -1022, Number.MAX_VALUE, -Number.MAX_VALUE];

  const expectExact = (x: number): void => {
    const a = ofNumber(x);
    const units = unitsOf(wordOf(Math.abs(x)));
    expect(a.n << 1074n).toBe((x < 0 ? -units : units) * a.d);
    expectCanonical(a);
    expect(toNumber(a)).toBe(x === 0 ? 0 : x);
  };
  test.prop([finite], { numRuns: 1000 })("enter exactly and come back", expectExact);
  it.each([...EDGES, 0.1, 1 / 3, 2 ** 53 + 2, 1e22, 1e300])("%d enters exactly and comes back", expectExact);

  it("a number that is not finite does not enter", () => {
    for (const x of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      expect(() => ofNumber(x)).toThrow(UseError);
  });

  test.prop([rational, fc.integer({ min: -1200, max: 1200 })], { numRuns: 1000 })(
    "rationals leave to the nearest double",
    (a, shift) => {
      const b = shift < 0 ? q(a.n, a.d << BigInt(-shift)) : q(a.n << BigInt(shift), a.d);
      expect(toNumber(b)).toBe(b.n === 0n ? 0 : nearest(b));
    },
  );

  const aroundHalves = (low: number): void => {
    const word = wordOf(Math.abs(low));
    const half = q(unitsOf(word) + unitsOf(word + 1n), 1n << 1075n);
    const even = doubleOf((word & 1n) === 0n ? word : word + 1n);
    expect(toNumber(half)).toBe(even);
    expect(toNumber(neg(half))).toBe(-even);
    const speck = q(1n, 1n << 3000n);
    expect(toNumber(sub(half, speck))).toBe(doubleOf(word));
    expect(toNumber(add(half, speck))).toBe(doubleOf(word + 1n));
  };
  test.prop([finite], { numRuns: 500 })("halfway cases go to even, a speck beside them decides", aroundHalves);
  it.each(EDGES)("halfway above %d", aroundHalves);

  it("overflow goes to infinity from half a unit above the largest double, underflow to 0", () => {
    const max = ofNumber(Number.MAX_VALUE);
    const half = q(1n << 970n);
    expect(toNumber(add(max, half))).toBe(Number.POSITIVE_INFINITY);
    expect(toNumber(neg(add(max, half)))).toBe(Number.NEGATIVE_INFINITY);
    expect(toNumber(sub(add(max, half), q(1n, 3n)))).toBe(Number.MAX_VALUE);
    expect(toNumber(q(10n ** 5000n))).toBe(Number.POSITIVE_INFINITY);
    expect(toNumber(q(1n, 10n ** 5000n))).toBe(0);
    expect(toNumber(q(-1n, 10n ** 5000n))).toBe(-0);
    expect(toNumber(q(1n, 1n << 1075n))).toBe(0);
    expect(toNumber(q(3n, 1n << 1075n))).toBe(1e-323);
    expect(toNumber(q((1n << 1075n) + 1n, 1n << 2150n))).toBe(5e-324);
  });

  it("powers of two", () => {
    for (let k = -1022; k <= 1023; k++) expect(powerOfTwo(k)).toBe(2 ** k);
  });
});

describe("square roots", () => {
  test.prop([integer])("floorSqrt(a)^2 <= a < (floorSqrt(a) + 1)^2", (x) => {
    const a = x < 0n ? -x : x;
    const root = floorSqrt(a);
    expect(root * root <= a && a < (root + 1n) * (root + 1n)).toBe(true);
    expect(floorSqrt(a * a)).toBe(a);
  });

  it("of small numbers and around squares; a negative number has none", () => {
    for (let a = 0n; a < 2000n; a++) expect(floorSqrt(a)).toBe(BigInt(Math.floor(Math.sqrt(Number(a)))));
    for (const r of [1n << 64n, 10n ** 40n, (1n << 512n) - 1n]) {
      expect(floorSqrt(r * r - 1n)).toBe(r - 1n);
      expect(floorSqrt(r * r)).toBe(r);
    }
    expect(() => floorSqrt(-1n)).toThrow(UseError);
  });

  test.prop([rational, fc.constantFrom(1, 20, 128, 300)])("bounds enclose, closely", (x, precision) => {
    const a = x.n < 0n ? neg(x) : x;
    const { lower, upper } = sqrtBounds(a, precision);
    expect(lower.n >= 0n).toBe(true);
    expect(compare(mul(lower, lower), a)).toBeLessThanOrEqual(0);
    expect(compare(mul(upper, upper), a)).toBeGreaterThanOrEqual(0);
    // one unit of a root of at least `precision` - 1 bits
    const width = mul(lower, q(1n, 1n << BigInt(precision - 1)));
    expect(compare(sub(upper, lower), width)).toBeLessThanOrEqual(0);
  });

  test.prop([rational])("the root of a square is exact", (x) => {
    const root = x.n < 0n ? neg(x) : x;
    expect(sqrtBounds(mul(x, x))).toEqual({ lower: root, upper: root });
  });

  it("a negative number has none", () => {
    expect(() => sqrtBounds(q(-1n, 4n))).toThrow(UseError);
  });
});

describe("text", () => {
  test.prop([rational])("what is shown is read back", (a) => {
    expect(parseQ(showQ(a))).toEqual(a);
  });

  it("p and p/q are read, in lowest terms or not", () => {
    expect(parseQ("0")).toEqual(ZERO);
    expect(parseQ("-12")).toEqual(q(-12n));
    expect(parseQ("6/4")).toEqual(q(3n, 2n));
    expect(parseQ("-6/4")).toEqual(q(-3n, 2n));
    expect(parseQ("0/7")).toEqual(ZERO);
    expect(parseQ(`1/${"1".repeat(500)}`)?.d).toBe(BigInt("1".repeat(500)));
  });

  const OTHERS = [
    ..."|-|+|/|1/|/1|-/1|1/-2|1/0|1/00|1/01|01|-01|-0|-0/3|00|+1| 1|1 |1\n|\n1|1 /2|1/ 2|1/2/3|1.5|1.|.5|1e3|1E3".split(
      "|",
    ),
    ..."0x1|0b1|1n|1_000|1,5|NaN|Infinity|∞|٣|१|１|¹|½|−1|--1|1-|null|1/2\u0000".split("|"),
  ];
  it.each(OTHERS.map((text) => [JSON.stringify(text), text]))("%s is no rational", (_, text) => {
    expect(parseQ(text)).toBeNull();
  });

  it("only text is read", () => {
    for (const x of [1, 1n, null, undefined, true, ["1"], { n: 1n, d: 1n }, Number.NaN, Object("1"), Symbol("1")])
      expect(parseQ(x)).toBeNull();
  });

  /** The grammar, letter by letter. */
  const isRational = (text: string): boolean => {
    const parts = text.split("/");
    const digits = (part: string): boolean => part !== "" && [...part].every((c) => "0123456789".includes(c));
    const natural = (part: string): boolean => digits(part) && (part === "0" || !part.startsWith("0"));
    const [p = "", r] = parts;
    const unsigned = p.startsWith("-") ? p.slice(1) : p;
    if (!natural(unsigned) || (p.startsWith("-") && unsigned === "0")) return false;
    return parts.length === 1 || (parts.length === 2 && natural(r!) && r !== "0");
  };
  const letters = fc.string({ unit: fc.constantFrom(..."0012-/ .e٣\n"), maxLength: 6 });
  test.prop([fc.oneof(letters, fc.string())], { numRuns: 2000 })("nothing else is", (text) => {
    expect(parseQ(text) !== null).toBe(isRational(text));
  });
});

describe("doubles above and below", () => {
  /** Of every size that a double has, subnormal and near the largest too, on doubles, halfway and beside them. */
  const inRange = fc.oneof(
    rational.filter((a) => Math.abs(toNumber(a)) < Number.MAX_VALUE),
    fc
      .tuple(fc.double({ noNaN: true, noDefaultInfinity: true, max: 1e308, min: -1e308 }), fc.constantFrom(0n, 1n, -1n))
      .map(([x, by]) => add(ofNumber(x), q(by, 1n << 1200n))),
    fc.tuple(fc.bigInt(size(70)), fc.integer({ min: 1000, max: 1200 })).map(([n, bits]) => q(n, 1n << BigInt(bits))),
  );

  test.prop([inRange], { numRuns: 1000 })("enclose, and touch or are neighbors", (a) => {
    const [below, above] = [doubleBelow(a), doubleAbove(a)];
    expect(compare(ofNumber(below), a)).toBeLessThanOrEqual(0);
    expect(compare(ofNumber(above), a)).toBeGreaterThanOrEqual(0);
    // no double lies strictly between: the middle of the two is rounded to one of them
    const middle = toNumber(div(add(ofNumber(below), ofNumber(above)), q(2n)));
    expect(middle === below || middle === above).toBe(true);
    if (equals(ofNumber(toNumber(a)), a)) expect([below + 0, above + 0]).toEqual([toNumber(a) + 0, toNumber(a) + 0]);
    else expect(below < above).toBe(true);
    expect(doubleAbove(neg(a)) + 0).toBe(-below + 0);
  });

  it("at 0, at the subnormals, at powers of two and at the largest", () => {
    const tiny = q(1n, 1n << 1200n);
    expect([doubleBelow(ZERO), doubleAbove(ZERO)]).toEqual([0, 0]);
    expect([doubleBelow(tiny), doubleAbove(tiny)]).toEqual([0, 5e-324]);
    expect(doubleBelow(neg(tiny))).toBe(-5e-324);
    expect(Math.abs(doubleAbove(neg(tiny)))).toBe(0);
    expect([doubleBelow(sub(ONE, tiny)), doubleAbove(sub(ONE, tiny))]).toEqual([1 - 2 ** -53, 1]);
    expect([doubleBelow(add(ONE, tiny)), doubleAbove(add(ONE, tiny))]).toEqual([1, 1 + 2 ** -52]);
    const largest = ofNumber(Number.MAX_VALUE);
    expect(doubleBelow(add(largest, tiny))).toBe(Number.MAX_VALUE);
    expect(doubleAbove(sub(neg(largest), tiny))).toBe(-Number.MAX_VALUE);
  });
});
