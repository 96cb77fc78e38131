/** Random integer data for the oracles: separable by construction, touching by construction, or as they come. */
import { fc } from "@fast-check/vitest";
import type { Dataset } from "../../../src/kernel/dataset.js";

export function dataset(X: readonly (readonly bigint[])[], y: readonly number[], scale = 1n): Dataset {
  return { name: "test", shape: [X[0]!.length], scale, X, y: y.map((v) => (v < 0 ? -1 : 1)), features: null };
}

const shape = fc.record({ N: fc.integer({ min: 1, max: 9 }), D: fc.integer({ min: 1, max: 5 }) });
const table = (N: number, D: number, size: bigint): fc.Arbitrary<bigint[][]> =>
  fc.array(fc.array(fc.bigInt({ min: -size, max: size }), { minLength: D, maxLength: D }), {
    minLength: N,
    maxLength: N,
  });
const signs = (N: number): fc.Arbitrary<number[]> => fc.array(fc.constantFrom(1, -1), { minLength: N, maxLength: N });

const inner = (a: readonly bigint[], b: readonly bigint[]): bigint => a.reduce((s, x, i) => s + x * b[i]!, 0n);

/** Small entries, so that zero rows, duplicates, dependent rows and margins of exactly 0 are common. */
export const anyData: fc.Arbitrary<Dataset> = shape.chain(({ N, D }) =>
  fc.tuple(table(N, D, 3n), signs(N), fc.constantFrom(1n, 2n, 1000n)).map(([X, y, scale]) => dataset(X, y, scale)),
);

/** Every row is turned to the positive side of a planted b, or pushed there from its border. */
export const separableData: fc.Arbitrary<Dataset> = shape.chain(({ N, D }) =>
  fc
    .tuple(table(N, D, 20n), table(1, D, 9n), signs(N), fc.constantFrom(1n, 7n, 10n ** 6n))
    .map(([X, [planted], y, scale]) => {
      const b = planted!.map((x, d) => (d === 0 && planted!.every((v) => v === 0n) ? 1n : x));
      const rows = X.map((row) => {
        const m = inner(row, b);
        return m > 0n ? row : m < 0n ? row.map((x) => -x) : row.map((x, d) => x + b[d]!);
      });
      return dataset(
        rows.map((row, n) => row.map((x) => (y[n] === 1 ? x : -x))),
        y,
        scale,
      );
    }),
);

/** No margin of a planted b is negative, and a point and its opposite lie on its border: the best margin is exactly 0. */
export const touchingData: fc.Arbitrary<Dataset> = shape
  .filter(({ D }) => D > 1)
  .chain(({ N, D }) =>
    fc.tuple(table(N, D, 9n), table(2, D, 5n), signs(N + 2)).map(([X, [b, a], y]) => {
      const rows = X.map((row) => (inner(row, b!) < 0n ? row.map((x) => -x) : row));
      const length = inner(b!, b!);
      const along = inner(a!, b!);
      const border = a!.map((x, d) => x * length - along * b![d]!); // orthogonal to b; zero is allowed
      const all = [border, ...rows, border.map((x) => -3n * x)];
      return dataset(
        all.map((row, n) => row.map((x) => (y[n] === 1 ? x : -x))),
        y,
      );
    }),
  );

/** Rows, columns and the scale spread over many powers of ten. */
export const spread = (data: Dataset, rows: readonly number[], columns: readonly number[], scale: bigint): Dataset => ({
  ...data,
  scale,
  X: data.X.map((row, n) =>
    row.map((x, d) => x * 10n ** BigInt(rows[n % rows.length]! + columns[d % columns.length]!)),
  ),
});
