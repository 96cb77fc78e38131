/**
 * Polynomials in one variable over the integers, dense, lowest degree first, without leading zeros: division, gcd,
 * resultant, evaluation. The zero polynomial is []. Cost: quadratic in the degree; the gcd by primitive pseudo-remainders.
 */
import { determinant } from "./linear.js";
import { gcd } from "./rational.js";

export type Univariate = readonly bigint[];

export function trimmed(p: readonly bigint[]): bigint[] {
  let n = p.length;
  while (n > 0 && p[n - 1] === 0n) n -= 1;
  return p.slice(0, n);
}

/** The degree; -1 for the zero polynomial. */
export const degree = (p: Univariate): number => p.length - 1;

export function multiply(p: Univariate, r: Univariate): bigint[] {
  if (p.length === 0 || r.length === 0) return [];
  const out = new Array<bigint>(p.length + r.length - 1).fill(0n);
  p.forEach((a, i) => {
    if (a !== 0n)
      r.forEach((b, j) => {
        out[i + j] = out[i + j]! + a * b;
      });
  });
  return out;
}

/** Quotient and remainder by a divisor with leading coefficient 1. */
export function divideMonic(
  p: Univariate,
  by: Univariate,
): { readonly quotient: bigint[]; readonly remainder: bigint[] } {
  const rest = [...p];
  const n = degree(by);
  const quotient = new Array<bigint>(Math.max(0, p.length - n)).fill(0n);
  for (let i = rest.length - 1; i >= n; i--) {
    const c = rest[i]!;
    if (c === 0n) continue;
    quotient[i - n] = c;
    for (let j = 0; j <= n; j++) rest[i - n + j] = rest[i - n + j]! - c * by[j]!;
  }
  return { quotient: trimmed(quotient), remainder: trimmed(rest.slice(0, n)) };
}

const content = (p: Univariate): bigint => p.reduce((g, c) => gcd(g, c), 0n);

/** Divided by the gcd of its coefficients, with a positive leading coefficient. */
export function primitivePart(p: Univariate): bigint[] {
  if (p.length === 0) return [];
  const g = p[p.length - 1]! < 0n ? -content(p) : content(p);
  return p.map((c) => c / g);
}

/** The remainder of lc(by)^k p by `by`, up to the positive or negative factor that keeps it integral. */
function pseudoRemainder(p: Univariate, by: Univariate): bigint[] {
  let rest = [...p];
  const n = degree(by);
  const lead = by[n]!;
  while (rest.length - 1 >= n) {
    const top = rest[rest.length - 1]!;
    const shift = rest.length - 1 - n;
    rest = trimmed(rest.map((c, i) => c * lead - (i >= shift ? top * by[i - shift]! : 0n)));
  }
  return rest;
}

/** The greatest common divisor in Z[x], with a positive leading coefficient; [] only if both are zero. */
export function gcdOf(p: Univariate, r: Univariate): bigint[] {
  const scale = gcd(content(p), content(r));
  let [a, b] = [primitivePart(p), primitivePart(r)];
  while (b.length > 0) [a, b] = [b, primitivePart(pseudoRemainder(a, b))];
  return a.map((c) => c * scale);
}

/** The resultant, the determinant of the Sylvester matrix: 0 iff p and r have a common root (both of degree >= 0). */
export function resultant(p: Univariate, r: Univariate): bigint {
  if (p.length === 0 || r.length === 0) return 0n;
  const [m, n] = [degree(p), degree(r)];
  const row = (c: Univariate, shift: number): bigint[] =>
    Array.from({ length: m + n }, (_, j) => [...c].reverse()[j - shift] ?? 0n);
  return determinant([
    ...Array.from({ length: n }, (_, i) => row(p, i)),
    ...Array.from({ length: m }, (_, i) => row(r, i)),
  ]);
}

/** The cyclotomic polynomial Phi_n: x^n - 1 divided by all Phi_d with d | n, d < n. */
export function cyclotomicPolynomial(n: number): bigint[] {
  let p = [-1n, ...new Array<bigint>(n - 1).fill(0n), 1n];
  for (let d = 1; d < n; d++) if (n % d === 0) p = divideMonic(p, cyclotomicPolynomial(d)).quotient;
  return p;
}
