/**
 * The contract of a loss: L = sum_n l(m_n) over the margins m_n = y_n f(x_n), evaluated in the log domain so that it
 * never underflows. A loss says what its theorems need to know of it as facts.
 */
import type { Citation } from "../kernel/citation.js";
import { checkNamed } from "./define.js";

export interface LossFunction {
  readonly name: string;
  readonly source: Citation;
  readonly facts: { readonly exponentialTail: boolean };
  /**
   * Returns log L and fills `weights` with -l'(m_n) / L, the loss-normalized slopes, for margins of length N.
   * Allocates nothing. Margins must be finite.
   */
  evaluate(margins: Float64Array, weights: Float64Array): number;
}

export function defineLoss(loss: LossFunction): LossFunction {
  checkNamed("loss", loss, ["evaluate"], ["exponentialTail"]);
  return Object.freeze(loss);
}
