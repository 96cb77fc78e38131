/**
 * x = n pi/2 + (r + rest) with |r| <= pi/4 (a little more after rounding), right for every finite double.
 * Up to 2^20 pi/2: Cody and Waite, as in fdlibm's e_rem_pio2.c (Sun Microsystems 1993), pi/2 in parts of 33 bits, up to
 * 151 bits when x lies close to a multiple. Above: Payne and Hanek (1983) in exact BigInt arithmetic, a cold path of
 * half a microsecond. No double lies within 2^-61 of a multiple of pi/2 (the nearest is 6381956970095103 2^797; Kahan
 * 1983), so 200 bits behind the binary point are plenty. Relative error of r + rest: about 2^-70.
 */
import { highWord, powerOfTwo } from "./bits.js";

const INV_PIO2 = 6.366197723675814e-1;
const PIO2_1 = 1.5707963267341256;
const PIO2_1T = 6.077100506506192e-11;
const PIO2_2 = 6.077100506303966e-11;
const PIO2_2T = 2.0222662487959506e-21;
const PIO2_3 = 2.0222662487111665e-21;
const PIO2_3T = 8.4784276603689e-32;
const MEDIUM = 1647099; // 2^20 pi/2: n has 20 bits, hence n PIO2_i is exact

/** floor(2^1280 2/pi). The largest exponent is 971 (of an integer significand), so 309 bits remain behind the point. */
const BITS = 1280n;
const TWO_OVER_PI = BigInt(
  [
    "0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e0",
    "06492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f4",
    "9c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d",
    "7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babf0cfbc209af4361d",
  ].join(""),
);
const KEPT = 200n; // bits behind the point of the fraction and of pi/2
const PIO2 = (1n << (BITS + KEPT)) / TWO_OVER_PI;

/** The last reduction: REST[0] + REST[1] is r + rest. Scratch, so that no call allocates. */
export const REST = new Float64Array(2);

/** For x >= MEDIUM, finite. */
function reduceLarge(x: number): number {
  const exponent = (highWord(x) >> 20) - 1075;
  const product = BigInt(x * powerOfTwo(-exponent)) * TWO_OVER_PI; // integer significand: exact
  const point = BITS - BigInt(exponent);
  const n = (product + (1n << (point - 1n))) >> point;
  const fraction = (product - (n << point)) >> (point - KEPT);
  const r = fraction * PIO2;
  const head = Number(r);
  const unit = powerOfTwo(-400);
  REST[0] = head * unit;
  REST[1] = Number(r - BigInt(head)) * unit;
  return Number(n & 3n);
}

/** For pi/4 < x < MEDIUM. */
function reduceMedium(x: number): number {
  const n = Math.floor(x * INV_PIO2 + 0.5);
  let r = x - n * PIO2_1;
  let w = n * PIO2_1T;
  let y = r - w;
  if (Math.abs(y) < x * 1.52587890625e-5) {
    // more than 16 bits cancelled: the next 33 bits of pi/2
    let t = r;
    w = n * PIO2_2;
    r = t - w;
    w = n * PIO2_2T - (t - r - w);
    y = r - w;
    if (Math.abs(y) < x * 3.552713678800501e-15) {
      // more than 48 bits cancelled
      t = r;
      w = n * PIO2_3;
      r = t - w;
      w = n * PIO2_3T - (t - r - w);
      y = r - w;
    }
  }
  REST[0] = y;
  REST[1] = r - y - w;
  return n & 3;
}

/** Sets REST and returns n modulo 4, for |x| > pi/4, finite. */
export function reduce(x: number): number {
  const magnitude = Math.abs(x);
  const n = magnitude < MEDIUM ? reduceMedium(magnitude) : reduceLarge(magnitude);
  if (x >= 0) return n;
  REST[0] = -REST[0];
  REST[1] = -REST[1];
  return -n & 3;
}
