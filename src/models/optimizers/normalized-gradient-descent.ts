/**
 * Loss-normalized gradient descent, w <- w - (eta / L) grad L: h = eta along u = -grad L / L. As steps of plain descent
 * these are unbounded (eta / L grows without limit), so it is evidence for statements about gradient flow, which does
 * not care how time is scaled, and not for those about descent with bounded steps.
 */
import type { Optimizer } from "../optimizer.js";

export const normalizedGradientDescent: Optimizer = Object.freeze({
  name: "normalized-gradient-descent",
  summary: "w <- w - (eta / L) grad L, gradient flow on another clock; steps are not bounded",
  source: { key: "lyu-li-2020", locator: "learning rates scaled by the loss" } as const,
  facts: { boundedSteps: false, locallyBounded: false, discretizes: "gradient-flow", norm: "l2" } as const,
  reach: (eta: number): number => eta,
});
