/**
 * The norms |b|_p = (sum |b_d|^p)^(1/p) for a rational p = n/d > 1, and the dual ones, of exponent n/(n - d), enclosed in fixed
 * point: entries over a power of two near the largest, roots of order d and powers of order n, which lose nothing since
 * no exponent is below 1. Named "lp:n/d", or "lp:n", in lowest terms. Cost: a root and a power of 240-bit numbers an entry.
 */
import {
  addFixed,
  FIXED_ZERO,
  type Fixed,
  fixedDyadic,
  maxFixed,
  powerFixed,
  rootFixed,
  subFixed,
} from "../fixed-interval.js";
import { gcd, q } from "../rational.js";
import { peakBits } from "../spectrum.js";
import type { QVector } from "../vector.js";
import type { Enclosed, EnclosedNorm } from "./enclosed.js";

export interface Exponent {
  readonly n: number;
  readonly d: number;
}

/** Roots and powers of higher order are not taken: 64-th powers of entries between 1/2 and 1 still leave 176 bits. */
export const LARGEST_ORDER = 64;

const PATTERN = /^lp:([1-9][0-9]{0,2})(?:\/([1-9][0-9]{0,2}))?$/;

/** n/d in lowest terms with 1 < n/d and n <= 64; null otherwise. */
export function exponentOf(name: string): Exponent | null {
  const match = PATTERN.exec(name);
  if (match === null) return null;
  const [n, d] = [Number(match[1]), Number(match[2] ?? 1)];
  const short = gcd(BigInt(n), BigInt(d)) === 1n && (match[2] === undefined || d > 1);
  return short && n > d && n <= LARGEST_ORDER ? { n, d } : null;
}

export const powerName = ({ n, d }: Exponent): string => (d === 1 ? `lp:${n}` : `lp:${n}/${d}`);

/** The exponent of the dual norm. */
export const conjugate = ({ n, d }: Exponent): Exponent => {
  const common = Number(gcd(BigInt(n), BigInt(n - d)));
  return { n: n / common, d: (n - d) / common };
};

function power(v: QVector, { n, d }: Exponent): Enclosed {
  const bits = peakBits(v);
  let sum: Fixed = FIXED_ZERO;
  for (const x of v.n) {
    const entry = fixedDyadic(x, bits);
    const size = maxFixed(FIXED_ZERO, maxFixed(entry, subFixed(FIXED_ZERO, entry)));
    sum = addFixed(sum, powerFixed(rootFixed(size, d), n));
  }
  return { value: powerFixed(rootFixed(sum, n), d), unit: q(1n << bits, v.d) };
}

export const powerNorm = (p: Exponent): EnclosedNorm => {
  const dual = conjugate(p);
  return { primal: (b) => power(b, p), dual: (z) => power(z, dual) };
};
