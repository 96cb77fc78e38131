import { fc, test } from "@fast-check/vitest";
import { determinant, Matrix, SingularValueDecomposition, solve } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { independentRows, rank, solveExact } from "../../../src/exact/linear.js";
import { add, mul, type Q, q, toNumber, ZERO } from "../../../src/exact/rational.js";

const entry = fc.oneof(fc.constantFrom(0n, 0n, 1n), fc.bigInt({ min: -20n, max: 20n }));
const rowsOf = (rows: number, columns: number): fc.Arbitrary<bigint[][]> =>
  fc.array(fc.array(entry, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });
const system = fc.integer({ min: 1, max: 6 }).chain((n) =>
  fc.tuple(
    rowsOf(n, n),
    rowsOf(1, n).map(([b]) => b!),
  ),
);
const numbers = (A: readonly (readonly bigint[])[]): number[][] => A.map((row) => row.map(Number));

/** By cofactors: exact and slow. */
function det(A: readonly (readonly bigint[])[]): bigint {
  if (A.length === 0) return 1n;
  return A[0]!.reduce((sum, a, j) => {
    const minor = A.slice(1).map((row) => row.filter((_, k) => k !== j));
    return a === 0n ? sum : sum + (j % 2 === 0 ? a : -a) * det(minor);
  }, 0n);
}

const applied = (A: readonly (readonly bigint[])[], x: readonly Q[]): Q[] =>
  A.map((row) => row.map((a, j) => mul(q(a), x[j]!)).reduce(add, ZERO));

describe("solveExact", () => {
  test.prop([system], { numRuns: 500 })("solves by substitution, and refuses exactly the singular", ([A, b]) => {
    const x = solveExact(A, b);
    expect(x === null).toBe(det(A) === 0n);
    if (x !== null) expect(applied(A, x)).toEqual(b.map((v) => q(v)));
  });

  test.prop([system], { numRuns: 300 })("agrees with ml-matrix", ([A, b]) => {
    const x = solveExact(A, b);
    const d = determinant(new Matrix(numbers(A)));
    // a determinant of small integers is an integer: its float is nearest to it
    expect(BigInt(Math.round(d))).toBe(det(A));
    if (x === null) return;
    const theirs = solve(new Matrix(numbers(A)), Matrix.columnVector(b.map(Number))).to1DArray();
    const size = Math.max(...theirs.map(Math.abs), 1);
    // entries below 21 and |det| >= 1 bound the condition by 6! 20^6; six digits are left of sixteen
    for (const [i, value] of x.entries()) expect(Math.abs(toNumber(value) - theirs[i]!) / size).toBeLessThan(1e-6);
  });

  it("pivots when the leading entries are zero", () => {
    expect(
      solveExact(
        [
          [0n, 2n],
          [3n, 0n],
        ],
        [4n, 9n],
      ),
    ).toEqual([q(3n), q(2n)]);
    const cyclic = [
      [0n, 0n, 0n, 5n],
      [0n, 7n, 0n, 0n],
      [0n, 0n, 3n, 0n],
      [2n, 0n, 0n, 0n],
    ];
    expect(solveExact(cyclic, [5n, 7n, 3n, 1n])).toEqual([q(1n, 2n), q(1n), q(1n), q(1n)]);
    const later = [
      [1n, 1n, 1n],
      [1n, 1n, 2n],
      [1n, 2n, 2n],
    ]; // the second pivot vanishes
    expect(applied(later, solveExact(later, [1n, 0n, 0n])!)).toEqual([q(1n), q(0n), q(0n)]);
  });

  it("finds singular what is singular", () => {
    expect(solveExact([[0n]], [1n])).toBeNull();
    expect(
      solveExact(
        [
          [1n, 2n],
          [2n, 4n],
        ],
        [1n, 2n],
      ),
    ).toBeNull();
    expect(
      solveExact(
        [
          [1n, 2n, 3n],
          [4n, 5n, 6n],
          [7n, 8n, 9n],
        ],
        [0n, 0n, 0n],
      ),
    ).toBeNull();
    expect(
      solveExact(
        [
          [0n, 1n],
          [0n, 2n],
        ],
        [0n, 0n],
      ),
    ).toBeNull();
  });

  it("takes the empty system, leaves its arguments alone and bears large entries", () => {
    expect(solveExact([], [])).toEqual([]);
    const A = [
      [0n, 1n],
      [1n, 0n],
    ];
    const b = [2n, 3n];
    solveExact(A, b);
    expect([A, b]).toEqual([
      [
        [0n, 1n],
        [1n, 0n],
      ],
      [2n, 3n],
    ]);
    const big = 10n ** 200n;
    const hilbert = Array.from({ length: 8 }, (_, i) =>
      Array.from({ length: 8 }, (_x, j) => big / BigInt(i + j + 1) + 1n),
    );
    const right = hilbert.map((_, i) => BigInt(i) - big);
    expect(applied(hilbert, solveExact(hilbert, right)!)).toEqual(right.map((v) => q(v)));
  });
});

describe("growth", () => {
  it("entries stay minors: sixty unknowns are a matter of milliseconds, not of numbers that double at every step", () => {
    const n = 60;
    const A = Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (_x, j) => BigInt(((i * j * 7 + i + 3 * j) % 19) - 9)),
    );
    const b = A.map((_, i) => BigInt(i));
    const shifted = A.map((row, i) => row.map((x, j) => (i === j ? x + 50n : x)));
    expect(applied(shifted, solveExact(shifted, b)!)).toEqual(b.map((v) => q(v)));
  });
});

describe("rank", () => {
  const table = fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }))
    .chain(([n, m]) => rowsOf(n, m));

  test.prop([table], { numRuns: 300 })("is that of the transpose and of ml-matrix", (A) => {
    const transpose = A[0]!.map((_, j) => A.map((row) => row[j]!));
    expect(rank(A)).toBe(rank(transpose));
    expect(rank(A)).toBe(new SingularValueDecomposition(new Matrix(numbers(A)), { autoTranspose: true }).rank);
  });

  test.prop([table, fc.integer({ min: 1, max: 3 })], { numRuns: 200 })("rows are chosen greedily", (A, k) => {
    const chosen = independentRows(A);
    A.forEach((_, i) => {
      const grows = rank(A.slice(0, i + 1)) > rank(A.slice(0, i));
      expect(chosen.includes(i)).toBe(grows);
    });
    // rows that are combinations of chosen ones change nothing
    const sums = A.map((row, i) => row.map((x, j) => BigInt(k) * x - A[(i + 1) % A.length]![j]!));
    expect(independentRows([...A, ...sums])).toEqual(chosen);
    // independent by the Gram determinant
    const gram = chosen.map((i) => chosen.map((j) => A[i]!.reduce((s, x, c) => s + x * A[j]![c]!, 0n)));
    expect(det(gram) > 0n).toBe(true);
  });

  it("of nothing, of zeros, of duplicates", () => {
    expect(independentRows([])).toEqual([]);
    expect(
      independentRows([
        [0n, 0n],
        [0n, 3n],
        [0n, -6n],
        [2n, 1n],
        [1n, 1n],
      ]),
    ).toEqual([1, 3]);
    expect(
      rank([
        [10n ** 300n, 1n],
        [10n ** 300n + 1n, 1n],
      ]),
    ).toBe(2);
  });
});
