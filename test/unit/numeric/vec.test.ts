/** The loops on Float64Array: against exact rationals, at the ends of the range of doubles, and on empty vectors. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, mul, ofNumber, type Q, sqrtBounds, toNumber, ZERO } from "../../../src/exact/rational.js";
import { angle, axpy, combineRows, dot, norm, rowProducts } from "../../../src/numeric/vec.js";

const RUNS = { seed: 20_240, numRuns: 300 };
/** Doubles over forty binades, zeros among them; no naive doubles, nearly all of which are tiny. */
const entry = fc
  .tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: -20, max: 20 }))
  .map(([k, e]) => k * 2 ** e);
const vector = (length: number): fc.Arbitrary<Float64Array> =>
  fc.array(entry, { minLength: length, maxLength: length }).map((x) => Float64Array.from(x));
const pair = fc.integer({ min: 1, max: 9 }).chain((length) => fc.tuple(vector(length), vector(length)));

const exactDot = (a: Float64Array, b: Float64Array): Q =>
  a.reduce<Q>((s, x, i) => add(s, mul(ofNumber(x), ofNumber(b[i]!))), ZERO);
const size = (a: Float64Array, b: Float64Array): number => a.reduce((s, x, i) => s + Math.abs(x * b[i]!), 0);

describe("dot", () => {
  it("is the exact inner product, relative to the size of the sum", () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        expect(Math.abs(dot(a, b) - toNumber(exactDot(a, b)))).toBeLessThanOrEqual(1e-15 * 9 * size(a, b));
      }),
      RUNS,
    );
  });

  it("sums from left to right, so that its bits are fixed", () => {
    expect(dot(Float64Array.of(1e16, 1, -1e16), Float64Array.of(1, 1, 1))).toBe(0);
    expect(dot(Float64Array.of(1e16, -1e16, 1), Float64Array.of(1, 1, 1))).toBe(1);
    expect(dot(new Float64Array(0), new Float64Array(0))).toBe(0);
  });
});

describe("norm", () => {
  it("is the exact norm to a few roundings", () => {
    fc.assert(
      fc.property(pair, ([a]) => {
        const truth = toNumber(sqrtBounds(exactDot(a, a)).lower);
        expect(Math.abs(norm(a) - truth)).toBeLessThanOrEqual(2e-15 * truth);
      }),
      RUNS,
    );
  });

  it.each([
    1e-320, 1e-300, 1e-160, 1e-140, 1, 1e140, 1e160, 1e300,
  ])("neither overflows nor underflows at %d", (scale) => {
    expect(norm(Float64Array.of(3 * scale, -4 * scale)) / scale).toBeCloseTo(5, 3);
    expect(norm(Float64Array.of(scale, 0, 0))).toBe(scale);
  });

  it("is the same on both sides of its change of method", () => {
    for (const square of [1e-280, 1e280])
      for (const by of [0.999999, 1, 1.000001]) {
        const x = Math.sqrt(square / 2) * by;
        expect(norm(Float64Array.of(x, x)) / (x * Math.SQRT2)).toBeCloseTo(1, 14);
      }
  });

  it("is 0 only at 0, where every entry has its say", () => {
    expect(norm(new Float64Array(5))).toBe(0);
    expect(norm(new Float64Array(0))).toBe(0);
    expect(norm(Float64Array.of(-0, 0))).toBe(0);
    expect(norm(Float64Array.of(0, 0, 5e-324))).toBe(5e-324);
    expect(norm(Float64Array.of(1e-200, 1e-200)) / 1e-200).toBeCloseTo(Math.SQRT2, 14);
  });

  it("lets infinities and what is not a number through", () => {
    expect(norm(Float64Array.of(1, Number.NEGATIVE_INFINITY))).toBe(Number.POSITIVE_INFINITY);
    expect(norm(Float64Array.of(1, Number.NaN))).toBeNaN();
    expect(norm(Float64Array.of(Number.NaN, 1))).toBeNaN();
  });
});

describe("axpy, rowProducts, combineRows", () => {
  it("axpy adds in place and leaves x as it was", () => {
    const x = Float64Array.of(1, 2, 3);
    const y = Float64Array.of(10, 20, 30);
    axpy(-2, x, y);
    expect(y).toEqual(Float64Array.of(8, 16, 24));
    expect(x).toEqual(Float64Array.of(1, 2, 3));
    axpy(0.5, y, y);
    expect(y).toEqual(Float64Array.of(12, 24, 36));
  });

  it("rowProducts and combineRows are adjoint: <A x, p> = <x, A^T p>", () => {
    const problem = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
      .chain(([N, D]) => fc.tuple(vector(N * D), vector(D), vector(N)));
    fc.assert(
      fc.property(problem, ([rows, x, p]) => {
        const margins = new Float64Array(p.length).fill(Number.NaN);
        const combined = new Float64Array(x.length).fill(Number.NaN);
        rowProducts(rows, x, margins);
        combineRows(rows, p, combined);
        let scale = 0;
        rows.forEach((r, i) => {
          scale += Math.abs(r * x[i % x.length]! * p[Math.floor(i / x.length)]!);
        });
        expect(Math.abs(dot(margins, p) - dot(combined, x))).toBeLessThanOrEqual(1e-15 * 20 * scale);
        margins.forEach((m, n) => {
          expect(m).toBe(dot(rows.subarray(n * x.length, (n + 1) * x.length), x));
        });
      }),
      RUNS,
    );
  });
});

describe("angle", () => {
  it("is that of the plane, not folded, from 1e-150 to pi", () => {
    for (const t of [1e-150, 1e-100, 1e-12, 1e-8, 0.1, 1, 1.5, 2, 3, 3.1]) {
      const seen = angle(Float64Array.of(1, 0), Float64Array.of(Math.cos(t), Math.sin(t)));
      expect(Math.abs(seen / t - 1), `at ${t}`).toBeLessThan(1e-13);
    }
    expect(angle(Float64Array.of(1, 2), Float64Array.of(-1, -2))).toBe(Math.PI);
    expect(angle(Float64Array.of(1, 2), Float64Array.of(1, 2))).toBe(0);
  });

  it("does not care for positive scales and is symmetric", () => {
    fc.assert(
      fc.property(pair, fc.integer({ min: -900, max: 900 }), ([a, b], e) => {
        fc.pre(norm(a) > 0 && norm(b) > 0);
        const scaled = a.map((x) => x * 2 ** e);
        fc.pre(norm(scaled) > 1e-290 && norm(scaled) < 1e300);
        expect(angle(scaled, b)).toBeCloseTo(angle(a, b), 13);
        expect(angle(b, a)).toBeCloseTo(angle(a, b), 13);
        expect(angle(a, b)).toBeGreaterThanOrEqual(0);
        expect(angle(a, b)).toBeLessThanOrEqual(Math.PI);
      }),
      RUNS,
    );
  });

  it("obeys the triangle inequality", () => {
    const three = fc.integer({ min: 1, max: 5 }).chain((D) => fc.tuple(vector(D), vector(D), vector(D)));
    fc.assert(
      fc.property(three, ([a, b, c]) => {
        fc.pre(norm(a) > 0 && norm(b) > 0 && norm(c) > 0);
        expect(angle(a, c)).toBeLessThanOrEqual(angle(a, b) + angle(b, c) + 1e-14);
      }),
      RUNS,
    );
  });
});
