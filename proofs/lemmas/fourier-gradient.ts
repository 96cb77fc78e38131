/**
 * The gradient of a circular network in Fourier coordinates: at every frequency the block of J(w)^T r for w_l is the conjugate of
 * the product of the other filters times that of r; at depth 2, conj(b) r for a and conj(a) r for b. Decided over Q(zeta_D)
 * as the polynomial identity F (J~^T r)_l = prod over j != l of conj(F w_j) times F r for symbolic w and r; the factors
 * D^(-1/2) and D^(-(L-1)/2) are the same on both sides. Source: Gunasekar et al. 2018, full-width convolutional networks.
 */
import type { Cyclotomic } from "../../src/exact/cyclotomic.js";
import { equalPolynomials, type Polynomial, product } from "../../src/exact/polynomial.js";
import { lemma } from "../../src/verify/proof-node.js";
import { CIRCULAR_INSTANCES, type CircularInstance, circularInstance, inWords, transformedAt } from "../circular.js";
import { adjoint } from "./adjoint.js";

/** Both sides at frequency k for one layer. */
export function gradientSides(
  { field, filters, z, pulled }: CircularInstance,
  layer: number,
  k: number,
): readonly [Polynomial<Cyclotomic>, Polynomial<Cyclotomic>] {
  const others = filters.filter((_, l) => l !== layer).map((w) => transformedAt(field, w, k, true));
  return [transformedAt(field, pulled[layer]!, k), others.reduce(product, transformedAt(field, z, k))];
}

function identityHolds(D: number, L: number, K: number): boolean {
  const instance = circularInstance(D, L, K);
  const frequencies = Array.from({ length: Math.floor(D / 2) + 1 }, (_, k) => k);
  return instance.filters.every((_, l) =>
    frequencies.every((k) => {
      const [left, right] = gradientSides(instance, l, k);
      return equalPolynomials(left, right);
    }),
  );
}

export const fourierGradient = lemma({
  id: "fourier-gradient",
  statement:
    "for a full-width circular network the transform of the block of J(w)^T r for w_l is, at every frequency, rhat times the conjugate of the product of the other filters' coefficients",
  source: { key: "gunasekar-2018", locator: "full-width convolutional networks, proof" },
  uses: [adjoint],
  argument:
    "The block is a correlation of r with the other filters, and the transform of a correlation conjugates them.",
  check: () =>
    CIRCULAR_INSTANCES.every(([D, L, K]) => identityHolds(D, L, K))
      ? {
          holds: true,
          evidence: "sampled",
          why: `decided exactly over Q(zeta_D), as polynomial identities, for (D, depth, kernel) = ${inWords(CIRCULAR_INSTANCES)}`,
        }
      : { holds: false, evidence: "assumed", why: "the identity fails on an instance" },
});
