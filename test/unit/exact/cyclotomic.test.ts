/** Cyclotomic fields: ring axioms, roots of unity, conjugation, embeddings, Gauss sums. */
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { type Cyclotomic, cyclotomicField, gaussianRationals } from "../../../src/exact/cyclotomic.js";
import { add, compare, gcd, mul, neg, type Q, q, toNumber } from "../../../src/exact/rational.js";
import type { Interval } from "../../../src/exact/turn.js";
import { UseError } from "../../../src/kernel/use-error.js";

const ORDERS = [1, 2, 3, 4, 5, 6, 8, 9, 12, 15] as const;
const FIELDS = ORDERS.map(cyclotomicField);
/** sum_k c_k zeta^k / d, from more powers than the basis has. */
const element = fc.tuple(fc.array(fc.bigInt({ min: -4n, max: 4n }), { maxLength: 9 }), fc.bigInt({ min: 1n, max: 6n }));
type Draft = readonly [readonly bigint[], bigint];

function made(order: number, [c, d]: Draft): Cyclotomic {
  const F = cyclotomicField(order);
  const terms = c.map((x, k) => F.mul(F.ofRational(q(x, d)), F.zeta(k)));
  return terms.reduce(F.add, F.zero);
}
const inField = fc.constantFrom(...ORDERS).chain((order) =>
  fc.tuple(element, element, element).map((drafts) => ({
    F: FIELDS[ORDERS.indexOf(order)]!,
    e: drafts.map((draft) => made(order, draft)) as [Cyclotomic, Cyclotomic, Cyclotomic],
  })),
);

const meet = (x: Interval, y: Interval): boolean => compare(x.lower, y.upper) <= 0 && compare(y.lower, x.upper) <= 0;
const plus = (x: Interval, y: Interval): Interval => ({ lower: add(x.lower, y.lower), upper: add(x.upper, y.upper) });
const minus = (x: Interval): Interval => ({ lower: neg(x.upper), upper: neg(x.lower) });
const times = (x: Interval, y: Interval): Interval => {
  const all = [x.lower, x.upper].flatMap((a) => [y.lower, y.upper].map((b) => mul(a, b))).sort(compare);
  return { lower: all[0]!, upper: all[3]! };
};

describe("ring axioms", () => {
  test.prop([inField], { numRuns: 300 })("hold structurally, in lowest terms", ({ F, e: [a, b, c] }) => {
    const equal = (x: Cyclotomic, y: Cyclotomic): void => {
      expect(x).toEqual(y);
      expect(F.equals(x, y)).toBe(true);
      expect(x.n.length).toBe(F.dimension);
      expect(x.d > 0n && x.n.reduce(gcd, x.d) === 1n).toBe(true);
    };
    equal(F.add(a, b), F.add(b, a));
    equal(F.mul(a, b), F.mul(b, a));
    equal(F.add(F.add(a, b), c), F.add(a, F.add(b, c)));
    equal(F.mul(F.mul(a, b), c), F.mul(a, F.mul(b, c)));
    equal(F.mul(a, F.add(b, c)), F.add(F.mul(a, b), F.mul(a, c)));
    equal(F.add(a, F.zero), a);
    equal(F.mul(a, F.one), a);
    equal(F.mul(a, F.zero), F.zero);
    equal(F.add(a, F.neg(a)), F.zero);
    expect(F.equals(a, F.add(a, F.one))).toBe(false);
    if (!F.equals(a, F.zero) && !F.equals(b, F.zero)) expect(F.equals(F.mul(a, b), F.zero)).toBe(false);
  });

  test.prop([inField], { numRuns: 200 })("conjugation is an automorphism of order 2", ({ F, e: [a, b] }) => {
    const bar = F.conjugate;
    expect(bar(F.add(a, b))).toEqual(F.add(bar(a), bar(b)));
    expect(bar(F.mul(a, b))).toEqual(F.mul(bar(a), bar(b)));
    expect(bar(bar(a))).toEqual(a);
    const [own, other] = [F.embed(a), F.embed(bar(a))];
    expect(meet(own.re, other.re) && meet(own.im, minus(other.im))).toBe(true);
    const size = F.embed(F.mul(a, bar(a))); // |a|^2
    expect(size.re.upper.n >= 0n && meet(size.im, { lower: q(0n), upper: q(0n) })).toBe(true);
  });

  test.prop([inField], { numRuns: 150 })("the embedding is a homomorphism", ({ F, e: [a, b] }) => {
    const [x, y] = [F.embed(a), F.embed(b)];
    const sum = F.embed(F.add(a, b));
    expect(meet(sum.re, plus(x.re, y.re)) && meet(sum.im, plus(x.im, y.im))).toBe(true);
    const product = F.embed(F.mul(a, b));
    expect(meet(product.re, plus(times(x.re, y.re), minus(times(x.im, y.im))))).toBe(true);
    expect(meet(product.im, plus(times(x.re, y.im), times(x.im, y.re)))).toBe(true);
    // and it is that of zeta = exp(2 pi i / n)
    const [re, im] = [Math.cos, Math.sin].map((f) =>
      a.n.reduce((s, c, k) => s + (Number(c) / Number(a.d)) * f((2 * Math.PI * k) / F.order), 0),
    );
    expect(Math.abs(toNumber(x.re.lower) - re!)).toBeLessThan(1e-12);
    expect(Math.abs(toNumber(x.im.upper) - im!)).toBeLessThan(1e-12);
  });
});

