/**
 * Certificates of algebra: plain JSON, numbers as rationals "p/q". Polynomials are lists of terms over named variables;
 * coefficients are rationals, or, over Q(zeta_n), lists of phi(n) rationals, the coefficients of 1, zeta, zeta^2, ...
 * A judge multiplies out and compares; nothing in them is a statement in words.
 */
import type { Rational } from "./rational-text.js";

export type CoefficientJSON = Rational | readonly Rational[];

/** Terms: a coefficient and the (variable index, power) pairs that occur, powers >= 1, no monomial twice. */
export type PolynomialJSON = readonly (readonly [
  coefficient: CoefficientJSON,
  factors: readonly (readonly [variable: number, power: number])[],
])[];

/** An expression in the polynomials and variables of a certificate. */
export type ExpressionJSON =
  | { readonly poly: number }
  | { readonly variable: number }
  | { readonly constant: CoefficientJSON }
  | { readonly sum: readonly ExpressionJSON[] }
  | { readonly product: readonly ExpressionJSON[] }
  | { readonly power: readonly [ExpressionJSON, number] }
  /** The partial derivative in a variable. */
  | { readonly derivative: readonly [ExpressionJSON, number] };

/** Each pair of expressions is the same polynomial, over Q(zeta_order); order 1 is Q. */
export interface PolyIdentityCertificate {
  readonly kind: "poly-identity";
  readonly order: number;
  readonly variables: readonly string[];
  readonly polynomials: readonly PolynomialJSON[];
  readonly identities: readonly (readonly [ExpressionJSON, ExpressionJSON])[];
}

/**
 * target = the sum of weight * square^2 over `squares`, weights >= 0, over Q, so target >= 0 everywhere. With `classes`
 * (disjoint lists of variables that may be exchanged) the target is symmetric under all exchanges within a class, and equal
 * to the average over them of the sum: one square stands for its orbit.
 */
export interface SumOfSquaresCertificate {
  readonly kind: "sum-of-squares";
  readonly variables: readonly string[];
  readonly target: ExpressionJSON;
  readonly classes: readonly (readonly number[])[];
  readonly squares: readonly { readonly weight: Rational; readonly of: PolynomialJSON }[];
}

/**
 * `basis` is a basis of all polynomials q of degree 1 to 2 without constant term, in the variables that occur in
 * `polynomials`, with <grad q, grad P_d> = 0 for every P_d of `polynomials`: the conserved quantities of gradient flow
 * w' = J(w)^T g(t), whatever g. Complete: the judge finds the rank of the conditions.
 */
export interface NullspaceCertificate {
  readonly kind: "nullspace";
  readonly variables: readonly string[];
  readonly polynomials: readonly PolynomialJSON[];
  readonly basis: readonly PolynomialJSON[];
}

export type AlgebraCertificate = PolyIdentityCertificate | SumOfSquaresCertificate | NullspaceCertificate;
