/**
 * Rigorous rational bounds of cos and sin of rational multiples of a full turn, 2 pi k / n, to about 2^-245.
 * pi by Machin 1706, 16 arctan(1/5) - 4 arctan(1/239), in fixed point with its truncations counted; cosine by angle.ts.
 * Cost: about 60 products of 256-bit integers each.
 */
import { cosBounds } from "./angle.js";
import { compare, type Q, q } from "./rational.js";

/** lower <= value <= upper. */
export interface Interval {
  readonly lower: Q;
  readonly upper: Q;
}

const BITS = 272n;
const UNIT = 1n << BITS;
const COS_UNIT = 1n << 256n;

/** 2^272 arctan(1/x) from below, and how many units it may be too small or too large. */
function arctanInverse(x: bigint): { readonly value: bigint; readonly slack: bigint } {
  let power = UNIT / x;
  let total = power;
  let terms = 1n;
  for (let k = 3n; power !== 0n; k += 2n) {
    power /= x * x;
    total += terms % 2n === 1n ? -(power / k) : power / k;
    terms += 1n;
  }
  // Each term is rounded down twice (below 2 units off), and the tail of the alternating series is below one unit.
  return { value: total, slack: 2n * terms + 1n };
}

/** Bounds of pi within 2^-260. */
export function piBounds(): Interval {
  const fifth = arctanInverse(5n);
  const small = arctanInverse(239n);
  const value = 16n * fifth.value - 4n * small.value;
  const slack = 16n * fifth.slack + 4n * small.slack;
  return { lower: q(value - slack, UNIT), upper: q(value + slack, UNIT) };
}

/** cos(2 pi k / n) for any integers k and n > 0. */
export function cosOfTurn(k: bigint, n: bigint): Interval {
  // To a fraction j/n of a turn in [0, 1/2], where the cosine falls.
  const whole = ((k % n) + n) % n;
  const j = 2n * whole > n ? n - whole : whole;
  if (j === 0n) return { lower: q(1n), upper: q(1n) };
  if (2n * j === n) return { lower: q(-1n), upper: q(-1n) };
  if (4n * j === n) return { lower: q(0n), upper: q(0n) };
  if (6n * j === n) return { lower: q(1n, 2n), upper: q(1n, 2n) };
  if (3n * j === n) return { lower: q(-1n, 2n), upper: q(-1n, 2n) };
  const pi = piBounds();
  const theta = (p: Q): Q => q(2n * j * p.n, n * p.d);
  return {
    lower: q(cosBounds(theta(pi.upper)).lower, COS_UNIT),
    upper: q(cosBounds(theta(pi.lower)).upper, COS_UNIT),
  };
}

/** sin(2 pi k / n) = cos(2 pi (k/n - 1/4)). */
export const sinOfTurn = (k: bigint, n: bigint): Interval => cosOfTurn(4n * k - n, 4n * n);

/** Bounds of c x for x in an interval. */
export function scaledInterval(x: Interval, c: Q): Interval {
  const [a, b] = [q(x.lower.n * c.n, x.lower.d * c.d), q(x.upper.n * c.n, x.upper.d * c.d)];
  return compare(a, b) <= 0 ? { lower: a, upper: b } : { lower: b, upper: a };
}
