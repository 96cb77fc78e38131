/**
 * P5 and P6: if the loss tends to 0, parameters and gradients converge in direction, and the limit has a positive margin,
 * then the limit parameters are parallel to J^T z with z a nonnegative combination of the support vectors, hence a KKT
 * point of min |w|^2 s.t. y_n <x_n, P(w)> >= 1. An argument with two cited leaves; that the
 * parameters align is observed on fixed runs.
 * Source: Gunasekar et al. 2018, on homogeneous polynomial parameterizations.
 */
import { lemma } from "../../src/verify/proof-node.js";
import { exponentialConcentration, stolzCesaro } from "../cited.js";
import { parametersAlign } from "../observations.js";
import { chainRule } from "./chain-rule.js";
import { eulerIdentity } from "./euler-identity.js";

export const limitIsStationary = lemma({
  id: "limit-is-stationary",
  statement:
    "the limit direction w of the parameters is a positive multiple of J(w)^T z, with z = sum a_n y_n x_n, a >= 0 and zero off the points of least margin",
  source: { key: "gunasekar-2018", locator: "theorem on homogeneous polynomial parameterizations" },
  uses: [chainRule, eulerIdentity, exponentialConcentration, stolzCesaro],
  argument:
    "Under descent and under the flow the parameters grow by positive multiples of J^T r, r = sum p_n y_n x_n. With the directions of the parameters and of r tending to w and z, and J homogeneous of degree L - 1, each increment is a positive multiple of J(w)^T z + o(1). By Euler <w, J(w)^T z> = L <P(w), z> > 0 for a positive margin, so this is not 0. The loss tends to 0, so the norm and with it the sum of the multiples diverge, and by Stolz-Cesaro the parameters tend in direction to that of J(w)^T z.",
  check: null,
  observe: parametersAlign,
});
