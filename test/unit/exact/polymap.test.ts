import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import {
  evaluateMap,
  homogeneousDegree,
  inverseRootPower,
  jacobian,
  type PolyMap,
  sameMap,
  satisfiesEuler,
  scaleToNumber,
  UNIT_SCALE,
} from "../../../src/exact/polymap.js";
import {
  constant,
  difference,
  dotProduct,
  evaluate,
  fromTerms,
  gradient,
  isZero,
  type Polynomial,
  product,
  scaled,
  sum,
  variable,
} from "../../../src/exact/polynomial.js";
import { add, compare, mul, neg, ofNumber, powerOfTwo, type Q, q, ZERO } from "../../../src/exact/rational.js";
import { integers, rationals } from "../../../src/exact/ring.js";
import { polynomialIn } from "./random.js";

/** Circular convolution of two filters of three entries: homogeneous of degree 2 in six variables. */
const NAMES = ["u0", "u1", "u2", "v0", "v1", "v2"];
const w = (i: number): Polynomial<Q> => variable(rationals, 6, i);
const CONVOLUTION: PolyMap<Q> = {
  names: NAMES,
  coordinates: [0, 1, 2].map((d) => [0, 1, 2].map((k) => product(w(k), w(3 + ((d + 3 - k) % 3)))).reduce(sum)),
  scale: inverseRootPower(3n, 1),
};
const withCoordinate = (p: Polynomial<Q>): PolyMap<Q> => ({
  ...CONVOLUTION,
  coordinates: [...CONVOLUTION.coordinates.slice(0, 2), p],
});
const one = constant(rationals, 6, q(1n));
const rational = fc.tuple(fc.bigInt({ min: -20n, max: 20n }), fc.bigInt({ min: 1n, max: 9n })).map(([n, d]) => q(n, d));
const point = fc.array(rational, { minLength: 6, maxLength: 6 });

describe("polynomial maps", () => {
  it("Euler's identity holds for the degree and for no other", () => {
    expect(homogeneousDegree(CONVOLUTION)).toBe(2);
    for (const degree of [0, 1, 2, 3, -2]) expect(satisfiesEuler(CONVOLUTION, degree)).toBe(degree === 2);
  });

  it("a map with one stray term is not homogeneous", () => {
    const stray = CONVOLUTION.coordinates[2]!;
    for (const extra of [w(0), one, product(product(w(0), w(1)), w(2))]) {
      const map = withCoordinate(sum(stray, extra));
      expect(homogeneousDegree(map)).toBeNull();
      expect(satisfiesEuler(map, 2)).toBe(false);
    }
    expect(homogeneousDegree(withCoordinate(scaled(stray, ZERO)))).toBe(2); // a zero coordinate has every degree
  });

  it("the zero map has no degree of its own and a constant map has degree 0", () => {
    const zero = { ...CONVOLUTION, coordinates: [scaled(one, ZERO)] };
    expect(homogeneousDegree(zero)).toBeNull();
    for (const degree of [0, 5]) expect(satisfiesEuler(zero, degree)).toBe(true);
    expect(homogeneousDegree({ ...zero, coordinates: [one] })).toBe(0);
  });

  test.prop([polynomialIn(6), fc.integer({ min: -1, max: 5 })])(
    "Euler's identity is that of the products w_i dP/dw_i, multiplied out",
    (p, degree) => {
      const map = withCoordinate(p);
      const factor = q(BigInt(degree));
      const expanded = map.coordinates.map((f) =>
        difference(
          dotProduct(
            NAMES.map((_, i) => w(i)),
            gradient(f),
          ),
          scaled(f, factor),
        ),
      );
      expect(satisfiesEuler(map, degree)).toBe(expanded.every(isZero));
      expect(satisfiesEuler(map, degree, jacobian(map))).toBe(expanded.every(isZero));
    },
  );

  it("Euler's identity sees every change in a Jacobian that is given", () => {
    const J = jacobian(CONVOLUTION);
    expect(satisfiesEuler(CONVOLUTION, 2, J)).toBe(true);
    const changed = (change: (slope: Polynomial<Q>) => Polynomial<Q>, i: number): boolean =>
      satisfiesEuler(CONVOLUTION, 2, [J[0]!, J[1]!.map((slope, at) => (at === i ? change(slope) : slope)), J[2]!]);
    NAMES.forEach((_, i) => {
      expect(changed((slope) => sum(slope, one), i)).toBe(false);
      expect(changed((slope) => sum(slope, product(w(0), w(0))), i)).toBe(false);
      expect(changed((slope) => scaled(slope, q(2n)), i)).toBe(false);
      expect(changed((slope) => scaled(slope, ZERO), i)).toBe(false);
    });
    expect(satisfiesEuler(CONVOLUTION, 2, [J[1]!, J[0]!, J[2]!])).toBe(false);
  });

  it("Euler's identity over a ring in which 2 = 0", () => {
    const two = { ...integers, mul: (a: bigint, b: bigint) => (a * b) % 2n, ofInteger: (n: bigint) => n % 2n };
    const square: PolyMap<bigint> = {
      names: ["x"],
      coordinates: [fromTerms(two, 1, [["\0\0", 1n]])],
      scale: UNIT_SCALE,
    };
    expect([0, 1, 2].map((degree) => satisfiesEuler(square, degree))).toEqual([true, false, true]);
  });

  test.prop([point, point])("evaluation and Jacobian", (a, b) => {
    const beta = evaluateMap(CONVOLUTION, a);
    beta.forEach((value, d) => {
      const terms = [0, 1, 2].map((k) => mul(a[k]!, a[3 + ((d + 3 - k) % 3)]!));
      expect(value).toEqual(terms.reduce(add));
    });
    // P(a + b) = P(a) + J(a) b + P(b) for a quadratic map
    const J = jacobian(CONVOLUTION).map((row) => row.map((p) => evaluate(p, a)));
    const both = evaluateMap(
      CONVOLUTION,
      a.map((x, i) => add(x, b[i]!)),
    );
    const own = evaluateMap(CONVOLUTION, b);
    both.forEach((value, d) => {
      const linear = J[d]!.map((x, i) => mul(x, b[i]!)).reduce(add);
      expect(value).toEqual(add(add(beta[d]!, linear), own[d]!));
    });
  });

  it("two maps are the same with the same coordinates and the same scale", () => {
    expect(sameMap(CONVOLUTION, { ...CONVOLUTION, coordinates: [...CONVOLUTION.coordinates] })).toBe(true);
    expect(sameMap(CONVOLUTION, withCoordinate(w(0)))).toBe(false);
    expect(sameMap(CONVOLUTION, { ...CONVOLUTION, coordinates: CONVOLUTION.coordinates.slice(1) })).toBe(false);
    expect(sameMap(CONVOLUTION, { ...CONVOLUTION, scale: UNIT_SCALE })).toBe(false);
    expect(sameMap(CONVOLUTION, { ...CONVOLUTION, scale: { rational: q(1n, 3n), radicand: 5n } })).toBe(false);
  });

  it("a Jacobian has a row a coordinate and a column a variable", () => {
    const J = jacobian(CONVOLUTION);
    expect(J.map((row) => row.length)).toEqual([6, 6, 6]);
    expect(isZero(J[0]![0]!)).toBe(false);
  });
});

