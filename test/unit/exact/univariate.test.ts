/** Polynomials in one variable: division, gcd, resultant, cyclotomic polynomials. */
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { gcd } from "../../../src/exact/rational.js";
import {
  cyclotomicPolynomial,
  degree,
  divideMonic,
  gcdOf,
  multiply,
  primitivePart,
  resultant,
  trimmed,
  type Univariate,
} from "../../../src/exact/univariate.js";

const small = fc.bigInt({ min: -9n, max: 9n });
const polynomial = fc.array(small, { maxLength: 5 }).map(trimmed);
const nonzero = polynomial.filter((p) => p.length > 0);
const monic = fc.array(small, { maxLength: 4 }).map((c) => [...c, 1n]);
const roots = fc.array(fc.bigInt({ min: -4n, max: 4n }), { minLength: 1, maxLength: 4 });
const at = (p: Univariate, x: bigint): bigint => p.reduceRight((v, c) => v * x + c, 0n);
const plus = (p: Univariate, r: Univariate): bigint[] =>
  trimmed(Array.from({ length: Math.max(p.length, r.length) }, (_, i) => (p[i] ?? 0n) + (r[i] ?? 0n)));
/** c prod (x - root) */
const fromRoots = (list: readonly bigint[], c = 1n): bigint[] => list.reduce((p, r) => multiply(p, [-r, 1n]), [c]);
const scaledBy = (p: Univariate, c: bigint): bigint[] => p.map((x) => x * c);

/** Whether `by` divides p over the rationals: long division after making room for the leading coefficients. */
function divides(by: Univariate, p: Univariate): boolean {
  const lead = by[by.length - 1]!;
  let rest = scaledBy(p, lead ** BigInt(p.length));
  while (rest.length >= by.length) {
    const c = rest[rest.length - 1]! / lead;
    const shift = rest.length - by.length;
    rest = trimmed(rest.map((x, i) => x - (i >= shift ? c * by[i - shift]! : 0n)));
  }
  return rest.length === 0;
}

describe("arithmetic", () => {
  test.prop([polynomial, polynomial, small])("products evaluate as products", (p, r, x) => {
    const pr = multiply(p, r);
    expect(at(pr, x)).toBe(at(p, x) * at(r, x));
    expect(trimmed(pr)).toEqual(pr);
    if (p.length > 0 && r.length > 0) expect(degree(pr)).toBe(degree(p) + degree(r));
    else expect(pr).toEqual([]);
  });

  test.prop([polynomial, monic])("p = quotient * divisor + remainder, of lower degree", (p, by) => {
    const { quotient, remainder } = divideMonic(p, by);
    expect(plus(multiply(quotient, by), remainder)).toEqual(p);
    expect(degree(remainder)).toBeLessThan(degree(by));
    expect(trimmed(quotient)).toEqual(quotient);
    expect(trimmed(remainder)).toEqual(remainder);
  });

  it("degrees, and the primitive part", () => {
    expect([degree([]), degree([3n]), degree([0n, 2n])]).toEqual([-1, 0, 1]);
    expect(trimmed([1n, 0n, 0n])).toEqual([1n]);
    expect(primitivePart([])).toEqual([]);
    expect(primitivePart([4n, -6n])).toEqual([-2n, 3n]);
    expect(primitivePart([-4n, 6n])).toEqual([-2n, 3n]);
    expect(primitivePart([6n])).toEqual([1n]);
  });
});

