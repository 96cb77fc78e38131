/**
 * Logistic loss L = sum_n log(1 + exp(-m_n)) (the sum, not the mean). With t = exp(-m): log l = -m + log(log1p(t)/t) for
 * m >= 0, which loses nothing far out where l = t, and l = -m + log1p(exp(m)) below; -l'/l = 1/((1+t) (log1p(t)/t)), and
 * 1/(1+exp(m))/l. Its tail is that of the exponential loss. Source: Soudry et al. 2018.
 * Cost: four exponentials and two logarithms a point.
 */
import { exp, log, log1p } from "../../numeric/elementary.js";
import type { LossFunction } from "../loss.js";

/** log1p(t) / t for t = exp(-m), m >= 0; 1 where t has underflowed. */
function quotient(m: number): number {
  const t = exp(-m);
  return t === 0 ? 1 : log1p(t) / t;
}

const logValue = (m: number): number => (m >= 0 ? log(quotient(m)) - m : log(log1p(exp(m)) - m));

/** -l'(m) / l(m). */
const slope = (m: number): number =>
  m >= 0 ? 1 / ((1 + exp(-m)) * quotient(m)) : 1 / ((1 + exp(m)) * (log1p(exp(m)) - m));

export const logistic: LossFunction = Object.freeze({
  name: "logistic",
  source: { key: "soudry-2018", locator: "logistic loss" } as const,
  facts: { exponentialTail: true },
  evaluate(margins: Float64Array, weights: Float64Array): number {
    const N = margins.length;
    let most = Number.NEGATIVE_INFINITY;
    for (let n = 0; n < N; n++) {
      const value = logValue(margins[n]!);
      weights[n] = value;
      if (value > most) most = value;
    }
    let total = 0;
    for (let n = 0; n < N; n++) {
      const share = exp(weights[n]! - most);
      weights[n] = share;
      total += share;
    }
    for (let n = 0; n < N; n++) weights[n] = (weights[n]! / total) * slope(margins[n]!);
    return log(total) + most;
  },
});
