/**
 * Gradient descent, w <- w - eta grad L with eta at most the given bound: h = eta exp(log L) along u = -grad L / L.
 * Source: Gunasekar et al. 2018. Its norm grows like log t, so it shows little of the limit.
 */
import { exp } from "../../numeric/elementary.js";
import type { Optimizer } from "../optimizer.js";

export const gradientDescent: Optimizer = Object.freeze({
  name: "gradient-descent",
  summary: "w <- w - eta grad L, steps bounded by eta",
  source: { key: "gunasekar-2018", locator: "gradient descent" } as const,
  facts: { boundedSteps: true, locallyBounded: false, discretizes: "gradient-flow", norm: "l2" } as const,
  reach: (eta: number, logLoss: number): number => eta * exp(logLoss),
});
