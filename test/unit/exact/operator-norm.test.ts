import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { operatorNormAtMost, type ShiftShape } from "../../../src/exact/operator-norm.js";
import { mul, ofNumber, type Q, q } from "../../../src/exact/rational.js";
import { factorNorm, isGapAtMost, predictorOfFactors, spectralRatio } from "../../../src/exact/spectral.js";
import { type QVector, vectorOf } from "../../../src/exact/vector.js";

const vector = (...entries: readonly (number | bigint)[]): QVector => ({ n: entries.map(BigInt), d: 1n });

/** M(z), written out. */
const matrixOf = ({ K, R, D }: ShiftShape, z: readonly number[]): number[][] =>
  Array.from({ length: K * R }, (_, i) =>
    Array.from({ length: D }, (__, j) => z[((j + Math.floor(i / R)) % D) * R + (i % R)]!),
  );

/** By many squarings of M M^T. */
function normOf(shape: ShiftShape, z: readonly number[]): number {
  const M = matrixOf(shape, z);
  let G = M.map((x) => M.map((y) => x.reduce((s, v, j) => s + v * y[j]!, 0)));
  let log = 0;
  for (let power = 0.5, i = 0; i < 60; i++, power /= 2) {
    const size = Math.max(...G.flat().map(Math.abs));
    if (size === 0) return 0;
    log += power * Math.log(size);
    G = G.map((row) => row.map((x) => x / size));
    G = G.map((x) => G.map((y) => x.reduce((s, v, j) => s + v * y[j]!, 0)));
  }
  return Math.exp(log);
}

const shape = fc
  .record({ D: fc.integer({ min: 1, max: 6 }), R: fc.integer({ min: 1, max: 4 }), k: fc.nat(5) })
  .map(({ D, R, k }): ShiftShape => ({ K: 1 + (k % D), R, D }));
const withPoint = shape.chain((s) =>
  fc.tuple(fc.constant(s), fc.array(fc.integer({ min: -50, max: 50 }), { minLength: s.D * s.R, maxLength: s.D * s.R })),
);
const near = (x: number, by: number): Q => mul(ofNumber(x), ofNumber(1 + by));

describe("the operator norm of a matrix of shifts", () => {
  test.prop([withPoint], { numRuns: 300 })("is told from both sides, in any unit", ([s, z]) => {
    const norm = normOf(s, z);
    if (norm === 0) return;
    for (const unit of [q(1n), q(1n, 3n ** 200n), q(7n ** 300n)]) {
      const point = vectorOf(z.map((x) => mul(q(BigInt(x)), unit)));
      expect(operatorNormAtMost(s, point, mul(near(norm, 1e-12), unit))).toBe(true);
      expect(operatorNormAtMost(s, point, mul(near(norm, -1e-12), unit))).toBe(false);
      expect(operatorNormAtMost(s, point, mul(near(norm, -2), unit))).toBe(false);
      expect(operatorNormAtMost(s, point, mul(q(10n ** 400n), unit))).toBe(true);
    }
  });

  it("is told to 27 digits where it is known, and never said to be smaller", () => {
    const KNOWN: readonly (readonly [ShiftShape, QVector, bigint])[] = [
      [{ K: 1, R: 1, D: 1 }, vector(-3), 3n],
      [{ K: 1, R: 1, D: 2 }, vector(3, 4), 5n],
      [{ K: 1, R: 2, D: 2 }, vector(3, 0, 0, -7), 7n],
      [{ K: 4, R: 1, D: 4 }, vector(1, 1, 1, 1), 4n],
      [{ K: 4, R: 1, D: 4 }, vector(1, 0, 0, 0), 1n],
      [{ K: 2, R: 1, D: 4 }, vector(1, -1, 1, -1), 0n], // the root of 8
    ];
    const hair = 10n ** 27n;
    for (const [s, z, norm] of KNOWN) {
      const squared = norm === 0n ? 8n : norm * norm;
      for (const at of [hair - 1n, hair, hair + 1n]) {
        const root = norm === 0n ? floorRoot(8n * at * at) : norm * at; // of squared, times at
        const c = q(root + (at > hair && norm === 0n ? 1n : 0n), hair);
        const above = c.n * c.n > squared * c.d * c.d;
        expect(operatorNormAtMost(s, z, c)).toBe(above);
      }
    }
  });

  it("of 0, and a bound of 0 or below", () => {
    const s = { K: 2, R: 1, D: 3 };
    expect(operatorNormAtMost(s, vector(0, 0, 0), q(0n))).toBe(true);
    expect(operatorNormAtMost(s, vector(0, 0, 0), q(-1n))).toBe(false);
    for (const c of [q(0n), q(-5n)]) expect(operatorNormAtMost(s, vector(1, 0, 0), c)).toBe(false);
  });

  it("entries far below the largest one, and rank deficient matrices", () => {
    const s = { K: 1, R: 3, D: 3 };
    const z = vector(10n ** 80n, 0, 0, 0, 1, 0, 0, 0, 0);
    expect(operatorNormAtMost(s, z, q(10n ** 80n))).toBe(false); // it is that, but to the bits that are kept nobody knows
    expect(operatorNormAtMost(s, z, mul(q(10n ** 80n), q(10n ** 27n + 1n, 10n ** 27n)))).toBe(true);
    const ones = vector(...new Array<number>(9).fill(1));
    expect(operatorNormAtMost(s, ones, q(3n * 10n ** 27n + 1n, 10n ** 27n))).toBe(true);
    expect(operatorNormAtMost(s, ones, q(3n * 10n ** 27n - 1n, 10n ** 27n))).toBe(false);
  });
});

