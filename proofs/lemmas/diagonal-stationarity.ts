/**
 * At a stationary point of a diagonal network, w_l = J(w)^T z in each layer, w_l[d]^2 = beta[d] z[d] in every coordinate, the
 * same for all layers: decided as the polynomial identity w_l[d] (J^T z)_l[d] = beta[d] z[d] for symbolic w and z. So where
 * beta[d] is not 0, z[d] = |beta[d]|^(2/L - 2) beta[d] up to one positive scalar: the first-order condition of the l_{2/L}
 * penalty of the predictor's own entries. Source: Gunasekar et al. 2018, on diagonal networks.
 */
import { equalPolynomials, product, variable } from "../../src/exact/polynomial.js";
import { rationals } from "../../src/exact/ring.js";
import { diagonal } from "../../src/models/architectures/diagonal.js";
import { pulledBack } from "../../src/models/kkt.js";
import { lemma } from "../../src/verify/proof-node.js";
import { inWords } from "../circular.js";
import { chainRule } from "./chain-rule.js";

/** (D, depth) on which the identity is decided. */
const INSTANCES = [1, 2, 3, 5].flatMap((D) => [1, 2, 3, 4].map((L) => [D, L] as const));

function identityHolds(D: number, L: number): boolean {
  const P = diagonal.build({ dim: D, depth: L });
  const { map } = P.exact();
  if (map === null) throw new Error("diagonal-stationarity: the network has no exact map");
  const variables = P.parameters + D;
  const { sides } = pulledBack(map);
  return sides.every((side, i) => {
    const d = i % D;
    const right = product({ ...map.coordinates[d]!, variables }, variable(rationals, variables, P.parameters + d));
    return equalPolynomials(product(variable(rationals, variables, i), side), right);
  });
}

export const diagonalStationarity = lemma({
  id: "diagonal-stationarity",
  statement:
    "if w_l = J(w)^T z in every layer of a diagonal network of depth L with predictor b, then z_d is a positive multiple, the same for all d, of |b_d|^(2/L - 2) b_d wherever b_d is not 0: the first-order condition of the l_{2/L} bridge penalty",
  source: { key: "gunasekar-2018", locator: "diagonal networks" },
  uses: [chainRule],
  argument:
    "Multiply the condition of w_l[d] by w_l[d]: all squares w_l[d]^2 are one number c_d = b_d z_d >= 0, and b_d is the product of the w_l[d], so b_d^2 = c_d^L. Where b_d is not 0, z_d has its sign and modulus c_d / |b_d| = |b_d|^(2/L - 1).",
  check: () =>
    INSTANCES.every(([D, L]) => identityHolds(D, L))
      ? {
          holds: true,
          evidence: "sampled",
          why: `the identity w_l[d] (J^T z)_l[d] = b_d z_d is decided exactly, as polynomials, for (D, depth) = ${inWords(INSTANCES)}; the rest is the argument`,
        }
      : { holds: false, evidence: "assumed", why: "the identity fails on an instance" },
});
