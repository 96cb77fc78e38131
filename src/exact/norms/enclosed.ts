/**
 * Norms on R^D with their dual norms in rigorous enclosures, and the relative gap of a max margin that follows, solver-free:
 * with r(b) = min_n m_n(b) / |b| and r* its maximum, m(b) <= <z(q), b> <= |z(q)|_* |b| for every q in the simplex, so that
 * r* <= |z(q)|_*. Conventions: z(q) = sum q_n y_n x_n; what is enclosed is `value` times `unit`, so that fixed point suffices
 * whatever the size of the vector. Cost: that of two or three norms.
 */
import { divFixed, type Fixed, fixedBounds, fixedFrom, mulFixed } from "../fixed-interval.js";
import { compare, div, mul, ONE, type Q, sub, ZERO } from "../rational.js";
import type { Interval } from "../turn.js";
import { combineRows, leastEntry, marginsOf, type QVector } from "../vector.js";

export interface Enclosed {
  readonly value: Fixed;
  readonly unit: Q;
}

export interface EnclosedNorm {
  primal(b: QVector): Enclosed;
  dual(z: QVector): Enclosed;
}

export interface Rows {
  /** y_n X_n, integers over `scale`. */
  readonly rows: readonly (readonly bigint[])[];
  readonly scale: bigint;
}

export const positive = (x: Q): Q => (compare(x, ZERO) > 0 ? x : ZERO);

/** The ends, as rationals. */
export function boundsOf({ value, unit }: Enclosed): Interval {
  const { lower, upper } = fixedBounds(value);
  return { lower: mul(lower, unit), upper: mul(upper, unit) };
}

/**
 * `upper` bounds 1 - r(beta)/r* from above; `lower` from below by a witness v, r* >= r(v) (0 where there is none). Null where
 * beta (or v) does not separate the data.
 */
export function marginGap(
  { rows, scale }: Rows,
  beta: QVector,
  weights: QVector,
  witness: QVector | null,
  norm: EnclosedNorm,
): { readonly lower: Q; readonly upper: Q } | null {
  const marginOf = (v: QVector): Q => leastEntry(marginsOf(rows, scale, v)).value;
  const own = marginOf(beta);
  const z = combineRows(weights, rows, scale);
  if (compare(own, ZERO) <= 0 || z.n.every((x) => x === 0n)) return null;
  const [b, c] = [norm.primal(beta), norm.dual(z)];
  const ratio = divFixed(fixedFrom(div(own, mul(b.unit, c.unit))), mulFixed(b.value, c.value));
  if (ratio === null) return null;
  const upper = positive(sub(ONE, fixedBounds(ratio).lower));
  if (witness === null) return { lower: ZERO, upper };
  const other = marginOf(witness);
  if (compare(other, ZERO) <= 0) return null;
  const v = norm.primal(witness);
  // r(beta) / r(v) = own |v| / (other |beta|).
  const relative = div(mul(own, v.unit), mul(other, b.unit));
  const quotient = divFixed(mulFixed(fixedFrom(relative), v.value), b.value);
  return quotient === null ? null : { lower: positive(sub(ONE, fixedBounds(quotient).upper)), upper };
}
