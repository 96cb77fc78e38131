/**
 * One run to its limit, R^m -> R^D: descent in the log domain until the data are separated (phase 1, which chooses the basin),
 * continuation in the logarithm of the norm (phase 2), and, for depth 2 on coordinatewise networks, where near ties decay like
 * a power of the norm, the equilibrium of the growth rates over the blocks that are alive in this run (phase 3). Coordinatewise
 * networks are run in their blocks, with what the initialization forbids decided exactly. The limit is then held to the network
 * itself: margins, stationarity, complementarity of its own weights. A run that does not reach the goal ends with a reason.
 */
import { powerOfTwo } from "../exact/rational.js";
import type { Parameterization } from "../models/architecture.js";
import { type CoordinatewiseForm, coordinatewiseForm } from "../models/coordinatewise.js";
import type { LossFunction } from "../models/loss.js";
import type { Optimizer } from "../models/optimizer.js";
import { readStructure } from "../models/run-structure.js";
import type { SignedData } from "../models/signed-data.js";
import { type ContinuationState, createContinuation, TURN } from "./continuation.js";
import { checkDoor, inOwnUnit } from "./door.js";
import { type Finished, finishDepthTwo, ownGap } from "./finish.js";
import { kktParts } from "./kkt-parts.js";
import { LIMIT_STOPS, type LimitResult, type LimitStop, nothing } from "./limit-result.js";
import { separate } from "./separate.js";

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
  /** In (0, 1]: the steps of descent times this. Default 1. */
  readonly stepFactor?: number;
  readonly cancelled?: () => "time-budget" | "interrupted" | null;
}

const HANDOVER = 64;
const MAX_STEPS = 200_000;
const GOAL = 1e-10;
/** Continuation aims below the goal, so that the change of coordinates does not spend it. */
const MARGIN = 1e-3;
const CHUNK = 100;
/** Chunks of continuation at the usual turn; finer turns may take as many more as they are finer. */
const CHUNKS = 100;

/** w in the network's own coordinates. */
function ownParameters(form: CoordinatewiseForm | null, v: Float64Array): Float64Array {
  const w = Float64Array.from(v);
  if (form === null) return w;
  const D = form.P.dimensions.dim;
  for (let l = 0; l < form.depth; l++) form.fromCoordinates(w.subarray(l * D, (l + 1) * D));
  return w;
}

/** The run, in a unit of its own where the data are far from 1 in size; the predictor is in the unit of the data again. */
export function runToLimit(o: LimitOptions): LimitResult {
  checkDoor(o);
  const { own, unit } = inOwnUnit(o);
  const result = runInUnit({ ...o, ...own });
  return result.beta === null || unit === 0
    ? result
    : { ...result, beta: result.beta.map((b) => b * powerOfTwo(-unit)) };
}

function runInUnit(o: LimitOptions): LimitResult {
  const { handover = HANDOVER, maxSteps = MAX_STEPS, goal = GOAL, turn = TURN, stepFactor = 1 } = o;
  const { N, D } = o.data;
  const form = coordinatewiseForm(o.P);
  const P = form === null ? o.P : form.P;
  const z = Float64Array.from(o.data.z);
  if (form !== null) for (let n = 0; n < N; n++) form.toCoordinates(z.subarray(n * D, (n + 1) * D));
  const data: SignedData = { N, D, z };
  const structure = form === null ? null : readStructure(form, o.init, z);
  if (structure !== null && structure.start === null) return nothing("structure-undecided", structure.why);
  const notes =
    form === null && o.P.degree !== 1
      ? [
          "what the initialization of this network may forbid (exact zeros, symmetries) was not examined: rounding may have woken it",
        ]
      : [];
  const descent = separate({
    P,
    data,
    loss: o.loss,
    optimizer: o.optimizer,
    eta: o.eta,
    init: structure === null ? o.init : structure.start,
    maxSteps: maxSteps / stepFactor,
    stepFactor,
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
    basin: null,
    notes,
  });
  if (descent.stop === "time-budget" || descent.stop === "interrupted") return none(descent.stop, "in descent");
  if (descent.stop === "underflow") return none("underflow", LIMIT_STOPS.underflow);
  if (!descent.separated) return none("descent-ended", `descent: ${descent.stop}`);
  const run = createContinuation({
    P,
    data,
    start: descent.parameters,
    weights: descent.last.weights,
    ...(form === null ? {} : { gramWeights: (v: Float64Array, out: Float64Array) => form.gramWeights(v, out) }),
    turn,
    ...(o.cancelled === undefined ? {} : { cancelled: o.cancelled }),
  });
  // At depth 2 a block whose share is nothing yet may still outgrow the others: only the finish can tell, not the residuals.
  const finishing = form !== null && form.depth === 2 && alive !== null;
  const chunks = CHUNKS * Math.max(1, TURN / turn);
  let finished: Finished | null = null;
  let why = "";
  for (let chunk = 0; ; chunk++) {
    const stop = run.advance(CHUNK, finishing ? -1 : goal * MARGIN);
    const state = run.state();
    if (stop !== "goal-met" && stop !== "step-budget")
      return descent.stop !== "goal-met" && stop === "margin-lost"
        ? none("descent-ended", `descent: ${descent.stop}, and continuation could not take over there`, state)
        : none(stop, LIMIT_STOPS[stop], state);
    if (stop === "goal-met") break;
    if (finishing) {
      const end = finishDepthTwo(form, data, alive, state);
      if (end.finished !== null) {
        finished = end.finished;
        break;
      }
      why = end.why;
      const { stationarity, complementarity } = state;
      const still = Math.max(stationarity, complementarity) <= goal * MARGIN;
      if (still && Math.abs(ownGap(form, data, alive, state)) <= goal) break;
    }
    if (chunk + 1 >= chunks)
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
    basin: null,
    notes,
  };
}
