/** Composition, powers, sums, gradients and coefficients of polynomials; the limit of work. */
import { fc, test } from "@fast-check/vitest";
import { all, create, type Fraction } from "mathjs";
import { describe, expect, it } from "vitest";
import { VARIABLE_LIMIT } from "../../../src/exact/monomial.js";
import {
  compose,
  constant,
  derivative,
  dotProduct,
  evaluate,
  gradient,
  isZero,
  mapCoefficients,
  type Polynomial,
  power,
  product,
  scaled,
  sum,
  sumOf,
  variable,
  WORK_LIMIT,
} from "../../../src/exact/polynomial.js";
import { add, mul, ONE, type Q, q, showQ, ZERO } from "../../../src/exact/rational.js";
import { integers, type Ring, rationals } from "../../../src/exact/ring.js";
import { showPolynomial } from "../../../src/exact/text/show.js";
import { UseError } from "../../../src/kernel/use-error.js";
import { pointIn, polynomialIn, rational, same } from "./random.js";

const outer = polynomialIn(3, 4);
const inner = fc.tuple(polynomialIn(2, 3), polynomialIn(2, 3), polynomialIn(2, 3));
const x = (i: number, variables = 3): Polynomial<Q> => variable(rationals, variables, i);
const number = (c: Q, variables = 3): Polynomial<Q> => constant(rationals, variables, c);

describe("compose", () => {
  test.prop([outer, inner, pointIn(2)])("evaluates as the composition of functions", (p, by, at) => {
    const composed = compose(p, by);
    expect(composed.variables).toBe(2);
    expect(evaluate(composed, at)).toEqual(
      evaluate(
        p,
        by.map((r) => evaluate(r, at)),
      ),
    );
  });

  test.prop([outer, outer, inner])("is a homomorphism", (p, r, by) => {
    same(compose(sum(p, r), by), sum(compose(p, by), compose(r, by)));
    same(compose(product(p, r), by), product(compose(p, by), compose(r, by)));
    same(compose(number(q(7n, 3n)), by), number(q(7n, 3n), 2));
    same(compose(x(1), by), by[1]);
    same(compose(p, [x(0), x(1), x(2)]), p);
  });

  test.prop([outer, inner, fc.nat(1)])("obeys the chain rule", (p, by, i) => {
    const outside = gradient(p).map((slope) => compose(slope, by));
    same(
      derivative(compose(p, by), i),
      dotProduct(
        outside,
        by.map((r) => derivative(r, i)),
      ),
    );
  });

  it("needs one polynomial for each variable", () => {
    for (const by of [[], [x(0)], [x(0), x(1), x(2), x(0)]]) expect(() => compose(x(0), by)).toThrow(UseError);
    expect(() => compose(constant(rationals, 0, ONE), [])).toThrow(UseError);
    expect(() => compose(sum(x(0), x(1)), [x(0), x(0, 2), x(0)])).toThrow(UseError);
  });
});

describe("second opinion: mathjs on p(g(x, y))", () => {
  const exact = create(all, { number: "Fraction" });
  const expression = (p: Polynomial<Q>, names: readonly string[]): string => `(${showPolynomial(p, names)})`;
  const value = (f: unknown): Q => {
    const { s, n, d } = exact.fraction(f as Fraction) as unknown as Record<"s" | "n" | "d", bigint>;
    return q(s * n, d);
  };

  test.prop([outer, inner, pointIn(2), fc.nat(1)], { numRuns: 60 })("value and derivative", (p, by, at, i) => {
    // Names g0 ... of the outer variables are replaced by the text of the inner polynomials.
    const nested = expression(p, ["g0", "g1", "g2"]).replace(/g([0-2])/g, (_, k) =>
      expression(by[Number(k)]!, ["x", "y"]),
    );
    const where = at.map((c) => (c.n === 0n ? ONE : c));
    const scope = { x: exact.fraction(showQ(where[0]!)), y: exact.fraction(showQ(where[1]!)) };
    const composed = compose(p, by);
    expect(evaluate(composed, where)).toEqual(value(exact.parse(nested).evaluate(scope)));
    const slope = exact.derivative(exact.parse(nested), ["x", "y"][i]!, { simplify: false });
    expect(evaluate(gradient(composed)[i]!, where)).toEqual(value(slope.evaluate(scope)));
  });
});

