/**
 * atan and atan2 after fdlibm (Sun Microsystems 1993, s_atan.c and e_atan2.c; K. C. Ng): reduction to one of
 * atan(1/2), atan(1), atan(3/2), pi/2 plus the arc tangent of |t| < 7/16, a polynomial of degree 23.
 * fdlibm's atan2 errs by more than 1.3 ulp, since y/x and the sum with pi are rounded. Here the rounding error of the
 * quotient (exact by Dekker's product, 1971) goes into the correction and the sums are kept in two parts.
 * Error < 1 ulp. Cost: up to three divisions and about 25 multiplications; no allocation.
 */
import { upper } from "./bits.js";

const PI_HI = Math.PI;
const PI_LO = 1.2246467991473532e-16;
const A0 = 3.333333333333293e-1;
const A1 = -1.9999999999876483e-1;
const A2 = 1.4285714272503466e-1;
const A3 = -1.1111110405462356e-1;
const A4 = 9.090887133436507e-2;
const A5 = -7.69187620504483e-2;
const A6 = 6.661073137387531e-2;
const A7 = -5.8335701337905735e-2;
const A8 = 4.9768779946159324e-2;
const A9 = -3.6531572744216916e-2;
const A10 = 1.6285820115365782e-2;

const ANGLE = new Float64Array(2); // scratch: the arc tangent in two parts

/** ANGLE = atan(q + dq) for q >= 2^-60 finite, |dq| <= ulp(q). */
function atanPair(q: number, dq: number): void {
  let t = q;
  let hi = 0;
  let lo = dq / (1 + q * q);
  if (q >= 2.4375) {
    t = -1 / q;
    hi = 0.5 * PI_HI;
    lo += 6.123233995736766e-17;
  } else if (q >= 1.1875) {
    t = (q - 1.5) / (1 + 1.5 * q);
    hi = 9.82793723247329e-1;
    lo += 1.3903311031230998e-17;
  } else if (q >= 0.6875) {
    t = (q - 1) / (q + 1);
    hi = 0.25 * PI_HI;
    lo += 3.061616997868383e-17;
  } else if (q >= 0.4375) {
    t = (2 * q - 1) / (2 + q);
    hi = 4.636476090008061e-1;
    lo += 2.2698777452961687e-17;
  }
  const z = t * t;
  const w = z * z;
  const odd = z * (A0 + w * (A2 + w * (A4 + w * (A6 + w * (A8 + w * A10)))));
  const even = w * (A1 + w * (A3 + w * (A5 + w * (A7 + w * A9))));
  const sum = hi + t;
  ANGLE[0] = sum;
  ANGLE[1] = hi - sum + t - (t * (odd + even) - lo);
}

/** The arc tangent of x, in [-pi/2, pi/2]. */
export function atan(x: number): number {
  const q = Math.abs(x);
  if (!(q >= 7.450580596923828e-9)) return x; // 2^-27 and NaN; keeps -0
  if (q > 1e20) return x > 0 ? 0.5 * PI_HI : -0.5 * PI_HI;
  atanPair(q, 0);
  const angle = ANGLE[0] + ANGLE[1];
  return x > 0 ? angle : -angle;
}

/** The angle of the point (b, a) for a > 0 and b != 0, both finite. */
function upperAngle(a: number, b: number): number {
  let y = a;
  let x = Math.abs(b);
  const plain = y / x;
  if (plain > 1e18) return 0.5 * PI_HI; // the rest is below an eighth of an ulp
  if (b > 0 && plain < 9.313225746154785e-10) return plain; // 2^-30: the cube is lost, a subnormal is rounded once
  if (plain < 1e-18) return PI_HI;
  // Now x and y are within 1e18 of each other: scale them off the ends of the range, exactly.
  if (x > 1e270 || y > 1e270) {
    y *= 6.223015277861142e-61; // 2^-200
    x *= 6.223015277861142e-61;
  } else if (x < 1e-220 || y < 1e-220) {
    y *= 1.6069380442589903e60; // 2^200
    x *= 1.6069380442589903e60;
  }
  const q = y / x;
  const product = q * x;
  const qHi = upper(q);
  const xHi = upper(x);
  const error = qHi * xHi - product + qHi * (x - xHi) + (q - qHi) * xHi + (q - qHi) * (x - xHi);
  atanPair(q, (y - product - error) / x);
  if (b > 0) return ANGLE[0] + ANGLE[1];
  const sum = PI_HI - ANGLE[0];
  return sum + (PI_HI - sum - ANGLE[0] + (PI_LO - ANGLE[1]));
}

/** The angle of the point (x, y), in [-pi, pi]; signed zeros and infinities as in ECMAScript. */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const a = Math.abs(y);
  const left = x < 0 || 1 / x < 0;
  let angle: number;
  if (a === 0 || (Math.abs(x) === Infinity && a < Infinity)) angle = left ? PI_HI : 0;
  else if (a === Infinity && Math.abs(x) === Infinity) angle = left ? 2.356194490192345 : 0.25 * PI_HI;
  else if (x === 0 || a === Infinity) angle = 0.5 * PI_HI;
  else angle = upperAngle(a, x);
  return y < 0 || 1 / y < 0 ? -angle : angle;
}
