/**
 * Sparse polynomials in finitely many variables over a ring, in canonical form: a map from the exponent vector
 * ("2,0,1") to a nonzero coefficient. Two polynomials are equal iff they have the same terms, so an identity is
 * decided, never guessed. Cost of a product: terms x terms ring operations.
 */
import { UseError } from "../kernel/use-error.js";
import type { Ring } from "./ring.js";

export interface Polynomial<E> {
  readonly ring: Ring<E>;
  readonly variables: number;
  readonly terms: ReadonlyMap<string, E>;
}

const keyOf = (exponents: readonly number[]): string => exponents.join(",");
/** The exponent vector behind a term's key. */
export const exponentsOf = (key: string): number[] => (key === "" ? [] : key.split(",").map(Number));

function build<E>(ring: Ring<E>, variables: number, entries: Iterable<[string, E]>): Polynomial<E> {
  const terms = new Map<string, E>();
  for (const [key, coefficient] of entries) {
    const before = terms.get(key);
    const sum = before === undefined ? coefficient : ring.add(before, coefficient);
    if (ring.equals(sum, ring.zero)) terms.delete(key);
    else terms.set(key, sum);
  }
  return { ring, variables, terms };
}

export function constant<E>(ring: Ring<E>, variables: number, value: E): Polynomial<E> {
  return build(ring, variables, [[keyOf(new Array(variables).fill(0)), value]]);
}

/** The variable number `index`. */
export function variable<E>(ring: Ring<E>, variables: number, index: number): Polynomial<E> {
  if (!(index >= 0 && index < variables)) throw new UseError(`polynomial: no variable ${index} among ${variables}`);
  const exponents = new Array<number>(variables).fill(0);
  exponents[index] = 1;
  return build(ring, variables, [[keyOf(exponents), ring.one]]);
}

function sameSpace<E>(p: Polynomial<E>, r: Polynomial<E>): void {
  if (p.ring !== r.ring || p.variables !== r.variables)
    throw new UseError("polynomial: expected two polynomials over one ring in the same variables");
}

export function sum<E>(p: Polynomial<E>, r: Polynomial<E>): Polynomial<E> {
  sameSpace(p, r);
  return build(p.ring, p.variables, [...p.terms, ...r.terms]);
}

export function scaled<E>(p: Polynomial<E>, by: E): Polynomial<E> {
  return build(
    p.ring,
    p.variables,
    [...p.terms].map(([k, c]): [string, E] => [k, p.ring.mul(c, by)]),
  );
}

export const difference = <E>(p: Polynomial<E>, r: Polynomial<E>): Polynomial<E> =>
  sum(p, scaled(r, p.ring.neg(p.ring.one)));

export function product<E>(p: Polynomial<E>, r: Polynomial<E>): Polynomial<E> {
  sameSpace(p, r);
  const right = [...r.terms].map(([k, c]) => [exponentsOf(k), c] as const);
  const entries: [string, E][] = [];
  for (const [k, a] of p.terms) {
    const left = exponentsOf(k);
    for (const [e, b] of right) entries.push([keyOf(left.map((x, i) => x + e[i]!)), p.ring.mul(a, b)]);
  }
  return build(p.ring, p.variables, entries);
}

/** The partial derivative in variable `index`. */
export function derivative<E>(p: Polynomial<E>, index: number): Polynomial<E> {
  const entries: [string, E][] = [];
  for (const [k, c] of p.terms) {
    const e = exponentsOf(k);
    const power = e[index]!;
    if (power === 0) continue;
    e[index] = power - 1;
    entries.push([keyOf(e), p.ring.mul(c, p.ring.ofInteger(BigInt(power)))]);
  }
  return build(p.ring, p.variables, entries);
}

export const isZero = <E>(p: Polynomial<E>): boolean => p.terms.size === 0;

export function equalPolynomials<E>(p: Polynomial<E>, r: Polynomial<E>): boolean {
  if (p.variables !== r.variables || p.terms.size !== r.terms.size) return false;
  for (const [k, c] of p.terms) {
    const other = r.terms.get(k);
    if (other === undefined || !p.ring.equals(c, other)) return false;
  }
  return true;
}

export function evaluate<E>(p: Polynomial<E>, at: readonly E[]): E {
  let total = p.ring.zero;
  for (const [k, c] of p.terms) {
    let term = c;
    exponentsOf(k).forEach((power, i) => {
      for (let j = 0; j < power; j++) term = p.ring.mul(term, at[i]!);
    });
    total = p.ring.add(total, term);
  }
  return total;
}

/** The total degrees that occur; empty for the zero polynomial. */
export function degreesOf<E>(p: Polynomial<E>): Set<number> {
  return new Set([...p.terms.keys()].map((k) => exponentsOf(k).reduce((a, b) => a + b, 0)));
}
