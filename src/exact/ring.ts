/** A commutative ring with decidable equality and the integers in it: what polynomials need of their coefficients. */
import { add, equals, mul, neg, ONE, type Q, showQ, ZERO } from "./rational.js";

export interface Ring<E> {
  readonly name: string;
  readonly zero: E;
  readonly one: E;
  add(a: E, b: E): E;
  mul(a: E, b: E): E;
  neg(a: E): E;
  equals(a: E, b: E): boolean;
  ofInteger(n: bigint): E;
  show(a: E): string;
}

export const rationals: Ring<Q> = Object.freeze({
  name: "Q",
  zero: ZERO,
  one: ONE,
  add,
  mul,
  neg,
  equals,
  ofInteger: (n: bigint): Q => ({ n, d: 1n }),
  show: showQ,
});

export const integers: Ring<bigint> = Object.freeze({
  name: "Z",
  zero: 0n,
  one: 1n,
  add: (a: bigint, b: bigint): bigint => a + b,
  mul: (a: bigint, b: bigint): bigint => a * b,
  neg: (a: bigint): bigint => -a,
  equals: (a: bigint, b: bigint): boolean => a === b,
  ofInteger: (n: bigint): bigint => n,
  show: String,
});
