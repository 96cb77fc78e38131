/**
 * One run to its limit, R^m -> R^D: descent in the log domain until the data are separated (phase 1, which chooses the basin),
 * continuation in the logarithm of the norm (phase 2), and a third phase: at depth 2 on coordinatewise networks, where near
 * ties decay like a power of the norm, the equilibrium of the growth rates over the blocks alive in this run; elsewhere a
 * polish by Newton. Coordinatewise networks are run in their blocks, with what the initialization forbids decided exactly. The
 * limit is then held to the network itself: margins, stationarity, complementarity of its own weights. A run that does not
 * reach the goal ends with a reason.
 */
import { powerOfTwo } from "../exact/rational.js";
import type { Parameterization } from "../models/architecture.js";
import { type CoordinatewiseForm, coordinatewiseForm } from "../models/coordinatewise.js";
import type { LossFunction } from "../models/loss.js";
import type { Optimizer } from "../models/optimizer.js";
import { readStructure } from "../models/run-structure.js";
import type { SignedData } from "../models/signed-data.js";
import { hasSilentFrequency } from "../models/silent-frequencies.js";
import { isBalanced } from "./balanced.js";
import { type ContinuationState, createContinuation, TURN } from "./continuation.js";
import type { DescentOptions } from "./descent.js";
import { checkDoor, inOwnUnit } from "./door.js";
import { endOfRun } from "./end-of-run.js";
import { type Finished, finishDepthTwo, ownGap } from "./finish.js";
import { fasterGrowth } from "./growth.js";
import { kktParts, leastMargin } from "./kkt-parts.js";
import { LIMIT_STOPS, type LimitResult, type LimitStop, NO_LIMIT, nothing } from "./limit-result.js";
import { createSampler, monitorsOf, type Sample } from "./monitors.js";
import { Ended, type PatienceOptions, patienceOf } from "./patience.js";
import { descentSamples } from "./samples.js";
import { type Separated, separate } from "./separate.js";

export interface LimitOptions extends PatienceOptions {
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
  /** What an optimizer that makes its own steps is asked for, such as the error of one. */
  readonly settings?: DescentOptions["settings"];
  /** Only from the initialization given: never from a multiple of it, also where the limit does not depend on its size. */
  readonly asGiven?: boolean;
}

export interface Run {
  readonly result: LimitResult;
  /** The parameters at the end of descent, in the coordinates and the unit of the run; null where it did not get there. */
  readonly handedOver: Float64Array | null;
  /** Where it began, in these coordinates, with what is known of its structure; null where nothing is. */
  readonly begun: Float64Array | null;
  /** Where the run was on its way, in the order of its losses. */
  readonly way: readonly Sample[];
}

const HANDOVER = 64;
const MAX_STEPS = 200_000;
const GOAL = 1e-10;
/** Continuation aims below the goal, so that the change of coordinates does not spend it. */
const MARGIN = 1e-3;
const CHUNK = 100;
/** Rad: a step that turns the direction by no more is rounding. */
const REST = 1e-14;
/** Chunks in a row that leave the residuals within a factor 2 of those before. */
const EVEN = 5;
/** Chunks of continuation at the usual turn; finer turns may take as many more as they are finer. */
const CHUNKS = 100;
/** Rates that differ by less, relatively, are one. */
const FASTER = 1e-9;
const SADDLE = "it stands at a saddle: a direction grows faster than where the run is, and nothing of it is in the run";
const BALANCED =
  "the layers are balanced exactly, which the flow keeps: rounding may open a way through 0 that is closed to it";
const SILENT = "at some frequency two filters of every product vanish: it may be dead, and rounding would wake it";
const PROGRESS_EVERY = 16;

/** w in the network's own coordinates. */
function ownParameters(form: CoordinatewiseForm | null, v: Float64Array): Float64Array {
  const w = Float64Array.from(v);
  if (form === null) return w;
  const D = form.P.dimensions.dim;
  for (let l = 0; l < form.depth; l++) form.fromCoordinates(w.subarray(l * D, (l + 1) * D));
  return w;
}

/** Half the sum of the differences. */
const variation = (p: Float64Array, q: Float64Array): number => p.reduce((s, x, n) => s + Math.abs(x - q[n]!), 0) / 2;

/**
 * The run, in a unit of its own where the data are far from 1 in size; the predictor is in the unit of the data again.
 * `start` replaces the initialization by another point in the coordinates and the unit of the run, of the same structure.
 */
