/**
 * Multipliers of points as unevaluated sums of two doubles: where large points cancel, one double does not tell their weights.
 * Cost: some operations a point.
 */
import { twoSum } from "../numeric/double-double.js";

export interface Weights {
  readonly hi: Float64Array;
  readonly lo: Float64Array;
}

export const plainWeights = (hi: Float64Array): Weights => ({ hi, lo: new Float64Array(hi.length) });

/** The weights that are kept, and 0. */
export const maskedWeights = ({ hi, lo }: Weights, keep: (x: number, n: number) => boolean): Weights => ({
  hi: hi.map((x, n) => (keep(x, n) ? x : 0)),
  lo: lo.map((x, n) => (keep(hi[n]!, n) ? x : 0)),
});

/** a + t move. */
export function movedWeights({ hi, lo }: Weights, t: number, move: Float64Array): Weights {
  const next = { hi: hi.slice(), lo: lo.slice() };
  for (let n = 0; n < hi.length; n++) {
    const first = twoSum(hi[n]!, t * move[n]!);
    const sum = twoSum(first.hi, first.lo + lo[n]!);
    [next.hi[n], next.lo[n]] = [sum.hi, sum.lo];
  }
  return next;
}
