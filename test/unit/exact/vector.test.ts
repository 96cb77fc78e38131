import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { add, compare, mul, ofNumber, type Q, q, ZERO } from "../../../src/exact/rational.js";
import {
  combineRows,
  dot,
  dotIntegers,
  entriesOf,
  equalVectors,
  leastEntry,
  marginsOf,
  normSquared,
  parseVector,
  showVector,
  vectorOf,
  vectorOfNumbers,
} from "../../../src/exact/vector.js";

const integer = fc.bigInt({ min: -(1n << 60n), max: 1n << 60n });
const rational = fc.tuple(integer, fc.bigInt({ min: 1n, max: 5000n })).map(([n, d]) => q(n, d));
const entries = (length: number): fc.Arbitrary<Q[]> => fc.array(rational, { minLength: length, maxLength: length });
const sum = (terms: readonly Q[]): Q => terms.reduce(add, ZERO);
const inner = (a: readonly Q[], b: readonly Q[]): Q => sum(a.map((x, i) => mul(x, b[i]!)));
const matrix = fc.array(fc.array(integer, { minLength: 4, maxLength: 4 }), { minLength: 3, maxLength: 3 });
const scale = fc.bigInt({ min: 1n, max: 1000n });

describe("vectors over a common denominator", () => {
  const long = fc.bigInt({ min: -(1n << 300n), max: 1n << 300n });
  const factor = fc.oneof(fc.constantFrom(1n, 2n ** 80n, 6n ** 40n), fc.bigInt({ min: 1n, max: 1n << 200n }));
  test.prop([fc.array(fc.oneof(fc.constant(0n), long), { maxLength: 6 }), factor, factor])(
    "have entries in lowest terms",
    (n, c, d) => {
      const v = { n: n.map((x, i) => (i % 2 === 0 ? c * x : x)), d: c * d };
      expect(entriesOf(v)).toEqual(v.n.map((x) => q(x, v.d)));
    },
  );

  test.prop([entries(5)])("entries come back, the denominator is the least", (a) => {
    const v = vectorOf(a);
    expect(entriesOf(v)).toEqual(a);
    expect(v.d > 0n && v.n.every((n, i) => n * a[i]!.d === a[i]!.n * v.d)).toBe(true);
    for (const p of [2n, 3n, 5n, 7n, 11n, 13n])
      if (v.d % p === 0n) expect(a.every((x) => (v.d / p) % x.d === 0n)).toBe(false);
  });

  test.prop([entries(5), entries(5)])("inner products and norms are those of the entries", (a, b) => {
    expect(dot(vectorOf(a), vectorOf(b))).toEqual(inner(a, b));
    expect(normSquared(vectorOf(a))).toEqual(inner(a, a));
  });

  test.prop([entries(3), entries(4), matrix, scale])(
    "combinations and margins of rows over a scale",
    (c, b, rows, s) => {
      const points = rows.map((row) => row.map((x) => q(x, s)));
      const combined = entriesOf(combineRows(vectorOf(c), rows, s));
      expect(combined).toEqual(points[0]!.map((_, d) => sum(points.map((z, n) => mul(c[n]!, z[d]!)))));
      expect(entriesOf(marginsOf(rows, s, vectorOf(b)))).toEqual(points.map((z) => inner(z, b)));
      // adjoint: <sum c_n z_n, b> = sum c_n <z_n, b>
      expect(dot(combineRows(vectorOf(c), rows, s), vectorOf(b))).toEqual(
        inner(
          c,
          points.map((z) => inner(z, b)),
        ),
      );
    },
  );

  test.prop([entries(6)])("the least entry, and the first place where it stands", (a) => {
    const { value, index } = leastEntry(vectorOf(a));
    expect(a.every((x) => compare(x, value) >= 0)).toBe(true);
    expect(index).toBe(a.findIndex((x) => compare(x, value) === 0));
    expect(leastEntry(vectorOf([...a, ...a]))).toEqual({ value, index });
  });

  test.prop([entries(3), entries(3), scale])("equality sees through the denominator", (a, b, k) => {
    const v = vectorOf(a);
    expect(equalVectors(v, { n: v.n.map((x) => x * k), d: v.d * k })).toBe(true);
    expect(equalVectors(v, vectorOf(b))).toBe(a.every((x, i) => compare(x, b[i]!) === 0));
    expect(equalVectors(v, vectorOf([...a, ZERO]))).toBe(false);
  });

  test.prop([entries(4)])("text is read back", (a) => {
    const v = vectorOf(a);
    expect(parseVector(showVector(v), 4)).toEqual(v);
    expect(parseVector(showVector(v), 3)).toBeNull();
  });

  it("what is not a list of rationals is not read", () => {
    const sparse = ["1"];
    sparse.length = 2;
    for (const x of [null, undefined, "12", { length: 2, 0: "1", 1: "1" }, ["1", 2], ["1", "x"], ["1", null], sparse])
      expect(parseVector(x, 2)).toBeNull();
    expect(parseVector([], 0)).toEqual({ n: [], d: 1n });
  });

  it("doubles enter exactly", () => {
    const x = [0.1, -3, 2 ** -1074, 0];
    expect(entriesOf(vectorOfNumbers(Float64Array.from(x)))).toEqual(x.map(ofNumber));
  });

  test.prop([fc.array(fc.tuple(integer, integer))])("products of integers", (pairs) => {
    const total = pairs.reduce((s, [a, b]) => s + a * b, 0n);
    expect(
      dotIntegers(
        pairs.map(([a]) => a),
        pairs.map(([, b]) => b),
      ),
    ).toBe(total);
  });
});
