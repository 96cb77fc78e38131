/**
 * Everything that algebra says of a network, derived from its exact map: degree and homogeneity, dead parameters, conserved
 * quantities of gradient flow and their defect under gradient descent, Fourier diagonalization, the induced regularizer, the
 * KKT systems. Each part stands on its own: one that is too large is null with a reason, and the rest still comes.
 */

import { eulerCertificate, identityCertificate, nullspaceCertificate, polynomialJSON } from "../exact/certificates.js";
import { conservedQuantities } from "../exact/conserved.js";
import { ONE_MONOMIAL } from "../exact/monomial.js";
import { deadParameters, homogeneousDegree, homogeneousParts, type PolyMap, satisfiesEuler } from "../exact/polymap.js";
import { degreesOf, fromTerms, type Polynomial } from "../exact/polynomial.js";
import type { Q } from "../exact/rational.js";
import { freshName } from "../exact/text/fresh.js";
import type { AlgebraCertificate, ExpressionJSON } from "../kernel/algebra-certificate.js";
import type { Evidence } from "../kernel/evidence.js";
import { type Diagonalization, decideDiagonalization } from "./fourier.js";
import { deriveRegularizer } from "./regularizer/derive.js";
import type { Outcome } from "./regularizer/problem.js";
import type { FourierStructure } from "./torus.js";

/** What derives needs of a network: its map, and the hints an architecture gives. */
export interface Derivable {
  readonly map: PolyMap<Q>;
  readonly groups?: readonly (readonly number[])[];
  readonly fourier?: FourierStructure;
}

/** A part with its certificate, or why it is not there. */
export type Part<T> = T | { readonly absent: string };

export interface Homogeneity {
  /** The degree, or null where there is none. */
  readonly degree: number | null;
  /** The degrees of the homogeneous parts, with their numbers of terms. */
  readonly parts: readonly { readonly degree: number; readonly terms: number }[];
  readonly certificate: AlgebraCertificate | null;
}

export interface ConservedPart {
  readonly basis: readonly Polynomial<Q>[];
  readonly certificate: AlgebraCertificate | null;
  /** q(w - eta g) - q(w) = -eta <grad q, g> + eta^2 q_2(g): the defect of one step of gradient descent, as an identity. */
  readonly defect: AlgebraCertificate | null;
}

export interface Derivation {
  readonly map: PolyMap<Q>;
  readonly monomials: number;
  readonly dead: readonly string[];
  readonly homogeneity: Homogeneity;
  readonly conserved: Part<ConservedPart>;
  /** Absent for networks that do not claim to be convolutions. */
  readonly fourier: Part<Extract<Diagonalization, { decided: true }> & { readonly structure: FourierStructure }>;
  readonly regularizer: Outcome;
  /**
   * `exact` where every step of the derivation has its certificate, else `assumed`; and the steps that have none: they stand
   * on an argument in words (proofs/lemmas/regularizer).
   */
  readonly grounds: { readonly evidence: Evidence; readonly argued: readonly string[] } | null;
}

/** Terms in a certificate; longer ones are checked here and not written out. */
const CERTIFICATE_TERMS = 5000;
/** Coordinates times parameters, each a summand of Euler's identity. */
const EULER_SUMMANDS = 50_000;

const termsOf = (polynomials: readonly Polynomial<Q>[]): number => polynomials.reduce((n, p) => n + p.terms.size, 0);

function homogeneityOf(P: PolyMap<Q>, monomials: number): Homogeneity {
  const degree = homogeneousDegree(P);
  if (degree !== null && !satisfiesEuler(P, degree)) throw new Error("derivation: one degree without Euler's identity");
  return {
    degree,
    parts: homogeneousParts(P).map(({ degree: d, part }) => ({ degree: d, terms: termsOf(part.coordinates) })),
    certificate:
      degree === null || monomials > CERTIFICATE_TERMS || P.coordinates.length * P.names.length > EULER_SUMMANDS
        ? null
        : eulerCertificate(P, degree),
  };
}

