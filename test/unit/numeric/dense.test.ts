/** Small dense systems: residuals of solutions, the row at which a factorization ends, blocks of larger arrays, lost pivots. */
import { describe, expect, it } from "vitest";
import { randomStream } from "../../../src/kernel/seed.js";
import { factorDefinite, solveConsistent, solveFactored, solveSquare } from "../../../src/numeric/dense.js";
import { gaussian } from "../../../src/numeric/gaussian.js";

const draw = gaussian(randomStream(5n, "dense"));
const vector = (n: number): Float64Array => Float64Array.from({ length: n }, draw);

/** B B^T + I, of size n in rows of `stride`; entries outside the block are NaN, which would show if they were read. */
function definite(n: number, stride = n): Float64Array {
  const B = vector(n * n);
  const A = new Float64Array(n * stride).fill(Number.NaN);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let s = i === j ? 1 : 0;
      for (let k = 0; k < n; k++) s += B[i * n + k]! * B[j * n + k]!;
      A[i * stride + j] = s;
    }
  return A;
}

function residual(A: Float64Array, x: Float64Array, b: Float64Array, n: number, stride: number): number {
  let worst = 0;
  for (let i = 0; i < n; i++) {
    let [s, size] = [-b[i]!, Math.abs(b[i]!)];
    for (let j = 0; j < n; j++) {
      s += A[i * stride + j]! * x[j]!;
      size += Math.abs(A[i * stride + j]! * x[j]!);
    }
    worst = Math.max(worst, Math.abs(s) / size);
  }
  return worst;
}

describe("a definite system", () => {
  it.each([
    [1, 1],
    [2, 2],
    [7, 7],
    [7, 11],
    [40, 40],
  ])("of size %i in rows of %i is solved to rounding", (n, stride) => {
    const A = definite(n, stride);
    const b = vector(n);
    const [L, x] = [Float64Array.from(A), Float64Array.from(b)];
    expect(factorDefinite(L, n, stride)).toBe(n);
    solveFactored(L, x, n, stride);
    expect(residual(A, x, b, n, stride)).toBeLessThan(n * 4e-16);
  });

  it("ends at the first row that depends on those before", () => {
    const A = Float64Array.from([4, 0, 0, 2, 5, 0, 6, 7, 13]); // of (2, 0), (1, 2) and their sum
    expect(factorDefinite(Float64Array.from(A), 3)).toBe(2);
    expect(factorDefinite(Float64Array.from([1, 0, 0, 0, -1, 0, 0, 0, 1]), 3)).toBe(1);
    expect(factorDefinite(Float64Array.from([0]), 1)).toBe(0);
    expect(factorDefinite(Float64Array.from([Number.NaN]), 1)).toBe(0);
    const nearly = Float64Array.from([1, 0, 1, 1 + 1e-12]);
    expect(factorDefinite(Float64Array.from(nearly), 2)).toBe(2);
    expect(factorDefinite(Float64Array.from(nearly), 2, 2, 1e-10)).toBe(1);
  });
});

describe("a square system", () => {
  it.each([1, 2, 5, 30])("of size %i is solved to rounding", (n) => {
    const A = vector(n * n);
    const b = vector(n);
    const [M, x] = [Float64Array.from(A), Float64Array.from(b)];
    expect(solveSquare(M, x, n)).toBe(true);
    // Growth of the pivots and the condition of a Gaussian matrix cost some digits, not more.
    expect(residual(A, x, b, n, n)).toBeLessThan(1e-13);
  });

  it("needs its row pivots, and says where one is lost", () => {
    const x = Float64Array.from([2, 3]);
    expect(solveSquare(Float64Array.from([0, 1, 1, 0]), x, 2)).toBe(true);
    expect([...x]).toEqual([3, 2]);
    expect(solveSquare(Float64Array.from([1, 2, 2, 4]), Float64Array.from([1, 2]), 2)).toBe(false);
    expect(solveSquare(Float64Array.from([0]), Float64Array.from([1]), 1)).toBe(false);
  });
});

describe("solveConsistent", () => {
  it("solves regular systems like solveSquare", () => {
    for (const n of [1, 2, 5, 9]) {
      const [A, b] = [vector(n * n), vector(n)];
      const [x, y] = [Float64Array.from(b), Float64Array.from(b)];
      expect(solveConsistent(Float64Array.from(A), x, n)).toBe(n);
      expect(solveSquare(Float64Array.from(A), y, n)).toBe(true);
      expect(residual(A, x, b, n, n)).toBeLessThan(1e-13);
      x.forEach((value, i) => {
        expect(Math.abs(value - y[i]!)).toBeLessThan(1e-10 * Math.max(...y.map(Math.abs)));
      });
    }
  });

  it("finds a solution where rows depend on each other and do not contradict, and says the rank", () => {
    for (const [n, rank] of [
      [2, 1],
      [5, 3],
      [8, 8],
      [6, 0],
    ] as const) {
      // B C with B of n x rank and C of rank x n; the right side is in its range.
      const [B, C, y] = [vector(n * rank), vector(rank * n), vector(n)];
      const A = new Float64Array(n * n);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++)
          for (let k = 0; k < rank; k++) A[i * n + j] = A[i * n + j]! + B[i * rank + k]! * C[k * n + j]!;
      const b = Float64Array.from({ length: n }, (_, i) => y.reduce((s, v, j) => s + A[i * n + j]! * v, 0));
      const x = Float64Array.from(b);
      expect(solveConsistent(Float64Array.from(A), x, n)).toBe(rank);
      if (rank > 0) expect(residual(A, x, b, n, n)).toBeLessThan(1e-12);
      else expect([...x]).toEqual(new Array(n).fill(0));
    }
  });
});
