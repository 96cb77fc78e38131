/**
 * Intervals of reals with ends in fixed point, [lo, hi] in units of 2^-240: outward rounding, so that the result of every
 * operation contains what it stands for, whatever its size; narrow for values from about 1e-20 to 1e20, as the transforms of
 * scaled vectors are, and wide below. Cost: one product of 240-bit integers an operation; a root takes some Newton steps.
 */
import { floorSqrt, type Q, q } from "./rational.js";
import type { Interval } from "./turn.js";

export interface Fixed {
  readonly lo: bigint;
  readonly hi: bigint;
}

const BITS = 240n;
const UNIT = 1n << BITS;

const floorDiv = (a: bigint, b: bigint): bigint => {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
};
const ceilDiv = (a: bigint, b: bigint): bigint => -floorDiv(-a, b);
const least = (...values: readonly bigint[]): bigint => values.reduce((a, b) => (b < a ? b : a));
const most = (...values: readonly bigint[]): bigint => values.reduce((a, b) => (b > a ? b : a));

export const FIXED_ZERO: Fixed = Object.freeze({ lo: 0n, hi: 0n });
export const FIXED_ONE: Fixed = Object.freeze({ lo: UNIT, hi: UNIT });

export const fixedFrom = (lower: Q, upper: Q = lower): Fixed => ({
  lo: floorDiv(lower.n * UNIT, lower.d),
  hi: ceilDiv(upper.n * UNIT, upper.d),
});
export const fixedInterval = ({ lower, upper }: Interval): Fixed => fixedFrom(lower, upper);
/** n / 2^bits. */
export const fixedDyadic = (n: bigint, bits: bigint): Fixed => {
  const shift = BITS - bits; // a shift to the right rounds down
  return shift >= 0n ? { lo: n << shift, hi: n << shift } : { lo: n >> -shift, hi: -(-n >> -shift) };
};
/** A sum of products of integers in units of 2^-240 each, which may be off by `slack` either way. */
export const fixedAround = (sum: bigint, slack: bigint): Fixed => ({
  lo: (sum - slack) >> BITS,
  hi: -((-sum - slack) >> BITS),
});
/** The ends, as rationals. */
export const fixedBounds = ({ lo, hi }: Fixed): Interval => ({ lower: q(lo, UNIT), upper: q(hi, UNIT) });

export const addFixed = (a: Fixed, b: Fixed): Fixed => ({ lo: a.lo + b.lo, hi: a.hi + b.hi });
export const subFixed = (a: Fixed, b: Fixed): Fixed => ({ lo: a.lo - b.hi, hi: a.hi - b.lo });
export const maxFixed = (a: Fixed, b: Fixed): Fixed => ({ lo: most(a.lo, b.lo), hi: most(a.hi, b.hi) });
/** k a for an integer k >= 0. */
export const timesFixed = (a: Fixed, k: bigint): Fixed => ({ lo: a.lo * k, hi: a.hi * k });

export function mulFixed(a: Fixed, b: Fixed): Fixed {
  const ends = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi];
  return { lo: least(...ends) >> BITS, hi: -(-most(...ends) >> BITS) }; // a shift rounds down
}

/** Of all squares in an interval, in units of 2^-480. */
function squares({ lo, hi }: Fixed): readonly [least: bigint, most: bigint] {
  const [x, y] = [lo * lo, hi * hi];
  return [lo <= 0n && hi >= 0n ? 0n : least(x, y), most(x, y)];
}

/** a^2, never below 0. */
export function squareFixed(a: Fixed): Fixed {
  const [x, y] = squares(a);
  return { lo: x >> BITS, hi: -(-y >> BITS) };
}

/** a / b; null where b may be 0 or less. */
export function divFixed(a: Fixed, b: Fixed): Fixed | null {
  if (b.lo <= 0n) return null;
  const ends = [a.lo, a.hi].flatMap((x) => [b.lo, b.hi].map((y) => [x * UNIT, y] as const));
  return { lo: least(...ends.map(([x, y]) => floorDiv(x, y))), hi: most(...ends.map(([x, y]) => ceilDiv(x, y))) };
}

/** At least the length of a in bits, at most 3 more. */
const bitsOf = (a: bigint): number => a.toString(16).length * 4;

/** floor(a^(1/k)) for a >= 0, by Newton from above; the start is the root of the leading half, so that few steps are long. */
function floorRoot(a: bigint, k: number): bigint {
  if (a === 0n || k === 1) return a;
  if (k === 2) return floorSqrt(a);
  const n = BigInt(k);
  const half = Math.floor(bitsOf(a) / (2 * k));
  let x =
    half < 4 ? 1n << BigInt(Math.floor(bitsOf(a) / k) + 1) : (floorRoot(a >> BigInt(k * half), k) + 1n) << BigInt(half);
  for (;;) {
    const next = ((n - 1n) * x + a / power(x, k - 1)) / n;
    if (next >= x) return x;
    x = next;
  }
}

/** x^k for an integer k >= 0, by squaring. */
function power(x: bigint, k: number): bigint {
  if (k === 0) return 1n;
  const root = power(x, k >> 1);
  return k % 2 === 0 ? root * root : root * root * x;
}

/** ceil(a^(1/k)). */
function ceilRoot(a: bigint, k: number): bigint {
  const root = floorRoot(a, k);
  return power(root, k) === a ? root : root + 1n;
}

/** The k-th root of what is >= 0; what rounding put below 0 counts as 0. */
export function rootFixed(a: Fixed, k: number): Fixed {
  const scaled = (x: bigint): bigint => (x > 0n ? x : 0n) << (BITS * BigInt(k - 1));
  return { lo: floorRoot(scaled(a.lo), k), hi: ceilRoot(scaled(a.hi), k) };
}

/** Square roots of both ends, in units whose squares theirs are; the second search starts from the first one's tangent. */
function squareRoots(lo: bigint, hi: bigint): Fixed {
  const low = floorSqrt(lo);
  if (low === 0n) return { lo: low, hi: ceilRoot(hi, 2) };
  const high = floorSqrt(hi, low + (hi - low * low) / (2n * low) + 1n);
  return { lo: low, hi: high * high === hi ? high : high + 1n };
}

/** The root of the sum of the squares, with the squares unrounded: what is nearly 0 stays as near. */
export function lengthFixed(...parts: readonly Fixed[]): Fixed {
  let [lo, hi] = [0n, 0n];
  for (const part of parts) {
    const [x, y] = squares(part);
    lo += x;
    hi += y;
  }
  return squareRoots(lo, hi);
}

/** a^k for a >= 0 and an integer k >= 0, by squaring. */
export function powerFixed(a: Fixed, k: number): Fixed {
  if (k === 0) return FIXED_ONE;
  const root = powerFixed(a, k >> 1);
  const even = mulFixed(root, root);
  return k % 2 === 0 ? even : mulFixed(even, a);
}
