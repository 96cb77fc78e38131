/**
 * The multipliers with G alpha = targets on independent rows, G their Gram matrix, to about 120 bits:
 * Cholesky in floating point on rows scaled to length 1, residuals exact, until the margins <z_n, sum alpha z> are the targets
 * to 2^-120 of the largest. Not proved of anything, but as good a guess as the conditioning of a double allows, and of short numbers.
 * Cost: k^3 / 6 products once, k^2 products of bigints a round.
 */
import { add, bitLength, mul, ofNumber, type Q, q, toNumber } from "../exact/rational.js";
import { dotIntegers, type QVector, vectorOf } from "../exact/vector.js";
import { factorDefinite, solveFactored } from "../numeric/dense.js";

const ROUNDS = 20;
/** Relative error of the margins at which it ends. */
const GOAL = 1e-36;

/** What is worth a proposal. */
const GOOD = 1e-9;

/** Null where margins stay farther off than `good`: rows too dependent for doubles, or sizes beyond their range. */
export function solveRefined(
  gram: readonly (readonly bigint[])[],
  targets: readonly bigint[],
  good = GOOD,
): QVector | null {
  const k = gram.length;
  const target = targets.reduce((a, x) => (x > a ? x : -x > a ? -x : a), 1n);
  // Rows over powers of two of about their length.
  const half = gram.map((row, i) => BigInt(bitLength(row[i]!) >> 1));
  const H = new Float64Array(k * k);
  for (let i = 0; i < k; i++)
    for (let j = 0; j <= i; j++) H[i * k + j] = toNumber(q(gram[i]![j]!, 1n << (half[i]! + half[j]!)));
  if (!H.every(Number.isFinite) || factorDefinite(H, k) < k) return null;
  // alpha_i = gamma_i 2^(top - half_i), where top is the least half: gamma_i are of one size.
  const top = half.reduce((a, b) => (b < a ? b : a), half[0] ?? 0n);
  const unit = q(target, 1n << (2n * top));
  let alpha: Q[] = gram.map(() => q(0n));
  let best: { readonly error: number; readonly alpha: QVector } | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const now = vectorOf(alpha);
    // What is missing of each margin, relative to the largest target.
    const missing = gram.map((row, i) => q(targets[i]! * now.d - dotIntegers(row, now.n), target * now.d));
    const short = Float64Array.from(missing, toNumber);
    const error = short.reduce((a, x) => Math.max(a, Math.abs(x)), 0);
    if (round > 0 && (best === null || error < best.error)) best = { error, alpha: now };
    if (error <= GOAL || (best !== null && error > 0.5 * best.error && error !== best.error)) break;
    const move = short.map((x, i) => x * toNumber(q(1n, 1n << (half[i]! - top))));
    solveFactored(H, move, k);
    if (!move.every(Number.isFinite)) break;
    alpha = alpha.map((a, i) => add(a, mul(mul(ofNumber(move[i]!), unit), q(1n, 1n << (half[i]! - top)))));
  }
  return best !== null && best.error < good ? best.alpha : null;
}

/** Short of 1 by no more than what the refinement leaves. */
export const reaches = (margin: bigint, one: bigint): boolean => margin << 80n >= one * ((1n << 80n) - 1n);
