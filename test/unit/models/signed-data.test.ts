/** The fast reading of a data set: the nearest doubles of y_n x_n, in a power-of-two unit where they are far from 1. */
import { describe, expect, it } from "vitest";
import type { Dataset } from "../../../src/kernel/dataset.js";
import { signedData, unitExponent } from "../../../src/models/signed-data.js";

const data = (X: readonly (readonly bigint[])[], scale = 1n, y: readonly (1 | -1)[] = X.map(() => 1)): Dataset => ({
  name: "d",
  shape: [X[0]!.length],
  scale,
  X,
  y,
  features: null,
});
const one = (x: bigint, scale = 1n): Dataset => data([[x]], scale);

describe("signedData", () => {
  it("is y_n x_n row by row, each the nearest double", () => {
    const { N, D, z } = signedData(
      data(
        [
          [1n, -2n, 0n],
          [4n, 5n, -6n],
        ],
        3n,
        [1, -1],
      ),
    );
    expect([N, D]).toEqual([2, 3]);
    expect(z).toEqual(Float64Array.of(1 / 3, -2 / 3, 0, -4 / 3, -5 / 3, 2));
    for (const x of z) expect(Object.is(x, -0)).toBe(false);
  });

  it("is 2^-exponent times that, exactly, also where the data leave the range of doubles", () => {
    expect(signedData(one(3n), 2).z[0]).toBe(0.75);
    expect(signedData(one(3n), -2).z[0]).toBe(12);
    expect(signedData(one(3n, 5n), 1).z[0]).toBe(0.3);
    expect(signedData(one(3n << 2000n), 2000).z[0]).toBe(3);
    expect(signedData(one(3n, 1n << 2000n), -2000).z[0]).toBe(3);
    expect(signedData(one(3n << 2000n)).z[0]).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("unitExponent", () => {
  it.each([64, 63, 1, 0, -1, -63, -64])("is 0 for data near 2^%d", (k) => {
    const far = k >= 0 ? one(1n << BigInt(k)) : one(1n, 1n << BigInt(-k));
    expect(unitExponent(far)).toBe(0);
  });

  it.each([65, 80, 1100, -65, -80, -1100])("is k for the data 2^k, k = %d", (k) => {
    const far = k >= 0 ? one(1n << BigInt(k)) : one(1n, 1n << BigInt(-k));
    expect(unitExponent(far)).toBe(k);
    expect(signedData(far, k).z[0]).toBe(1);
  });

  it("is that of the largest entry, of either sign, in any place", () => {
    const far = 1n << 70n;
    for (const X of [
      [
        [1n, far],
        [2n, 3n],
      ],
      [
        [1n, 2n],
        [-far, 3n],
      ],
      [
        [-far, 2n],
        [1n, 3n],
      ],
    ])
      expect(unitExponent(data(X))).toBe(70);
    expect(unitExponent(data([[far, -2n * far]]))).toBe(71);
    expect(unitExponent(data([[far, -2n * far, 0n]], 1n << 60n))).toBe(0);
  });

  it("of nothing but zeros is 0", () => {
    expect(unitExponent(one(0n))).toBe(0);
    expect(unitExponent(one(0n, 1n << 100n))).toBe(0);
  });
});
