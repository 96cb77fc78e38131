/**
 * The fast reading of a data set: z_n = y_n x_n as doubles, N rows of D, row major in one Float64Array. Each entry is
 * the nearest double of the exact number; certificates are made against the exact numbers, never against these.
 */
import { toNumber } from "../exact/rational.js";
import { type Dataset, signedRows, sizesOf } from "../kernel/dataset.js";

export interface SignedData {
  readonly N: number;
  readonly D: number;
  readonly z: Float64Array;
}

/** The doubles of 2^(-exponent) z_n; exponent 0 unless the data are so large or small that squares would leave range. */
export function signedData(data: Dataset, exponent = 0): SignedData {
  const { N, D } = sizesOf(data);
  const z = new Float64Array(N * D);
  const up = BigInt(Math.max(0, -exponent));
  const scale = data.scale << BigInt(Math.max(0, exponent));
  signedRows(data).forEach((row, n) => {
    row.forEach((x, d) => {
      z[n * D + d] = x === 0n ? 0 : toNumber({ n: x << up, d: scale });
    });
  });
  return { N, D, z };
}

/** Beyond 2^64 either way the engine works in a unit of its own. */
const COMFORTABLE = 64;

/** The power of two by which the engine scales the data: 0 where the largest entry is comfortable. */
export function unitExponent(data: Dataset): number {
  let peak = 0n;
  for (const row of data.X) for (const x of row) peak = x > peak ? x : -x > peak ? -x : peak;
  if (peak === 0n) return 0;
  const exponent = peak.toString(2).length - data.scale.toString(2).length;
  return Math.abs(exponent) <= COMFORTABLE ? 0 : exponent;
}
