/**
 * sin and cos after fdlibm (Sun Microsystems 1993, k_sin.c and k_cos.c; K. C. Ng): reduction to |r| <= pi/4 with a tail
 * (see reduce.ts), then an odd or even Remez polynomial. The cosine's 1 - r^2/2 is compensated as in FreeBSD's msun.
 * Error < 1 ulp for every finite argument. Cost: about 15 multiplications, 10 more for the reduction up to 1.6e6.
 */
import { REST, reduce } from "./reduce.js";

const PIO4 = 0.25 * Math.PI;
const S1 = -1.6666666666666632e-1;
const S2 = 8.33333333332249e-3;
const S3 = -1.984126982985795e-4;
const S4 = 2.7557313707070068e-6;
const S5 = -2.5050760253406863e-8;
const S6 = 1.58969099521155e-10;

const C1 = 4.16666666666666e-2;
const C2 = -1.388888888887411e-3;
const C3 = 2.480158728947673e-5;
const C4 = -2.7557314351390663e-7;
const C5 = 2.087572321298175e-9;
const C6 = -1.1359647557788195e-11;

/** sin(x + tail) for |x| <= pi/4. */
function kernelSin(x: number, tail: number): number {
  const z = x * x;
  const v = z * x;
  const r = S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)));
  return x - (z * (0.5 * tail - v * r) - tail - v * S1);
}

/** cos(x + tail) for |x| <= pi/4. */
function kernelCos(x: number, tail: number): number {
  const z = x * x;
  const r = z * (C1 + z * (C2 + z * (C3 + z * (C4 + z * (C5 + z * C6)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * r - x * tail));
}

/** The sine of x (radians). */
export function sin(x: number): number {
  const magnitude = Math.abs(x);
  if (magnitude <= PIO4) return magnitude < 7.450580596923828e-9 ? x : kernelSin(x, 0); // 2^-27; keeps -0
  if (!(magnitude < Infinity)) return NaN;
  const n = reduce(x);
  const value = (n & 1) === 0 ? kernelSin(REST[0], REST[1]) : kernelCos(REST[0], REST[1]);
  return n < 2 ? value : -value;
}

/** The cosine of x (radians). */
export function cos(x: number): number {
  const magnitude = Math.abs(x);
  if (magnitude <= PIO4) return kernelCos(x, 0);
  if (!(magnitude < Infinity)) return NaN;
  const n = reduce(x);
  const value = (n & 1) === 0 ? kernelCos(REST[0], REST[1]) : kernelSin(REST[0], REST[1]);
  return n === 0 || n === 3 ? value : -value;
}
