/**
 * Gunasekar, Lee, Soudry, Srebro 2018, Theorem 1: fully connected linear networks of any depth, trained by gradient
 * descent on separable data with the exponential loss, converge in direction to the hard-margin SVM solution.
 * Entries: gradient flow (loss-normalized descent is evidence for it, time being free) and gradient descent with
 * bounded steps (as the paper states it). Generic initialization, which the paper assumes, is not used by this proof.
 */
import { agreesWithFlow } from "../../src/verify/claims/agrees-with-flow.js";
import { limitIsL2MaxMargin } from "../../src/verify/claims/limit-direction.js";
import { lossRate } from "../../src/verify/claims/loss-rate.js";
import {
  directionConverges,
  followsFlow,
  gradientConverges,
  lossToZero,
  positiveMargin,
} from "../../src/verify/hypotheses/asymptotic.js";
import { boundedSteps, exponentialTail, gradientSteps, separable } from "../../src/verify/hypotheses/structural.js";
import { defineTheorem, type Theorem } from "../../src/verify/theorem.js";
import { convexKktSufficiency } from "../cited.js";
import { firstLayer } from "../lemmas/first-layer.js";
import { limitIsStationary } from "../lemmas/limit-is-stationary.js";

const alongTheRun = [lossToZero, directionConverges, gradientConverges, positiveMargin] as const;

export const fullyConnectedL2: Theorem = defineTheorem({
  id: "fully-connected-l2",
  title: "Fully connected linear networks go to the l2 max margin",
  statement:
    "For strictly separable data, exponential loss tending to 0, and parameters and gradients that converge in direction with a positive margin, the predictor beta = (W_L ... W_1)^T converges in direction to argmin |b|_2 subject to y_n <x_n, b> >= 1, for every depth L.",
  source: { key: "gunasekar-2018", locator: "Theorem 1" },
  scope: { architectures: ["fully-connected", "linear"] },
  regularizer: "l2",
  entries: {
    "gradient-flow": {
      hypotheses: [separable, exponentialTail, gradientSteps, ...alongTheRun, followsFlow],
      claims: [limitIsL2MaxMargin],
    },
    "gradient-descent": {
      hypotheses: [separable, exponentialTail, gradientSteps, boundedSteps, ...alongTheRun],
      claims: [limitIsL2MaxMargin, agreesWithFlow, lossRate],
    },
  },
  notClaimed: [
    "that the loss tends to 0 or that directions converge: these are hypotheses, watched along the run",
    "how fast the direction converges",
    "anything about the individual layers",
    "data that are not separable, a loss without exponential tail, or a bias that is not part of the norm (a constant feature is)",
  ],
  proof: [limitIsStationary, firstLayer, convexKktSufficiency],
});
