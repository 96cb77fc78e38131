/**
 * One network on one data set in the log domain: from parameters w to the log-loss, the softmax weights p and the
 * loss-normalized descent direction u = -grad_w log L = J(w)^T sum_n p_n z_n, with z_n = y_n x_n.
 * Everything the loops of this room share; no allocation after construction. Cost of one look: one apply, one pullback,
 * two passes over the N x D data, N exponentials.
 */
import { UseError } from "../kernel/use-error.js";
import type { Parameterization } from "../models/architecture.js";
import type { LossFunction } from "../models/loss.js";
import type { SignedData } from "../models/signed-data.js";
import { combineRows, rowProducts } from "../numeric/vec.js";

export interface Trainer {
  readonly P: Parameterization;
  readonly beta: Float64Array;
  readonly margins: Float64Array;
  /** Softmax weights p of the last `look`. */
  readonly weights: Float64Array;
  /** r = sum p_n z_n, the loss-normalized negative gradient in predictor space, of the last `direction`. */
  readonly residual: Float64Array;
  /** log L at w; fills beta, margins, weights. NaN or infinite if w is too large. */
  look(w: Float64Array): number;
  /** u at the point of the last `look`, into `out`; fills residual. */
  direction(w: Float64Array, out: Float64Array): void;
}

export function createTrainer(P: Parameterization, data: SignedData, loss: LossFunction): Trainer {
  if (data.D !== P.dimensions.dim)
    throw new UseError(`${P.architecture}: expected data of dimension ${P.dimensions.dim}, got ${data.D}`);
  const beta = new Float64Array(data.D);
  const margins = new Float64Array(data.N);
  const weights = new Float64Array(data.N);
  const residual = new Float64Array(data.D);
  return {
    P,
    beta,
    margins,
    weights,
    residual,
    look(w) {
      P.apply(w, beta);
      rowProducts(data.z, beta, margins);
      return loss.evaluate(margins, weights);
    },
    direction(w, out) {
      combineRows(data.z, weights, residual);
      P.pullback(w, residual, out);
    },
  };
}
