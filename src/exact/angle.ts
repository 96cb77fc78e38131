/**
 * Angles between rational vectors, decided without floating point. The question "is angle(u, v) <= theta?" becomes
 * <u,v> / (|u||v|) >= cos(theta), settled by signs and squares in fixed point: the squared cosine of the angle is
 * enclosed to 2^-1024, the cosine of theta by Taylor with its alternating remainder to about 2^-248, rounded outward.
 * Cost: about 60 products of 256-bit integers a question.
 */
import { ofNumber, type Q, q } from "./rational.js";
import { dotIntegers, type QVector } from "./vector.js";

const COS_BITS = 256n;
const SQUARE_BITS = 1024n;
const COS_UNIT = 1n << COS_BITS;

/** Above pi; no bound of an angle needs to be larger. */
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
  // Let T_j = 2^256 theta^(2j)/(2j)! and e_j = T_j - term_j. Rounding down makes e_j >= 0, and from term_(j-1) <= T_(j-1)
  // and t > 2^256 theta^2 - 1 follows e_j < e_(j-1) c_j + a_j + 1 with c_j = theta^2/(2j(2j-1)) (at most 4.94, 0.83, 0.33,
  // ...) and a_j = 2^-256 T_(j-1)/(2j(2j-1)) (at most 0.5, 0.42, 0.14, ...): e_1 < 1.5, e_2 < 2.7, all others below 2.1.
  // The last term is 0, so T_last = e_last < 3; behind it the series alternates and falls, so its tail is below 3 units.
  // Here k = last + 1: the errors of k - 1 terms and the tail are below 3 k units in all.
  const slack = 3n * k;
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

/** Both vectors must be nonzero: the zero vector makes no angle. */
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

/**
 * Doubles lower <= angle <= upper (radians) by bisection, each within about 2^-43 relative of the truth from 1e-30 up;
 * below, the cosine of 2^-248 no longer tells angles apart: the upper bound stops near 1e-37, the lower one at 0.
 */
export function angleBounds(a: AngleData): { readonly lower: number; readonly upper: number } {
  return { lower: largest((x) => angleAtLeast(a, ofNumber(x))), upper: smallest((x) => angleAtMost(a, ofNumber(x))) };
}

const BISECTIONS = 44;
const TINY = 1e-60;
const START = 3.1428; // between pi and 22/7: the upward search starts true and the downward one false

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
