/**
 * What a run to its limit ends with: the limit, scaled to least margin 1, the weights of the run, the residuals of the network
 * itself there, what each phase did, and a named stop with a sentence for every way in which it can end.
 */
import type { Alive } from "../models/run-structure.js";
import type { Finished } from "./finish.js";
import type { KktParts } from "./kkt-parts.js";
import type { Monitor } from "./monitors.js";
import type { Uniqueness } from "./uniqueness.js";

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

export interface Rate {
  /** The power r with which the distance falls like |w|^(-r); null where it was not seen. */
  readonly power: number | null;
  readonly why: string;
}

export interface LimitPoint {
  readonly active: number;
  /** Real coordinates of the support. */
  readonly unknowns: number;
  /** As many active margins as unknowns. */
  readonly vertex: boolean;
  readonly unique: Uniqueness;
  /** Depth 3 and more: is the Newton matrix regular, so that no other stationary point is near? Null where not solved. */
  readonly isolated: boolean | null;
  /** In words, what a regular point does not have; null for a regular one. */
  readonly degenerate: string | null;
}

export interface LimitResult {
  readonly stop: LimitStop;
  /** More than the stop's own sentence, where there is more to say. */
  readonly why: string;
  /** The limit, scaled to least margin 1; null where there is none. */
  readonly beta: Float64Array | null;
  /** Parameters of the network itself, |w| = 1. */
  readonly parameters: Float64Array | null;
  /** The run's own multipliers, in the simplex; where the limit has others too, one choice of them, and a note says so. */
  readonly dual: Float64Array | null;
  /** Directions in which the limit's conditions leave the weights free, at least; 0 where those shown are the only ones. */
  readonly freeWeights: number;
  readonly kkt: KktParts | null;
  readonly phases: {
    readonly descent: { readonly steps: number; readonly logInverseLoss: number };
    readonly continuation: { readonly steps: number; readonly logLogInverseLoss: number } | null;
    readonly finish: Pick<Finished, "moved" | "gap" | "before" | "rates"> | null;
    /** Newton on the stationarity equations read off the run: how far it moved (rad), the residuals before. */
    readonly polish: {
      readonly moved: number;
      readonly before: { readonly stationarity: number; readonly complementarity: number };
    } | null;
  };
  /**
   * Rad: what Newton's last correction leaves where the limit was polished or finished, else what the last steps of
   * continuation leave to go. Null where it cannot be told. It is about the point that the run approaches, and rests on
   * the support, signs and active margins that the run shows.
   */
  readonly errorBar: number | null;
  /** How fast the direction converges at the end. */
  readonly rate: Rate;
  /** The limit among the stationary points; null where there is none. */
  readonly point: LimitPoint | null;
  /** Total variation between the weights of the softmax at the end of descent and the limit's own. */
  readonly weightsMoved: number | null;
  /** What the asymptotic hypotheses speak of, as seen along this run. */
  readonly monitors: readonly Monitor[];
  readonly alive: readonly Alive[] | null;
  /**
   * Where the limit depends on the path: how often the steps were made finer before two runs in a row ended at one limit,
   * and the angle between these two (rad). Null where it does not depend on the path, or was not compared.
   */
  readonly basin: { readonly refined: number; readonly apart: number } | null;
  /** What a reader must know of how far this goes. */
  readonly notes: readonly string[];
}

export const NOT_SEEN: Rate = { power: null, why: "the run shows too little to tell" };

/** What a result without a limit holds in place of one. */
export const NO_LIMIT = {
  beta: null,
  parameters: null,
  dual: null,
  freeWeights: 0,
  kkt: null,
  errorBar: null,
  rate: NOT_SEEN,
  point: null,
  weightsMoved: null,
} as const;

/** An end before the first step. */
export const nothing = (stop: LimitStop, why: string): LimitResult => ({
  ...NO_LIMIT,
  stop,
  why,
  phases: { descent: { steps: 0, logInverseLoss: 0 }, continuation: null, finish: null, polish: null },
  alive: null,
  basin: null,
  monitors: [],
  notes: [],
});
