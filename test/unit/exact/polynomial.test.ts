import { fc, test } from "@fast-check/vitest";
import { all, create, type Fraction } from "mathjs";
import { describe, expect, it } from "vitest";
import { factorsOf, keyOf, powerOf } from "../../../src/exact/monomial.js";
import {
  constant,
  degreesOf,
  derivative,
  difference,
  equalPolynomials,
  evaluate,
  isZero,
  type Polynomial,
  product,
  scaled,
  sum,
  variable,
} from "../../../src/exact/polynomial.js";
import { add, mul, ONE, type Q, q, showQ, ZERO } from "../../../src/exact/rational.js";
import { integers, rationals } from "../../../src/exact/ring.js";
import { UseError } from "../../../src/kernel/use-error.js";

const VARIABLES = 3;
const NAMES = ["x", "y", "z"];
const small = fc.bigInt({ min: -9n, max: 9n });
const rational = fc.tuple(small, fc.bigInt({ min: 1n, max: 9n })).map(([n, d]) => q(n, d));
const point = fc.array(rational, { minLength: VARIABLES, maxLength: VARIABLES });
const x = (i: number): Polynomial<Q> => variable(rationals, VARIABLES, i);
const number = (value: Q): Polynomial<Q> => constant(rationals, VARIABLES, value);

const exponents = fc.array(fc.nat(3), { minLength: VARIABLES, maxLength: VARIABLES });
const polynomial = fc.array(fc.tuple(rational, exponents), { maxLength: 5 }).map((terms) =>
  terms.reduce((p, [c, e]) => {
    let term = number(c);
    e.forEach((power, i) => {
      for (let k = 0; k < power; k++) term = product(term, x(i));
    });
    return sum(p, term);
  }, number(ZERO)),
);

const same = (p: Polynomial<Q>, r: Polynomial<Q>): void => {
  expect(equalPolynomials(p, r)).toBe(true);
  expect(isZero(difference(p, r))).toBe(true);
  expect(new Map([...p.terms].sort())).toEqual(new Map([...r.terms].sort()));
};

describe("ring axioms", () => {
  test.prop([polynomial, polynomial, polynomial])("hold as identities of terms", (p, r, s) => {
    same(sum(p, r), sum(r, p));
    same(product(p, r), product(r, p));
    same(sum(sum(p, r), s), sum(p, sum(r, s)));
    same(product(product(p, r), s), product(p, product(r, s)));
    same(product(p, sum(r, s)), sum(product(p, r), product(p, s)));
    same(sum(p, number(ZERO)), p);
    same(product(p, number(ONE)), p);
    expect(isZero(difference(p, p))).toBe(true);
    expect(isZero(product(p, number(ZERO)))).toBe(true);
  });

  test.prop([polynomial, polynomial, point, rational])("evaluation is a homomorphism", (p, r, at, c) => {
    expect(evaluate(sum(p, r), at)).toEqual(add(evaluate(p, at), evaluate(r, at)));
    expect(evaluate(product(p, r), at)).toEqual(mul(evaluate(p, at), evaluate(r, at)));
    expect(evaluate(scaled(p, c), at)).toEqual(mul(c, evaluate(p, at)));
  });

  test.prop([polynomial, polynomial])("no zero coefficient is kept, and degrees add", (p, r) => {
    for (const s of [p, sum(p, r), difference(p, r), product(p, r), derivative(p, 0)])
      for (const [key, c] of s.terms) {
        expect(c.n).not.toBe(0n);
        const factors = factorsOf(key);
        expect(factors.every(([v, power]) => v >= 0 && v < VARIABLES && power > 0)).toBe(true);
        expect(keyOf(factors)).toBe(key);
      }
    const top = (s: Polynomial<Q>): number => Math.max(...degreesOf(s));
    if (!isZero(p) && !isZero(r)) expect(top(product(p, r))).toBe(top(p) + top(r)); // Q has no zero divisors
    expect(degreesOf(number(ZERO)).size).toBe(0);
  });

  it("(x + y)^2 - x^2 - 2xy - y^2 = 0", () => {
    const square = product(sum(x(0), x(1)), sum(x(0), x(1)));
    const expanded = [product(x(0), x(0)), scaled(product(x(0), x(1)), q(2n)), product(x(1), x(1))];
    expect(isZero(expanded.reduce((p, term) => difference(p, term), square))).toBe(true);
    expect(isZero(difference(square, expanded[0]!))).toBe(false);
  });

  it("over the integers, and in no variable", () => {
    const [a, b] = [variable(integers, 2, 0), variable(integers, 2, 1)];
    const difference2 = product(sum(a, b), difference(a, b));
    expect(evaluate(difference2, [10n ** 30n, 7n])).toBe(10n ** 60n - 49n);
    expect(evaluate(product(constant(integers, 0, 6n), constant(integers, 0, 7n)), [])).toBe(42n);
    expect(factorsOf("")).toEqual([]);
  });

  it("refuses other spaces and variables that are not there", () => {
    expect(() => sum(x(0), variable(rationals, 2, 0))).toThrow(UseError);
    const other = { ...rationals };
    expect(() => product(x(0), variable(other, VARIABLES, 0))).toThrow(UseError);
    for (const index of [-1, 3, Number.NaN]) expect(() => x(index)).toThrow(UseError);
  });
});

describe("derivative", () => {
  const exact = create(all, { number: "Fraction" });
  const expression = (p: Polynomial<Q>): string =>
    [...p.terms]
      .map(([key, c]) => [`(${showQ(c)})`, ...NAMES.map((name, i) => `${name}^${powerOf(key, i)}`)].join("*"))
      .join("+") || "0";

  test.prop([polynomial, fc.nat(VARIABLES - 1), point])("agrees with mathjs at rational points", (p, i, at) => {
    const theirs = exact.derivative(exact.parse(expression(p)), NAMES[i]!, { simplify: false });
    // Not at 0: mathjs differentiates x^0 to 0 * x^-1.
    const where = at.map((value) => (value.n === 0n ? ONE : value));
    const scope = Object.fromEntries(NAMES.map((name, k) => [name, exact.fraction(showQ(where[k]!))]));
    const { s, n, d } = exact.fraction(theirs.evaluate(scope) as Fraction) as unknown as Record<
      "s" | "n" | "d",
      bigint
    >;
    expect(evaluate(derivative(p, i), where)).toEqual(q(s * n, d));
  });

  test.prop([polynomial, polynomial, fc.nat(VARIABLES - 1), fc.nat(VARIABLES - 1)])(
    "is linear, obeys the product rule and commutes",
    (p, r, i, j) => {
      same(derivative(sum(p, r), i), sum(derivative(p, i), derivative(r, i)));
      same(derivative(product(p, r), i), sum(product(derivative(p, i), r), product(p, derivative(r, i))));
      same(derivative(derivative(p, i), j), derivative(derivative(p, j), i));
      expect(isZero(derivative(number(q(5n)), i))).toBe(true);
    },
  );
});