describe("scales", () => {
  test.prop([fc.bigInt({ min: 1n, max: 10n ** 6n }), fc.nat(12)])("base^(-power/2), squared", (base, power) => {
    const { rational: r, radicand } = inverseRootPower(base, power);
    expect(mul(mul(r, r), q(radicand))).toEqual(q(1n, base ** BigInt(power)));
    if (power % 2 === 0) expect(radicand).toBe(1n);
  });

  /** The value is the nearest double: the exact square lies between the squares of the midpoints to its neighbours. */
  const expectNearest = (value: number, square: Q): void => {
    const ulp = powerOfTwo(Math.floor(Math.log2(value)) - 53); // half a unit in the last place, or a little more
    const [low, high] = [ofNumber(value), ofNumber(value)].map((v, i) =>
      add(v, i === 0 ? neg(ofNumber(ulp)) : ofNumber(ulp)),
    );
    expect(compare(mul(low!, low!), square)).toBeLessThanOrEqual(0);
    expect(compare(mul(high!, high!), square)).toBeGreaterThanOrEqual(0);
  };

  test.prop([fc.bigInt({ min: 1n, max: 10n ** 6n }), fc.nat(12)])("as a double, to the nearest", (base, power) => {
    expectNearest(scaleToNumber(inverseRootPower(base, power)), q(1n, base ** BigInt(power)));
  });

  it("exact where the root is, negative where the rational is, zero at zero", () => {
    expect(scaleToNumber({ rational: q(-3n, 2n), radicand: 4n })).toBe(-3);
    expect(scaleToNumber({ rational: q(-1n), radicand: 2n })).toBe(-Math.SQRT2);
    expect(scaleToNumber({ rational: ZERO, radicand: 2n })).toBe(0);
    expect(scaleToNumber(UNIT_SCALE)).toBe(1);
    expect(scaleToNumber({ rational: q(1n, 3n), radicand: 1n })).toBe(1 / 3);
  });
});