describe("roots of unity", () => {
  it.each([...ORDERS, 7, 10, 24, 30])("zeta_%i has exactly that order", (n) => {
    const F = cyclotomicField(n);
    let power = F.one;
    for (let k = 1; k <= n; k++) {
      power = F.mul(power, F.zeta(1));
      expect(F.equals(power, F.zeta(k))).toBe(true);
      expect(F.equals(power, F.one)).toBe(k === n);
      expect(F.mul(F.zeta(k), F.zeta(-k))).toEqual(F.one);
      expect(F.conjugate(F.zeta(k))).toEqual(F.zeta(-k));
    }
    const all = Array.from({ length: n }, (_, k) => F.zeta(k)).reduce(F.add);
    expect(all).toEqual(n === 1 ? F.one : F.zero);
    expect(F.zeta(1 - 2 * n)).toEqual(F.zeta(1));
    expect(F.name).toBe(`Q(zeta_${n})`);
  });

  it.each([3, 5, 7, 11, 13, 17])("the Gauss sum of %i squares to plus or minus it", (p) => {
    const F = cyclotomicField(p);
    const squares = new Set(Array.from({ length: p - 1 }, (_, i) => ((i + 1) * (i + 1)) % p));
    const sum = Array.from({ length: p - 1 }, (_, i) =>
      squares.has(i + 1) ? F.zeta(i + 1) : F.neg(F.zeta(i + 1)),
    ).reduce(F.add);
    const sign = p % 4 === 1 ? 1n : -1n;
    expect(F.asRational(F.mul(sum, sum))).toEqual(q(sign * BigInt(p)));
    // Gauss: the sum is sqrt(p) or i sqrt(p), never the negative
    const { re, im } = F.embed(sum);
    expect(toNumber((sign === 1n ? re : im).lower)).toBeCloseTo(Math.sqrt(p), 12);
  });
});

describe("rationals within", () => {
  const fraction = fc.tuple(fc.bigInt({ min: -9n, max: 9n }), fc.bigInt({ min: 1n, max: 9n })).map(([n, d]) => q(n, d));

  test.prop([fraction, fraction])("Q is a subfield of each", (a, b) => {
    for (const F of FIELDS) {
      const both: readonly (readonly [Cyclotomic, Q])[] = [
        [F.add(F.ofRational(a), F.ofRational(b)), add(a, b)],
        [F.mul(F.ofRational(a), F.ofRational(b)), mul(a, b)],
      ];
      for (const [x, y] of both) expect(F.asRational(x)).toEqual(y);
    }
  });

  it("and everything else is not one", () => {
    expect(FIELDS.map((F) => F.dimension)).toEqual([1, 1, 2, 2, 4, 2, 4, 6, 4, 8]);
    for (const F of FIELDS) {
      expect(F.asRational(F.zeta(1)) === null).toBe(F.order > 2);
      expect(F.ofInteger(5n)).toEqual(F.ofRational(q(5n)));
      expect(F.equals(F.one, F.ofRational(q(1n, 2n)))).toBe(false);
    }
    expect(FIELDS[1]!.zeta(1)).toEqual({ n: [-1n], d: 1n });
  });

  it("i^2 = -1, and text", () => {
    const F = gaussianRationals();
    expect(F.order).toBe(4);
    const i = F.zeta(1);
    expect(F.mul(i, i)).toEqual(F.ofInteger(-1n));
    expect(i.n).toEqual([0n, 1n]);
    expect(F.show(F.zero)).toBe("0");
    expect(F.show(F.add(F.ofRational(q(1n, 2n)), F.mul(F.ofInteger(-3n), i)))).toBe("1/2 + -3*zeta");
    const G = cyclotomicField(5);
    expect(G.show(G.add(G.zeta(2), G.mul(G.ofRational(q(2n, 3n)), G.zeta(3))))).toBe("1*zeta^2 + 2/3*zeta^3");
  });

  it("orders are integers from 1 to 1000", () => {
    for (const order of [0, -1, 1.5, Number.NaN, 1001]) expect(() => cyclotomicField(order)).toThrow(UseError);
  });
});
