/**
 * Positive real constants of the form prod p^e, p primes and e rational: what the constants of AM-GM are made of.
 * Canonical (primes ascending, no zero exponent), so that equality is structural. Text in mathjs syntax, "2*sqrt(3)".
 * A base is factored by trial division; a cofactor beyond its reach stays as one base, and equality is then only as
 * good as that: two surds that look different may be equal, never the other way round.
 */
import { UseError } from "../kernel/use-error.js";
import { add, compare, mul, type Q, q, showQ, toNumber, ZERO } from "./rational.js";

export interface Surd {
  /** (base > 1, exponent != 0), bases ascending. */
  readonly factors: readonly (readonly [base: bigint, exponent: Q])[];
}

export const UNIT_SURD: Surd = Object.freeze({ factors: [] });

const TRIAL_LIMIT = 100_000n;

function primeFactors(n: bigint): Map<bigint, bigint> {
  const found = new Map<bigint, bigint>();
  let rest = n;
  for (let p = 2n; p * p <= rest && p < TRIAL_LIMIT; p += p === 2n ? 1n : 2n)
    while (rest % p === 0n) {
      found.set(p, (found.get(p) ?? 0n) + 1n);
      rest /= p;
    }
  if (rest > 1n) found.set(rest, (found.get(rest) ?? 0n) + 1n);
  return found;
}

function canonical(entries: Iterable<readonly [bigint, Q]>): Surd {
  const total = new Map<bigint, Q>();
  for (const [base, e] of entries) total.set(base, add(total.get(base) ?? ZERO, e));
  return {
    factors: [...total].filter(([, e]) => e.n !== 0n).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  };
}

/** A positive rational. */
export function surdOf(c: Q): Surd {
  if (c.n <= 0n) throw new UseError(`surd: expected a positive number, got ${showQ(c)}`);
  return canonical([
    ...[...primeFactors(c.n)].map(([p, k]) => [p, q(k)] as const),
    ...[...primeFactors(c.d)].map(([p, k]) => [p, q(-k)] as const),
  ]);
}

export const surdInteger = (n: number): Surd => surdOf(q(BigInt(n)));
export const surdTimes = (...list: readonly Surd[]): Surd => canonical(list.flatMap((s) => s.factors));
export const surdPower = (s: Surd, e: Q): Surd => canonical(s.factors.map(([p, f]) => [p, mul(f, e)] as const));
export const surdEquals = (a: Surd, b: Surd): boolean => showSurd(a) === showSurd(b);
export const isUnit = (s: Surd): boolean => s.factors.length === 0;

/** The rational part (whole powers) and the rest, with exponents in (0, 1). */
function parts(s: Surd): { readonly rational: Q; readonly roots: readonly (readonly [bigint, Q])[] } {
  let rational: Q = q(1n);
  const roots: [bigint, Q][] = [];
  for (const [p, e] of s.factors) {
    const whole = e.n >= 0n ? e.n / e.d : -((-e.n + e.d - 1n) / e.d); // floor
    let power = 1n;
    for (let i = 0n; i < (whole < 0n ? -whole : whole); i++) power *= p;
    rational = mul(rational, whole < 0n ? q(1n, power) : q(power));
    const rest = q(e.n - whole * e.d, e.d);
    if (rest.n !== 0n) roots.push([p, rest]);
  }
  return { rational, roots };
}

/** floor(a^(1/n)) for a >= 0, by Newton from above. */
function floorRoot(a: bigint, n: bigint): bigint {
  if (a < 2n) return a;
  let x = 1n << (BigInt(a.toString(2).length) / n + 1n);
  for (;;) {
    let power = 1n;
    for (let i = 1n; i < n; i++) power *= x;
    const y = ((n - 1n) * x + a / power) / n;
    if (y >= x) return x;
    x = y;
  }
}

const ROOT_BITS = 128n;

/** The nearest double, but for ties closer than 2^-120: roots are taken in integers. */
export function surdToNumber(s: Surd): number {
  const { rational, roots } = parts(s);
  let value = rational;
  for (const [p, e] of roots) {
    let power = 1n;
    for (let i = 0n; i < e.n; i++) power *= p;
    value = mul(value, q(floorRoot(power << (ROOT_BITS * e.d), e.d), 1n << ROOT_BITS));
  }
  return toNumber(value);
}

/** In mathjs syntax; roots of one exponent are gathered, "2*sqrt(6)". */
export function showSurd(s: Surd): string {
  const { rational, roots } = parts(s);
  const byExponent = new Map<string, { readonly e: Q; base: bigint }>();
  for (const [p, e] of roots) {
    const key = showQ(e);
    const known = byExponent.get(key);
    if (known === undefined) byExponent.set(key, { e, base: p });
    else known.base *= p;
  }
  const texts = [...byExponent.values()]
    .sort((a, b) => compare(a.e, b.e))
    .map(({ e, base }) => (showQ(e) === "1/2" ? `sqrt(${base})` : `${base}^(${showQ(e)})`));
  const lead = showQ(rational);
  if (texts.length === 0) return lead;
  return lead === "1" ? texts.join("*") : [lead.includes("/") ? `(${lead})` : lead, ...texts].join("*");
}
