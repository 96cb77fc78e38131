/** Systems of double-double numbers: inner products against exact ones, solutions and ranks of badly scaled systems, projections. */
import { describe, expect, it } from "vitest";
import { add, mul, ofNumber, type Q, sub, toNumber } from "../../../src/exact/rational.js";
import { randomStream } from "../../../src/kernel/seed.js";
import { addWide, mulWide, narrow, subWide, twoSum, type Wide, wide } from "../../../src/numeric/double-double.js";
import { gaussian } from "../../../src/numeric/gaussian.js";
import {
  axpyWide,
  dotWide,
  narrowed,
  setWide,
  solveConsistentWide,
  type WideArray,
  wideAt,
  wideFrom,
  wideZeros,
} from "../../../src/numeric/wide-dense.js";
import { factorLeastSquares, residualOf, solveGramOf } from "../../../src/numeric/wide-qr.js";

const draw = gaussian(randomStream(11n, "wide-dense"));
const number = (): Wide => twoSum(draw(), 2 ** -55 * draw());
const numbers = (n: number): WideArray => wideFrom(Array.from({ length: n }, number));
const exact = ({ hi, lo }: Wide): Q => add(ofNumber(hi), ofNumber(lo));
const LOST = 1e-26;
const largest = (v: WideArray): number => narrowed(v).reduce((a, x) => Math.max(a, Math.abs(x)), 0);

describe("loops", () => {
  it("inner products, with a start and a sign, and multiples added", () => {
    for (const n of [0, 1, 2, 5, 40]) {
      const [a, b] = [numbers(n + 1), numbers(n + 2)];
      const [start, c] = [number(), number()];
      const truth = Array.from({ length: n }, (_, i) => mul(exact(wideAt(a, i + 1)), exact(wideAt(b, i + 2))));
      const sum = truth.reduce(add, ofNumber(0));
      const off = (found: Wide, q: Q): number => Math.abs(toNumber(sub(exact(found), q)));
      expect(off(dotWide(a, 1, b, 2, n), sum)).toBeLessThan((n + 1) * 2 ** -96);
      expect(off(dotWide(a, 1, b, 2, n, start, -1), sub(exact(start), sum))).toBeLessThan((n + 1) * 2 ** -96);
      const y = b.slice();
      axpyWide(c, a, 1, y, 2, n);
      for (let i = 0; i < n; i++)
        expect(
          off(wideAt(y, i + 2), add(exact(wideAt(b, i + 2)), mul(exact(c), exact(wideAt(a, i + 1))))),
        ).toBeLessThan(2 ** -98);
      expect(y.subarray(0, 4)).toEqual(b.subarray(0, 4));
    }
  });
});

/** Rows and columns of a square system spread over sixteen powers of ten. */
function spreadSystem(n: number): WideArray {
  const A = numbers(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      setWide(A, i * n + j, mulWide(wideAt(A, i * n + j), wide(2 ** (((3 * i) % 5) * 6 - ((2 * j) % 5) * 6))));
  return A;
}

describe("elimination", () => {
  it.each([1, 2, 7, 30])("solves %i unknowns with residuals of double-double rounding", (n) => {
    const A = spreadSystem(n);
    const truth = numbers(n);
    const right = wideFrom(Array.from({ length: n }, (_, i) => dotWide(A, i * n, truth, 0, n)));
    const x = right.slice();
    expect(solveConsistentWide(A.slice(), x, n, LOST)).toBe(n);
    const size = largest(A) * largest(x);
    for (let i = 0; i < n; i++)
      expect(Math.abs(narrow(dotWide(A, i * n, x, 0, n, wideAt(right, i), -1)))).toBeLessThan(1e-28 * size);
  });

  it("tells the rank where doubles would not, and leaves dependent unknowns 0", () => {
    // The third row is the sum of the others but for 1e-20.
    const [a, b] = [numbers(3), numbers(3)];
    const c = wideFrom([0, 1, 2].map((j) => addWide(wideAt(a, j), wideAt(b, j))));
    const system = (last: WideArray): WideArray => Float64Array.from([...a, ...b, ...last]);
    const x = wideFrom([wide(1), wide(2), wide(3)]);
    expect(solveConsistentWide(system(c), x, 3, LOST)).toBe(2);
    expect(narrowed(x).filter((t) => t === 0)).toHaveLength(1);
    const nearly = c.slice();
    setWide(nearly, 2, addWide(wideAt(c, 2), wide(1e-20)));
    expect(solveConsistentWide(system(nearly), wideZeros(3), 3, LOST)).toBe(3);
  });
});

describe("least squares", () => {
  it.each([
    [3, 3, 0],
    [9, 4, 0],
    [20, 6, 40],
  ])("of %i rows, %i columns, rows 2^%i apart", (m, n, apart) => {
    const A = numbers(m * n);
    for (let j = 0; j < n; j++)
      for (let i = 0; i < m; i += 2) setWide(A, j * m + i, mulWide(wideAt(A, j * m + i), wide(2 ** apart)));
    const factors = factorLeastSquares(A, m, n);
    const x = numbers(m);
    const rest = residualOf(factors, x);
    for (let j = 0; j < n; j++)
      expect(Math.abs(narrow(dotWide(A, j * m, rest, 0, m)))).toBeLessThan(1e-28 * 2 ** apart);
    const again = residualOf(factors, rest);
    const moved = wideFrom(Array.from({ length: m }, (_, i) => subWide(wideAt(again, i), wideAt(rest, i))));
    expect(largest(moved)).toBeLessThan(1e-27);
    // (A^T A)^-1 of A^T A y is y.
    const y = numbers(n);
    const Ay = wideZeros(m);
    for (let j = 0; j < n; j++) axpyWide(wideAt(y, j), A, j * m, Ay, 0, m);
    const gram = wideFrom(Array.from({ length: n }, (_, j) => dotWide(A, j * m, Ay, 0, m)));
    const back = solveGramOf(factors, gram);
    for (let j = 0; j < n; j++) expect(Math.abs(narrow(subWide(wideAt(back, j), wideAt(y, j))))).toBeLessThan(1e-24);
  });
});
