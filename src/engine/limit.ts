/**
 * The limit direction of gradient flow from an initialization, R^m -> R^D: descent in the log domain until the data are
 * separated (phase 1, which chooses the basin), continuation in the logarithm of the norm (phase 2), and, for depth 2 on
 * coordinatewise networks, where near ties decay like a power of the norm, the equilibrium of the growth rates over the blocks
 * that are alive in this run (phase 3). Coordinatewise networks are run in their blocks, with what the initialization forbids
 * decided exactly. The limit is then held to the network itself: margins, stationarity, complementarity of its own weights.
 * Never a silent wrong answer: a run that does not reach the goal ends with a reason.
 */
import type { Parameterization } from "../models/architecture.js";
import { type CoordinatewiseForm, coordinatewiseForm } from "../models/coordinatewise.js";
import type { LossFunction } from "../models/loss.js";
import type { Optimizer } from "../models/optimizer.js";
import { type Alive, readStructure } from "../models/run-structure.js";
import type { SignedData } from "../models/signed-data.js";
import { combineRows, dot, norm, rowProducts } from "../numeric/vec.js";
import { type ContinuationState, createContinuation } from "./continuation.js";
import { descend } from "./descent.js";
import { type Finished, finishDepthTwo } from "./finish.js";

export interface LimitOptions {
  readonly P: Parameterization;
  readonly data: SignedData;
  readonly loss: LossFunction;
  readonly optimizer: Optimizer;
  readonly eta: number;
  readonly init: Float64Array;
  /** log(1/loss) at which continuation takes over. Default 64. */
  readonly handover?: number;
  readonly maxSteps?: number;
  /** Both residuals of the network itself at the limit. Default 1e-10. */
  readonly goal?: number;
  readonly turn?: number;
  readonly cancelled?: () => "time-budget" | "interrupted" | null;
}

export const LIMIT_STOPS = {
  "goal-met": "the limit direction was reached: the residuals of the network itself are within the goal",
  "structure-undecided": "what the initialization forbids could not be decided exactly, and rounding may not decide it",
  "descent-ended": "descent ended before the data were separated",
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

export interface KktParts {
  /** Sine of the angle between w and J(w)^T sum q_n z_n. */
  readonly stationarity: number;
  /** (q.m - min m) / min m. */
  readonly complementarity: number;
  /** max(0, 1 - least margin) of the predictor reported. */
  readonly feasibility: number;
}

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
}

const HANDOVER = 64;
const MAX_STEPS = 200_000;
const GOAL = 1e-10;
/** Continuation aims below the goal, so that the change of coordinates does not spend it. */
const MARGIN = 1e-3;
const CHUNK = 100;
const CHUNKS = 100;

/** An end before the first step. */
const nothing = (stop: LimitStop, why: string): LimitResult => ({
  stop,
  why,
  beta: null,
  parameters: null,
  dual: null,
  kkt: null,
  phases: { descent: { steps: 0, logInverseLoss: 0 }, continuation: null, finish: null },
  alive: null,
});

/** w in the network's own coordinates. */
function ownParameters(form: CoordinatewiseForm | null, v: Float64Array): Float64Array {
  const w = Float64Array.from(v);
  if (form === null) return w;
  const D = form.P.dimensions.dim;
  for (let l = 0; l < form.depth; l++) form.fromCoordinates(w.subarray(l * D, (l + 1) * D));
  return w;
}

/** The residuals of the network itself, in its own coordinates. */
export function kktParts(
  P: Parameterization,
  data: SignedData,
  w: Float64Array,
  q: Float64Array,
): { readonly parts: KktParts; readonly beta: Float64Array } | null {
  const { N, D, z } = data;
  const beta = new Float64Array(D);
  const margins = new Float64Array(N);
  const combined = new Float64Array(D);
  const pull = new Float64Array(P.parameters);
  P.apply(w, beta);
  rowProducts(z, beta, margins);
  combineRows(z, q, combined);
  P.pullback(w, combined, pull);
  const least = leastMargin(beta, data);
  const size = norm(pull);
  if (!(least > 0) || size === 0) return null;
  const along = dot(w, pull) / norm(w);
  let off = 0;
  for (let i = 0; i < w.length; i++) {
    const x = pull[i]! - (along * w[i]!) / norm(w);
    off += x * x;
  }
  const scaled = beta.map((b) => b / least);
  return {
    beta: scaled,
    parts: {
      stationarity: along > 0 ? Math.sqrt(off) / size : 1,
      complementarity: (dot(q, margins) - least) / least,
      feasibility: Math.max(0, 1 - leastMargin(scaled, data)),
    },
  };
}

