/**
 * Gunasekar, Lee, Soudry, Srebro 2018, the theorem on homogeneous polynomial parameterizations: for every network whose
 * predictor P(w) is a homogeneous polynomial of its parameters, trained on separable data with an exponential-tailed loss, the
 * parameters converge in direction to a KKT point of min |w|^2 s.t. y_n <x_n, P(w)> >= 1. It names no architecture: what is
 * special about one is the step from here to its predictor, which the other theorems take. Judged in the parameters, with the
 * run's own multipliers.
 */
import { agreesWithFlow } from "../../src/verify/claims/agrees-with-flow.js";
import { WITH_OWN_WEIGHTS } from "../../src/verify/claims/fourier-bridge.js";
import { lossRate } from "../../src/verify/claims/loss-rate.js";
import { limitIsParameterKkt } from "../../src/verify/claims/parameter-kkt.js";
import {
  directionConverges,
  followsFlow,
  gradientConverges,
  lossToZero,
  positiveMargin,
} from "../../src/verify/hypotheses/asymptotic.js";
import { homogeneous } from "../../src/verify/hypotheses/homogeneous.js";
import { boundedSteps, exponentialTail, gradientSteps, separable } from "../../src/verify/hypotheses/structural.js";
import { defineTheorem, type Theorem } from "../../src/verify/theorem.js";
import { limitIsStationary } from "../lemmas/limit-is-stationary.js";
import { rescaledKkt } from "../lemmas/rescaled-kkt.js";

const beforeTraining = [separable, exponentialTail, gradientSteps, homogeneous] as const;
const alongTheRun = [lossToZero, directionConverges, gradientConverges, positiveMargin] as const;

export const homogeneousKkt: Theorem = defineTheorem({
  id: "homogeneous-kkt",
  title: "Homogeneous networks go to KKT points of least norm in their parameters",
  statement: `For strictly separable data, a loss of exponential tail tending to 0, a predictor P(w) that is a homogeneous polynomial of the parameters, and parameters and gradients that converge in direction with a positive margin, the parameters converge in direction to a first-order stationary (KKT) point of min |w|^2 subject to y_n <x_n, P(w)> >= 1${WITH_OWN_WEIGHTS}.`,
  source: { key: "gunasekar-2018", locator: "theorem on homogeneous polynomial parameterizations" },
  scope: { architectures: "any" },
  regularizer: null,
  entries: {
    "gradient-flow": {
      hypotheses: [...beforeTraining, ...alongTheRun, followsFlow],
      claims: [limitIsParameterKkt],
    },
    "gradient-descent": {
      hypotheses: [...beforeTraining, boundedSteps, ...alongTheRun],
      claims: [limitIsParameterKkt, agreesWithFlow, lossRate],
    },
  },
  notClaimed: [
    "that the KKT point is a local or global minimizer of |w|^2: it may be a saddle",
    "anything about the predictor alone: what a KKT point of the parameters says of it is for each architecture to show",
    "that the loss tends to 0 or that directions converge: these are hypotheses, watched along the run",
    "networks that are not homogeneous, such as ones with skip connections or a bias",
  ],
  proof: [limitIsStationary, rescaledKkt],
});
