/**
 * How far a controlled step may go along u = -grad log L. Four bounds, the least wins:
 * - curvature: half the inverse local Lipschitz constant of u seen between the last two points, |dw| / (2 |du|), growing
 *   by at most sqrt(1 + theta) a step (Malitsky and Mishchenko 2020, "Adaptive gradient descent without descent",
 *   Algorithm 1); without it margins chatter once the softmax is sharp;
 * - softmax: the weights p may change by at most SOFTMAX in total variation. Where p is nearly one-hot the gradient is
 *   locally constant, the curvature above sees nothing, and a long step would throw the margins from one point to another;
 * - growth: |h u| at most GROWTH |w|, so that the path of the flow is followed also where the norm grows geometrically;
 * - the optimizer's own reach.
 * Cost: one pass over the parameters a step.
 */

/** Relative change of the parameters in one step. */
const GROWTH = 0.05;
/** Total variation distance of the softmax weights before and after one step. */
const SOFTMAX = 0.2;
/** The first step, before any curvature was seen, relative to |w|. */
const FIRST = 1e-3;

export interface StepControl {
  /** The step length h for direction u of norm `normU` at a point of norm `normW`. */
  propose(normW: number, normU: number): number;
  /** After a step that was taken: |dw| and |du| between the two points. */
  learn(h: number, distance: number, change: number): void;
  /** May a step be taken that changes the softmax weights by this much (total variation, in [0, 1])? */
  accepts(variation: number): boolean;
  /** A step of length h raised the loss or turned the softmax too far: stay below. */
  rejected(h: number): void;
}

/** `factor` in (0, 1] shrinks every bound: 1/2 gives the companion run whose difference measures discretization. */
export function createStepControl(factor: number): StepControl {
  let curvature = Number.POSITIVE_INFINITY;
  let last = 0;
  let theta = 0;
  return {
    propose(normW, normU) {
      const growth = ((last === 0 ? FIRST : GROWTH) * normW) / normU;
      return factor * Math.min(growth, curvature);
    },
    learn(h, distance, change) {
      const step = h / factor;
      const seen = change > 0 ? distance / factor / ((2 * change) / factor) : Number.POSITIVE_INFINITY;
      const grown = last === 0 ? Number.POSITIVE_INFINITY : Math.sqrt(1 + theta) * step;
      curvature = Math.min(seen, grown);
      theta = last === 0 ? 0 : step / last;
      last = step;
    },
    accepts: (variation) => variation <= SOFTMAX,
    rejected(h) {
      curvature = h / factor / 2;
      theta = 0;
    },
  };
}
