/**
 * Gradient flow on the clock of the log-loss, dw/ds = u = -grad log L: the path of dw/dt = -grad L, with dt = ds / L, in
 * numbers that neither overflow nor underflow. Embedded Runge-Kutta steps of order 5 with an error estimate: each part of a
 * step errs by at most `localError` |w|, in which |w| is the larger of the norms before and after; a part that would raise
 * the loss is refused. A step of size eta is the flow for loss-normalized time eta, so it is compared with a step of
 * loss-normalized descent of the same eta; where eta is infinite it is one part. Late in training the softmax makes the flow stiff:
 * the parts are then as long as is stable, about 3 / |Hess log L|.
 * Source: Dormand and Prince 1980; step selection as in their code and DOPRI5 (proportional-integral).
 */

import { dormandPrince } from "../../numeric/dormand-prince.js";
import { exp, expm1, pow } from "../../numeric/elementary.js";
import { norm } from "../../numeric/vec.js";
import type { Optimizer, Slope, Stepper, StepperSettings } from "../optimizer.js";

/** The first part, relative to |w|, or (at w = 0) as a change of the log-loss. */
const FIRST = 1e-3;
const SAFETY = 0.9;
const LEAST_FACTOR = 0.2;
const MOST_FACTOR = 5;
/** The proportional-integral control: part lengths change like error^-ERROR_POWER lastError^MEMORY_POWER. */
const ERROR_POWER = 0.17;
const MEMORY_POWER = 0.04;
/** What follows a part that left the doubles or raised the loss. */
const SHORTER = 0.25;
/** A few roundings of the log-loss, relative to its size or 1. */
const ROUNDING = 1.7763568394002505e-15; // 2^-49
/** So many parts on end without a lower loss in floating point: nothing moves any more, or less than rounding shows. */
const MOST_FLAT = 1000;

/** The plain time of a part in which log L goes from one value to another in loss-normalized time h, nearly linearly. */
function plainTime(h: number, from: number, to: number): number {
  const fall = from - to;
  return Math.abs(fall) < 1e-9 ? h * exp(-from) : (h * exp(-from) * expm1(fall)) / fall;
}

function flow(slope: Slope, parameters: number, { localError, stepFactor }: StepperSettings): Stepper {
  const next = new Float64Array(parameters);
  const uNext = new Float64Array(parameters);
  let logNext = Number.NaN;
  const embedded = dormandPrince(parameters, (w, out) => {
    logNext = slope.look(w);
    slope.direction(w, out);
  });
  // A local error of order 5 falls by stepFactor^5 where the parts shrink by stepFactor.
  const allowed = localError * pow(stepFactor, 5);
  let h = 0;
  let last = 1e-4;
  let flat = 0;
  return {
    step(point, eta) {
      const { w, u } = point;
      const size = norm(w);
      const speed = norm(u);
      point.moved = false;
      if (speed === 0) {
        point.used = eta;
        point.atBound = true;
        return null;
      }
      if (!Number.isFinite(speed)) return "diverged";
      if (flat > MOST_FLAT) return "loss-stalled";
      if (h === 0) h = size === 0 ? FIRST / speed / speed : (FIRST * size) / speed;
      for (let refused = false; ; refused = true) {
        const whole = h >= eta;
        const part = whole ? eta : h;
        const error = embedded.trial(w, u, part, next, uNext) / (allowed * Math.max(size, norm(next)));
        let moved = false;
        for (let i = 0; i < parameters; i++) if (next[i]! !== w[i]!) moved = true;
        const sound = Number.isFinite(error) && Number.isFinite(logNext);
        // Where the slope promises less than rounding shows, the loss may stay as it is.
        const seen = ROUNDING * Math.max(1, Math.abs(point.logLoss));
        const rose = !(logNext < point.logLoss) && Math.max(part * speed * speed, logNext - point.logLoss) > seen;
        if (sound && error <= 1 && !rose && moved) {
          const grow = SAFETY * pow(Math.max(error, 1e-12), -ERROR_POWER) * pow(last, MEMORY_POWER);
          const longer = part * Math.min(refused ? 1 : MOST_FACTOR, Math.max(LEAST_FACTOR, grow));
          h = whole ? Math.max(h, longer) : longer;
          last = Math.max(error, 1e-4);
          flat = logNext < point.logLoss ? 0 : flat + 1;
          point.time += plainTime(part, point.logLoss, logNext);
          point.logLoss = logNext;
          w.set(next);
          u.set(uNext);
          point.used = part;
          point.atBound = whole;
          point.moved = true;
          return null;
        }
        if (!moved) return "loss-stalled";
        h = part * (sound && !rose ? Math.max(LEAST_FACTOR, SAFETY * pow(error, -ERROR_POWER)) : SHORTER);
      }
    },
  };
}

export const gradientFlow: Optimizer = Object.freeze({
  name: "gradient-flow",
  summary: "dw/ds = -grad log L, adaptive Runge-Kutta; a step is the flow for loss-normalized time eta",
  source: { key: "dormand-prince-1980", locator: "RK5(4)7M" } as const,
  facts: { boundedSteps: false, locallyBounded: false, discretizes: "gradient-flow", norm: "l2" } as const,
  reach: (eta: number): number => eta,
  options: ["localError"] as const,
  stepper: flow,
});