/** The identity of one step for every q: its quadratic part q_2 is read off. */
function defectCertificate(P: PolyMap<Q>, basis: readonly Polynomial<Q>[]): AlgebraCertificate {
  const m = P.names.length;
  const eta = 2 * m;
  const moved = (i: number): ExpressionJSON => ({
    sum: [{ variable: i }, { product: [{ constant: "-1" }, { variable: eta }, { variable: m + i }] }],
  });
  const expressionOf = (q: Polynomial<Q>, at: (i: number) => ExpressionJSON): ExpressionJSON => ({
    sum: polynomialJSON(q).map(([c, factors]) => ({
      product: [{ constant: c }, ...factors.map(([v, k]): ExpressionJSON => ({ power: [at(v), k] }))],
    })),
  });
  const quadratic = (q: Polynomial<Q>): Polynomial<Q> =>
    fromTerms(
      q.ring,
      q.variables,
      [...q.terms].filter(([key]) => key.length === 2),
    );
  const variables: string[] = [...P.names];
  for (const name of P.names) variables.push(freshName(`g_${name}`, variables));
  variables.push(freshName("eta", variables));
  return identityCertificate({
    variables,
    polynomials: basis.map(polynomialJSON),
    identities: basis.map((q, k) => [
      { sum: [expressionOf(q, moved), { product: [{ constant: "-1" }, { poly: k }] }] },
      {
        sum: [
          {
            product: [
              { constant: "-1" },
              { variable: eta },
              { sum: P.names.map((_, i) => ({ product: [{ derivative: [{ poly: k }, i] }, { variable: m + i }] })) },
            ],
          },
          { product: [{ power: [{ variable: eta }, 2] }, expressionOf(quadratic(q), (i) => ({ variable: m + i }))] },
        ],
      },
    ]),
  });
}

function conservedOf(P: PolyMap<Q>, monomials: number): Part<ConservedPart> {
  if (P.coordinates.every((p) => [...p.terms.keys()].every((key) => key === ONE_MONOMIAL)))
    return { absent: "the predictor depends on no parameter" };
  const found = conservedQuantities(P);
  if (!found.found) return { absent: found.why };
  const { basis } = found;
  const short = monomials + termsOf(basis) <= CERTIFICATE_TERMS;
  return {
    basis,
    certificate: short ? nullspaceCertificate(P.names, P.coordinates, basis) : null,
    defect: short && basis.length > 0 && P.names.length <= 64 ? defectCertificate(P, basis) : null,
  };
}

function groundsOf(outcome: Outcome): Derivation["grounds"] {
  if (outcome.formula === null) return null;
  const argued = [...new Set(outcome.steps.filter((s) => s.certificate === null).map((s) => s.rule))];
  return { evidence: argued.length === 0 ? "exact" : "assumed", argued };
}

export function deriveStructure({ map, groups, fourier }: Derivable): Derivation {
  const monomials = termsOf(map.coordinates);
  const diagonal = fourier === undefined ? null : decideDiagonalization(map, fourier);
  const usable = diagonal?.decided === true && diagonal.holds && fourier !== undefined;
  const regularizer = deriveRegularizer(map, {
    ...(groups === undefined ? {} : { groups }),
    ...(usable ? { fourier: { structure: fourier, kappa: diagonal.kappa } } : {}),
  });
  return {
    map,
    monomials,
    dead: deadParameters(map),
    homogeneity: homogeneityOf(map, monomials),
    conserved: conservedOf(map, monomials),
    fourier:
      diagonal === null || fourier === undefined
        ? { absent: "the network is not given as circular convolutions" }
        : !diagonal.decided
          ? { absent: diagonal.why }
          : { ...diagonal, structure: fourier },
    regularizer,
    grounds: groundsOf(regularizer),
  };
}

/** The total degrees that occur, for a sentence about maps that are not homogeneous. */
export const degreesInWords = (P: PolyMap<Q>): string =>
  [...new Set(P.coordinates.flatMap((p) => [...degreesOf(p)]))].sort((a, b) => a - b).join(", ");
