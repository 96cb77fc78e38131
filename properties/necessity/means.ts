/**
 * A loss and an optimizer that the theorems exclude, for the counterexamples that show why: a loss whose tail is a power of the
 * margin, l(m) = (1 + m)^(-2) for m >= 0 and 1 - 2 m before (convex, continuously differentiable), under which every point keeps
 * a say for ever (Ji, Dudik, Schapire, Telgarsky 2020); and sign descent, w <- w - eta sign(grad), steepest descent in the
 * l-infinity norm, whose margin is another one (Gunasekar et al. 2018, on steepest descent).
 */
import type { LossFunction } from "../../src/models/loss.js";
import { type Optimizer, type Slope, type Stepper, type StepperSettings, settle } from "../../src/models/optimizer.js";
import { exp, log, log1p } from "../../src/numeric/elementary.js";

const logValue = (m: number): number => (m >= 0 ? -2 * log1p(m) : log(1 - 2 * m));
/** log of -l'(m). */
const logSlope = (m: number): number => Math.LN2 + (m >= 0 ? -3 * log1p(m) : 0);

export const polynomialTail: LossFunction = Object.freeze({
  name: "polynomial-tail",
  source: { key: "ji-2020", locator: "losses with polynomial tails" } as const,
  facts: { exponentialTail: false },
  evaluate(margins: Float64Array, weights: Float64Array): number {
    let most = Number.NEGATIVE_INFINITY;
    for (const m of margins) most = Math.max(most, logValue(m));
    let total = 0;
    for (const m of margins) total += exp(logValue(m) - most);
    const logLoss = log(total) + most;
    for (const [n, m] of margins.entries()) weights[n] = exp(logSlope(m) - logLoss);
    return logLoss;
  },
});

export const signDescent: Optimizer = Object.freeze({
  name: "sign-descent",
  summary: "w <- w - eta sign(grad L): steepest descent in the l-infinity norm",
  source: { key: "gunasekar-2018-geometry", locator: "steepest descent" } as const,
  facts: {
    boundedSteps: true,
    locallyBounded: false,
    discretizes: null,
    unlikeFlow: "its steps go along the signs of the gradient",
    norm: "linf",
  } as const,
  reach: (eta: number, logLoss: number): number => eta * exp(logLoss),
  stepper(slope: Slope, parameters: number, { stepFactor }: StepperSettings): Stepper {
    const next = new Float64Array(parameters);
    return {
      step(point, bound) {
        const eta = stepFactor * bound;
        for (let i = 0; i < parameters; i++) next[i] = point.w[i]! + eta * Math.sign(point.u[i]!);
        return settle(slope, point, next, bound, eta);
      },
    };
  },
});
