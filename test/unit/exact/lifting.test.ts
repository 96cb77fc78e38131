import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { solveByLifting } from "../../../src/exact/lifting.js";
import { determinant } from "../../../src/exact/linear.js";
import { independentModulo, inverseOf, invertModulo, primeBelow } from "../../../src/exact/modular.js";
import { gramOf, splitRows } from "../../../src/exact/planes.js";
import { q } from "../../../src/exact/rational.js";
import { vectorFromResidues } from "../../../src/exact/reconstruct.js";
import { dotIntegers, entriesOf, reduced } from "../../../src/exact/vector.js";
import { randomStream } from "../../../src/kernel/seed.js";

type Matrix = bigint[][];

const sizes = fc.constantFrom(3n, 1000n, 10n ** 15n, 10n ** 60n);
const square = fc.tuple(fc.integer({ min: 1, max: 14 }), sizes).chain(([n, size]) =>
  fc.tuple(
    fc.array(fc.array(fc.bigInt({ min: -size, max: size }), { minLength: n, maxLength: n }), {
      minLength: n,
      maxLength: n,
    }),
    fc.array(fc.bigInt({ min: -size, max: size }), { minLength: n, maxLength: n }),
  ),
);

const random = (n: number, m: number, bits: number, seed: bigint): Matrix => {
  const stream = randomStream(seed, "lifting");
  const entry = (): bigint => {
    let x = 0n;
    for (let k = 0; k < bits; k += 30) x = (x << 30n) + BigInt(stream.uint32() >>> 2);
    return stream.uint32() % 2 === 0 ? x : -x;
  };
  return Array.from({ length: n }, () => Array.from({ length: m }, entry));
};

describe("solveByLifting", () => {
  test.prop([square], { numRuns: 300 })("solves what is regular, and only that", ([A, b]) => {
    const x = solveByLifting(A, b);
    expect(x === null).toBe(determinant(A) === 0n);
    if (x === null) return;
    expect(x.d > 0n).toBe(true);
    A.forEach((row, i) => {
      expect(dotIntegers(row, x.n)).toBe(b[i]! * x.d);
    });
  });

  it.each([
    [40, 30, 1n],
    [20, 300, 2n],
    [50, 60, 3n],
  ])("solves %i rows of %i bits", (n, bits, seed) => {
    const A = random(n, n, bits, seed);
    const b = A.map((_, i) => BigInt(i) - 7n);
    const x = solveByLifting(A, b)!;
    A.forEach((row, i) => {
      expect(dotIntegers(row, x.n)).toBe(b[i]! * x.d);
    });
    const own = reduced(x);
    expect(determinant(A) % own.d).toBe(0n); // Cramer
  });

  it.each([42, 43, 44, 45, 46, 47, 48])("solves 12 rows of %i bits, about two parts of doubles", (bits) => {
    const A = random(12, 12, bits, BigInt(bits)).map((row) => row.map((x) => BigInt.asIntN(bits, x)));
    const b = A.map((row, i) => (i % 2 === 0 ? row[0]! : -(1n << BigInt(bits - 1))));
    const x = solveByLifting(A, b)!;
    expect(A.map((row) => dotIntegers(row, x.n))).toEqual(b.map((y) => y * x.d));
  });

  it("solves Hilbert's matrix, and a matrix that is singular modulo the first prime", () => {
    const lcm = 5342931457063200n; // of 1 ... 40
    const hilbert = Array.from({ length: 16 }, (_, i) =>
      Array.from({ length: 16 }, (__, j) => lcm / BigInt(i + j + 1)),
    );
    const x = solveByLifting(
      hilbert,
      hilbert.map(() => lcm),
    )!;
    hilbert.forEach((row) => {
      expect(dotIntegers(row, x.n)).toBe(lcm * x.d);
    });
    const p = BigInt(primeBelow(1 << 26));
    const y = solveByLifting(
      [
        [p, 0n],
        [1n, 1n],
      ],
      [1n, 0n],
    )!;
    expect(entriesOf(y)).toEqual([q(1n, p), q(-1n, p)]);
  });
});

describe("modulo a prime", () => {
  it("primes are prime", () => {
    expect([5, 100, 1 << 22, 1 << 26].map(primeBelow)).toEqual([3, 97, 4194301, 67108859]);
  });

  it.each([1, 2, 7, 60])("the inverse of %i rows is one", (n) => {
    const p = primeBelow(1 << 20);
    const M = Float64Array.from(random(n, n, 30, BigInt(n)).flat(), (x) =>
      Number(((x % BigInt(p)) + BigInt(p)) % BigInt(p)),
    );
    const inverse = M.slice();
    expect(invertModulo(inverse, n, p)).toBe(true);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        let s = 0n;
        for (let k = 0; k < n; k++) s += BigInt(M[i * n + k]!) * BigInt(inverse[k * n + j]!);
        expect(s % BigInt(p)).toBe(i === j ? 1n : 0n);
      }
  });

  it("a matrix without one is known, and rows must be exchanged where the first entry is 0", () => {
    expect(invertModulo(Float64Array.of(1, 2, 2, 4), 2, 97)).toBe(false);
    const swap = Float64Array.of(0, 1, 3, 0);
    expect(invertModulo(swap, 2, 97)).toBe(true);
    expect([...swap]).toEqual([0, inverseOf(3, 97), 1, 0]);
  });

  it("rows are chosen greedily; a multiple of the prime is a zero there", () => {
    const rows = [
      [0n, 0n, 0n],
      [2n, 4n, -6n],
      [-1n, -2n, 3n],
      [0n, 1n, 1n],
      [1n, 3n, -2n],
      [5n, 0n, 0n],
      [1n, 1n, 1n],
    ];
    expect(independentModulo(rows)).toEqual([1, 3, 5]);
    expect(independentModulo([[BigInt(primeBelow(1 << 26))]])).toEqual([]);
    expect(independentModulo([])).toEqual([]);
  });
});

describe("rationals from residues", () => {
  test.prop([
    fc.array(fc.tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.bigInt({ min: 1n, max: 10n ** 20n })), {
      minLength: 1,
      maxLength: 5,
    }),
  ])("come back", (entries) => {
    const p = 67108859n;
    let M = 1n;
    for (let i = 0; i < 60; i++) M *= p;
    const inverse = (a: bigint): bigint => {
      let [r, s, x, y] = [M, ((a % M) + M) % M, 0n, 1n];
      while (s !== 0n) [r, s, x, y] = [s, r % s, y, x - (r / s) * y];
      return ((x % M) + M) % M;
    };
    const values = entries.map(([n, d]) => q(n, d % p === 0n ? d + 1n : d));
    const residues = values.map(({ n, d }) => (((n * inverse(d)) % M) + M) % M);
    const found = vectorFromResidues(residues.length, (i) => residues[i]!, M);
    expect(entriesOf(found!)).toEqual(values);
  });
});

describe("products by parts", () => {
  it.each([10, 40, 100, 900])("of rows of %i bits are exact", (bits) => {
    const rows = random(5, 9, bits, BigInt(bits));
    expect(gramOf(rows)).toEqual(rows.map((a) => rows.map((b) => dotIntegers(a, b))));
    const parts = splitRows(rows, 20);
    rows.flat().forEach((x, i) => {
      expect(parts.reduce((s, part, k) => s + (BigInt(part[i]!) << BigInt(20 * k)), 0n)).toBe(x);
    });
  });

  it("of nothing are nothing", () => {
    expect(gramOf([])).toEqual([]);
    expect(gramOf([[0n]])).toEqual([[0n]]);
  });
});
