/** Weighted Gram matrices: the definition, symmetry to the last bit, columns that do not count, every size of the last tile. */
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { createWeightedGram } from "../../../src/numeric/gram.js";

const number = fc.integer({ min: -1000, max: 1000 }).map((k) => k / 64);

const naive = (z: Float64Array, c: Float64Array, N: number, D: number): number[] =>
  Array.from({ length: N * N }, (_, at) => {
    let s = 0;
    for (let d = 0; d < D; d++) s += c[d]! * z[Math.floor(at / N) * D + d]! * z[(at % N) * D + d]!;
    return s;
  });

describe("weighted Gram matrix", () => {
  test.prop([
    fc.integer({ min: 1, max: 11 }),
    fc.integer({ min: 1, max: 9 }),
    fc.array(number, { minLength: 99, maxLength: 99 }),
    fc.array(fc.constantFrom(0, 1, 4, 9, 1 / 16), { minLength: 9, maxLength: 9 }),
  ])("is Z diag(c) Z^T, symmetric to the last bit, also in a workspace used before", (N, D, entries, weights) => {
    const z = Float64Array.from(entries.slice(0, N * D));
    const gram = createWeightedGram(z, N, D);
    const out = new Float64Array(N * N).fill(Number.NaN);
    gram.compute(new Float64Array(D).fill(7), out);
    // Roots of the weights are doubles, the entries dyadic: every sum is exact.
    const c = Float64Array.from(weights.slice(0, D));
    gram.compute(c, out);
    expect([...out].map((x) => x + 0)).toEqual(naive(z, c, N, D).map((x) => x + 0));
  });

  it("leaves out what is below rounding, and nothing else", () => {
    const z = Float64Array.of(1, 1, 1, 1, 2, 3);
    const out = new Float64Array(4);
    const gram = createWeightedGram(z, 2, 3);
    gram.compute(Float64Array.of(1, 1e-40, 1e-12), out);
    expect([...out]).toEqual([1 + 1e-12, 1 + 3e-12, 1 + 3e-12, 1 + 9e-12]);
  });

  it("asks before each band of rows", () => {
    const gram = createWeightedGram(new Float64Array(100).fill(1), 10, 10);
    let asked = 0;
    gram.compute(new Float64Array(10).fill(1), new Float64Array(100), () => {
      asked += 1;
    });
    expect(asked).toBe(4);
  });
});
