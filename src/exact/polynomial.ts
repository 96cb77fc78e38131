/**
 * Sparse polynomials in finitely many variables over a ring, in canonical form: a map from the monomial (exact/monomial)
 * to a nonzero coefficient. Two polynomials are equal iff they have the same terms, so an identity is decided, never
 * guessed. Cost of a product: terms x terms ring operations, bounded: beyond WORK_LIMIT it is refused in one sentence.
 */
import { UseError } from "../kernel/use-error.js";
import {
  degreeOf,
  factorsOf,
  ONE_MONOMIAL,
  runEnd,
  timesKey,
  VARIABLE_LIMIT,
  variableKey,
  withoutUnit,
} from "./monomial.js";
import type { Ring } from "./ring.js";

export interface Polynomial<E> {
  readonly ring: Ring<E>;
  readonly variables: number;
  readonly terms: ReadonlyMap<string, E>;
}

/** Term products in one operation: a few seconds. Larger expansions are not attempted. */
export const WORK_LIMIT = 4_000_000;

function checkWork(products: number): void {
  if (products > WORK_LIMIT)
    throw new UseError(
      `polynomial: expected an expansion of at most ${WORK_LIMIT} products of terms, got one of ${products}`,
    );
}

/** Adds a term in place; the one writer of term maps, so that no zero coefficient is ever kept. */
function addTerm<E>(ring: Ring<E>, terms: Map<string, E>, key: string, coefficient: E): void {
  const before = terms.get(key);
  const total = before === undefined ? coefficient : ring.add(before, coefficient);
  if (ring.equals(total, ring.zero)) terms.delete(key);
  else terms.set(key, total);
}

/** The polynomial of (monomial, coefficient) pairs; equal monomials are added up. */
export function fromTerms<E>(ring: Ring<E>, variables: number, entries: Iterable<readonly [string, E]>): Polynomial<E> {
  const terms = new Map<string, E>();
  for (const [key, coefficient] of entries) addTerm(ring, terms, key, coefficient);
  return { ring, variables, terms };
}

export const constant = <E>(ring: Ring<E>, variables: number, value: E): Polynomial<E> =>
  fromTerms(ring, variables, [[ONE_MONOMIAL, value]]);

/** The variable number `index`. */
export function variable<E>(ring: Ring<E>, variables: number, index: number): Polynomial<E> {
  if (!(index >= 0 && index < variables)) throw new UseError(`polynomial: no variable ${index} among ${variables}`);
  if (variables > VARIABLE_LIMIT)
    throw new UseError(`polynomial: expected at most ${VARIABLE_LIMIT} variables, got ${variables}`);
  return fromTerms(ring, variables, [[variableKey(index), ring.one]]);
}

function sameSpace<E>(p: Polynomial<E>, r: Polynomial<E>): void {
  if (p.ring !== r.ring || p.variables !== r.variables)
    throw new UseError("polynomial: expected two polynomials over one ring in the same variables");
}

export const sum = <E>(p: Polynomial<E>, r: Polynomial<E>): Polynomial<E> => sumOf([p, r]);

/** The sum of one polynomial or more. */
export function sumOf<E>(list: readonly Polynomial<E>[]): Polynomial<E> {
  const [first] = list;
  if (first === undefined) throw new UseError("polynomial: expected at least one polynomial to add");
  const terms = new Map(first.terms);
  for (const p of list.slice(1)) {
    sameSpace(first, p);
    for (const [key, c] of p.terms) addTerm(first.ring, terms, key, c);
  }
  return { ring: first.ring, variables: first.variables, terms };
}

export const scaled = <E>(p: Polynomial<E>, by: E): Polynomial<E> =>
  mapCoefficients(p, p.ring, (c) => p.ring.mul(c, by));

export const negated = <E>(p: Polynomial<E>): Polynomial<E> => scaled(p, p.ring.neg(p.ring.one));
export const difference = <E>(p: Polynomial<E>, r: Polynomial<E>): Polynomial<E> => sum(p, negated(r));

export const product = <E>(p: Polynomial<E>, r: Polynomial<E>): Polynomial<E> => dotProduct([p], [r]);

