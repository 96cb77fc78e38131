/**
 * One step of an embedded Runge-Kutta method for dw/ds = f(w), R^m -> R^m: Dormand and Prince 1980, of order 5, with the
 * error estimate of order 4. The last stage is f at the new point, so that the next step begins with it.
 * Cost: six evaluations of f; eight vectors of memory.
 */
import { axpy, norm } from "./vec.js";

/** Rows of the tableau from the second stage on; the last row is the new point. */
const STAGES: readonly (readonly number[])[] = [
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];

/** Weights of order 5 less those of order 4. */
const ERROR: readonly number[] = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

export interface EmbeddedStep {
  /**
   * From w with slope `slope` = f(w): the point after `h` into `next`, f there into `slopeNext`. Returns the estimate of
   * |error|_2; NaN or Infinity where a stage left the doubles.
   */
  trial(w: Float64Array, slope: Float64Array, h: number, next: Float64Array, slopeNext: Float64Array): number;
}

/** `f` is asked last at the new point. Allocates nothing after construction. */
export function dormandPrince(m: number, f: (w: Float64Array, out: Float64Array) => void): EmbeddedStep {
  const slopes = Array.from({ length: 7 }, () => new Float64Array(m));
  const error = new Float64Array(m);
  /** out = sum_j weights_j slopes_j */
  const combine = (weights: readonly number[], out: Float64Array): void => {
    out.fill(0);
    for (let j = 0; j < weights.length; j++) if (weights[j] !== 0) axpy(weights[j]!, slopes[j]!, out);
  };
  return {
    trial(w, slope, h, next, slopeNext) {
      slopes[0]!.set(slope);
      for (let stage = 0; stage < STAGES.length; stage++) {
        combine(STAGES[stage]!, next);
        for (let i = 0; i < m; i++) next[i] = w[i]! + h * next[i]!;
        f(next, slopes[stage + 1]!);
      }
      slopeNext.set(slopes[6]!);
      combine(ERROR, error);
      return h * norm(error);
    },
  };
}
