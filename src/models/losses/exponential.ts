/**
 * Exponential loss L = sum_n exp(-m_n) (the sum, not the mean): log L = -min m + log sum exp(-(m_n - min m)), and the
 * normalized slopes are the softmax weights p_n = exp(-m_n) / L. Source: Gunasekar et al. 2018.
 * Cost: N exponentials and one logarithm; the shifted exponents are at most 0, so nothing overflows.
 */
import { exp, log } from "../../numeric/elementary.js";
import type { LossFunction } from "../loss.js";

export const exponential: LossFunction = Object.freeze({
  name: "exponential",
  source: { key: "gunasekar-2018", locator: "exponential loss" } as const,
  facts: { exponentialTail: true },
  evaluate(margins: Float64Array, weights: Float64Array): number {
    const N = margins.length;
    let least = margins[0]!;
    for (let n = 1; n < N; n++) if (margins[n]! < least) least = margins[n]!;
    let total = 0;
    for (let n = 0; n < N; n++) {
      const e = exp(least - margins[n]!);
      weights[n] = e;
      total += e;
    }
    for (let n = 0; n < N; n++) weights[n] = weights[n]! / total;
    return log(total) - least;
  },
});
