/** Results that are quoted and not checked here: the leaves of the proof graph. A theorem that uses one says so by name. */
import { cited } from "../src/verify/proof-node.js";
import { gradientConcentrates } from "./observations.js";

export const stolzCesaro = cited({
  id: "stolz-cesaro",
  statement:
    "if sums of weighted increments diverge and the increments' directions converge, the sum converges in direction to the same limit",
  source: { key: "stolz-cesaro", locator: "the general form of the theorem" },
});

export const exponentialConcentration = cited({
  id: "gradient-concentration",
  statement:
    "when the predictor converges in direction with a positive margin, the loss tends to 0 and the gradient converges in direction, then the limit of the normalized gradient is a nonnegative combination of the y_n x_n of least margin",
  source: { key: "gunasekar-2018", locator: "the asymptotic gradient, in the proofs" },
  observe: gradientConcentrates,
});

export const convexKktSufficiency = cited({
  id: "convex-kkt",
  statement: "for min |b|^2/2 subject to linear constraints a KKT point is the unique global minimizer",
  source: { key: "soudry-2018", locator: "KKT conditions of the hard-margin SVM" },
});

export const convexNormKkt = cited({
  id: "convex-norm-kkt",
  statement:
    "for min of a norm subject to linear constraints a KKT point is a global minimizer, and the minimizers are the directions of largest margin over the norm",
  source: { key: "gunasekar-2018", locator: "Theorem 2, the convex case" },
});
