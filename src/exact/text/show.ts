/**
 * Polynomials as text that exact/text/parse reads back: "u1*v1 - 2/3*u2*v2^2". Terms by descending degree, then in the
 * order of the variables; the zero polynomial is "0". Only rational coefficients: others have no such text.
 */
import { factorsOf } from "../monomial.js";
import type { Polynomial } from "../polynomial.js";
import { neg, type Q, showQ } from "../rational.js";

/** Keys by descending degree, then by variable: strings compare by their units, which are variable indices. */
export function termsInOrder<E>(p: Polynomial<E>): (readonly [key: string, coefficient: E])[] {
  return [...p.terms].sort(([a], [b]) => b.length - a.length || (a < b ? -1 : a > b ? 1 : 0));
}

/** The monomial alone; "1" for the empty one. */
export function showMonomial(key: string, names: readonly string[]): string {
  const factors = factorsOf(key).map(([v, power]) => (power === 1 ? names[v]! : `${names[v]!}^${power}`));
  return factors.length === 0 ? "1" : factors.join("*");
}

function showTerm(key: string, size: Q, names: readonly string[]): string {
  if (key === "") return showQ(size);
  const monomial = showMonomial(key, names);
  return size.n === 1n && size.d === 1n ? monomial : `${showQ(size)}*${monomial}`;
}

/** The text; with `limit`, at most that many terms and how many more there are. */
export function showPolynomial(p: Polynomial<Q>, names: readonly string[], limit = Number.POSITIVE_INFINITY): string {
  const terms = termsInOrder(p);
  if (terms.length === 0) return "0";
  const shown = terms.slice(0, limit).map(([key, c], i) => {
    const negative = c.n < 0n;
    const text = showTerm(key, negative ? neg(c) : c, names);
    if (i === 0) return negative ? `-${text}` : text;
    return negative ? ` - ${text}` : ` + ${text}`;
  });
  const more = terms.length - limit;
  return shown.join("") + (more > 0 ? ` + ... (${more} more terms)` : "");
}