describe("powers, sums and inner products", () => {
  test.prop([polynomialIn(2, 3), fc.nat(6)])("a power is a product of equals", (p, n) => {
    const repeated = Array.from({ length: n }, () => p).reduce(product, number(ONE, 2));
    same(power(p, n), repeated);
  });

  it("powers are integers from 0 on", () => {
    same(power(number(ZERO), 0), number(ONE));
    same(power(number(ZERO), 3), number(ZERO));
    for (const n of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
      expect(() => power(x(0), n)).toThrow(UseError);
  });

  test.prop([fc.array(outer, { minLength: 1, maxLength: 5 })])("a list adds up in any order", (list) => {
    const total = list.slice(1).reduce(sum, list[0]!);
    same(sumOf(list), total);
    same(sumOf([...list].reverse()), total);
    const kept = new Map(list[0]!.terms);
    sumOf(list);
    expect(list[0]!.terms).toEqual(kept); // arguments are left alone
  });

  test.prop([fc.array(fc.tuple(outer, outer), { minLength: 1, maxLength: 4 })])("an inner product", (pairs) => {
    const [ps, rs] = [pairs.map(([p]) => p), pairs.map(([, r]) => r)];
    same(dotProduct(ps, rs), sumOf(pairs.map(([p, r]) => product(p, r))));
    same(dotProduct(rs, ps), dotProduct(ps, rs));
  });

  test.prop([outer, pointIn(3)])(
    "the gradient holds the derivatives, and Euler's identity degree by degree",
    (p, at) => {
      const slopes = gradient(p);
      expect(slopes.length).toBe(3);
      slopes.forEach((slope, i) => {
        same(slope, derivative(p, i));
      });
      const radial = slopes.map((slope, i) => mul(at[i]!, evaluate(slope, at))).reduce(add);
      const weighted = [...p.terms].map(([key, c]) =>
        evaluate({ ...p, terms: new Map([[key, mul(c, q(BigInt(key.length)))]]) }, at),
      );
      expect(radial).toEqual(weighted.reduce(add, ZERO));
    },
  );

  test.prop([outer, rational])("coefficients are mapped, and those that vanish go", (p, c) => {
    same(
      mapCoefficients(p, rationals, (a) => mul(a, c)),
      scaled(p, c),
    );
    const numerators = mapCoefficients(p, integers, (a) => a.n % 2n);
    for (const [key, a] of numerators.terms) expect(a).toBe(p.terms.get(key)!.n % 2n);
    expect(numerators.terms.size).toBe([...p.terms.values()].filter((a) => a.n % 2n !== 0n).length);
    expect(isZero(mapCoefficients(p, integers, () => 0n))).toBe(true);
  });

  it("a ring in which 2 = 0 loses the cross terms of squares", () => {
    const two: Ring<bigint> = { ...integers, name: "F_2", add: (a, b) => (a + b) % 2n, ofInteger: (n) => n % 2n };
    const [a, b] = [variable(two, 2, 0), variable(two, 2, 1)];
    same(power(sum(a, b), 2), sum(power(a, 2), power(b, 2)));
    expect(isZero(derivative(power(a, 2), 0))).toBe(true);
    expect(gradient(power(a, 2)).every(isZero)).toBe(true);
  });
});

describe("what is refused", () => {
  const wide = sumOf(Array.from({ length: 3000 }, (_, i) => variable(integers, 3000, i)));
  const limit = /at most 4000000 products of terms, got one of [0-9]+$/;

  it("expansions beyond the limit of work, before they are begun", () => {
    expect(wide.terms.size ** 2).toBeGreaterThan(WORK_LIMIT);
    expect(() => product(wide, wide)).toThrow(UseError);
    expect(() => product(wide, wide)).toThrow(limit);
    expect(() => dotProduct([wide, wide], [wide, wide])).toThrow(limit);
    const six = sumOf(Array.from({ length: 6 }, (_, i) => variable(integers, 6, i)));
    expect(() => power(six, 1000)).toThrow(limit);
    expect(() => compose(power(variable(integers, 1, 0), 64), [six])).toThrow(limit);
    const first = (n: number): typeof wide => ({ ...wide, terms: new Map([...wide.terms].slice(0, n)) });
    expect(() => product(first(2001), first(2000))).toThrow(limit);
    expect(() => dotProduct([first(1500), first(1500)], [first(1500), first(1500)])).toThrow(limit); // in all
    expect(product(first(2), wide).terms.size).toBe(5999);
  });

  it("lists that do not match, and spaces that do not", () => {
    expect(() => sumOf([])).toThrow(UseError);
    expect(() => dotProduct([], [])).toThrow(UseError);
    expect(() => dotProduct([x(0)], [x(0), x(1)])).toThrow(UseError);
    expect(() => dotProduct([x(0), x(1)], [x(0)])).toThrow(UseError);
    expect(() => dotProduct([x(0), x(0)], [x(0), x(0, 2)])).toThrow(UseError);
    expect(() => dotProduct([x(0), x(0, 2)], [x(0), x(0)])).toThrow(UseError);
    expect(() => sumOf([x(0), x(1), x(0, 2)])).toThrow(UseError);
    expect(() => variable(rationals, VARIABLE_LIMIT + 1, 0)).toThrow(UseError);
    expect(variable(rationals, VARIABLE_LIMIT, VARIABLE_LIMIT - 1).terms.size).toBe(1);
  });
});