describe("gcd", () => {
  test.prop([nonzero, nonzero, nonzero], { numRuns: 300 })(
    "is divided by what both contain, and divides both",
    (p, r, s) => {
      const [a, b] = [multiply(p, s), multiply(r, s)];
      const g = gcdOf(a, b);
      expect(divides(s, g)).toBe(true);
      for (const x of [a, b]) expect(divides(g, x)).toBe(true);
      expect(g[g.length - 1]! > 0n).toBe(true);
      const content = (c: Univariate): bigint => c.reduce(gcd, 0n);
      expect(content(g)).toBe(gcd(content(a), content(b)));
      expect(gcdOf(b, a)).toEqual(g);
      // wherever both vanish it does, and nowhere else among small integers
      for (let x = -9n; x <= 9n; x++) expect(at(g, x) === 0n).toBe(at(a, x) === 0n && at(b, x) === 0n);
    },
  );

  it("of zero, of constants, of strangers", () => {
    expect(gcdOf([], [])).toEqual([]);
    expect(gcdOf([], [2n, -4n])).toEqual([-2n, 4n]);
    expect(gcdOf([2n, -4n], [])).toEqual([-2n, 4n]);
    expect(gcdOf([4n], [6n])).toEqual([2n]);
    expect(gcdOf([4n], [0n, 6n])).toEqual([2n]);
    expect(gcdOf([1n, 1n], [2n, 1n])).toEqual([1n]);
    expect(gcdOf([-1n, 0n, 1n], [1n, 2n, 1n])).toEqual([1n, 1n]);
  });
});

describe("resultant", () => {
  test.prop([roots, roots, small, small])("is lc^n lc^m times the product of differences of roots", (as, bs, c, d) => {
    fc.pre(c !== 0n && d !== 0n);
    const product = as.flatMap((a) => bs.map((b) => a - b)).reduce((x, y) => x * y, 1n);
    const value = resultant(fromRoots(as, c), fromRoots(bs, d));
    expect(value).toBe(c ** BigInt(bs.length) * d ** BigInt(as.length) * product);
  });

  test.prop([nonzero, nonzero, nonzero])("is multiplicative, and changes sign by degrees", (p, r, s) => {
    expect(resultant(multiply(p, s), r)).toBe(resultant(p, r) * resultant(s, r));
    const sign = (degree(p) * degree(r)) % 2 === 0 ? 1n : -1n;
    expect(resultant(r, p)).toBe(sign * resultant(p, r));
  });

  test.prop([nonzero, nonzero, nonzero], { numRuns: 300 })("is 0 iff there is a common root", (p, r, s) => {
    expect(resultant(p, r) === 0n).toBe(degree(gcdOf(p, r)) > 0);
    expect(resultant(multiply(p, s), multiply(r, s)) === 0n).toBe(degree(s) > 0);
  });

  it("of constants and of zero", () => {
    expect(resultant([5n], [7n])).toBe(1n);
    expect(resultant([5n], [1n, 2n, 3n])).toBe(25n);
    expect(resultant([1n, 2n, 3n], [5n])).toBe(25n);
    expect(resultant([], [1n, 1n])).toBe(0n);
    expect(resultant([1n, 1n], [])).toBe(0n);
  });
});

describe("cyclotomic polynomials", () => {
  const KNOWN: readonly (readonly [number, Univariate])[] = [
    [1, [-1n, 1n]],
    [2, [1n, 1n]],
    [3, [1n, 1n, 1n]],
    [4, [1n, 0n, 1n]],
    [6, [1n, -1n, 1n]],
    [8, [1n, 0n, 0n, 0n, 1n]],
    [9, [1n, 0n, 0n, 1n, 0n, 0n, 1n]],
    [12, [1n, 0n, -1n, 0n, 1n]],
    [15, [1n, -1n, 0n, 1n, -1n, 1n, 0n, -1n, 1n]],
  ];

  it("known ones; up to 30 their products over divisors are x^n - 1 and their degrees Euler's", () => {
    for (const [n, phi] of KNOWN) expect(cyclotomicPolynomial(n)).toEqual(phi);
    for (let n = 1; n <= 30; n++) {
      const upTo = Array.from({ length: n }, (_, i) => i + 1);
      const product = upTo.filter((d) => n % d === 0).reduce((p, d) => multiply(p, cyclotomicPolynomial(d)), [1n]);
      expect(product).toEqual([-1n, ...new Array<bigint>(n - 1).fill(0n), 1n]);
      const coprime = upTo.filter((k) => gcd(BigInt(k), BigInt(n)) === 1n).length;
      expect(degree(cyclotomicPolynomial(n))).toBe(coprime);
    }
  });

  it("the first coefficient other than -1, 0, 1 is that of 105", () => {
    expect(cyclotomicPolynomial(105).filter((c) => c < -1n || c > 1n)).toEqual([-2n, -2n]);
  });
});
