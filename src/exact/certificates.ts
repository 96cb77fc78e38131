/**
 * Builders of certificates of algebra (kernel/algebra-certificate) from exact polynomials, for the side that derives. They
 * write down and check nothing: that is the judge's part, whose reading (certify/polynomial-reading) is the inverse.
 * Variables and polynomials of a certificate are numbered from 0, in the order of their lists. Cost: one pass over the terms.
 */
import type {
  CoefficientJSON,
  ExpressionJSON,
  NullspaceCertificate,
  PolyIdentityCertificate,
  PolynomialJSON,
  SumOfSquaresCertificate,
} from "../kernel/algebra-certificate.js";
import type { Cyclotomic } from "./cyclotomic.js";
import { factorsOf } from "./monomial.js";
import type { PolyMap } from "./polymap.js";
import type { Polynomial } from "./polynomial.js";
import { type Q, q, showQ } from "./rational.js";
import { termsInOrder } from "./text/show.js";

/** A number of Q(zeta_n) as its phi(n) entries over 1, zeta, zeta^2, ... */
export const cyclotomicJSON = (a: Cyclotomic): CoefficientJSON => a.n.map((x) => showQ(q(x, a.d)));

const termsJSON = <E>(p: Polynomial<E>, coefficient: (c: E) => CoefficientJSON): PolynomialJSON =>
  termsInOrder(p).map(([key, c]) => [coefficient(c), factorsOf(key)] as const);

/** The terms by descending degree, over Q. */
export const polynomialJSON = (p: Polynomial<Q>): PolynomialJSON => termsJSON(p, showQ);

/** Over Q(zeta_n), n > 1: the order of the field belongs into the certificate. */
export const cyclotomicPolynomialJSON = (p: Polynomial<Cyclotomic>): PolynomialJSON => termsJSON(p, cyclotomicJSON);

export interface IdentityParts {
  readonly variables: readonly string[];
  readonly polynomials: readonly PolynomialJSON[];
  readonly identities: readonly (readonly [ExpressionJSON, ExpressionJSON])[];
  /** 1, that is Q, if left out. */
  readonly order?: number;
}

export const identityCertificate = ({ order = 1, ...parts }: IdentityParts): PolyIdentityCertificate => ({
  kind: "poly-identity",
  order,
  variables: parts.variables,
  polynomials: parts.polynomials,
  identities: parts.identities,
});

/** Euler: sum_i w_i dP_k/dw_i = degree * P_k for every coordinate, so that P(c w) = c^degree P(w). The scale plays no part. */
export function eulerCertificate(map: PolyMap<Q>, degree: number): PolyIdentityCertificate {
  const polynomials = map.coordinates.map(polynomialJSON);
  const identities = polynomials.map((_, k): readonly [ExpressionJSON, ExpressionJSON] => [
    { sum: map.names.map((__, i) => ({ product: [{ variable: i }, { derivative: [{ poly: k }, i] }] })) },
    { product: [{ constant: String(degree) }, { poly: k }] },
  ]);
  return identityCertificate({ variables: map.names, polynomials, identities });
}

export interface SquaresParts {
  readonly variables: readonly string[];
  readonly target: ExpressionJSON;
  /** Lists of variables that may be exchanged; none if left out. */
  readonly classes?: readonly (readonly number[])[];
  readonly squares: readonly { readonly weight: Q; readonly of: Polynomial<Q> }[];
}

export const squaresCertificate = ({ classes = [], ...parts }: SquaresParts): SumOfSquaresCertificate => ({
  kind: "sum-of-squares",
  variables: parts.variables,
  target: parts.target,
  classes,
  squares: parts.squares.map(({ weight, of }) => ({ weight: showQ(weight), of: polynomialJSON(of) })),
});

export const nullspaceCertificate = (
  variables: readonly string[],
  polynomials: readonly Polynomial<Q>[],
  basis: readonly Polynomial<Q>[],
): NullspaceCertificate => ({
  kind: "nullspace",
  variables,
  polynomials: polynomials.map(polynomialJSON),
  basis: basis.map(polynomialJSON),
});
