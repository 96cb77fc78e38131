/**
 * What every theorem about the limit of gradient flow supposes, in the order in which it is shown: separable data, a loss with
 * an exponential tail that tends to 0, steps along the gradient, and directions that converge with a positive margin.
 */
import type { Hypothesis } from "../theorem.js";
import { directionConverges, followsFlow, gradientConverges, lossToZero, positiveMargin } from "./asymptotic.js";
import { exponentialTail, gradientSteps, separable } from "./structural.js";

export const limitHypotheses: readonly Hypothesis[] = Object.freeze([
  separable,
  exponentialTail,
  gradientSteps,
  lossToZero,
  directionConverges,
  gradientConverges,
  positiveMargin,
  followsFlow,
]);
