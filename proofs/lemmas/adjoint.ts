/**
 * The adjoint of a circular network: (J~^T z)_l is the circular correlation of z with the product of the other filters,
 * (J~^T z)_l[k] = sum_d z[d] c_l[d - k], c_l = the convolution of all w_j with j != l; for kernels K < D its first K entries.
 * Decided as polynomial identities in the filters and z. Source: Gunasekar et al. 2018, on convolutional networks.
 */
import { constant, dotProduct, equalPolynomials, type Polynomial } from "../../src/exact/polynomial.js";
import type { Q } from "../../src/exact/rational.js";
import { rationals } from "../../src/exact/ring.js";
import { convolved } from "../../src/models/torus.js";
import { lemma } from "../../src/verify/proof-node.js";
import {
  CIRCULAR_INSTANCES,
  type CircularInstance,
  circularInstance,
  inWords,
  KERNEL_INSTANCES,
  type Signal,
} from "../circular.js";
import { chainRule } from "./chain-rule.js";

/** The convolution of all filters but one; of none it is the unit 1, 0, ..., 0. */
export function others({ filters, D, z }: CircularInstance, layer: number): Signal<Q> {
  const { variables } = z[0]!;
  const unit = Array.from({ length: D }, (_, d) =>
    constant(rationals, variables, d === 0 ? rationals.one : rationals.zero),
  );
  return filters
    .filter((_, l) => l !== layer)
    .reduce<Polynomial<Q>[]>((before, w) => convolved([D], before, [...w]), unit);
}

/** sum_d z[d] c[(d - k) mod D]. */
export const correlationAt = (z: Signal<Q>, c: Signal<Q>, k: number): Polynomial<Q> =>
  dotProduct(
    z,
    z.map((_, d) => c[(d - k + z.length) % z.length]!),
  );

function identityHolds(D: number, L: number, K: number): boolean {
  const instance = circularInstance(D, L, K);
  return instance.pulled.every((entries, l) => {
    const c = others(instance, l);
    return entries.every((p, k) => equalPolynomials(p, correlationAt(instance.z, c, k)));
  });
}

const INSTANCES = [...CIRCULAR_INSTANCES, ...KERNEL_INSTANCES];

export const adjoint = lemma({
  id: "adjoint",
  statement:
    "for a circular network the block of J(w)^T z for w_l is, up to D^(-(L-1)/2), the circular correlation of z with the convolution of the other filters",
  source: { key: "gunasekar-2018", locator: "full-width convolutional networks, proof" },
  uses: [chainRule],
  argument:
    "beta is linear in w_l, beta = D^(-(L-1)/2) w_l (*) c_l, and the adjoint of convolution with c_l is correlation.",
  check: () =>
    INSTANCES.every(([D, L, K]) => identityHolds(D, L, K))
      ? {
          holds: true,
          evidence: "sampled",
          why: `decided exactly, as polynomial identities, for (D, depth, kernel) = ${inWords(INSTANCES)}`,
        }
      : { holds: false, evidence: "assumed", why: "the identity fails on an instance" },
});
