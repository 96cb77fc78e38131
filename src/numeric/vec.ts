/** Loops on Float64Array that more than one room needs. Sums run in a fixed order, so that bits do not depend on the engine. */
import { atan2 } from "./elementary.js";

/**
 * sum_i a[aAt + i] b[bAt + i] over n terms, in four interleaved sums: a fixed order, and about three times as fast as one
 * chain of additions, each of which would wait for the last.
 */
export function dotAt(a: Float64Array, aAt: number, b: Float64Array, bAt: number, n: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    s0 += a[aAt + i]! * b[bAt + i]!;
    s1 += a[aAt + i + 1]! * b[bAt + i + 1]!;
    s2 += a[aAt + i + 2]! * b[bAt + i + 2]!;
    s3 += a[aAt + i + 3]! * b[bAt + i + 3]!;
  }
  for (; i < n; i++) s0 += a[aAt + i]! * b[bAt + i]!;
  return s0 + s1 + (s2 + s3);
}

export const dot = (a: Float64Array, b: Float64Array): number => dotAt(a, 0, b, 0, a.length);

/** Sums of squares in here lost nothing to overflow or underflow that a double could show. */
const SAFE_LOW = 1e-280;
const SAFE_HIGH = 1e280;

/** |a|_2; where the plain sum of squares leaves the safe range, scaled by the largest entry. */
export function norm(a: Float64Array): number {
  const plain = dotAt(a, 0, a, 0, a.length);
  if (Number.isNaN(plain)) return plain;
  if (plain > SAFE_LOW && plain < SAFE_HIGH) return Math.sqrt(plain);
  let peak = 0;
  for (let i = 0; i < a.length; i++) {
    const x = Math.abs(a[i]!);
    if (x > peak) peak = x;
  }
  if (peak === 0 || !Number.isFinite(peak)) return peak;
  let s = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i]! / peak;
    s += x * x;
  }
  return peak * Math.sqrt(s);
}

/** y += c x */
export function axpy(c: number, x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) y[i] = y[i]! + c * x[i]!;
}

/** out_n = <row_n, x> for N rows of length D in one array. */
export function rowProducts(rows: Float64Array, x: Float64Array, out: Float64Array): void {
  const D = x.length;
  for (let n = 0; n < out.length; n++) out[n] = dotAt(rows, n * D, x, 0, D);
}

/** out = sum_n p_n row_n. */
export function combineRows(rows: Float64Array, p: Float64Array, out: Float64Array): void {
  const D = out.length;
  out.fill(0);
  for (let n = 0, at = 0; n < p.length; n++) {
    const c = p[n]!;
    for (let d = 0; d < D; d++, at++) out[d] = out[d]! + c * rows[at]!;
  }
}

/** The angle of two nonzero vectors in radians, 2 atan2(|u - v|, |u + v|): accurate near 0 and pi, not folded. */
export function angle(a: Float64Array, b: Float64Array): number {
  const na = norm(a);
  const nb = norm(b);
  let minus = 0;
  let plus = 0;
  for (let i = 0; i < a.length; i++) {
    const u = a[i]! / na;
    const v = b[i]! / nb;
    minus += (u - v) * (u - v);
    plus += (u + v) * (u + v);
  }
  return 2 * atan2(Math.sqrt(minus), Math.sqrt(plus));
}

/** sqrt(x^2 + y^2), for numbers of a size whose squares are doubles. */
export const length2 = (x: number, y: number): number => Math.sqrt(x * x + y * y);
