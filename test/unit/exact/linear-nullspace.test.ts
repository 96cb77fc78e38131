/** Determinants, sparse echelon forms and null spaces of integer matrices. */
import { fc, test } from "@fast-check/vitest";
import { determinant as determinantOf, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { determinant, echelon, independentRows, nullspace, rank, type SparseRow } from "../../../src/exact/linear.js";
import { gcd } from "../../../src/exact/rational.js";

const entry = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0n) },
  { weight: 2, arbitrary: fc.bigInt({ min: -9n, max: 9n }) },
);
const matrix = (rows: number, columns: number): fc.Arbitrary<bigint[][]> =>
  fc.array(fc.array(entry, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });
const square = fc.integer({ min: 1, max: 6 }).chain((n) => matrix(n, n));
const table = fc
  .tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 1, max: 8 }))
  .chain(([n, m]) => fc.tuple(matrix(n, m), fc.constant(m)));
/** With the zeros that a caller may leave in. */
const sparse = (A: readonly (readonly bigint[])[], zeros = false): SparseRow[] =>
  A.map((row) => new Map(row.flatMap((x, j) => (x === 0n && !zeros ? [] : [[j, x] as const]))));
const dense = (rows: readonly SparseRow[], columns: number): bigint[][] =>
  rows.map((row) => Array.from({ length: columns }, (_, j) => row.get(j) ?? 0n));
const inner = (a: readonly bigint[], b: readonly bigint[]): bigint => a.reduce((s, x, j) => s + x * b[j]!, 0n);

/** By cofactors along the first row. */
function cofactors(A: readonly (readonly bigint[])[]): bigint {
  if (A.length === 0) return 1n;
  return A[0]!.reduce((total, a, j) => {
    if (a === 0n) return total;
    const minor = cofactors(A.slice(1).map((row) => row.filter((_, k) => k !== j)));
    return total + (j % 2 === 0 ? a * minor : -a * minor);
  }, 0n);
}

describe("determinant", () => {
  test.prop([square], { numRuns: 300 })("by cofactors and by ml-matrix", (A) => {
    const d = determinant(A);
    expect(d).toBe(cofactors(A));
    expect(BigInt(Math.round(determinantOf(new Matrix(A.map((row) => row.map(Number))))))).toBe(d);
    expect(determinant(A[0]!.map((_, j) => A.map((row) => row[j]!)))).toBe(d);
    expect(d !== 0n).toBe(rank(A) === A.length);
  });

  test.prop([matrix(4, 4), matrix(4, 4)])("is multiplicative and changes sign with two rows", (A, B) => {
    const AB = A.map((row) => B[0]!.map((_, j) => row.reduce((s, a, k) => s + a * B[k]![j]!, 0n)));
    expect(determinant(AB)).toBe(determinant(A) * determinant(B));
    expect(determinant([A[1]!, A[0]!, A[2]!, A[3]!])).toBe(-determinant(A));
  });

  it("of the empty matrix, and of one that must not change", () => {
    expect(determinant([])).toBe(1n);
    const A = [
      [0n, 2n],
      [3n, 4n],
    ];
    expect(determinant(A)).toBe(-6n);
    expect(A[0]).toEqual([0n, 2n]);
  });
});

describe("echelon form", () => {
  test.prop([table], { numRuns: 300 })("keeps what is independent, each row with its pivot first", ([A, columns]) => {
    const { pivots, kept } = echelon(sparse(A, true));
    expect(kept).toEqual(independentRows(A));
    expect(pivots.size).toBe(kept.length);
    const list = [...pivots];
    list.forEach(([column, row], i) => {
      expect(Math.min(...row.keys())).toBe(column);
      expect([...row.values()].every((x) => x !== 0n)).toBe(true);
      expect([...row.values()].reduce(gcd, 0n)).toBe(1n);
      for (const [, later] of list.slice(i + 1)) expect(later.has(column)).toBe(false);
    });
    // The same row space: nothing is added to the rank by putting the two together.
    expect(rank([...A, ...dense([...pivots.values()], columns)])).toBe(kept.length);
  });

  it("ends early once the rank is full", () => {
    let drawn = 0;
    function* rows(): Generator<SparseRow> {
      for (;;) {
        drawn += 1;
        yield new Map([
          [drawn % 3, 1n],
          [(drawn + 1) % 3, BigInt(drawn)],
        ]);
      }
    }
    const { kept } = echelon(rows(), 3);
    expect(kept.length).toBe(3);
    expect(drawn).toBeLessThan(10);
    expect(echelon([], 3).kept).toEqual([]);
    const [zero, one, two] = [[0n, 0n], [1n, 2n], [0n, 3n]]; // biome-ignore format: rows
    expect(echelon(sparse([zero!, one!, one!, two!, one!])).kept).toEqual([1, 3]);
    expect(nullspace(rows(), 3)).toEqual([]);
  });

  it("leaves its rows alone", () => {
    const rows = sparse([
      [2n, 4n],
      [6n, 1n],
    ]);
    echelon(rows);
    expect(dense(rows, 2)).toEqual([
      [2n, 4n],
      [6n, 1n],
    ]);
  });
});

describe("null space", () => {
  test.prop([table], { numRuns: 500 })("is a basis of the kernel in lowest terms", ([A, columns]) => {
    const basis = dense(nullspace(sparse(A, true), columns), columns);
    expect(basis.length).toBe(columns - rank(A));
    for (const x of basis) for (const row of A) expect(inner(row, x)).toBe(0n);
    expect(rank(basis)).toBe(basis.length);
    for (const x of basis) expect(x.reduce(gcd, 0n)).toBe(1n);
    // One vector for each column without a pivot: positive there, zero at the others, which are the last entries that differ.
    const free = Array.from({ length: columns }, (_, j) => j).filter((j) => !echelon(sparse(A)).pivots.has(j));
    basis.forEach((x, i) => {
      free.forEach((j, k) => {
        if (i === k) expect(x[j]! > 0n).toBe(true);
        else expect(x[j]).toBe(0n);
      });
    });
  });

  test.prop(
    [fc.array(fc.array(fc.bigInt({ min: -99n, max: 99n }), { minLength: 9, maxLength: 9 }), { maxLength: 6 })],
    {
      numRuns: 100,
    },
  )("of wide matrices with every entry", (A) => {
    const basis = dense(nullspace(sparse(A), 9), 9);
    expect(basis.length).toBe(9 - rank(A));
    for (const x of basis) for (const row of A) expect(inner(row, x)).toBe(0n);
  });

  it("columns ascend; no rows leave everything, a full rank leaves nothing", () => {
    expect(dense(nullspace([], 2), 2)).toEqual([
      [1n, 0n],
      [0n, 1n],
    ]);
    const [only] = nullspace(
      sparse([
        [2n, 3n, 0n, 4n],
        [0n, 0n, 5n, 1n],
        [1n, 1n, 1n, 1n],
      ]),
      4,
    );
    expect([...only!.keys()]).toEqual([0, 1, 2, 3]);
    expect(nullspace(sparse([[2n]]), 1)).toEqual([]);
  });

  it("long numbers", () => {
    const big = 10n ** 50n;
    const A = [
      [big, big + 1n, 3n],
      [big - 1n, big, 5n],
    ];
    const [x] = dense(nullspace(sparse(A), 3), 3);
    for (const row of A) expect(inner(row, x!)).toBe(0n);
  });
});
