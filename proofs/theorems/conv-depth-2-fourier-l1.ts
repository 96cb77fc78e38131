/**
 * Gunasekar, Lee, Soudry, Srebro 2018, Theorem 2: full-width circular convolutional linear networks of depth 2, from a generic
 * initialization, converge in direction to a maximizer of the margin over the l1 norm of the Fourier coefficients. Convex,
 * so global; the maximizer need not be unique, so a gap is claimed and no angle.
 */
import { agreesWithFlow } from "../../src/verify/claims/agrees-with-flow.js";
import { limitIsFourierL1MaxMargin } from "../../src/verify/claims/fourier-l1.js";
import { lossRate } from "../../src/verify/claims/loss-rate.js";
import {
  directionConverges,
  followsFlow,
  gradientConverges,
  lossToZero,
  phasesConverge,
  positiveMargin,
} from "../../src/verify/hypotheses/asymptotic.js";
import {
  boundedSteps,
  exponentialTail,
  genericInitialization,
  gradientSteps,
  separable,
} from "../../src/verify/hypotheses/structural.js";
import { defineTheorem, type Theorem } from "../../src/verify/theorem.js";
import { convexNormKkt } from "../cited.js";
import { bridgeStationarity } from "../lemmas/bridge-stationarity.js";
import { limitIsStationary } from "../lemmas/limit-is-stationary.js";
import { offSupportGrowth } from "../lemmas/off-support-growth.js";

const alongTheRun = [lossToZero, directionConverges, gradientConverges, phasesConverge, positiveMargin] as const;
const beforeTraining = [separable, exponentialTail, gradientSteps, genericInitialization] as const;

export const convDepth2FourierL1: Theorem = defineTheorem({
  id: "conv-depth-2-fourier-l1",
  title: "Full-width convolutional networks of depth 2 go to the Fourier l1 max margin",
  statement:
    "For strictly separable data, a loss of exponential tail tending to 0, a generic initialization, and parameters, gradients and their phases that converge in direction with a positive margin, the predictor of a full-width circular convolutional network of depth 2 converges in direction to a maximizer of min y_n <x_n, b> over the l1 norm of bhat.",
  source: { key: "gunasekar-2018", locator: "Theorem 2" },
  scope: { architectures: ["convolutional"], depth: 2 },
  regularizer: null,
  entries: {
    "gradient-flow": {
      hypotheses: [...beforeTraining, ...alongTheRun, followsFlow],
      claims: [limitIsFourierL1MaxMargin],
    },
    "gradient-descent": {
      hypotheses: [...beforeTraining, boundedSteps, ...alongTheRun],
      claims: [limitIsFourierL1MaxMargin, agreesWithFlow, lossRate],
    },
  },
  notClaimed: [
    "which maximizer is reached where there are several: then only the gap is claimed",
    "that the loss tends to 0 or that directions and phases converge: these are hypotheses, watched along the run",
    "kernels narrower than the signal, more than one channel, or other depths",
  ],
  proof: [limitIsStationary, bridgeStationarity, offSupportGrowth, convexNormKkt],
});
