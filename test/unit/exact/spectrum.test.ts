/** Enclosures of discrete Fourier transforms: known ones, Parseval's identity, shifts, and the slow transform of the laws. */
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { normsOf } from "../../../properties/laws/slow-spectrum.js";
import {
  addFixed,
  FIXED_ZERO,
  type Fixed,
  fixedBounds,
  fixedFrom,
  maxFixed,
  squareFixed,
  timesFixed,
} from "../../../src/exact/fixed-interval.js";
import { add, compare, div, mul, type Q, q, sub, toNumber } from "../../../src/exact/rational.js";
import { type Coefficient, coefficients, modulus, peakBits, turnsOf } from "../../../src/exact/spectrum.js";
import { cosOfTurn, type Interval, sinOfTurn } from "../../../src/exact/turn.js";
import { entriesOf, normSquared, type QVector } from "../../../src/exact/vector.js";

const LENGTHS = [1, 2, 3, 4, 5, 6, 7, 8, 12, 15];
const NARROW = 1n << 16n; // units of 2^-240: below 1e-67

/** The value, and no more than NARROW units around it. */
function expectAt({ lo, hi }: Fixed, value: Q): void {
  const { lower, upper } = fixedBounds({ lo, hi });
  expect(compare(lower, value) <= 0 && compare(value, upper) <= 0).toBe(true);
  expect(hi - lo <= NARROW).toBe(true);
}

/** Before the scaling: v is its own numerators over the power of two above their peak. */
const unitOf = (v: QVector): Q => q(1n, 1n << peakBits(v));
const integers = (n: readonly bigint[], d = 1n): QVector => ({ n, d });

const middle = ({ lower, upper }: Interval): Q => div(add(lower, upper), q(2n));

describe("known transforms", () => {
  for (const D of LENGTHS) {
    it(`one of each pair, D = ${D}`, () => {
      const all = coefficients(integers(Array.from({ length: D }, (_, j) => BigInt(j + 1))), "fourier");
      expect(all.length).toBe(Math.floor(D / 2) + 1);
      expect(all.reduce((sum, c) => sum + c.count, 0)).toBe(D);
      for (const { im, count } of all) if (count === 1) expect(im).toEqual(FIXED_ZERO);
    });

    it(`a delta at m has the turns -mk/D, D = ${D}`, () => {
      for (let m = 0; m < D; m++) {
        const delta = integers(Array.from({ length: D }, (_, j) => (j === m ? 3n : 0n)));
        coefficients(delta, "fourier").forEach(({ re, im }, k) => {
          const factor = mul(q(3n), unitOf(delta));
          const [c, s] = [cosOfTurn(BigInt(m * k), BigInt(D)), sinOfTurn(BigInt(-m * k), BigInt(D))];
          expectAt(re, mul(factor, middle(c)));
          expectAt(im, mul(factor, middle(s)));
        });
      }
    });

    it(`a constant has the first coefficient alone, D = ${D}`, () => {
      const constant = integers(new Array<bigint>(D).fill(-5n), 7n);
      coefficients(constant, "fourier").forEach(({ re, im }, k) => {
        expectAt(re, k === 0 ? mul(q(-5n * BigInt(D)), unitOf(constant)) : q(0n));
        expectAt(im, q(0n));
      });
    });
  }

  it("pure tones with rational entries", () => {
    const six = integers([2n, 1n, -1n, -2n, -1n, 1n]); // 2 cos(j/6 of a turn)
    const four = integers([1n, 2n, -1n, -2n]); // cos + 2 sin
    coefficients(six, "fourier").forEach((c, k) => {
      expectAt(c.re, k === 1 ? mul(q(6n), unitOf(six)) : q(0n));
      expectAt(c.im, q(0n));
    });
    coefficients(four, "fourier").forEach((c, k) => {
      expectAt(c.re, k === 1 ? mul(q(2n), unitOf(four)) : q(0n));
      expectAt(c.im, k === 1 ? mul(q(-4n), unitOf(four)) : q(0n));
    });
    const alternating = integers([1n, -1n, 1n, -1n]);
    expect(coefficients(alternating, "fourier")).toEqual([
      { re: FIXED_ZERO, im: FIXED_ZERO, count: 1 },
      { re: FIXED_ZERO, im: FIXED_ZERO, count: 2 },
      { re: fixedFrom(q(4n, 2n)), im: FIXED_ZERO, count: 1 },
    ]);
  });

  it("the zero vector has none, in either space", () => {
    for (const space of ["fourier", "signal"] as const)
      for (const c of coefficients(integers([0n, 0n, 0n]), space)) {
        expectAt(c.re, q(0n));
        expectAt(modulus(c), q(0n));
      }
  });
});