export function limitDirection(o: LimitOptions): LimitResult {
  const { handover = HANDOVER, maxSteps = MAX_STEPS, goal = GOAL } = o;
  const { N, D } = o.data;
  const form = coordinatewiseForm(o.P);
  const structure = form === null ? null : readStructure(form, o.init);
  if (structure !== null && structure.start === null) return nothing("structure-undecided", structure.why);
  const P = form === null ? o.P : form.P;
  const z = Float64Array.from(o.data.z);
  if (form !== null) for (let n = 0; n < N; n++) form.toCoordinates(z.subarray(n * D, (n + 1) * D));
  const data: SignedData = { N, D, z };
  const descent = descend({
    P,
    data,
    loss: o.loss,
    optimizer: o.optimizer,
    eta: o.eta,
    init: structure === null ? o.init : structure.start,
    maxSteps,
    observe: (s) => s.logInverseLoss >= handover,
    ...(o.cancelled === undefined ? {} : { cancelled: o.cancelled }),
  });
  const first = { steps: descent.steps, logInverseLoss: descent.logInverseLoss };
  const alive = structure?.alive ?? null;
  const none = (stop: LimitStop, why: string, state: ContinuationState | null = null): LimitResult => ({
    stop,
    why,
    beta: null,
    parameters: null,
    dual: null,
    kkt: null,
    phases: {
      descent: first,
      continuation: state === null ? null : { steps: state.steps, logLogInverseLoss: state.logLogInverseLoss },
      finish: null,
    },
    alive,
  });
  if (descent.stop === "time-budget" || descent.stop === "interrupted") return none(descent.stop, "in descent");
  if (!(leastMargin(descent.last.beta, data) > 0)) return none("descent-ended", `descent: ${descent.stop}`);
  const run = createContinuation({
    P,
    data,
    start: descent.parameters,
    weights: descent.last.weights,
    ...(form === null ? {} : { gramWeights: (v: Float64Array, out: Float64Array) => form.gramWeights(v, out) }),
    ...(o.turn === undefined ? {} : { turn: o.turn }),
  });
  let finished: Finished | null = null;
  let why = "";
  for (let chunk = 0; ; chunk++) {
    const stop = run.advance(CHUNK, goal * MARGIN);
    const state = run.state();
    if (stop !== "goal-met" && stop !== "step-budget") return none(stop, LIMIT_STOPS[stop], state);
    if (stop === "goal-met") break;
    if (form !== null && form.depth === 2 && alive !== null) {
      const end = finishDepthTwo(form, data, alive, state);
      if (end.finished !== null) {
        finished = end.finished;
        break;
      }
      why = end.why;
    }
    const reason = o.cancelled?.() ?? null;
    if (reason !== null) return none(reason, "in continuation", state);
    if (chunk + 1 >= CHUNKS)
      return why === "" ? none("step-budget", LIMIT_STOPS["step-budget"], state) : none("finish-failed", why, state);
  }
  const state = run.state();
  const w = ownParameters(form, finished?.parameters ?? state.v);
  const dual = finished?.dual ?? state.p;
  const found = kktParts(o.P, o.data, w, dual);
  const phases: LimitResult["phases"] = {
    descent: first,
    continuation: { steps: state.steps, logLogInverseLoss: state.logLogInverseLoss },
    finish:
      finished === null
        ? null
        : { moved: finished.moved, gap: finished.gap, before: finished.before, rates: finished.rates },
  };
  if (found === null) return none("margin-lost", "the network itself has no positive margin at the limit", state);
  const met = found.parts.stationarity <= goal && found.parts.complementarity <= goal;
  return {
    stop: met ? "goal-met" : "residual-left",
    why: met ? "" : LIMIT_STOPS["residual-left"],
    beta: found.beta,
    parameters: w,
    dual,
    kkt: found.parts,
    phases,
    alive,
  };
}

function leastMargin(beta: Float64Array, { N, z }: SignedData): number {
  const m = new Float64Array(N);
  rowProducts(z, beta, m);
  return m.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}
