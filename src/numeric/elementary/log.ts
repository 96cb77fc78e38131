/**
 * log and log1p after fdlibm (Sun Microsystems 1993, e_log.c and s_log1p.c; K. C. Ng).
 * x = 2^k (1 + f) with sqrt(1/2) < 1 + f < sqrt(2), s = f / (2 + f), log(1 + f) = 2 atanh(s) by a Remez polynomial in
 * s^2, plus k ln 2 with ln 2 in two parts. fdlibm's short cuts for small f, k = 0 and f^2 / 2 small are left out: they
 * do not lower the error bound, and a branch that depends on the low bits of x costs more than it saves.
 * Error < 1 ulp. Cost: one division (log1p: two) and about 20 multiplications; no allocation.
 */
import { highWord, powerOfTwo } from "./bits.js";

const LN2_HI = 6.931471803691238e-1;
const LN2_LO = 1.9082149292705877e-10;
const TWO54 = 18014398509481984;

const L1 = 6.666666666666735e-1;
const L2 = 3.999999999940942e-1;
const L3 = 2.857142874366239e-1;
const L4 = 2.2222198432149784e-1;
const L5 = 1.818357216161805e-1;
const L6 = 1.5313837699209373e-1;
const L7 = 1.4798198605116586e-1;

/** The natural logarithm. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let k = 0;
  let high = highWord(x);
  if (high < 0x00100000) {
    x *= TWO54; // subnormal
    k = -54;
    high = highWord(x);
  }
  const fraction = high & 0xfffff;
  const exponent = (high >> 20) - 1023 + ((fraction + 0x95f64) >> 20); // one more when the significand > sqrt(2)
  k += exponent;
  const f = x * powerOfTwo(-exponent) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const r = z * (L1 + w * (L3 + w * (L5 + w * L7))) + w * (L2 + w * (L4 + w * L6));
  const half = 0.5 * f * f;
  return k * LN2_HI - (half - (s * (half + r) + k * LN2_LO) - f);
}

/** log(1 + x) without the cancellation near 0. */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const magnitude = Math.abs(x);
  if (magnitude < 5.551115123125783e-17) return x; // 2^-54; keeps -0
  if (magnitude < 1.862645149230957e-9) return x - x * x * 0.5; // 2^-29
  let k = 0;
  let f = x;
  let correction = 0; // of log(u) for what the rounding of u = 1 + x lost
  if (x <= -0.2929 || x >= 0.41422) {
    const u = 1 + x;
    const high = highWord(u);
    k = (high >> 20) - 1023;
    if (k < 54) correction = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u;
    if ((high & 0xfffff) >= 0x6a09e) k += 1;
    f = u * powerOfTwo(-k) - 1;
  }
  const half = 0.5 * f * f;
  const s = f / (2 + f);
  const z = s * s;
  const r = z * (L1 + z * (L2 + z * (L3 + z * (L4 + z * (L5 + z * (L6 + z * L7))))));
  return k * LN2_HI - (half - (s * (half + r) + (k * LN2_LO + correction)) - f);
}
