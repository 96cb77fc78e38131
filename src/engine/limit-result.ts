/**
 * What a run to its limit ends with: the limit, scaled to least margin 1, the weights of the run, the residuals of the network
 * itself there, what each phase did, and a named stop with a sentence for every way in which it can end.
 */
import type { Alive } from "../models/run-structure.js";
import type { Finished } from "./finish.js";
import type { KktParts } from "./kkt-parts.js";

export const LIMIT_STOPS = {
  "goal-met": "a limit direction was reached: the residuals of the network itself are within the goal",
  "basin-undecided":
    "at this depth the limit depends on the path, and runs with finer and finer steps did not agree on one",
  "structure-undecided": "what the initialization forbids could not be decided exactly, and rounding may not decide it",
  "descent-ended": "descent ended before the data were separated",
  underflow: "the margins or the gradient are below the smallest double, and not zero: the initialization is too small",
  "margin-lost": "a margin that was positive turned negative on the way: the step is too coarse here",
  "zero-gradient": "the weighted gradient vanished: not a limit with a positive margin",
  "step-underflow": "the direction turns faster than any step of continuation can follow in floating point",
  "step-budget": "continuation used up its steps; the direction is still moving",
  "finish-failed":
    "the equilibrium over the living blocks could not be found, or lies further away than the run explains",
  "residual-left": "the network's own residuals at the limit are above the goal",
  "time-budget": "the run used up its budget of time",
  interrupted: "the run was interrupted",
} as const;

export type LimitStop = keyof typeof LIMIT_STOPS;

export interface LimitResult {
  readonly stop: LimitStop;
  /** More than the stop's own sentence, where there is more to say. */
  readonly why: string;
  /** The limit, scaled to least margin 1; null where there is none. */
  readonly beta: Float64Array | null;
  /** Parameters of the network itself, |w| = 1. */
  readonly parameters: Float64Array | null;
  /** The run's own multipliers, in the simplex. */
  readonly dual: Float64Array | null;
  readonly kkt: KktParts | null;
  readonly phases: {
    readonly descent: { readonly steps: number; readonly logInverseLoss: number };
    readonly continuation: { readonly steps: number; readonly logLogInverseLoss: number } | null;
    readonly finish: Omit<Finished, "parameters" | "dual"> | null;
  };
  readonly alive: readonly Alive[] | null;
  /**
   * Where the limit depends on the path: how often the steps were made finer before two runs in a row ended at one limit,
   * and the angle between these two (rad). Null where it does not depend on the path, or was not compared.
   */
  readonly basin: { readonly refined: number; readonly apart: number } | null;
  /** What a reader must know of how far this goes. */
  readonly notes: readonly string[];
}

/** An end before the first step. */
export const nothing = (stop: LimitStop, why: string): LimitResult => ({
  stop,
  why,
  beta: null,
  parameters: null,
  dual: null,
  kkt: null,
  phases: { descent: { steps: 0, logInverseLoss: 0 }, continuation: null, finish: null },
  alive: null,
  basin: null,
  notes: [],
});
