/**
 * Gradient descent with steps below the local smoothness bound, w <- w - eta_t grad L with eta_t at most eta and at most
 * 1 / |Hess L(w_t)|: the steps that Gunasekar et al. 2018, Theorem 2a, supposes. The norm of the Hessian is bounded at random: A its
 * loss-normalized matrix and x Gaussian about any point, |A| <= (100 |A^6 x|)^(1/6) but for a share of 1 in 100 of the x (Halko,
 * Martinsson, Tropp 2011, as in Lemma 4.1), here about the x of the last step and never much below the last bound.
 * A v = (u.v) u - du/dw v, with u = -grad log L and the derivative by central differences. Besides, the loss must fall
 * by half of what the slope promises, as it does wherever eta_t is below the bound all along the step.
 * Cost: 13 looks at the slope a step, where gradient descent takes one.
 */
import { randomStream } from "../../kernel/seed.js";
import { exp, log, log1p } from "../../numeric/elementary.js";
import { gaussian } from "../../numeric/gaussian.js";
import { axpy, dot, norm } from "../../numeric/vec.js";
import type { Optimizer, Point, Slope, Stepper, StepperSettings } from "../optimizer.js";

/** Powers of A, and by how much the x may be off: see above. */
const POWERS = 6;
const LUCK = 100;
/** The weight of the last x, as a unit vector, beside the Gaussian. */
const WARM = 3;
/** Differences are taken over this share of |w|, and over less where the log-loss would change by more than this. */
const DIFFERENCE = 1e-5;
/** The bound falls at most by this factor from one step to the next, so that one unlucky x does not lose it. */
const MEMORY = 0.9;
const MAX_HALVINGS = 60;
const ROUNDING = 1.7763568394002505e-15; // 2^-49

/** A bound of |Hess L| / L at `point`; the slope is elsewhere afterwards. */
function createCurvature(slope: Slope, parameters: number): (point: Point) => number {
  const draw = gaussian(randomStream(0n, "local curvature"));
  const v = new Float64Array(parameters);
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
  return (point) => {
    const { w, u } = point;
    const [size, speed] = [norm(w), norm(u)];
    const by = DIFFERENCE * (size === 0 ? 1 / speed : Math.min(size, 1 / speed));
    for (let i = 0; i < parameters; i++) v[i] = WARM * v[i]! + draw();
    let power = log(LUCK);
    for (let k = 0; k < POWERS; k++) {
      const length = norm(v);
      power += log(length);
      for (let i = 0; i < parameters; i++) v[i] = v[i]! / length;
      look(point, by, forward);
      look(point, -by, backward);
      const along = dot(u, v);
      for (let i = 0; i < parameters; i++) v[i] = along * u[i]! - (forward[i]! - backward[i]!) / 2 / by;
    }
    const last = norm(v);
    if (last > 0 && Number.isFinite(last)) {
      for (let i = 0; i < parameters; i++) v[i] = v[i]! / last;
      remembered = Math.max(exp((power + log(last)) / POWERS), MEMORY * remembered);
    } else v.fill(0);
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
      let h = speed === 0 ? reach : Math.min(reach, stepFactor / curvature(point));
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