const vector = fc
  .tuple(
    fc.constantFrom(...LENGTHS).chain((D) =>
      fc.array(fc.oneof(fc.bigInt({ min: -99n, max: 99n }), fc.bigInt({ min: -(1n << 500n), max: 1n << 500n })), {
        minLength: D,
        maxLength: D,
      }),
    ),
    fc.bigInt({ min: 1n, max: 1n << 300n }),
  )
  .map(([n, d]) => integers(n, d));

/** sum of count |c|^2. */
const energy = (all: readonly Coefficient[]): Fixed =>
  all.reduce(
    (sum, c) => addFixed(sum, timesFixed(addFixed(squareFixed(c.re), squareFixed(c.im)), BigInt(c.count))),
    FIXED_ZERO,
  );

describe("laws", () => {
  test.prop([vector])("Parseval: the enclosure holds D |v|^2 exactly", (v) => {
    const unit = unitOf(v);
    const square = mul(mul(normSquared(integers(v.n)), unit), unit);
    expectAt(energy(coefficients(v, "fourier")), mul(q(BigInt(v.n.length)), square));
    expectAt(energy(coefficients(v, "signal")), square);
  });

  test.prop([vector, fc.nat(14)])("a shift changes no modulus", (v, by) => {
    const shifted = integers([...v.n.slice(by % v.n.length), ...v.n.slice(0, by % v.n.length)], v.d);
    const [a, b] = [coefficients(v, "fourier").map(modulus), coefficients(shifted, "fourier").map(modulus)];
    a.forEach((x, k) => {
      expect(x.lo <= b[k]!.hi && b[k]!.lo <= x.hi).toBe(true);
    });
  });

  test.prop([vector])("norms agree with a transform over all D frequencies by other means", (v) => {
    const slow = normsOf(entriesOf(v), "fourier-l1")!;
    let [sum, largest] = [FIXED_ZERO, FIXED_ZERO];
    for (const c of coefficients(v, "fourier")) {
      sum = addFixed(sum, timesFixed(modulus(c), BigInt(c.count)));
      largest = maxFixed(largest, modulus(c));
    }
    const back = q(1n << peakBits(v), v.d);
    const apart = (x: Fixed, y: Q): number =>
      y.n === 0n ? Number(x.lo) : Math.abs(toNumber(sub(mul(fixedBounds(x).lower, div(back, y)), q(1n))));
    expect(apart(sum, slow.sum)).toBeLessThan(1e-50);
    expect(apart(largest, slow.largest)).toBeLessThan(1e-50);
  });

  it("turns are the cosines and sines of the circle", () => {
    for (const D of LENGTHS) {
      const { cos, sin } = turnsOf(D);
      expect([cos.length, sin.length]).toEqual([D, D]);
      for (let j = 0; j < D; j++) {
        const one = addFixed(squareFixed(cos[j]!), squareFixed(sin[j]!));
        expectAt(one, q(1n));
        expect(Number(cos[j]!.lo) / 2 ** 240).toBeCloseTo(Math.cos((2 * Math.PI * j) / D), 14);
        expect(Number(sin[j]!.lo) / 2 ** 240).toBeCloseTo(Math.sin((2 * Math.PI * j) / D), 14);
      }
    }
  });
});
