/**
 * P5 and P6: if the loss tends to 0, parameters and gradients converge in direction, and the limit has a positive margin,
 * then the limit parameters are parallel to J^T z with z a nonnegative combination of the support vectors, hence a KKT
 * point of min |w|^2 s.t. y_n <x_n, P(w)> >= 1. An argument with two cited leaves; nothing here is computed.
 * Source: Gunasekar et al. 2018, on homogeneous polynomial parameterizations.
 */
import { lemma } from "../../src/verify/proof-node.js";
import { exponentialConcentration, stolzCesaro } from "../cited.js";
import { chainRule } from "./chain-rule.js";
import { eulerIdentity } from "./euler-identity.js";

export const limitIsStationary = lemma({
  id: "limit-is-stationary",
  statement:
    "the limit direction of the parameters is parallel to J^T z, z = sum a_n y_n x_n, a >= 0 on the points of least margin",
  source: { key: "gunasekar-2018", locator: "theorem on homogeneous polynomial parameterizations" },
  uses: [chainRule, eulerIdentity, exponentialConcentration, stolzCesaro],
  argument:
    "The updates are eta_t |w|^(L-1) |r| (J(w)^T z + o(1)); by Euler <w, J^T z> = L <P(w), z> > 0 for a positive margin, so the leading term is not zero; its weights have a divergent sum, and averaging gives the limit direction.",
  check: null,
});
