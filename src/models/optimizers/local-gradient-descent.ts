/**
 * Gradient descent with steps below the local smoothness bound, w <- w - eta_t grad L with eta_t at most eta and at most
 * 1 / (2 |Hess L(w_t)|): the steps that Gunasekar et al. 2018, Theorem 2a, supposes. The norm of the Hessian is estimated by power
 * iteration, warm from one step to the next, on v -> Hess L v / L = (u.v) u - du/dw v, with u = -grad log L and the derivative
 * by central differences. Such an estimate is from below, hence the factor 2 and a test of every step: the loss
 * must fall by half of what the slope promises, as it does wherever eta_t is below the bound all along the step.
 * Cost: five looks at the slope a step, where gradient descent takes one.
 */
import { randomStream } from "../../kernel/seed.js";
import { exp, log1p } from "../../numeric/elementary.js";
import { axpy, dot, norm } from "../../numeric/vec.js";
import type { Optimizer, Point, Slope, Stepper, StepperSettings } from "../optimizer.js";

/** eta_t times |Hess L|, as estimated, is at most this. */
const SHARE = 0.5;
/** Iterations before the first step, and before each further one. */
const FIRST_ITERATIONS = 30;
const ITERATIONS = 2;
/** Differences are taken over this share of |w|, and over less where the log-loss would change by more than this. */
const DIFFERENCE = 1e-5;
/** An estimate may fall by this factor from one step to the next, so that a direction lost for a moment is not forgotten. */
const MEMORY = 0.9;
const MAX_HALVINGS = 60;
const ROUNDING = 1.7763568394002505e-15; // 2^-49

/** |Hess L| / L at `point`, by power iteration; the slope is elsewhere afterwards. */
function createCurvature(slope: Slope, parameters: number): (point: Point) => number {
  const stream = randomStream(0n, "local curvature");
  const v = Float64Array.from({ length: parameters }, () => stream.uniform() - 0.5);
  const at = new Float64Array(parameters);
  const forward = new Float64Array(parameters);
  const backward = new Float64Array(parameters);
  const look = ({ w }: Point, by: number, out: Float64Array): void => {
    at.set(w);
    axpy(by, v, at);
    slope.look(at);
    slope.direction(at, out);
  };
  let remembered = 0;
  let first = true;
  return (point) => {
    const { w, u } = point;
    const [size, speed] = [norm(w), norm(u)];
    const by = DIFFERENCE * (size === 0 ? 1 / speed : Math.min(size, 1 / speed));
    let seen = 0;
    for (let k = first ? FIRST_ITERATIONS : ITERATIONS; k > 0; k--) {
      const length = norm(v);
      for (let i = 0; i < parameters; i++) v[i] = v[i]! / length;
      look(point, by, forward);
      look(point, -by, backward);
      const along = dot(u, v);
      for (let i = 0; i < parameters; i++) at[i] = along * u[i]! - (forward[i]! - backward[i]!) / 2 / by;
      const gain = norm(at);
      if (!(gain > 0 && Number.isFinite(gain))) break;
      seen = Math.max(seen, gain);
      v.set(at);
    }
    first = false;
    remembered = Math.max(seen, MEMORY * remembered);
    return remembered;
  };
}

function descent(slope: Slope, parameters: number, { stepFactor }: StepperSettings): Stepper {
  const curvature = createCurvature(slope, parameters);
  const next = new Float64Array(parameters);
  return {
    step(point, eta) {
      const { w, u, logLoss } = point;
      const speed = norm(u);
      if (!Number.isFinite(speed)) return "diverged";
      const reach = stepFactor * eta * exp(logLoss);
      let h = speed === 0 ? reach : Math.min(reach, (stepFactor * SHARE) / curvature(point));
      for (let halvings = 0; halvings < MAX_HALVINGS; halvings++, h /= 2) {
        next.set(w);
        axpy(h, u, next);
        const trial = slope.look(next);
        const promised = Math.min(1, (h * speed * speed) / 2);
        if (!(trial <= logLoss + log1p(-promised) + ROUNDING * Math.max(1, Math.abs(logLoss)))) continue;
        point.moved = next.some((x, i) => x !== w[i]!);
        w.set(next);
        slope.direction(w, u);
        point.logLoss = trial;
        point.time += h === reach ? stepFactor * eta : h * exp(-logLoss);
        point.used = eta;
        point.atBound = h === reach;
        return null;
      }
      return "loss-stalled";
    },
  };
}

export const localGradientDescent: Optimizer = Object.freeze({
  name: "local-gradient-descent",
  summary: "w <- w - eta_t grad L, eta_t at most eta and below the local smoothness bound 1 / |Hess L|",
  source: { key: "gunasekar-2018", locator: "Theorem 2a, step sizes below a local smoothness bound" } as const,
  facts: { boundedSteps: true, locallyBounded: true, discretizes: "gradient-flow", norm: "l2" } as const,
  reach: (eta: number, logLoss: number): number => eta * exp(logLoss),
  stepper: descent,
});
