/**
 * exp and expm1 after fdlibm (Sun Microsystems 1993, e_exp.c and s_expm1.c; K. C. Ng).
 * x = k ln 2 + r with |r| <= ln(2) / 2 and ln 2 in two parts (the first has 32 bits, so k LN2_HI is exact), then a
 * rational Remez approximation on r, then a scaling by 2^k.
 * Error < 1 ulp. Cost: one division and about 15 multiplications; no allocation, no bit access.
 */
import { powerOfTwo, scale } from "./bits.js";

// Exported for the code of the same function in numeric/wasm-exp.
export const LN2_HI = 6.931471803691238e-1;
export const LN2_LO = 1.9082149292705877e-10;
export const INV_LN2 = Math.LOG2E;
const HALF_LN2 = 0.5 * Math.LN2;
const EXP_OVERFLOW = 709.782712893384; // the largest x with a finite exp(x)
const EXP_UNDERFLOW = -745.1332191019411; // exp(x) rounds to 0 below this

export const P1 = 1.6666666666666602e-1;
export const P2 = -2.7777777777015593e-3;
export const P3 = 6.613756321437934e-5;
export const P4 = -1.6533902205465252e-6;
export const P5 = 4.1381367970572385e-8;

const Q1 = -3.333333333333313e-2;
const Q2 = 1.5873015872548146e-3;
const Q3 = -7.93650757867488e-5;
const Q4 = 4.008217827329362e-6;
const Q5 = -2.0109921818362437e-7;

/** e^x. */
export function exp(x: number): number {
  if (!(x <= EXP_OVERFLOW)) return x > EXP_OVERFLOW ? Infinity : x; // x is NaN on the second branch
  if (x < EXP_UNDERFLOW) return 0;
  const k = Math.floor(INV_LN2 * x + 0.5);
  const hi = x - k * LN2_HI;
  const lo = k * LN2_LO;
  const r = hi - lo;
  const t = r * r;
  const c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
  return scale(1 - (lo - (r * c) / (2 - c) - hi), k);
}

/** e^x - 1 without the cancellation near 0. */
export function expm1(x: number): number {
  if (!(x <= EXP_OVERFLOW)) return x > EXP_OVERFLOW ? Infinity : x;
  if (x < -40) return -1; // e^-40 is less than a quarter ulp of 1
  const magnitude = Math.abs(x);
  if (magnitude < 5.551115123125783e-17) return x; // 2^-54; keeps -0
  const k = magnitude > HALF_LN2 ? Math.floor(INV_LN2 * x + 0.5) : 0;
  const hi = x - k * LN2_HI;
  const lo = k * LN2_LO;
  const r = hi - lo;
  const c = hi - r - lo; // what the rounding of r lost

  const half = 0.5 * r;
  const square = r * half;
  const r1 = 1 + square * (Q1 + square * (Q2 + square * (Q3 + square * (Q4 + square * Q5))));
  const t = 3 - r1 * half;
  const core = square * ((r1 - t) / (6 - r * t));
  if (k === 0) return r - (r * core - square);

  const e = r * (core - c) - c - square; // e^r - 1 = r - e
  if (k === -1) return 0.5 * (r - e) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e);
  if (k <= -2 || k > 56) return scale(1 - (e - r), k) - 1;
  // Here 1 - 2^-k and the sum with r - e are ordered so that the larger terms meet last.
  if (k < 20) return (1 - powerOfTwo(-k) - (e - r)) * powerOfTwo(k);
  return (r - (e + powerOfTwo(-k)) + 1) * powerOfTwo(k);
}
