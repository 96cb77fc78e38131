/**
 * C1: at a stationary point of a full-width circular network, w_l = J^T z in each layer, |what_l|^2 = conj(betahat) zhat at
 * every frequency, the same for all layers, so conj(betahat) zhat is real and >= 0. Decided over Q(zeta_D) as the polynomial
 * identity conj(F w_l) . F (J~^T z)_l = conj(F P~) . F z for symbolic w and z: put w_l for J^T z, the left side is
 * |F w_l|^2; the factors D^(-1/2) of the unitary transform and D^(-(L-1)/2) of the network are the same on both sides.
 * Source: Gunasekar et al. 2018, Theorem 2a, proof.
 */
import type { Cyclotomic } from "../../src/exact/cyclotomic.js";
import { equalPolynomials, type Polynomial, product } from "../../src/exact/polynomial.js";
import { lemma } from "../../src/verify/proof-node.js";
import { CIRCULAR_INSTANCES, type CircularInstance, circularInstance, inWords, transformedAt } from "../circular.js";
import { adjoint } from "./adjoint.js";

/** The two sides at frequency k for one layer. */
export function stationaritySides(
  { field, filters, beta, z, pulled }: CircularInstance,
  layer: number,
  k: number,
): readonly [Polynomial<Cyclotomic>, Polynomial<Cyclotomic>] {
  return [
    product(transformedAt(field, filters[layer]!, k, true), transformedAt(field, pulled[layer]!, k)),
    product(transformedAt(field, beta, k, true), transformedAt(field, z, k)),
  ];
}

function identityHolds(D: number, L: number, K: number): boolean {
  const instance = circularInstance(D, L, K);
  // One frequency of each conjugate pair: the coefficients are rational.
  const frequencies = Array.from({ length: Math.floor(D / 2) + 1 }, (_, k) => k);
  return instance.filters.every((_, l) =>
    frequencies.every((k) => {
      const [left, right] = stationaritySides(instance, l, k);
      return equalPolynomials(left, right);
    }),
  );
}

export const convStationarity = lemma({
  id: "conv-stationarity",
  statement:
    "if w_l = J(w)^T z in every layer of a full-width circular network, then |what_l|^2 = conj(betahat) zhat at every frequency, the same for all layers",
  source: { key: "gunasekar-2018", locator: "Theorem 2a, proof" },
  uses: [adjoint],
  argument:
    "In Fourier coordinates the block of J^T z for w_l is conj(product of the other what_k) zhat; multiply w_l = J^T z by conj(what_l).",
  check: () =>
    CIRCULAR_INSTANCES.every(([D, L, K]) => identityHolds(D, L, K))
      ? {
          holds: true,
          evidence: "sampled",
          why: `decided exactly over Q(zeta_D), as polynomial identities, for (D, depth, kernel) = ${inWords(CIRCULAR_INSTANCES)}`,
        }
      : { holds: false, evidence: "assumed", why: "the identity fails on an instance" },
});
