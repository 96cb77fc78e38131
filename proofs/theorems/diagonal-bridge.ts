/**
 * Gunasekar, Lee, Soudry, Srebro 2018, on diagonal networks: trained on separable data with an exponential-tailed loss, diagonal
 * linear networks of any depth L converge in direction to a first-order stationary point of the l_{2/L} bridge penalty of the
 * predictor's own entries subject to margins >= 1; the theorem on convolutions without the transform. Judged with the run's
 * own multipliers. Depth 2 asks for a generic initialization: there the penalty has a finite slope at 0.
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
import { diagonalGrowth } from "../lemmas/diagonal-growth.js";
import { diagonalStationarity } from "../lemmas/diagonal-stationarity.js";
import { limitIsStationary } from "../lemmas/limit-is-stationary.js";

const beforeTraining = [separable, exponentialTail, gradientSteps, genericAtDepthTwo] as const;
const alongTheRun = [lossToZero, directionConverges, gradientConverges, positiveMargin] as const;

export const signalBridgeClaim = limitIsStationaryFor({
  id: "limit-is-signal-bridge-stationary:2/L",
  statement:
    "the limit of the predictor is a first-order stationary point of the l_{2/L} bridge penalty of its entries subject to margins >= 1",
  penalty: (L) => ({ space: "signal", p: bridgeExponent(L) }),
});

export const diagonalBridge: Theorem = defineTheorem({
  id: "diagonal-bridge",
  title: "Diagonal networks go to stationary points of a bridge penalty",
  statement: `For strictly separable data, a loss of exponential tail tending to 0, at depth 2 a generic initialization, and parameters and gradients that converge in direction with a positive margin, the predictor of a diagonal network of depth L converges in direction to a first-order stationary point of min sum |b_d|^(2/L) subject to y_n <x_n, b> >= 1${WITH_OWN_WEIGHTS}.`,
  source: { key: "gunasekar-2018", locator: "diagonal networks" },
  scope: { architectures: ["diagonal"] },
  regularizer: null,
  entries: {
    "gradient-flow": {
      hypotheses: [...beforeTraining, ...alongTheRun, followsFlow],
      claims: [signalBridgeClaim],
    },
    "gradient-descent": {
      hypotheses: [...beforeTraining, boundedSteps, ...alongTheRun],
      claims: [signalBridgeClaim, agreesWithFlow, lossRate],
    },
  },
  notClaimed: [
    "that the stationary point is a global minimizer: for L >= 3 every separating support carries one, and the path chooses",
    "that the loss tends to 0 or that directions converge: these are hypotheses, watched along the run",
    "which stationary point is reached, or how fast",
  ],
  proof: [limitIsStationary, diagonalStationarity, diagonalGrowth],
});
