/** Hessians, homogeneous parts, composition and dead parameters of polynomial maps. */
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import {
  composeMap,
  deadParameters,
  evaluateMap,
  hessian,
  homogeneousDegree,
  homogeneousParts,
  jacobian,
  type PolyMap,
  satisfiesEuler,
} from "../../../src/exact/polymap.js";
import { constant, derivative, type Polynomial, product, sum, sumOf, variable } from "../../../src/exact/polynomial.js";
import { ONE, type Q, q } from "../../../src/exact/rational.js";
import { rationals } from "../../../src/exact/ring.js";
import { pointIn, polynomialIn, same } from "./random.js";

const NAMES = ["x", "y", "z"];
const SCALE = { rational: q(1n, 3n), radicand: 5n };
const mapOf = (coordinates: readonly Polynomial<Q>[], names = NAMES): PolyMap<Q> => ({
  names,
  coordinates,
  scale: SCALE,
});
const maps = fc.array(polynomialIn(3, 5), { minLength: 1, maxLength: 3 }).map((c) => mapOf(c));
const x = (i: number): Polynomial<Q> => variable(rationals, 3, i);

describe("derivatives of maps", () => {
  test.prop([maps])("the Hessian is symmetric and holds the second derivatives", (P) => {
    const H = hessian(P);
    expect(H.length).toBe(P.coordinates.length);
    H.forEach((matrix, d) => {
      expect(matrix.length).toBe(3);
      matrix.forEach((row, i) => {
        expect(row.length).toBe(3);
        row.forEach((entry, j) => {
          same(entry, matrix[j]![i]!);
          same(entry, derivative(derivative(P.coordinates[d]!, i), j));
        });
      });
    });
    jacobian(P).forEach((row, d) => {
      row.forEach((entry, i) => {
        same(entry, derivative(P.coordinates[d]!, i));
      });
    });
  });
});

describe("homogeneous parts", () => {
  test.prop([maps])("add up to the map, ascend, and are homogeneous", (P) => {
    const parts = homogeneousParts(P);
    const degrees = parts.map(({ degree }) => degree);
    expect(degrees).toEqual([...new Set(degrees)].sort((a, b) => a - b));
    for (const { degree, part } of parts) {
      expect(homogeneousDegree(part)).toBe(degree);
      expect(satisfiesEuler(part, degree)).toBe(true);
      expect([part.names, part.scale]).toEqual([P.names, P.scale]);
      expect(part.coordinates.length).toBe(P.coordinates.length);
    }
    P.coordinates.forEach((p, d) => {
      const zero = constant(rationals, 3, q(0n));
      same(sumOf([zero, ...parts.map(({ part }) => part.coordinates[d]!)]), p);
    });
  });

  it("of (1 + u) v + 5 and of nothing", () => {
    const P = mapOf([sum(product(sum(constant(rationals, 3, ONE), x(0)), x(1)), constant(rationals, 3, q(5n)))]);
    expect(homogeneousParts(P).map(({ degree }) => degree)).toEqual([0, 1, 2]);
    expect(homogeneousParts(mapOf([constant(rationals, 3, q(0n))]))).toEqual([]);
  });
});

describe("composition", () => {
  const inner = fc.tuple(polynomialIn(2, 3), polynomialIn(2, 3), polynomialIn(2, 3));

  test.prop([maps, inner, pointIn(2)])("is that of functions, over the new names", (P, by, at) => {
    const composed = composeMap(P, by, ["s", "t"]);
    expect(composed.names).toEqual(["s", "t"]);
    expect(composed.scale).toEqual(SCALE);
    expect(evaluateMap(composed, at)).toEqual(evaluateMap(P, evaluateMap(mapOf(by, ["s", "t"]), at)));
  });
});

describe("dead parameters", () => {
  it("never occur, or cancelled out", () => {
    expect(deadParameters(mapOf([product(x(0), x(2))]))).toEqual(["y"]);
    const cancelled = sum(product(x(0), x(1)), product(product(x(1), x(0)), constant(rationals, 3, q(-1n))));
    expect(deadParameters(mapOf([sum(cancelled, x(2))]))).toEqual(["x", "y"]);
    expect(deadParameters(mapOf([cancelled, x(1)]))).toEqual(["x", "z"]);
    expect(deadParameters(mapOf([constant(rationals, 3, ONE)]))).toEqual(NAMES);
  });

  test.prop([maps])("are those with no derivative", (P) => {
    const silent = P.names.filter((_, i) => jacobian(P).every((row) => row[i]!.terms.size === 0));
    expect(deadParameters(P)).toEqual(silent);
  });
});
