/**
 * Gunasekar, Lee, Soudry, Srebro 2018, Theorem 2a: full-width circular convolutional linear networks of any depth L, trained
 * on separable data with an exponential-tailed loss, converge in direction to a first-order stationary point of the l_{2/L}
 * bridge penalty of the Fourier coefficients subject to margins >= 1. Which one depends on the path for L >= 3; "global" is
 * not claimed. The stationarity is judged with the run's own multipliers. Depth 2 asks for a generic initialization, as Theorem 2
 * does: there the penalty has a finite slope at 0, which a coefficient that can never leave 0 need not respect.
 */
import { agreesWithFlow } from "../../src/verify/claims/agrees-with-flow.js";
import { bridgeExponent, limitIsStationaryFor, WITH_OWN_WEIGHTS } from "../../src/verify/claims/fourier-bridge.js";
import { lossRate } from "../../src/verify/claims/loss-rate.js";
import {
  directionConverges,
  followsFlow,
  gradientConverges,
  lossToZero,
  positiveMargin,
} from "../../src/verify/hypotheses/asymptotic.js";
import {
  boundedSteps,
  exponentialTail,
  genericAtDepthTwo,
  gradientSteps,
  separable,
} from "../../src/verify/hypotheses/structural.js";
import { defineTheorem, type Theorem } from "../../src/verify/theorem.js";
import { bridgeStationarity } from "../lemmas/bridge-stationarity.js";
import { limitIsStationary } from "../lemmas/limit-is-stationary.js";

const beforeTraining = [separable, exponentialTail, gradientSteps, genericAtDepthTwo] as const;
const alongTheRun = [lossToZero, directionConverges, gradientConverges, positiveMargin] as const;

export const fourierBridgeClaim = limitIsStationaryFor({
  id: "limit-is-fourier-bridge-stationary",
  statement:
    "the limit of the predictor is a first-order stationary point of the l_{2/L} bridge penalty of its Fourier coefficients subject to margins >= 1",
  penalty: (L) => ({ space: "fourier", p: bridgeExponent(L) }),
});

export const convFourierBridge: Theorem = defineTheorem({
  id: "conv-fourier-bridge",
  title: "Full-width convolutional networks go to stationary points of a Fourier bridge penalty",
  statement: `For strictly separable data, a loss of exponential tail tending to 0, at depth 2 a generic initialization, and parameters and gradients that converge in direction with a positive margin, the predictor of a full-width circular convolutional network of depth L converges in direction to a first-order stationary point of min sum |bhat_k|^(2/L) subject to y_n <x_n, b> >= 1${WITH_OWN_WEIGHTS}.`,
  source: { key: "gunasekar-2018", locator: "Theorem 2a" },
  scope: { architectures: ["convolutional"] },
  regularizer: null,
  entries: {
    "gradient-flow": {
      hypotheses: [...beforeTraining, ...alongTheRun, followsFlow],
      claims: [fourierBridgeClaim],
    },
    "gradient-descent": {
      hypotheses: [...beforeTraining, boundedSteps, ...alongTheRun],
      claims: [fourierBridgeClaim, agreesWithFlow, lossRate],
    },
  },
  notClaimed: [
    "that the stationary point is a global minimizer: for L >= 3 every separating support carries one, and the path chooses",
    "that the loss tends to 0 or that directions converge: these are hypotheses, watched along the run",
    "which stationary point is reached, or how fast",
    "kernels narrower than the signal, or more than one channel",
  ],
  proof: [limitIsStationary, bridgeStationarity],
});
