/**
 * The contract of an optimizer: facts that theorems read, and one step function in the log domain. The engine owns the
 * loop; it computes the loss-normalized descent direction u = -grad log L = -grad L / L, and the optimizer says how far
 * along u a step of size eta goes.
 */
import type { Citation } from "../kernel/citation.js";

export interface Optimizer {
  readonly name: string;
  readonly summary: string;
  readonly source: Citation;
  readonly facts: {
    /** Are the steps eta_t of w <- w - eta_t grad L bounded for all t? The theorems for gradient descent ask for it. */
    readonly boundedSteps: boolean;
    /** Does it follow the path of gradient flow up to a change of time, as the step tends to 0? */
    readonly discretizes: "gradient-flow" | null;
    /** The norm whose steepest descent this is. */
    readonly norm: "l2";
  };
  /** The multiple h of u with w <- w + h u for a step of size `eta` at loss exp(logLoss); may underflow to 0. */
  reach(eta: number, logLoss: number): number;
}
