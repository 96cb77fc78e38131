/**
 * One step of an embedded Runge-Kutta method for dw/ds = f(w), R^m -> R^m: Dormand and Prince 1980, of order 5, with the
 * error estimate of order 4. The last stage is f at the new point, so that the next step begins with it.
 * Cost: six evaluations of f; six vectors of memory.
 */

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

/** `f` is asked last at the new point. */
export function dormandPrince(m: number, f: (w: Float64Array, out: Float64Array) => void): EmbeddedStep {
  const k = Array.from({ length: 5 }, () => new Float64Array(m));
  return {
    trial(w, slope, h, next, slopeNext) {
      const slopes = [slope, ...k, slopeNext];
      STAGES.forEach((row, stage) => {
        next.set(w);
        row.forEach((a, j) => {
          const [c, from] = [h * a, slopes[j]!];
          if (c !== 0) for (let i = 0; i < m; i++) next[i] = next[i]! + c * from[i]!;
        });
        f(next, slopes[stage + 1]!);
      });
      let s = 0;
      let peak = 0;
      for (let pass = 0; pass < 2; pass++)
        for (let i = 0; i < m; i++) {
          let e = 0;
          for (let j = 0; j < ERROR.length; j++) e += ERROR[j]! * slopes[j]![i]!;
          if (pass === 0) peak = Math.abs(e) > peak || Number.isNaN(e) ? Math.abs(e) : peak;
          else if (peak > 0) s += (e / peak) * (e / peak);
        }
      return h * peak * Math.sqrt(s);
    },
  };
}
