/**
 * Stationary points of min sum_d |b_d|^p s.t. margins >= 1 in the signal's own entries that are rational, decided exactly. With
 * a rational b and any p in (0, 1), sum_n alpha_n z_n = p |b|^(p-1) sign b on the support holds for real alpha if for each
 * modulus m of b the vector of signs where |b_d| = m is a rational combination a_m of the active rows: alpha is then
 * sum_m p m^(p-1) a_m. So points that are symmetric, or have entries of one size, are recognized where intervals leave a
 * margin of exactly 1 or a multiplier of exactly 0 open. Cost: that of row-span.ts for each modulus, within its bounds.
 */
import type { Rows } from "./bridge.js";
import { FIXED_ONE } from "./fixed-interval.js";
import { type Q, q } from "./rational.js";
import { rowSpan, WORK } from "./row-span.js";
import { dotIntegers, type QVector, vectorOf } from "./vector.js";

const absolute = (x: bigint): bigint => (x < 0n ? -x : x);

/**
 * Is b 0 exactly off the support, with margins 1 on the active rows, and are there such combinations a_m for all its moduli,
 * of the active rows `of` (all of them where it is left out)? Where that is not seen, false; "long" where the work of one
 * question does not suffice to tell.
 */
export function isExactlyCritical(
  { rows, scale }: Rows,
  support: readonly number[],
  active: readonly number[],
  { n: b, d }: QVector,
  of: readonly number[] = active,
): boolean | "long" {
  if (!b.every((x, k) => (x !== 0n) === support.includes(k))) return false;
  if (!active.every((n) => dotIntegers(rows[n]!, b) === scale * d)) return false;
  const span = rowSpan(
    of.map((n) => support.map((k) => rows[n]![k]!)),
    { left: WORK },
  );
  const moduli = new Set(support.map((k) => absolute(b[k]!)));
  for (const m of moduli) {
    const sum = span.sum(support.map((k) => (b[k] === m ? 1n : b[k] === -m ? -1n : 0n)));
    if (sum === null) return false;
    if (sum === "long") return "long";
  }
  return true;
}

const UNIT = FIXED_ONE.lo;
/** A fraction of fewer bits than this that is as near as that, 2^-180, is taken for the number. */
const SHORT = 60n;
const NEAR = UNIT >> 180n;

/** The simple fraction next to x 2^-240, by continued fractions; null where there is none. */
function fractionNear(x: bigint): Q | null {
  let [a, b] = [absolute(x), UNIT];
  let [p, q0, p1, q1] = [0n, 1n, 1n, 0n];
  while (b !== 0n) {
    const whole = a / b;
    [p, q0, p1, q1] = [p1, q1, whole * p1 + p, whole * q1 + q0];
    if (q1 >> SHORT !== 0n) return null;
    if (absolute(absolute(x) * q1 - p1 * UNIT) <= NEAR * q1) return q(x < 0n ? -p1 : p1, q1);
    [a, b] = [b, a - whole * b];
  }
  return null;
}

/** The simple rational vector next to numbers in units of 2^-240 on the support, 0 elsewhere. */
export function rationalNear(D: number, support: readonly number[], numbers: readonly bigint[]): QVector | null {
  const entries = new Array<Q>(D).fill(q(0n));
  for (const [i, k] of support.entries()) {
    const found = fractionNear(numbers[i]!);
    if (found === null) return null;
    entries[k] = found;
  }
  return vectorOf(entries);
}
