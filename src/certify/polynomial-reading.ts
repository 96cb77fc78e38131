/**
 * How the judges of algebra read polynomials (kernel/algebra-certificate): canonical or refused. No zero coefficient, no
 * monomial twice, no variable twice in a monomial, powers from 1, variables in range. The inverse of exact/certificates.
 * Lists are counted before they are gone through. Cost: that of reading the numbers.
 */
import { keyOf } from "../exact/monomial.js";
import type { Q } from "../exact/rational.js";
import {
  bitsOf,
  commonDenominator,
  DEGREE_LIMIT,
  type Space,
  tooLarge,
  type Value,
  valueFrom,
} from "./polynomial-space.js";
import { Refusal, readRational, refuse } from "./reading.js";

/** Characters of one number: a fraction of that length costs 50 microseconds to read. */
const NUMBER_LENGTH = 2000;
const VARIABLE_LIMIT = 4096;
/** Units of work for a term, a polynomial, a node of an expression: a certificate may have 400 000 of them. */
export const PIECE_COST = 10;
/** Bits of all coefficients of a polynomial over its common denominator. */
const POLYNOMIAL_BITS = 100_000_000;

export const OVER_TERMS = "too many terms";
const HIGH = `a degree above ${DEGREE_LIMIT}`;

/** A name is one word without operators, so that a statement cannot be misread: w1_0, u', beta[3]. */
const NAME = /^[\p{L}_$][\p{L}\p{M}\p{N}_$'.[\]]{0,39}$/u;

export function readNames(value: unknown): readonly string[] | Refusal {
  if (!Array.isArray(value)) return refuse("variables must be a list of names");
  if (value.length > VARIABLE_LIMIT) return tooLarge(`more than ${VARIABLE_LIMIT} variables`);
  const names: string[] = [];
  for (const name of value as readonly unknown[]) {
    if (typeof name !== "string" || !NAME.test(name) || name === "zeta")
      return refuse("a variable must have a name: a letter, then letters, digits or _ ' . [ ], at most 40, not zeta");
    names.push(name);
  }
  return new Set(names).size === names.length ? names : refuse("two variables must not have one name");
}

export const isIndex = (value: unknown, below: number): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value < below;

/** An integer >= 1 that is written exactly. */
export const isPower = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 1;

/** The entries of a coefficient: of a rational, or over Q(zeta_order), order > 1, of a list of phi(order) rationals. */
function readEntries<E>(value: unknown, space: Space<E>): readonly Q[] | Refusal {
  const listed = Array.isArray(value);
  if (listed && (space.order === 1 || value.length !== space.dimension))
    return refuse(`a coefficient must be a rational or, over Q(zeta_n), n > 1, a list of phi(n) rationals`);
  const entries: Q[] = [];
  for (const text of listed ? (value as readonly unknown[]) : [value]) {
    const length = typeof text === "string" ? text.length : 0;
    if (length > NUMBER_LENGTH) return tooLarge(`a number of more than ${NUMBER_LENGTH} characters`);
    if (!space.spend(1 + length / 16)) return tooLarge(OVER_TERMS);
    const entry = readRational(text, "a coefficient");
    if (entry instanceof Refusal) return entry;
    entries.push(entry);
  }
  return entries;
}

/** The value of monomials with rational entries, zero behind the last. */
function overOneDenominator<E>(
  space: Space<E>,
  terms: readonly (readonly [key: string, entries: readonly Q[]])[],
): Value<E> | Refusal {
  const d = commonDenominator(
    space,
    terms.flatMap(([, entries]) => entries.map((c) => c.d)),
  );
  if (d instanceof Refusal) return d;
  if (bitsOf(d) * terms.length * space.dimension > POLYNOMIAL_BITS) return tooLarge("a polynomial of too many bits");
  const integral = terms.map(([key, entries]) => {
    const whole = Array.from({ length: space.dimension }, (_, i) => {
      const c = entries[i];
      return c === undefined ? 0n : c.n * (d / c.d);
    });
    return [key, whole] as const;
  });
  return valueFrom(space, integral, d);
}

/** A constant may be 0, unlike a coefficient. */
export function readConstant<E>(value: unknown, space: Space<E>): Value<E> | Refusal {
  const entries = readEntries(value, space);
  if (entries instanceof Refusal) return entries;
  return overOneDenominator(space, entries.every((c) => c.n === 0n) ? [] : [["", entries]]);
}

/** The key of a monomial's (variable, power) pairs. */
function readMonomial<E>(value: unknown, space: Space<E>): string | Refusal {
  if (!Array.isArray(value)) return refuse("a monomial must be a list of (variable, power) pairs");
  if (value.length > DEGREE_LIMIT) return tooLarge(HIGH);
  if (!space.spend(value.length)) return tooLarge(OVER_TERMS);
  const factors: (readonly [number, number])[] = [];
  let degree = 0;
  for (const pair of value as readonly unknown[]) {
    if (!Array.isArray(pair) || pair.length !== 2) return refuse("a factor must be a pair of a variable and a power");
    const [variable, power] = pair as readonly unknown[];
    if (!isIndex(variable, space.names.length)) return refuse("a factor must be a variable of the certificate");
    if (!isPower(power)) return refuse("a power must be an integer from 1");
    degree += power;
    if (degree > DEGREE_LIMIT) return tooLarge(HIGH);
    factors.push([variable, power]);
  }
  if (new Set(factors.map(([v]) => v)).size !== factors.length)
    return refuse("a variable must not occur twice in a monomial");
  return keyOf(factors);
}

export function readPolynomial<E>(value: unknown, space: Space<E>): Value<E> | Refusal {
  if (!Array.isArray(value)) return refuse("a polynomial must be a list of terms");
  if (!space.spend(PIECE_COST * (1 + value.length))) return tooLarge(OVER_TERMS);
  const terms = new Map<string, readonly Q[]>();
  for (const term of value as readonly unknown[]) {
    if (!Array.isArray(term) || term.length !== 2) return refuse("a term must be a pair of coefficient and monomial");
    const entries = readEntries(term[0], space);
    if (entries instanceof Refusal) return entries;
    if (entries.every((c) => c.n === 0n)) return refuse("a polynomial must not have a zero coefficient");
    const key = readMonomial(term[1], space);
    if (key instanceof Refusal) return key;
    if (terms.has(key)) return refuse("a polynomial must not have a monomial twice");
    terms.set(key, entries);
  }
  return overOneDenominator(space, [...terms]);
}

export function readPolynomials<E>(value: unknown, space: Space<E>, name: string): readonly Value<E>[] | Refusal {
  if (!Array.isArray(value)) return refuse(`${name} must be a list of polynomials`);
  if (!space.spend(PIECE_COST * value.length)) return tooLarge(OVER_TERMS);
  const polynomials: Value<E>[] = [];
  for (const item of value as readonly unknown[]) {
    const polynomial = readPolynomial(item, space);
    if (polynomial instanceof Refusal) return polynomial;
    polynomials.push(polynomial);
  }
  return polynomials;
}
