/**
 * Rational numbers from their residues: n/d from a = n d^-1 mod M, unique where 2 |n| d <= M, by the extended Euclidean
 * algorithm stopped half way (Wang 1981), in Lehmer's long steps. And vectors of them over one denominator, where after
 * the first entries the denominator is known and nothing is left to search. Cost: quadratic in the length of M, once or twice.
 */
import { bitLength, cofactorsOf, floorSqrt } from "./rational.js";
import type { QVector } from "./vector.js";

/** Quotients are taken together only while the bound is farther away than they can lead. */
const FAR = 64;

const abs = (x: bigint): bigint => (x < 0n ? -x : x);

/** n/d = a mod M with |n|, d <= bound; null where the least denominator found is larger. */
function rationalOf(a: bigint, M: bigint, bound: bigint): { readonly n: bigint; readonly d: bigint } | null {
  let [x, y] = [M, a];
  let [s, t] = [0n, 1n]; // x = s a and y = t a modulo M
  const long = bound << BigInt(FAR);
  while (y > bound) {
    const [A, B, C, D] = y > long ? cofactorsOf(x, y) : [1, 0, 0, 1];
    if (B === 0) {
      const quotient = x / y;
      [x, y] = [y, x - quotient * y];
      [s, t] = [t, s - quotient * t];
    } else {
      const [a0, b0, c0, d0] = [BigInt(A), BigInt(B), BigInt(C), BigInt(D)];
      [x, y] = [a0 * x + b0 * y, c0 * x + d0 * y];
      [s, t] = [a0 * s + b0 * t, c0 * s + d0 * t];
    }
  }
  if (abs(t) > bound || t === 0n) return null;
  return t < 0n ? { n: -y, d: -t } : { n: y, d: t };
}

/** The vector of `length` whose residues are in 0 ... M - 1, if one of short numbers is found; to be checked. */
export function vectorFromResidues(length: number, residueAt: (i: number) => bigint, M: bigint): QVector | null {
  const bound = floorSqrt(M >> 1n);
  const n: bigint[] = [];
  let d = 1n;
  for (let at = 0; at < length; at++) {
    let value = (d * residueAt(at)) % M;
    if (2n * value > M) value -= M;
    // A value that fits only by chance does so with a probability of 2^-64 and less, and then fails the check.
    if (bitLength(abs(value)) + bitLength(d) + FAR > bitLength(M)) {
      const found = rationalOf(value < 0n ? value + M : value, M, bound);
      if (found === null) return null;
      d *= found.d;
      if (d > bound) return null;
      for (let i = 0; i < n.length; i++) n[i] = n[i]! * found.d;
      value = found.n;
    }
    n.push(value);
  }
  return { n, d };
}
