/**
 * Is the operator norm of a matrix of shifts at most c? Decided rigorously in integers. For z in R^(D x R), row major, the
 * matrix is M(z)[k R + r, j] = z[(j + k) mod D, r], of K R rows and D columns. z and c are taken in units of 2^-160 of the
 * largest entry, |M(z) - M0| < K R + D units, so it suffices that A = c0^2 - G is definite for c0 = c - (K R + D) and the
 * smaller Gram matrix G of M0. Integer Cholesky L of A - delta leaves A - L L^T = delta + E with E_jj >= 0 and
 * |E_ij| <= max L <= 2^176, so that A is definite since delta = 2^224 dominates every row of E. It says no, too, where the
 * norm is below c by less than 2^-90 of it. Cost: n^3 / 6 products of 160 bits for n = min(K R, D); D^2 R for G.
 */
import { floorSqrt, type Q } from "./rational.js";
import type { QVector } from "./vector.js";

/** K places of the filters, R channels, D places of the circle. */
export interface ShiftShape {
  readonly K: number;
  readonly R: number;
  readonly D: number;
}

const BITS = 160;
const UNIT = BigInt(BITS);
/** Entries below 2^160, and at most 2^32 of them: no norm is above 2^176. */
const ABOVE_ALL = 1n << (UNIT + 16n);
const DELTA = 1n << (2n * UNIT - 96n);

const magnitude = (x: bigint): bigint => (x < 0n ? -x : x);
const shifted = (x: bigint, by: number): bigint => (by >= 0 ? x << BigInt(by) : x >> BigInt(-by));

/** M0^T M0 (D x D): along every diagonal the entries are sums over a window of K places. */
function gramOfColumns({ K, R, D }: ShiftShape, z: readonly bigint[]): bigint[][] {
  const G = Array.from({ length: D }, () => new Array<bigint>(D).fill(0n));
  for (let s = 0; s < D; s++) {
    const products = Array.from({ length: D }, (_, i) => {
      let sum = 0n;
      for (let r = 0; r < R; r++) sum += z[i * R + r]! * z[((i + s) % D) * R + r]!;
      return sum;
    });
    let window = 0n;
    for (let k = 0; k < K; k++) window += products[k]!;
    for (let j = 0; j < D; j++) {
      G[j]![(j + s) % D] = window;
      window += products[(j + K) % D]! - products[j]!;
    }
  }
  return G;
}

/** M0 M0^T (K R x K R): the entry of (k, r) and (l, t) depends on r, t and l - k. */
function gramOfRows({ K, R, D }: ShiftShape, z: readonly bigint[]): bigint[][] {
  const G = Array.from({ length: K * R }, () => new Array<bigint>(K * R).fill(0n));
  for (let r = 0; r < R; r++)
    for (let t = 0; t < R; t++)
      for (let s = 0; s < K; s++) {
        let sum = 0n;
        for (let i = 0; i < D; i++) sum += z[i * R + r]! * z[((i + s) % D) * R + t]!;
        for (let k = 0; k + s < K; k++) {
          G[k * R + r]![(k + s) * R + t] = sum;
          G[(k + s) * R + t]![k * R + r] = sum;
        }
      }
  return G;
}

/** Has A, the matrix of the head less delta, a lower factor? It takes the place of A. */
function isDefinite(A: bigint[][]): boolean {
  for (let i = 0; i < A.length; i++) {
    const row = A[i]!;
    for (let j = 0; j <= i; j++) {
      const other = A[j]!;
      let rest = row[j]!;
      for (let k = 0; k < j; k++) rest -= row[k]! * other[k]!;
      if (j < i) row[j] = rest / other[j]!;
      else if (rest <= 0n) return false;
      else row[i] = floorSqrt(rest);
    }
  }
  return true;
}

/** True only if |M(z)| <= c; the larger of K R and D is at most 2^16. */
export function operatorNormAtMost(shape: ShiftShape, z: QVector, c: Q): boolean {
  const { K, R, D } = shape;
  const peak = z.n.reduce((a, x) => (magnitude(x) > a ? magnitude(x) : a), 0n);
  if (peak === 0n) return c.n >= 0n;
  const up = BITS - peak.toString(2).length;
  const bound = shifted(c.n * z.d, up) / c.d - BigInt(K * R + D);
  if (bound <= 0n) return false;
  const squared = bound > ABOVE_ALL ? ABOVE_ALL * ABOVE_ALL : bound * bound;
  const scaled = z.n.map((x) => shifted(x, up));
  const A = (K * R < D ? gramOfRows : gramOfColumns)(shape, scaled);
  A.forEach((row, i) => {
    for (let j = 0; j < row.length; j++) row[j] = -row[j]!;
    row[i] = row[i]! + squared - DELTA;
  });
  return isDefinite(A);
}
