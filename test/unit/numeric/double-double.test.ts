/** Double-double numbers against exact rationals: error-free sums and products, and relative errors of the operations. */
import { describe, expect, it } from "vitest";
import { add, div, mul, ofNumber, type Q, sub, toNumber } from "../../../src/exact/rational.js";
import { randomStream } from "../../../src/kernel/seed.js";
import {
  addWide,
  divWide,
  mulWide,
  negWide,
  rootWide,
  subWide,
  twoProduct,
  twoSum,
  type Wide,
  wide,
} from "../../../src/numeric/double-double.js";
import { gaussian } from "../../../src/numeric/gaussian.js";

const exact = ({ hi, lo }: Wide): Q => add(ofNumber(hi), ofNumber(lo));
const LEAST = 2 ** -102;

const stream = randomStream(7n, "double-double");
const draw = gaussian(stream);
const double = (): number => draw() * 2 ** ((stream.uint32() % 400) - 200);
const number = (): Wide => {
  const hi = double();
  return twoSum(hi, hi * 2 ** -54 * draw());
};
/** A number that nearly cancels another. */
const near = (a: Wide): Wide => twoSum(-a.hi, -a.lo * (1 + draw() * 2 ** -(stream.uint32() % 40)));

const relative = (found: Wide, truth: Q): number =>
  truth.n === 0n ? Math.abs(found.hi) : Math.abs(toNumber(div(sub(exact(found), truth), truth)));
const normalized = ({ hi, lo }: Wide): boolean => hi + lo === hi;

describe("error-free", () => {
  it("sums and products of doubles are exact, and pairs are normal", () => {
    for (let i = 0; i < 2000; i++) {
      const [a, b] = [double(), i % 2 === 0 ? double() : draw()];
      const [sum, product] = [twoSum(a, b), twoProduct(a, b)];
      expect(exact(sum)).toEqual(add(ofNumber(a), ofNumber(b)));
      expect(exact(product)).toEqual(mul(ofNumber(a), ofNumber(b)));
      expect([sum.hi, product.hi]).toEqual([a + b, a * b]);
    }
  });
});

describe("relative errors", () => {
  it("of sums, differences, products, quotients and roots are below 2^-102", () => {
    for (let i = 0; i < 2000; i++) {
      const a = number();
      const b = i % 3 === 0 ? near(a) : number();
      const [x, y] = [exact(a), exact(b)];
      for (const [found, truth] of [
        [addWide(a, b), add(x, y)],
        [subWide(a, negWide(b)), add(x, y)],
        [mulWide(a, b), mul(x, y)],
        [divWide(a, b), div(x, y)],
      ] as const) {
        expect(relative(found, truth)).toBeLessThan(LEAST);
        expect(normalized(found)).toBe(true);
      }
      const root = rootWide(a.hi < 0 ? negWide(a) : a);
      expect(relative(mulWide(root, root), a.hi < 0 ? sub(ofNumber(0), x) : x)).toBeLessThan(4 * LEAST);
    }
  });

  it("whole numbers stay exact", () => {
    expect(mulWide(wide(2 ** 53 - 1), wide(2 ** 52 + 1))).toEqual(twoProduct(2 ** 53 - 1, 2 ** 52 + 1));
    expect(rootWide(wide(0))).toEqual(wide(0));
    expect(rootWide(wide(9))).toEqual(wide(3));
    expect(divWide(wide(-12), wide(4))).toEqual(wide(-3));
  });
});
