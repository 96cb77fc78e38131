/**
 * How far a controlled step may go along u = -grad log L. Four bounds, the least wins:
 * - curvature: 1 / K, with K the largest local Lipschitz constant |du| / |dw| of u seen along the path, forgotten at the
 *   rate MEMORY a step. Without a memory the step grows past the stable 2 / K as soon as the path is quiet, and the
 *   margins chatter for ever; with it the softmax weights settle, as they do under the flow;
 * - softmax: the weights p may change by at most SOFTMAX in total variation. Where p is nearly one-hot the gradient is
 *   locally constant, the curvature above sees nothing, and a long step would throw the margins from one point to another;
 * - growth: |h u| at most GROWTH |w|, so that the path of the flow is followed also where the norm grows geometrically;
 * - the optimizer's own reach.
 * The estimate is that of Malitsky and Mishchenko 2020 ("Adaptive gradient descent without descent").
 * Cost: one pass over the parameters a step.
 */

/** Relative change of the parameters in one step. */
const GROWTH = 0.05;
/** Total variation distance of the softmax weights before and after one step. */
const SOFTMAX = 0.2;
/** Share of the remembered curvature that is kept from one step to the next: a half-life of about 140 steps. */
const MEMORY = 0.995;
/** Share of |dw| below which a part of dw is lost in rounding. */
const RESOLVED = 1e-6;
/** The growth bound takes |w| for at least this share of its first value, or a path through the origin would never cross. */
const NEAR_ORIGIN = 0.1;
/** The first step, before any curvature was seen: relative to |w|, or (at w = 0) as a change of the log-loss. */
const FIRST = 1e-3;

export interface StepControl {
  /** The step length h for direction u of norm `normU` at a point of norm `normW`. */
  propose(normW: number, normU: number): number;
  /** May a step be taken that changes the softmax weights by this much (total variation, in [0, 1])? */
  accepts(variation: number): boolean;
  /**
   * After a step that was taken: |dw| and |du| between the two points (whole = 0), then the same for their parts across w,
   * where `whole` is the |dw| of all of it: a part too small to be told from rounding teaches nothing.
   */
  learn(distance: number, change: number, whole: number): void;
  /** A step of length h raised the loss or turned the softmax too far: stay below. */
  rejected(h: number): void;
}

/**
 * `factor` in (0, 1] shrinks every bound: 1/2 gives the companion run whose difference measures discretization.
 * `firstNorm` is |w| at the initialization.
 */
export function createStepControl(factor: number, firstNorm: number): StepControl {
  let curvature = 0;
  let first = true;
  return {
    propose(normW, normU) {
      const size = Math.max(normW, NEAR_ORIGIN * firstNorm);
      const growth = size === 0 ? FIRST / (normU * normU) : ((first ? FIRST : GROWTH) * size) / normU;
      return factor * (curvature === 0 ? growth : Math.min(growth, 1 / curvature));
    },
    accepts: (variation) => variation <= SOFTMAX * factor,
    learn(distance, change, whole) {
      if (whole === 0) curvature *= MEMORY;
      first = false;
      if (distance > RESOLVED * whole) curvature = Math.max(curvature, change / distance);
    },
    rejected(h) {
      curvature = Math.max(curvature, (2 * factor) / h);
    },
  };
}
