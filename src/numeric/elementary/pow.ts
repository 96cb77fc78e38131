/**
 * pow after fdlibm (Sun Microsystems 1993, e_pow.c; K. C. Ng).
 * log2|x| = t1 + t2 in two doubles (from log((1+s)/(1-s)) about 1 or 3/2), y log2|x| = n + p, then 2^n e^(p ln 2).
 * Two differences to fdlibm: the halves come from Veltkamp's splitting (26 bits, see `upper`) instead of cleared low
 * words, and for |y| > 2^31 the product t / ln 2 is split too (fdlibm rounds it; V8's port errs by 650 ulps there).
 * Error < 1 ulp (0.85 seen). Cost: three divisions and about 60 multiplications; no allocation.
 */
import { highWord, powerOfTwo, scale, upper } from "./bits.js";

const TWO53 = 9007199254740992;
const L1 = 5.999999999999946e-1;
const L2 = 4.285714285785502e-1;
const L3 = 3.3333332981837743e-1;
const L4 = 2.72728123808534e-1;
const L5 = 2.3066074577556175e-1;
const L6 = 2.0697501780033842e-1;
const P1 = 1.6666666666666602e-1;
const P2 = -2.7777777777015593e-3;
const P3 = 6.613756321437934e-5;
const P4 = -1.6533902205465252e-6;
const P5 = 4.1381367970572385e-8;
const LN2 = Math.LN2;
const LN2_HI = 6.931471824645996e-1;
const LN2_LO = -1.904654299957768e-9;
const CP = 9.617966939259756e-1; // 2 / (3 ln 2)
const CP_HI = 9.617967009544373e-1;
const CP_LO = -7.028461650952758e-9;
const INV_LN2 = Math.LOG2E;
const INV_LN2_HI = 1.4426950216293335;
const INV_LN2_LO = 1.9259629911266175e-8;
const LOG2_1_5_HI = 5.849624872207642e-1;
const LOG2_1_5_LO = 1.350039202129749e-8;
const OVERFLOW_TAIL = 8.008566259537294e-17; // -(1024 - log2(the overflow threshold))

const LOG2 = new Float64Array(2); // scratch: the two parts of log2|x|

/** LOG2 = log2(x) for x > 0 finite, to about 70 bits. */
function log2Pair(x: number): void {
  let n = 0;
  let high = highWord(x);
  if (high < 0x00100000) {
    x *= TWO53; // subnormal
    n = -53;
    high = highWord(x);
  }
  let exponent = (high >> 20) - 1023;
  const fraction = high & 0xfffff;
  const nearThreeHalves = fraction > 0x3988e && fraction < 0xbb67a; // between sqrt(3/2) and sqrt(3)
  if (fraction >= 0xbb67a) exponent += 1;
  n += exponent;
  const a = x * powerOfTwo(-exponent);
  const b = nearThreeHalves ? 1.5 : 1;
  const bHi = nearThreeHalves ? LOG2_1_5_HI : 0;
  const bLo = nearThreeHalves ? LOG2_1_5_LO : 0;

  const u = a - b;
  const v = 1 / (a + b);
  const s = u * v;
  const sHi = upper(s);
  const sumHi = upper(a + b);
  const sumLo = a - (sumHi - b);
  const sLo = v * (u - sHi * sumHi - sHi * sumLo);

  // log(a / b) = 2 s (1 + s^2 / 3 + ...): first 3 + s^2 + r in two parts, then times s, then times 2 / (3 ln 2)
  const z = s * s;
  const r = z * z * (L1 + z * (L2 + z * (L3 + z * (L4 + z * (L5 + z * L6))))) + sLo * (sHi + s);
  const zHi = sHi * sHi;
  const tHi = upper(3 + zHi + r);
  const tLo = r - (tHi - 3 - zHi);
  const productHi = sHi * tHi;
  const productLo = sLo * tHi + tLo * s;
  const pHi = upper(productHi + productLo);
  const pLo = productLo - (pHi - productHi);
  const logHi = CP_HI * pHi;
  const logLo = CP_LO * pHi + pLo * CP + bLo;
  const t1 = upper(logHi + logLo + bHi + n);
  LOG2[0] = t1;
  LOG2[1] = logLo - (t1 - n - bHi - logHi);
}

/** LOG2 = log2(x) for |x - 1| <= 2^-20, to about 75 bits even relative to x - 1. */
function log2NearOne(x: number): void {
  const t = x - 1;
  const w = t * t * (0.5 - t * (0.3333333333333333 - t * 0.25));
  const tHi = upper(t);
  const u = INV_LN2_HI * tHi;
  const v = INV_LN2_HI * (t - tHi) + (t * INV_LN2_LO - w * INV_LN2);
  const t1 = upper(u + v);
  LOG2[0] = t1;
  LOG2[1] = v - (t1 - u);
}

/** a^y for 0 < a finite, a != 1, and finite y != 0. */
function positivePow(a: number, y: number): number {
  if (Math.abs(y) > 2147483648) {
    const near = Math.abs(a - 1) <= 9.5367431640625e-7; // 2^-20
    if (!near || Math.abs(y) > 2e19) return a > 1 === y > 0 ? Infinity : 0;
    log2NearOne(a);
  } else log2Pair(a);
  const t1 = LOG2[0];
  const yHi = upper(y);
  const low = (y - yHi) * t1 + y * LOG2[1];
  const high = yHi * t1;
  const z = low + high;
  if (z > 1024 || (z === 1024 && low + OVERFLOW_TAIL > z - high)) return Infinity;
  if (z < -1075 || (z === -1075 && low <= z - high)) return 0;

  const n = Math.floor(z + 0.5);
  const rest = high - n;
  const p = upper(low + rest);
  const u = p * LN2_HI;
  const v = (low - (p - rest)) * LN2 + p * LN2_LO;
  const e = u + v;
  const w = v - (e - u);
  const t = e * e;
  const c = e - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
  return scale(1 - ((e * c) / (c - 2) - (w + e * w) - e), n);
}

/** x^y, with the special values of ECMAScript (pow(1, NaN) and pow(-1, Infinity) are NaN, unlike in C). */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const a = Math.abs(x);
  if (a === 1 && Math.abs(y) === Infinity) return NaN;
  if (Math.abs(y) === Infinity) return a > 1 === y > 0 ? Infinity : 0;
  const integer = Math.floor(y) === y;
  const negative = x < 0 || 1 / x < 0;
  const flip = negative && integer && Math.floor(y / 2) !== y / 2; // an odd power of a negative number or -0
  let power: number;
  if (a === 0 || a === Infinity) power = (a === 0) === y > 0 ? 0 : Infinity;
  else if (negative && !integer) return NaN;
  else if (a === 1 || y === 1) power = a;
  else if (y === 2) power = a * a;
  else if (y === -1) power = 1 / a;
  else if (y === 0.5) power = Math.sqrt(a);
  else power = positivePow(a, y);
  return flip ? -power : power;
}