const floorRoot = (a: bigint): bigint => {
  let x = a;
  for (let y = (x + 1n) / 2n; y < x; y = (x + a / x) / 2n) x = y;
  return x;
};

describe("predictors of factors", () => {
  test.prop([withPoint, fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 48, maxLength: 48 })], {
    numRuns: 200,
  })("<z, W> = <M(z), left right^T>", ([s, z], numbers) => {
    const [rows, rank] = [s.K * s.R, 2];
    const left = Array.from({ length: rows * rank }, (_, i) => numbers[i % 48]!);
    const right = Array.from({ length: s.D * rank }, (_, i) => numbers[(5 * i + 7) % 48]!);
    const W = predictorOfFactors(s, { left: { n: left.map(BigInt), d: 3n }, right: { n: right.map(BigInt), d: 5n } });
    const product = z.reduce((sum, x, i) => sum + x * Number(W.n[i]!), 0);
    const other = matrixOf(s, z).flatMap((row, i) =>
      row.map((x, j) => x * (left[2 * i]! * right[2 * j]! + left[2 * i + 1]! * right[2 * j + 1]!)),
    );
    expect(W.d).toBe(15n);
    expect(other.reduce((a, b) => a + b, 0)).toBe(product);
  });

  it("norm, ratio and gap of one point", () => {
    const s = { K: 1, R: 2, D: 2 };
    const rows = { rows: [[3n, 0n, 0n, 1n]], scale: 1n };
    const one = { left: vector(1, 0), right: vector(1, 0) };
    expect(factorNorm(one)).toEqual(q(1n));
    expect(spectralRatio(rows, s, one)).toEqual(q(3n));
    expect(spectralRatio(rows, s, { left: vector(1, 0), right: vector(0, 1) })).toBeNull();
    const half = { left: vector(0, 1), right: vector(0, 1) };
    expect(spectralRatio(rows, s, half)).toEqual(q(1n));
    expect(isGapAtMost(rows, s, q(3n), vector(1), q(1n, 10n ** 27n))).toBe(true);
    expect(isGapAtMost(rows, s, q(1n), vector(1), q(666n, 1000n))).toBe(false);
    expect(isGapAtMost(rows, s, q(1n), vector(1), q(667n, 1000n))).toBe(true);
    for (const upper of [q(1n), q(5n)]) expect(isGapAtMost(rows, s, q(1n), vector(1), upper)).toBe(true);
  });
});
