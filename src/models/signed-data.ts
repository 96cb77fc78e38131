/**
 * The fast reading of a data set: z_n = y_n x_n as doubles, N rows of D, row major in one Float64Array. Each entry is
 * the nearest double of the exact number; certificates are made against the exact numbers, never against these.
 */
import { q, toNumber } from "../exact/rational.js";
import { type Dataset, signedRows, sizesOf } from "../kernel/dataset.js";

export interface SignedData {
  readonly N: number;
  readonly D: number;
  readonly z: Float64Array;
}

export function signedData(data: Dataset): SignedData {
  const { N, D } = sizesOf(data);
  const z = new Float64Array(N * D);
  signedRows(data).forEach((row, n) => {
    row.forEach((x, d) => {
      z[n * D + d] = x === 0n ? 0 : toNumber(q(x, data.scale));
    });
  });
  return { N, D, z };
}
