/**
 * Momentum, the heavy ball: w_{t+1} = w_t - eta grad L(w_t) + mu (w_t - w_{t-1}), from rest. Source: Polyak 1964.
 * The last step is kept as e^a q, with q of the size of u = -grad L / L: neither underflows, whatever the loss. At mu = 0 this
 * is gradient descent. For fixed eta its limit direction is known for linear models only (Wang et al. 2022: the l2 max
 * margin); for homogeneous networks it is open, so it does not count as a discretization of gradient flow, although its path
 * tends to that of the flow as eta tends to 0 (with steps of eta / (1 - mu)). The loss may rise on the way.
 */
import { exp, log } from "../../numeric/elementary.js";
import type { Optimizer, Slope, Stepper, StepperSettings } from "../optimizer.js";
import { settle } from "../optimizer.js";

function heavyBall(slope: Slope, parameters: number, { momentum, stepFactor }: StepperSettings): Stepper {
  const q = new Float64Array(parameters);
  const turned = new Float64Array(parameters);
  const next = new Float64Array(parameters);
  const logMu = log(momentum);
  // The velocity is eta e^a q; at rest there is none.
  let a = Number.NEGATIVE_INFINITY;
  return {
    step(point, bound) {
      const eta = stepFactor * bound;
      const scale = Math.max(a + logMu, point.logLoss);
      const old = exp(a + logMu - scale);
      const fresh = exp(point.logLoss - scale);
      const h = eta * exp(scale);
      for (let i = 0; i < parameters; i++) {
        turned[i] = old * q[i]! + fresh * point.u[i]!;
        next[i] = point.w[i]! + h * turned[i]!;
      }
      const stop = settle(slope, point, next, bound, eta);
      if (stop !== null) return stop;
      q.set(turned);
      a = scale;
      return null;
    },
  };
}

export const momentum: Optimizer = Object.freeze({
  name: "momentum",
  summary: "heavy ball, w <- w - eta grad L + mu (last step); its limit is known for linear models only",
  source: { key: "polyak-1964", locator: "the heavy ball" } as const,
  facts: {
    boundedSteps: true,
    locallyBounded: false,
    discretizes: null,
    unlikeFlow:
      "its steps also repeat earlier ones, and where that leads is known for linear models only (Wang et al. 2022)",
    norm: "l2",
  } as const,
  reach: (eta: number, logLoss: number): number => eta * exp(logLoss),
  options: ["momentum"] as const,
  stepper: heavyBall,
});
