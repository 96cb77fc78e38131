/**
 * Numbers of about 106 bits as unevaluated sums hi + lo of two doubles, |lo| <= ulp(hi)/2: the error of a sum (Knuth) and of a
 * product (Dekker's splitting; no fused instruction is needed) is itself a double. Relative error of an operation at most
 * 2^-102 (Dekker 1971, Joldes-Muller-Popescu 2017), as long as nothing leaves [2^-900, 2^900]. Exponents are those of
 * doubles. Cost: 20 to 40 operations of doubles each; loops over arrays are in wide-dense.ts.
 */
export interface Wide {
  readonly hi: number;
  readonly lo: number;
}

/** 2^27 + 1: splits a double into two halves of 26 bits. */
const SPLITTER = 134217729;

/** a + b exactly. */
export function twoSum(a: number, b: number): Wide {
  const hi = a + b;
  const c = hi - a;
  return { hi, lo: a - (hi - c) + (b - c) };
}

/** a b exactly. */
export function twoProduct(a: number, b: number): Wide {
  const hi = a * b;
  const s = SPLITTER * a;
  const aHi = s - (s - a);
  const aLo = a - aHi;
  const t = SPLITTER * b;
  const bHi = t - (t - b);
  const bLo = b - bHi;
  return { hi, lo: aHi * bHi - hi + aHi * bLo + aLo * bHi + aLo * bLo };
}

/** hi + lo as a pair, for |hi| >= |lo|. */
function normal(hi: number, lo: number): Wide {
  const sum = hi + lo;
  return { hi: sum, lo: lo - (sum - hi) };
}

export const WIDE_ZERO: Wide = Object.freeze({ hi: 0, lo: 0 });
export const wide = (x: number): Wide => ({ hi: x, lo: 0 });
export const narrow = ({ hi, lo }: Wide): number => hi + lo;
export const negWide = ({ hi, lo }: Wide): Wide => ({ hi: -hi, lo: -lo });

export function addWide(a: Wide, b: Wide): Wide {
  const s = twoSum(a.hi, b.hi);
  const t = twoSum(a.lo, b.lo);
  const u = normal(s.hi, s.lo + t.hi);
  return normal(u.hi, u.lo + t.lo);
}

export const subWide = (a: Wide, b: Wide): Wide => addWide(a, negWide(b));

export function mulWide(a: Wide, b: Wide): Wide {
  const p = twoProduct(a.hi, b.hi);
  return normal(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

/** Two digits of a long division by doubles, and a third. */
export function divWide(a: Wide, b: Wide): Wide {
  const first = a.hi / b.hi;
  const rest = subWide(a, mulWide(b, wide(first)));
  const second = rest.hi / b.hi;
  const third = subWide(rest, mulWide(b, wide(second))).hi / b.hi;
  const q = normal(first, second);
  return addWide(q, wide(third));
}

/** For a >= 0: one step of Newton from the root of the double (Karp). */
export function rootWide(a: Wide): Wide {
  if (a.hi <= 0) return WIDE_ZERO;
  const x = Math.sqrt(a.hi);
  const rest = subWide(a, twoProduct(x, x));
  return addWide(wide(x), divWide(rest, wide(2 * x)));
}
