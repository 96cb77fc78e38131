/**
 * At depth 2 a coordinate of a diagonal network outside the support of the limit cannot have |z_d| above the common value kappa
 * on the support: it would outgrow the coordinates of the support. Stationarity of the parameters says nothing where both
 * layers vanish. Its algebra is exact (growing-part, with imaginary parts 0); the step to the limit is an argument, observed on a
 * fixed run: it uses an initialization that excites the growing part, and that no sign is frozen.
 * Source: Gunasekar et al. 2018, Theorem 2, proof, in the signal domain.
 */
import { lemma } from "../../src/verify/proof-node.js";
import { growthByDual } from "../observations.js";
import { chainRule } from "./chain-rule.js";
import { growingPart } from "./growing-part.js";

export const diagonalGrowth = lemma({
  id: "diagonal-growth",
  statement:
    "at depth 2, with a generic initialization, |z_d| is at most kappa in every coordinate outside the support of the limit of a diagonal network",
  source: { key: "gunasekar-2018", locator: "Theorem 2, proof" },
  uses: [chainRule, growingPart],
  argument:
    "With a, b the weights of the two layers in a coordinate and r the gradient, da/dt = b r and db/dt = a r. If r converges in direction with r_d of the sign s, the part a + s b satisfies d(a + s b)/dt = |r_d| (a + s b) and grows at the rate |r_d|, unless it is 0, which a generic initialization excludes. A coordinate with |z_d| > kappa would outgrow the support, whose rate is kappa, and its share in the limit could not be 0.",
  check: null,
  observe: () => growthByDual("diagonal"),
});
