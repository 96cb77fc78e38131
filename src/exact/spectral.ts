/**
 * The predictors of kernel size K in rationals: a matrix Q in R^(K R x D) of filters by places gives W in R^(D x R),
 * W[d, r] = sum_k Q[k R + r, (d - k) mod D], and |W|_K is the least nuclear norm of such a Q (for K = 1 that of W). A factored
 * Q = left right^T has |Q|_* <= (|left|^2 + |right|^2) / 2, and <M(z), Q> = <z, W> for the matrix M(z) of operator-norm.ts. So
 * for every q in the simplex, z = sum q_n y_n x_n, no predictor has more margin over its norm than |M(z)|, and
 *   gap = 1 - r(W) / r* <= u   where   |M(z)| <= min_n m_n(W) / ((1 - u) (|left|^2 + |right|^2) / 2).
 * Lists are row major; the rank is the length of `right` over D. Source: Jagadeesan et al. 2022, with enough channels.
 * Cost: K R D rank products.
 */
import type { Rows } from "./bridge.js";
import { operatorNormAtMost, type ShiftShape } from "./operator-norm.js";
import { add, compare, div, mul, ONE, type Q, q, sub, ZERO } from "./rational.js";
import { combineRows, leastEntry, marginsOf, normSquared, type QVector } from "./vector.js";

export interface Factors {
  /** K R x rank. */
  readonly left: QVector;
  /** D x rank. */
  readonly right: QVector;
}

/** W, D x R. */
export function predictorOfFactors({ K, R, D }: ShiftShape, { left, right }: Factors): QVector {
  const rank = right.n.length / D;
  const W = new Array<bigint>(D * R).fill(0n);
  for (let k = 0; k < K; k++)
    for (let r = 0; r < R; r++)
      for (let d = 0; d < D; d++) {
        const [from, to] = [(k * R + r) * rank, ((d - k + D) % D) * rank];
        let sum = 0n;
        for (let i = 0; i < rank; i++) sum += left.n[from + i]! * right.n[to + i]!;
        W[d * R + r] = W[d * R + r]! + sum;
      }
  return { n: W, d: left.d * right.d };
}

/** At least the nuclear norm of left right^T. */
export const factorNorm = ({ left, right }: Factors): Q => mul(add(normSquared(left), normSquared(right)), q(1n, 2n));

/** Least margin over the bound of the norm; null where W does not separate the data. */
export function spectralRatio({ rows, scale }: Rows, shape: ShiftShape, factors: Factors): Q | null {
  const { value } = leastEntry(marginsOf(rows, scale, predictorOfFactors(shape, factors)));
  return value.n > 0n ? div(value, factorNorm(factors)) : null;
}

/** Does the gap of a predictor with this ratio follow to be at most `upper`? */
export function isGapAtMost({ rows, scale }: Rows, shape: ShiftShape, ratio: Q, weights: QVector, upper: Q): boolean {
  const rest = sub(ONE, upper);
  if (compare(rest, ZERO) <= 0) return true;
  return operatorNormAtMost(shape, combineRows(weights, rows, scale), div(ratio, rest));
}