export function runToLimit(o: LimitOptions, start: Float64Array | null = null): Run {
  checkDoor(o);
  const { own, unit } = inOwnUnit(o);
  const { result, handedOver, begun, way } = runInUnit({ ...o, ...own }, start);
  return {
    handedOver,
    begun,
    way,
    result:
      result.beta === null || unit === 0 ? result : { ...result, beta: result.beta.map((b) => b * powerOfTwo(-unit)) },
  };
}

function runInUnit(o: LimitOptions, startAt: Float64Array | null): Run {
  const { handover = HANDOVER, maxSteps = MAX_STEPS, goal = GOAL, turn = TURN, stepFactor = 1 } = o;
  const { N, D } = o.data;
  const form = coordinatewiseForm(o.P);
  const P = form === null ? o.P : form.P;
  const z = Float64Array.from(o.data.z);
  if (form !== null) for (let n = 0; n < N; n++) form.toCoordinates(z.subarray(n * D, (n + 1) * D));
  const data: SignedData = { N, D, z };
  const structure = form === null ? null : readStructure(form, o.init, z);
  if (structure !== null && structure.start === null)
    return { result: nothing("structure-undecided", structure.why), handedOver: null, begun: null, way: [] };
  if (form === null && P.degree !== 1 && P.fourier !== undefined && hasSilentFrequency(P.fourier, o.init))
    return { result: nothing("structure-undecided", SILENT), handedOver: null, begun: null, way: [] };
  if (P.architecture === "fully-connected" && isBalanced(P, o.init)) {
    const beta = new Float64Array(D);
    P.apply(o.init, beta);
    if (!(leastMargin(beta, data) > 0))
      return { result: nothing("structure-undecided", BALANCED), handedOver: null, begun: null, way: [] };
  }
  const notes =
    form === null && o.P.degree !== 1 && o.P.architecture !== "fully-connected"
      ? [
          "what the initialization of this network may forbid (exact zeros, symmetries) was not decided exactly; a run from beside it ended at the same limit",
        ]
      : [];
  const alive = structure?.alive ?? null;
  const patience = patienceOf(o);
  const sampler = createSampler();
  let descent: Separated | null = null;
  let state: ContinuationState | null = null;
  const phases = (): LimitResult["phases"] => ({
    descent: { steps: descent?.steps ?? 0, logInverseLoss: descent?.logInverseLoss ?? 0 },
    continuation: state === null ? null : { steps: state.steps, logLogInverseLoss: state.logLogInverseLoss },
    finish: null,
    polish: null,
  });
  const way = (): readonly Sample[] =>
    descent === null ? [] : [...descentSamples(descent, data, P.degree!), ...sampler.samples()];
  const monitors = (): LimitResult["monitors"] => monitorsOf(way(), form?.blocks ?? null);
  const ended = (result: LimitResult): Run => ({
    result,
    handedOver: descent?.parameters ?? null,
    begun: structure?.start ?? null,
    way: way(),
  });
  const none = (stop: LimitStop, why: string): Run =>
    ended({ ...NO_LIMIT, stop, why, phases: phases(), alive, basin: null, monitors: monitors(), notes });

  descent = separate({
    P,
    data,
    loss: o.loss,
    optimizer: o.optimizer,
    eta: o.eta,
    init: startAt ?? (structure === null ? o.init : structure.start),
    maxSteps: maxSteps / stepFactor,
    stepFactor,
    ...(o.settings === undefined ? {} : { settings: o.settings }),
    observe: (s) => {
      patience.progress({ phase: "descent", steps: s.step, logInverseLoss: s.logInverseLoss });
      return s.logInverseLoss >= handover;
    },
    cancelled: patience.cancelled,
  });
  if (descent.stop === "time-budget" || descent.stop === "interrupted") return none(descent.stop, "in descent");
  if (descent.stop === "underflow") return none("underflow", LIMIT_STOPS.underflow);
  if (!descent.separated) return none("descent-ended", `descent: ${descent.stop}`);
  try {
    const run = createContinuation({
      P,
      data,
      start: descent.parameters,
      weights: descent.last.weights,
      ...(form === null ? {} : { gramWeights: (v: Float64Array, out: Float64Array) => form.gramWeights(v, out) }),
      turn,
      cancelled: patience.cancelled,
      checkpoint: patience.checkpoint,
      observe(look) {
        if (look.steps % PROGRESS_EVERY === 0)
          patience.progress({
            phase: "continuation",
            steps: look.steps,
            logLogInverseLoss: look.logLogInverseLoss,
          });
        sampler.offer(() => ({
          logLog: look.logLogInverseLoss,
          logNorm: look.logNorm,
          beta: Float64Array.from(look.beta),
          gradient: Float64Array.from(look.gradient),
          margin: look.leastMargin,
        }));
      },
    });
    // At depth 2 a block whose share is nothing yet may still outgrow the others: only the finish can tell, not the residuals.
    const finishing = form !== null && form.depth === 2 && alive !== null;
    const chunks = CHUNKS * Math.max(1, TURN / turn);
    let finished: Finished | null = null;
    let [why, before, even] = ["", Number.POSITIVE_INFINITY, 0];
    const strict = P.degree === 1 || P.architecture === "fully-connected";
    // At degree 2 the same may be true of a network whose blocks are not known: its residuals look met at a saddle too.
    const unknown = form === null && P.degree === 2 && P.architecture !== "fully-connected";
    let passing = false;
    for (let chunk = 0; ; chunk++) {
      const stop = run.advance(CHUNK, finishing || passing ? -1 : goal * MARGIN);
      state = run.state();
      if (stop !== "goal-met" && stop !== "step-budget")
        return descent.stop !== "goal-met" && stop === "margin-lost"
          ? none("descent-ended", `descent: ${descent.stop}, and continuation could not take over there`)
          : none(stop, LIMIT_STOPS[stop]);
      const worst = Math.max(state.stationarity, state.complementarity);
      // Rounding may leave more than the aim, and then no further step changes anything: what is reached is measured.
      // No nearer and no further chunk after chunk, it goes round in its rounding: what leaves a saddle grows much faster.
      even = worst > before / 2 && worst < 2 * before ? even + 1 : 0;
      const round = worst <= goal && even >= (strict ? 1 : EVEN);
      const atRest = (state.turned <= REST && worst > before / 2) || round;
      before = worst;
      if (!finishing && (stop === "goal-met" || atRest || worst <= goal * MARGIN)) {
        passing = unknown && fasterGrowth(P, data, state.v, state.p) > FASTER;
        if (!passing) break;
      }
      if (finishing) {
        patience.progress({ phase: "finish", steps: state.steps, logLogInverseLoss: state.logLogInverseLoss });
        const end = finishDepthTwo(form, data, alive, state, patience.checkpoint);
        if (end.finished !== null) {
          finished = end.finished;
          break;
        }
        why = end.why;
        if ((atRest || worst <= goal * MARGIN) && Math.abs(ownGap(form, data, alive, state)) <= goal) break;
        // At rest with a gap, it stands at a saddle: a block too small to be seen grows like a power of the norm.
      }
      if (chunk + 1 >= chunks && passing) return none("structure-undecided", SADDLE);
      if (chunk + 1 >= chunks)
        return why === "" ? none("step-budget", LIMIT_STOPS["step-budget"]) : none("finish-failed", why);
    }
    patience.progress({ phase: "polish", steps: state.steps, logLogInverseLoss: state.logLogInverseLoss });
    const seen = monitors();
    const end = endOfRun({ P, data, form, alive, state, finished, monitors: seen, checkpoint: patience.checkpoint });
    const w = ownParameters(form, end.w);
    const found = kktParts(o.P, o.data, w, end.dual);
    if (found === null) return none("margin-lost", "the network itself has no positive margin at the limit");
    const met = found.parts.stationarity <= goal && found.parts.complementarity <= goal;
    return ended({
      stop: met ? "goal-met" : "residual-left",
      why: met ? "" : LIMIT_STOPS["residual-left"],
      beta: found.beta,
      parameters: w,
      dual: end.dual,
      freeWeights: end.freeWeights,
      kkt: found.parts,
      phases: {
        ...phases(),
        finish:
          finished === null
            ? null
            : { moved: finished.moved, gap: finished.gap, before: finished.before, rates: finished.rates },
        polish: end.polish,
      },
      errorBar: end.errorBar,
      rate: end.rate,
      point: end.point,
      weightsMoved: variation(descent.last.weights, end.dual),
      alive,
      basin: null,
      monitors: seen,
      notes: [...notes, ...end.notes],
    });
  } catch (thrown) {
    if (!(thrown instanceof Ended)) throw thrown;
    return none(thrown.reason, LIMIT_STOPS[thrown.reason]);
  }
}
