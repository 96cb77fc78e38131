import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { blocksOf, coefficientReader, restrictedRows } from "../../../src/exact/coefficient-rows.js";
import { fixedBounds } from "../../../src/exact/fixed-interval.js";
import { q, showQ, toNumber } from "../../../src/exact/rational.js";
import { type Combined, rowSpan, WORK } from "../../../src/exact/row-span.js";
import { vectorOf } from "../../../src/exact/vector.js";

const dependentSum = (base: readonly (readonly bigint[])[], row: readonly bigint[]): Exclude<Combined, "long"> => {
  const sum = rowSpan(base, { left: WORK }).sum(row);
  if (sum === "long") throw new Error("expected short rows");
  return sum;
};
const entries = (D: number): fc.Arbitrary<bigint[]> =>
  fc.array(fc.bigInt({ min: -99n, max: 99n }), { minLength: D, maxLength: D });
const vectors = (count: number): fc.Arbitrary<bigint[][]> =>
  fc.integer({ min: 1, max: 9 }).chain((D) => fc.array(entries(D), { minLength: count, maxLength: count }));

describe("coefficient rows", () => {
  test.prop([vectors(1), fc.bigInt({ min: 1n, max: 1000n })])("enclose the unitary transform", ([row], d) => {
    const D = row!.length;
    const reader = coefficientReader("fourier", D);
    const v = vectorOf(row!.map((x) => q(x, d)));
    let energy = 0;
    for (const block of reader.blocks) {
      const parts = reader.read(v, block);
      const part = (wave: (t: number) => number): number =>
        row!.reduce((s, x, j) => s + (Number(x) / Number(d)) * wave((2 * Math.PI * j * block.index) / D), 0) /
        Math.sqrt(D);
      const expected = [part(Math.cos), -part(Math.sin)].slice(0, block.parts);
      parts.forEach((x, i) => {
        const { lower, upper } = fixedBounds(x);
        expect(toNumber(lower)).toBeCloseTo(expected[i]!, 9);
        expect(Number(x.hi - x.lo)).toBeLessThan(1e9); // in units of 2^-240
        expect(toNumber(upper)).toBeCloseTo(expected[i]!, 9);
        energy += block.count * toNumber(lower) * toNumber(lower);
      });
    }
    expect(energy).toBeCloseTo(
      row!.reduce((s, x) => s + (Number(x) / Number(d)) * (Number(x) / Number(d)), 0),
      6,
    );
    expect(reader.blocks.reduce((n, { count }) => n + count, 0)).toBe(D);
    expect(reader.blocks.reduce((n, { parts }) => n + parts, 0)).toBe(D);
  });

  test.prop([vectors(3), fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }), fc.nat()])(
    "dependences of the coefficients on a support, over the rationals",
    ([a, b, other], s, t, chosen) => {
      const D = a!.length;
      const blocks = blocksOf("fourier", D);
      const support = [blocks[chosen % blocks.length]!.index];
      const sum = a!.map((x, j) => BigInt(s) * x + BigInt(t) * b![j]!);
      // off the support anything may be added: here what has no coefficient there
      const k = support[0]!;
      const silent = other!.map((x, j) => (k === 0 ? x - other![(j + 1) % D]! : x - x));
      const rows = restrictedRows([a!, b!, sum.map((x, j) => x + silent[j]!)], "fourier", support);
      const found = dependentSum(rows.slice(0, 2), rows[2]!);
      expect(found).not.toBeNull();
      const independent = dependentSum([rows[0]!], rows[1]!) === null && rows[0]!.some((x) => x !== 0n);
      if (independent) expect(showQ(found!)).toBe(String(s + t));
    },
  );

  it("shifts have the same mean, and other coefficients of their own", () => {
    const rows = [
      [1n, 2n, 4n, 8n],
      [2n, 4n, 8n, 1n],
    ];
    const of = (support: number[]): unknown => {
      const [a, b] = restrictedRows(rows, "fourier", support);
      const sum = dependentSum([a!], b!);
      return sum === null ? null : showQ(sum);
    };
    expect(of([0])).toBe("1");
    expect(of([2])).toBe("-1"); // every step turns the alternating sum around
    expect(of([1])).toBeNull();
    expect(of([0, 2])).toBeNull();
    expect(dependentSum([[1n, 0n]], [0n, 0n])).toEqual({ n: 0n, d: 1n });
    expect(dependentSum([[1n, 0n]], [0n, 1n])).toBeNull();
  });
});
