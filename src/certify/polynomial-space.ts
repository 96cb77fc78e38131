/**
 * Polynomials as the judge computes with them: Z[zeta_order][variables] over one positive denominator, so that no sum pays
 * for a gcd. Every operation is paid for before it is done: what would exceed a limit is refused, whatever JSON asks for.
 * Degree, bits and spread (nonzero entries of a coefficient) are upper bounds that travel with a value. One unit of work
 * is at most a microsecond, so that all of WORK is a few seconds.
 */
import { type CyclotomicField, cyclotomicField } from "../exact/cyclotomic.js";
import { degreeOf } from "../exact/monomial.js";
import {
  constant,
  derivative,
  equalPolynomials,
  isZero,
  negated,
  type Polynomial,
  product,
  scaled,
  sumOf,
  WORK_LIMIT,
} from "../exact/polynomial.js";
import { gcd } from "../exact/rational.js";
import { integers, type Ring } from "../exact/ring.js";
import { Refusal, refuse } from "./reading.js";

/** All work of one certificate. */
const WORK = 4_000_000;
/** Degree of a polynomial: a monomial is as long as its degree. */
export const DEGREE_LIMIT = 256;
/** Bits of a coefficient or a denominator. */
const BITS_LIMIT = 20_000;
const ORDER_LIMIT = 1000;
/** phi(order). */
const DIMENSION_LIMIT = 256;

export const tooLarge = (what: string): Refusal => refuse(`too large for this judge: ${what}`, "too-large");

/** Where the polynomials of one certificate live; what it spends is spent for the whole certificate. */
export interface Space<E> {
  readonly ring: Ring<E>;
  readonly names: readonly string[];
  readonly order: number;
  /** phi(order), the entries of a coefficient. */
  readonly dimension: number;
  /** The integer combination of 1, zeta, ..., zeta^(dimension - 1). */
  fromEntries(entries: readonly bigint[]): E;
  /** Whether there was so much work left; then it is used up. */
  spend(work: number): boolean;
}

/** Upper bounds: what an operation is going to cost. */
interface Size {
  readonly degree: number;
  /** Of coefficients and denominator. */
  readonly bits: number;
  /** Nonzero entries of a coefficient. */
  readonly spread: number;
}

/** numerator / denominator. */
export interface Value<E> extends Size {
  readonly numerator: Polynomial<E>;
  readonly denominator: bigint;
}

const integerSize = (n: bigint): Size => ({ degree: 0, bits: bitsOf(n), spread: 1 });

function purse(): (work: number) => boolean {
  let left = WORK;
  return (work) => {
    left -= work;
    return left >= 0;
  };
}

export const rationalSpace = (names: readonly string[]): Space<bigint> => ({
  ring: integers,
  names,
  order: 1,
  dimension: 1,
  fromEntries: ([c]) => c!,
  spend: purse(),
});

type Entries = ReturnType<CyclotomicField["zeta"]>;

/** Over Q(zeta_order); its integers are the elements with denominator 1. */
export function cyclotomicSpace(names: readonly string[], order: number): Space<Entries> | Refusal {
  if (order > ORDER_LIMIT) return tooLarge(`a root of unity of order above ${ORDER_LIMIT}`);
  const field = cyclotomicField(order);
  if (field.dimension > DIMENSION_LIMIT) return tooLarge(`a field of dimension above ${DIMENSION_LIMIT}`);
  const fromEntries = (n: readonly bigint[]): Entries => ({ n, d: 1n });
  return { ring: field, names, order, dimension: field.dimension, fromEntries, spend: purse() };
}

/** At least the bits of `a`, and less than four more. */
export const bitsOf = (a: bigint): number => (a < 0n ? -a : a).toString(16).length * 4;

const OVER_WORK = "an expansion of too many terms";
const LONG = `a coefficient of more than ${BITS_LIMIT} bits`;
const words = (bits: number): number => Math.ceil(bits / 64);
/** Bits that adding up `count` numbers may need more; bits of zeta powers in the basis are within the ten. */
const carry = (count: number): number => 32 - Math.clz32(count);

/** Units of one product of coefficients. */
function productCost<E>(space: Space<E>, a: Size, b: Size): number {
  const pairs = a.spread * b.spread;
  const integersCost = (pairs * words(a.bits) * words(b.bits)) / 16;
  const keys = (a.degree + b.degree) / 16;
  if (space.order === 1) return 2 + keys + integersCost;
  const folding = (pairs + Math.min(space.order, pairs) * space.dimension * words(a.bits + b.bits)) / 8;
  return 2 + keys + integersCost + folding + space.order / 32;
}

