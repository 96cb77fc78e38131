/**
 * Angles between rational vectors, decided without floating point. The question "is angle(u, v) <= theta?" becomes
 * <u,v> / (|u||v|) >= cos(theta), settled by signs and squares in fixed point: the squared cosine of the angle is
 * enclosed to 2^-1024, the cosine of theta by Taylor with its alternating remainder to about 2^-240, rounded outward.
 * Cost: about 60 products of 256-bit integers a question.
 */
import { ofNumber, type Q, q } from "./rational.js";
import { dotIntegers, type QVector } from "./vector.js";

const COS_BITS = 256n;
const SQUARE_BITS = 1024n;
const COS_UNIT = 1n << COS_BITS;

/** Above pi; every angle is at most this. */
export const ANGLE_LIMIT: Q = q(22n, 7n);
/** Above pi, closely: from here on "angle <= theta" is true of every angle. */
const ABOVE_PI: Q = q(31415926535897933n, 10000000000000000n);
/** Below pi: no angle is claimed to be larger than this. */
const BELOW_PI: Q = q(314159265358979n, 100000000000000n);

const above = (a: Q, b: Q): boolean => a.n * b.d > b.n * a.d;

/** Integer bounds of 2^256 cos(theta) for 0 <= theta <= 22/7. */
export function cosBounds(theta: Q): { readonly lower: bigint; readonly upper: bigint } {
  if (theta.n === 0n) return { lower: COS_UNIT, upper: COS_UNIT };
  const t = (theta.n * theta.n * COS_UNIT) / (theta.d * theta.d);
  let term = COS_UNIT;
  let total = COS_UNIT;
  let k = 1n;
  for (; term !== 0n; k++) {
    term = (term * t) / ((2n * k - 1n) * 2n * k * COS_UNIT);
    total += k % 2n === 0n ? term : -term;
  }
  // Each term carries its own truncation (< 1 unit), that of t (< 1 unit times a derivative below 12), and the earlier
  // ones amplified by theta^2/(2k(2k-1)) <= 5, 0.9, ...: below 64 units each. The tail is below one unit more.
  const slack = 64n * (k + 1n);
  return { lower: total - slack, upper: total + slack };
}

/** Everything the angle of two nonzero vectors depends on. */
export interface AngleData {
  /** Sign of the inner product. */
  readonly sign: -1 | 0 | 1;
  readonly parallel: boolean;
  /** Integer bounds of 2^1024 cos^2. */
  readonly squareLower: bigint;
  readonly squareUpper: bigint;
}

export function angleData(u: QVector, v: QVector): AngleData {
  return fromCosine(dotIntegers(u.n, v.n), dotIntegers(u.n, u.n) * dotIntegers(v.n, v.n));
}

/** For the cosine inner / sqrt(product). */
function fromCosine(inner: bigint, product: bigint): AngleData {
  const square = inner * inner;
  const squareLower = (square << SQUARE_BITS) / product;
  return {
    sign: inner > 0n ? 1 : inner < 0n ? -1 : 0,
    parallel: square === product,
    squareLower,
    squareUpper: squareLower + 1n,
  };
}

/** The angle whose cosine is inner / sqrt(product), for rationals with inner^2 <= product. */
export function angleOfCosine(inner: Q, product: Q): AngleData {
  // inner/sqrt(product) = (n1/d1) sqrt(d2/n2) = n1 d2 / sqrt(d1^2 n2 d2)
  return fromCosine(inner.n * product.d, inner.d * inner.d * product.n * product.d);
}

const lift = (c: bigint): bigint => (c * c) << (SQUARE_BITS - 2n * COS_BITS);

/** True only if angle <= theta is certain. */
export function angleAtMost(a: AngleData, theta: Q): boolean {
  if (theta.n < 0n) return false;
  if (!above(ABOVE_PI, theta)) return true;
  if (a.parallel) return a.sign > 0;
  const c = cosBounds(theta).upper;
  if (c <= 0n) return a.sign >= 0 || a.squareUpper <= lift(c);
  return a.sign > 0 && a.squareLower >= lift(c);
}

/** True only if angle >= theta is certain. */
export function angleAtLeast(a: AngleData, theta: Q): boolean {
  if (theta.n <= 0n) return true;
  if (above(theta, BELOW_PI)) return false;
  if (a.parallel) return a.sign < 0;
  const c = cosBounds(theta).lower;
  if (c >= 0n) return a.sign <= 0 || a.squareUpper <= lift(c);
  return a.sign < 0 && a.squareLower >= lift(c);
}

/** Doubles lower <= angle <= upper (radians), each within about 2^-44 relative of the truth, by bisection. */
export function angleBounds(a: AngleData): { readonly lower: number; readonly upper: number } {
  return { lower: largest((x) => angleAtLeast(a, ofNumber(x))), upper: smallest((x) => angleAtMost(a, ofNumber(x))) };
}

const BISECTIONS = 44;
const TINY = 1e-60;
const START = 3.142; // between pi and 22/7: the upward search starts true and the downward one false

/** The smallest double found with yes(x), for an upward closed question that is true at START. */
function smallest(yes: (x: number) => boolean): number {
  if (yes(0)) return 0;
  let high = START;
  while (high > TINY && yes(high / 2)) high /= 2;
  let low = high / 2;
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = low + (high - low) / 2;
    if (yes(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The largest double found with yes(x), for a downward closed question that is true at 0. */
function largest(yes: (x: number) => boolean): number {
  let low = START;
  while (low > TINY && !yes(low)) low /= 2;
  if (low <= TINY) return 0;
  let high = low * 2;
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = low + (high - low) / 2;
    if (yes(middle)) low = middle;
    else high = middle;
  }
  return low;
}
