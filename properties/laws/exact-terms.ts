/**
 * What the laws of architectures evaluate exactly: the terms of a polynomial over Q at dyadic points, their derivative
 * along a direction, the size of the sums, and the points themselves. Cost: terms x degree rational products.
 */
import { factorsOf } from "../../src/exact/monomial.js";
import type { SqrtScale } from "../../src/exact/polymap.js";
import type { Polynomial } from "../../src/exact/polynomial.js";
import { add, mul, ofNumber, powerOfTwo, type Q, q, sqrtBounds, ZERO } from "../../src/exact/rational.js";
import type { RandomStream } from "../../src/kernel/seed.js";

/** One monomial: coefficient and the (variable, power) pairs that occur. */
export interface Term {
  readonly c: Q;
  readonly factors: readonly (readonly [index: number, power: number])[];
}

export const termsOf = (p: Polynomial<Q>): Term[] =>
  [...p.terms].map(([key, c]) => ({
    c,
    factors: factorsOf(key),
  }));

const timesPower = (value: Q, base: Q, power: number): Q => {
  let v = value;
  for (let i = 0; i < power; i++) v = mul(v, base);
  return v;
};

export function evaluated(terms: readonly Term[], w: readonly Q[]): Q {
  let total = ZERO;
  for (const { c, factors } of terms) {
    const value = factors.reduce((v, [i, power]) => timesPower(v, w[i]!, power), c);
    total = add(total, value);
  }
  return total;
}

/** The derivative along u at w, term by term by the product rule. */
export function slopeOf(terms: readonly Term[], w: readonly Q[], u: readonly Q[]): Q {
  let total = ZERO;
  for (const { c, factors } of terms)
    for (const [j, times] of factors) {
      let v = mul(mul(c, q(BigInt(times))), u[j]!);
      for (const [i, power] of factors) v = timesPower(v, w[i]!, i === j ? power - 1 : power);
      total = add(total, v);
    }
  return total;
}

export const absolute = (p: readonly Term[]): Term[] =>
  p.map((t) => ({ ...t, c: t.c.n < 0n ? { n: -t.c.n, d: t.c.d } : t.c }));
export const magnitudes = (x: Float64Array): Q[] => Array.from(x, (v) => ofNumber(Math.abs(v)));
export const exactly = (x: Float64Array): Q[] => Array.from(x, ofNumber);

/** The scalar to 128 bits, far below what a double can tell. */
export const scaleToQ = (s: SqrtScale): Q => mul(s.rational, sqrtBounds({ n: s.radicand, d: 1n }).lower);

/** 32 bits in [-4, 4): a few more than single precision holds, and three times them still fit a double. */
export const dyadic = (stream: RandomStream, length: number): Float64Array =>
  Float64Array.from({ length }, () => (stream.uint32() - 2147483648) / 536870912);

/** Points at which the exact laws look: plain, half of it zeros, and over forty binades. */
export function points(stream: RandomStream, m: number): Float64Array[] {
  const sparse = dyadic(stream, m).map((x) => (stream.uint32() % 2 === 0 ? x : 0));
  const wide = dyadic(stream, m).map((x) => x * powerOfTwo((stream.uint32() % 41) - 20));
  return [dyadic(stream, m), sparse, wide];
}
