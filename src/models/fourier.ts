/**
 * Fourier diagonalization, decided exactly: for a map that claims to consist of circular convolutions (torus.ts), over
 * Q(zeta_N), N the least common multiple of the sides, and with the unnormalized transform (F a)_k = sum_j zeta^-<k, j> a_j,
 * F P~[channel] = sum over products of the product of F filter, frequency by frequency, as polynomial identities; one of
 * each conjugate pair, since the coefficients are rational. The unitary statement follows from the scalars:
 * betahat = kappa * product of the unitary what, kappa = scale * n^((L-1)/2), which is 1 in the network's convention.
 * Cost: terms of P~ for each frequency.
 */
import { polynomialJSON } from "../exact/certificates.js";
import { type Cyclotomic, type CyclotomicField, cyclotomicField } from "../exact/cyclotomic.js";
import type { PolyMap } from "../exact/polymap.js";
import {
  constant,
  equalPolynomials,
  mapCoefficients,
  type Polynomial,
  product,
  scaled,
  sumOf,
  variable,
} from "../exact/polynomial.js";
import { gcd, type Q, q, showQ } from "../exact/rational.js";
import { type Surd, surdInteger, surdOf, surdPower, surdTimes } from "../exact/surd.js";
import type { CoefficientJSON, ExpressionJSON, PolyIdentityCertificate } from "../kernel/algebra-certificate.js";
import type { FourierStructure, TorusFilter } from "./torus.js";

/** Terms times frequencies: beyond it the expansion takes more than some ten seconds. */
const WORK_LIMIT = 1_500_000;
/** Terms in a certificate, which are written out. */
const CERTIFICATE_LIMIT = 6_000;

export type Diagonalization =
  | {
      readonly decided: true;
      readonly holds: boolean;
      /** Frequencies compared, one of each conjugate pair. */
      readonly frequencies: readonly number[];
      readonly order: number;
      readonly kappa: Surd;
      /** Null where it would be too long to write out. */
      readonly certificate: PolyIdentityCertificate | null;
    }
  | { readonly decided: false; readonly why: string };

/** Exponents of zeta_N: <k, j> on the torus, k and j flat. */
export function phaseTable(shape: readonly number[]): {
  readonly order: number;
  exponent(k: number, j: number): number;
} {
  const order = shape.reduce((a, b) => (a * b) / Number(gcd(BigInt(a), BigInt(b))), 1);
  return {
    order,
    exponent(k, j) {
      let [restK, restJ, total] = [k, j, 0];
      for (const side of [...shape].reverse()) {
        total += (restK % side) * (restJ % side) * (order / side);
        restK = Math.floor(restK / side);
        restJ = Math.floor(restJ / side);
      }
      return total % order;
    },
  };
}

/** -k on the torus, flat. */
function opposite(shape: readonly number[], k: number): number {
  let [rest, place, out] = [k, 1, 0];
  for (const side of [...shape].reverse()) {
    out += place * ((side - (rest % side)) % side);
    rest = Math.floor(rest / side);
    place *= side;
  }
  return out;
}

const coefficientOf = (a: Cyclotomic): CoefficientJSON => {
  const texts = a.n.map((x) => showQ(q(x, a.d)));
  return texts.length === 1 ? texts[0]! : texts;
};

/** The two sides at frequency k, as polynomials and as expressions of a certificate. */
function sides(
  field: CyclotomicField,
  exponent: (k: number, j: number) => number,
  beta: readonly Polynomial<Cyclotomic>[],
  { coordinates, products }: FourierStructure["channels"][number],
  k: number,
): {
  readonly left: Polynomial<Cyclotomic>;
  readonly right: Polynomial<Cyclotomic>;
  readonly pair: [ExpressionJSON, ExpressionJSON];
} {
  const m = beta[0]!.variables;
  const unit = (j: number): Cyclotomic => field.zeta(-exponent(k, j));
  const transformed = (f: TorusFilter): Polynomial<Cyclotomic> =>
    sumOf(f.parameters.map((v, i) => scaled(variable(field, m, v), unit(f.positions[i]!))));
  const shown = (f: TorusFilter): ExpressionJSON => ({
    sum: f.parameters.map((v, i) => ({
      product: [{ constant: coefficientOf(unit(f.positions[i]!)) }, { variable: v }],
    })),
  });
  return {
    left: sumOf(coordinates.map((d, j) => scaled(beta[d]!, unit(j)))),
    right: sumOf(products.map((filters) => filters.map(transformed).reduce(product, constant(field, m, field.one)))),
    pair: [
      { sum: coordinates.map((d, j) => ({ product: [{ constant: coefficientOf(unit(j)) }, { poly: d }] })) },
      { sum: products.map((filters) => ({ product: filters.map(shown) })) },
    ],
  };
}

export function decideDiagonalization(P: PolyMap<Q>, structure: FourierStructure): Diagonalization {
  const { shape, channels } = structure;
  const n = shape.reduce((a, b) => a * b, 1);
  const frequencies = Array.from({ length: n }, (_, k) => k).filter((k) => k <= opposite(shape, k));
  const terms = P.coordinates.reduce((t, p) => t + p.terms.size, 0);
  const { order, exponent } = phaseTable(shape);
  if (terms * frequencies.length > WORK_LIMIT)
    return { decided: false, why: `${terms} terms at ${frequencies.length} frequencies are too many to expand here` };
  const depths = new Set(channels.flatMap((c) => c.products.map((filters) => filters.length)));
  const [L = 1] = depths;
  if (depths.size > 1)
    return { decided: false, why: "the products have not one number of factors, so there is no one constant in front" };
  const field = cyclotomicField(order);
  const beta = P.coordinates.map((p) => mapCoefficients(p, field, field.ofRational));
  const identities: [ExpressionJSON, ExpressionJSON][] = [];
  let holds = true;
  for (const channel of channels)
    for (const k of frequencies) {
      const { left, right, pair } = sides(field, exponent, beta, channel, k);
      holds &&= equalPolynomials(left, right);
      identities.push(pair);
    }
  const kappa = surdTimes(
    surdOf(P.scale.rational),
    surdPower(surdOf(q(P.scale.radicand)), q(1n, 2n)),
    surdPower(surdInteger(n), q(BigInt(L - 1), 2n)),
  );
  const certificate: PolyIdentityCertificate | null =
    !holds || terms * frequencies.length > CERTIFICATE_LIMIT
      ? null
      : {
          kind: "poly-identity",
          order,
          variables: P.names,
          polynomials: P.coordinates.map((p) => (order <= 2 ? polynomialJSON(p) : widened(p, field.dimension))),
          identities,
        };
  return { decided: true, holds, frequencies, order, kappa, certificate };
}

/** Rational coefficients written in the basis of a field of this dimension. */
const widened = (p: Polynomial<Q>, dimension: number): PolyIdentityCertificate["polynomials"][number] =>
  polynomialJSON(p).map(([c, factors]) => [
    dimension === 1 ? c : [c as string, ...new Array<string>(dimension - 1).fill("0")],
    factors,
  ]);