/** sum_i ps_i rs_i, expanded into one map. */
export function dotProduct<E>(ps: readonly Polynomial<E>[], rs: readonly Polynomial<E>[]): Polynomial<E> {
  const [first] = ps;
  if (first === undefined || ps.length !== rs.length)
    throw new UseError(`polynomial: expected two equally long lists, got ${ps.length} and ${rs.length}`);
  checkWork(ps.reduce((work, p, i) => work + p.terms.size * rs[i]!.terms.size, 0));
  const { ring, variables } = first;
  const terms = new Map<string, E>();
  ps.forEach((p, i) => {
    const r = rs[i]!;
    sameSpace(first, p);
    sameSpace(first, r);
    for (const [k, a] of p.terms) {
      const plain = ring.equals(a, ring.one);
      for (const [l, b] of r.terms) addTerm(ring, terms, timesKey(k, l), plain ? b : ring.mul(a, b));
    }
  });
  return { ring, variables, terms };
}

/** p^n for n >= 0, by repeated squaring. */
export function power<E>(p: Polynomial<E>, n: number): Polynomial<E> {
  if (!(Number.isSafeInteger(n) && n >= 0))
    throw new UseError(`polynomial: expected a power that is an integer >= 0, got ${n}`);
  let result = constant(p.ring, p.variables, p.ring.one);
  let base = p;
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = product(result, base);
    if (left > 1) base = product(base, base);
  }
  return result;
}

/**
 * Adds the derivative of c k in the variable whose units in k are those from `at` to `end`. Different monomials have
 * different derivatives in one variable, so that nothing is there to add it to.
 */
function addSlope<E>(ring: Ring<E>, terms: Map<string, E>, k: string, c: E, at: number, end: number): void {
  if (end - at === 1) terms.set(withoutUnit(k, at), c);
  else addTerm(ring, terms, withoutUnit(k, at), ring.mul(c, ring.ofInteger(BigInt(end - at))));
}

/** The partial derivative in variable `index`. */
export function derivative<E>(p: Polynomial<E>, index: number): Polynomial<E> {
  const { ring, variables } = p;
  const terms = new Map<string, E>();
  const unit = variableKey(index);
  for (const [k, c] of p.terms) {
    const at = k.indexOf(unit);
    if (at >= 0) addSlope(ring, terms, k, c, at, runEnd(k, at));
  }
  return { ring, variables, terms };
}

/** All partial derivatives, by variable; one pass over the terms. */
export function gradient<E>(p: Polynomial<E>): Polynomial<E>[] {
  const { ring, variables } = p;
  const blank = () => ({ ring, variables, terms: new Map<string, E>() });
  // Most polynomials have few of the variables: the derivatives in all others are one and the same zero.
  const none = blank();
  const slopes = new Array<typeof none>(variables).fill(none);
  for (const [k, c] of p.terms)
    for (let at = 0; at < k.length; ) {
      const v = k.charCodeAt(at);
      if (slopes[v] === none) slopes[v] = blank();
      const end = runEnd(k, at);
      addSlope(ring, slopes[v]!.terms, k, c, at, end);
      at = end;
    }
  return slopes;
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
    for (let i = 0; i < k.length; i++) term = p.ring.mul(term, at[k.charCodeAt(i)]!);
    total = p.ring.add(total, term);
  }
  return total;
}

/** p with polynomials put in place of its variables: one for each, all in the same variables. Cost: that of the products. */
export function compose<E>(p: Polynomial<E>, by: readonly Polynomial<E>[]): Polynomial<E> {
  const variables = by[0]?.variables;
  if (by.length !== p.variables || variables === undefined)
    throw new UseError(`polynomial: expected ${p.variables} polynomials to put in, at least one, got ${by.length}`);
  const parts = [constant(p.ring, variables, p.ring.zero)];
  for (const [key, coefficient] of p.terms) {
    let term = constant(p.ring, variables, coefficient);
    for (const [v, times] of factorsOf(key)) term = product(term, power(by[v]!, times));
    parts.push(term);
  }
  return sumOf(parts);
}

/** The same polynomial over another ring, coefficient by coefficient. */
export function mapCoefficients<E, F>(p: Polynomial<E>, ring: Ring<F>, f: (c: E) => F): Polynomial<F> {
  const terms = new Map<string, F>();
  for (const [k, c] of p.terms) {
    const image = f(c);
    if (!ring.equals(image, ring.zero)) terms.set(k, image);
  }
  return { ring, variables: p.variables, terms };
}

/** The total degrees that occur; empty for the zero polynomial. */
export function degreesOf<E>(p: Polynomial<E>): Set<number> {
  const degrees = new Set<number>();
  for (const k of p.terms.keys()) degrees.add(degreeOf(k));
  return degrees;
}
