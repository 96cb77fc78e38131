/**
 * The contract of an optimizer: facts that theorems read, and one step function in the log domain. The engine owns the
 * loop and computes the loss-normalized descent direction u = -grad log L = -grad L / L. Most optimizers only say how far
 * along u a step of size eta goes (`reach`); one that remembers earlier steps, asks for more than one gradient, or goes
 * along another direction than u (steepest descent in other norms) makes its steps itself (`stepper`).
 */
import type { Citation } from "../kernel/citation.js";
import type { StopReason } from "../kernel/stop.js";
import { checkNamed } from "./define.js";

/** The loss of one network on one data set, in the log domain, as an optimizer sees it. */
export interface Slope {
  /** log L at w; not finite where w is too large. */
  look(w: Float64Array): number;
  /** u = -grad log L, of the point of the last `look`, which must have been w, into `out`. */
  direction(w: Float64Array, out: Float64Array): void;
}

/** Where a run stands. A stepper moves it on in place; u and logLoss always belong to w. */
export interface Point {
  readonly w: Float64Array;
  readonly u: Float64Array;
  logLoss: number;
  /** Sum of the step sizes eta_t of w <- w - eta_t grad L so far; Infinity where that overflows. */
  time: number;
  /** How much of its eta the last step used up: all of it, but for an optimizer that cuts its steps into parts. */
  used: number;
  /** Was the last step limited by eta, and not by anything that the optimizer saw? */
  atBound: boolean;
  /** Did the last step change w at all, in floating point? */
  moved: boolean;
}

export interface StepperSettings {
  /** In (0, 1]: all that the optimizer chooses for itself is finer by this factor. */
  readonly stepFactor: number;
  /** The share mu of the last step that is repeated, in [0, 1). */
  readonly momentum: number;
  /** The error of one step, relative to |w|. */
  readonly localError: number;
}

export const DEFAULT_SETTINGS: StepperSettings = Object.freeze({ stepFactor: 1, momentum: 0.9, localError: 1e-9 });

/** What a user may choose of an optimizer, beside eta. */
export type OptimizerOption = Exclude<keyof StepperSettings, "stepFactor">;

export interface Stepper {
  /**
   * One step of size eta (or the first part of one: see `used`), with the slope last looked at where `point` is, before and
   * after. A reason instead of null where it cannot go on: then `point` stays as it was, and the slope may be elsewhere.
   */
  step(point: Point, eta: number): StopReason | null;
}

export interface OptimizerFacts {
  /** Are the steps eta_t of w <- w - eta_t grad L bounded for all t? The theorems for gradient descent ask for it. */
  readonly boundedSteps: boolean;
  /** Is eta_t kept below 1 / |Hess L(w_t)|, the local Lipschitz constant of the gradient? (As estimated: no certificate.) */
  readonly locallyBounded: boolean;
  /** Does every step go the way of gradient flow from where it starts, so that it is its path as the step tends to 0? */
  readonly discretizes: "gradient-flow" | null;
  /** Where it does not: why, in a clause for people. */
  readonly unlikeFlow?: string;
  /** The norm whose steepest descent this is. */
  readonly norm: "l2" | "linf";
}

export interface Optimizer {
  readonly name: string;
  readonly summary: string;
  readonly source: Citation;
  readonly facts: OptimizerFacts;
  /**
   * The multiple h of u that the gradient at w moves w by, at most, in a step of size `eta` at loss exp(logLoss); may
   * underflow to 0. Without a `stepper` this is the step, w <- w + h u, and the engine's step control may shorten it.
   */
  reach(eta: number, logLoss: number): number;
  /** What may be chosen of the stepper. */
  readonly options?: readonly OptimizerOption[];
  /** Its own steps, for one run; the engine takes them as they are. */
  stepper?(slope: Slope, parameters: number, settings: StepperSettings): Stepper;
}

export function defineOptimizer(o: Optimizer): Optimizer {
  checkNamed("optimizer", o, ["reach"], ["boundedSteps", "locallyBounded", "discretizes", "norm"]);
  return Object.freeze(o);
}

/** The steps of any optimizer, bare: its own, or w <- w + reach u, without step control. */
export function stepperOf(
  o: Optimizer,
  slope: Slope,
  parameters: number,
  settings: StepperSettings = DEFAULT_SETTINGS,
): Stepper {
  if (o.stepper !== undefined) return o.stepper(slope, parameters, settings);
  const next = new Float64Array(parameters);
  return {
    step(point, eta) {
      const h = o.reach(settings.stepFactor * eta, point.logLoss);
      for (let i = 0; i < parameters; i++) next[i] = point.w[i]! + h * point.u[i]!;
      return settle(slope, point, next, eta, settings.stepFactor * eta);
    },
  };
}

/** Moves `point` to `next`, where a whole step of size eta went in plain time `time`; "diverged" where there is no loss. */
export function settle(slope: Slope, point: Point, next: Float64Array, eta: number, time: number): StopReason | null {
  const logLoss = slope.look(next);
  if (!Number.isFinite(logLoss)) return "diverged";
  let moved = false;
  for (let i = 0; i < next.length; i++) if (next[i]! !== point.w[i]!) moved = true;
  point.w.set(next);
  slope.direction(point.w, point.u);
  point.logLoss = logLoss;
  point.time += time;
  point.used = eta;
  point.atBound = true;
  point.moved = moved;
  return null;
}