/** The value of (monomial, entries of its coefficient) pairs over one denominator; no monomial may occur twice. */
export function valueFrom<E>(
  space: Space<E>,
  terms: readonly (readonly [key: string, entries: readonly bigint[]])[],
  denominator: bigint,
): Value<E> {
  const numerator = new Map(terms.map(([key, entries]) => [key, space.fromEntries(entries)] as const));
  let [degree, bits, spread] = [0, bitsOf(denominator), 1];
  for (const [key, entries] of terms) {
    degree = Math.max(degree, degreeOf(key));
    for (const x of entries) bits = Math.max(bits, bitsOf(x));
    spread = Math.max(spread, entries.filter((x) => x !== 0n).length);
  }
  const { ring, names } = space;
  return { numerator: { ring, variables: names.length, terms: numerator }, denominator, degree, bits, spread };
}

/** A monomial with the coefficient 1. */
export const unitValue = <E>(space: Space<E>, key: string): Value<E> =>
  valueFrom(space, [[key, Array.from({ length: space.dimension }, (_, i) => (i === 0 ? 1n : 0n))]], 1n);

export function productValue<E>(space: Space<E>, a: Value<E>, b: Value<E>): Value<E> | Refusal {
  const pairs = a.numerator.terms.size * b.numerator.terms.size;
  const degree = a.degree + b.degree;
  const extra = carry(Math.min(a.numerator.terms.size, b.numerator.terms.size) * space.dimension);
  const bits = a.bits + b.bits + extra + (space.order === 1 ? 0 : 10);
  if (degree > DEGREE_LIMIT) return tooLarge(`a degree above ${DEGREE_LIMIT}`);
  if (bits > BITS_LIMIT) return tooLarge(LONG);
  if (pairs > WORK_LIMIT || !space.spend(1 + pairs * productCost(space, a, b))) return tooLarge(OVER_WORK);
  return {
    numerator: product(a.numerator, b.numerator),
    denominator: a.denominator * b.denominator,
    degree,
    bits,
    spread: space.dimension,
  };
}

/** a^n for n >= 1, one factor after the other: with many variables squares of squares would cost more. */
export function powerValue<E>(space: Space<E>, a: Value<E>, n: number): Value<E> | Refusal {
  if (n > DEGREE_LIMIT) return tooLarge(`a power above ${DEGREE_LIMIT}`);
  let result = a;
  for (let i = 1; i < n; i++) {
    const next = productValue(space, result, a);
    if (next instanceof Refusal) return next;
    result = next;
  }
  return result;
}

/** The least common multiple, not above the limit. */
export function commonDenominator<E>(space: Space<E>, denominators: Iterable<bigint>): bigint | Refusal {
  let common = 1n;
  for (const d of denominators) {
    if (common % d === 0n) continue;
    if (!space.spend(1 + (words(bitsOf(common)) * words(bitsOf(d))) / 64)) return tooLarge(OVER_WORK);
    common = (common / gcd(common, d)) * d;
    if (bitsOf(common) > BITS_LIMIT) return tooLarge(`a common denominator of more than ${BITS_LIMIT} bits`);
  }
  return common;
}

export function sumValue<E>(space: Space<E>, values: readonly Value<E>[]): Value<E> | Refusal {
  const denominator = commonDenominator(
    space,
    values.map((v) => v.denominator),
  );
  if (denominator instanceof Refusal) return denominator;
  const parts = [constant(space.ring, space.names.length, space.ring.zero)];
  let [degree, bits, spread] = [0, bitsOf(denominator), 1];
  for (const v of values) {
    const by = denominator / v.denominator;
    degree = Math.max(degree, v.degree);
    bits = Math.max(bits, by === 1n ? v.bits : v.bits + bitsOf(by));
    spread = Math.min(space.dimension, spread + v.spread);
    if (bits > BITS_LIMIT) return tooLarge(LONG);
    if (!space.spend(1 + v.numerator.terms.size * productCost(space, v, integerSize(by)))) return tooLarge(OVER_WORK);
    parts.push(by === 1n ? v.numerator : scaled(v.numerator, space.ring.ofInteger(by)));
  }
  return { numerator: sumOf(parts), denominator, degree, bits: bits + carry(values.length), spread };
}

export function derivativeValue<E>(space: Space<E>, a: Value<E>, variable: number): Value<E> | Refusal {
  const each = space.order === 1 ? 1 / 4 : productCost(space, a, integerSize(1n));
  if (!space.spend(1 + a.numerator.terms.size * each)) return tooLarge(OVER_WORK);
  return { ...a, numerator: derivative(a.numerator, variable), bits: a.bits + carry(DEGREE_LIMIT) };
}

/** Whether a = b, decided. */
export function equalValues<E>(space: Space<E>, a: Value<E>, b: Value<E>): boolean | Refusal {
  if (!space.spend(1 + a.numerator.terms.size)) return tooLarge(OVER_WORK);
  if (a.denominator === b.denominator) return equalPolynomials(a.numerator, b.numerator);
  const difference = sumValue(space, [a, { ...b, numerator: negated(b.numerator) }]);
  return difference instanceof Refusal ? difference : isZero(difference.numerator);
}
