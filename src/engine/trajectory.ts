/**
 * What a run of descent leaves behind, and who may end it. Snapshots are taken where log(1/loss) crosses powers of 2^(1/4), so
 * that they do not depend on a clock; `observe` sees each and may end the run. Every LOOK_AROUND steps the recorder asks
 * whether the run was cancelled and tells its progress. Cost: one copy of the parameters a snapshot.
 */
import type { StopReason } from "../kernel/stop.js";
import { norm } from "../numeric/vec.js";
import { type PatienceOptions, patienceOf } from "./patience.js";
import type { Trainer } from "./trainer.js";

export interface Snapshot {
  readonly step: number;
  /** log(1/L); negative before the data are separated. */
  readonly logInverseLoss: number;
  /** Sum of the step sizes eta_t of w <- w - eta_t grad L so far; Infinity where that overflows. */
  readonly time: number;
  /** Steps so far that the optimizer's own bound limited, and not the step control. */
  readonly boundSteps: number;
  readonly parameterNorm: number;
  /** The parameters and the predictor, as reached. */
  readonly parameters: Float64Array;
  readonly beta: Float64Array;
  /** Softmax weights p, in the simplex. */
  readonly weights: Float64Array;
  /** r = sum p_n z_n, not normalized. */
  readonly residual: Float64Array;
}

export interface Trajectory {
  readonly stop: StopReason;
  readonly steps: number;
  readonly logInverseLoss: number;
  readonly snapshots: readonly Snapshot[];
  /** The last point, also when it is no snapshot. */
  readonly last: Snapshot;
  readonly parameters: Float64Array;
}

/** Who watches a run: all but `observe` every LOOK_AROUND steps, the first included, and `progress` also at the end. */
export interface Watchers extends PatienceOptions {
  /** Ends the run with `goal-met` when it returns true. */
  readonly observe?: (snapshot: Snapshot) => boolean;
}

/** Where a run stands; the loop moves it on. */
export interface RunState {
  w: Float64Array;
  logLoss: number;
  time: number;
  boundSteps: number;
}

const RATIO = 1.189207115002721; // 2^(1/4)
export const LOOK_AROUND = 256;

export interface Recorder {
  /** A snapshot if one is due, then the watchers; a reason ends the run before this step. */
  look(step: number, maxSteps: number): StopReason | null;
  finish(stop: StopReason, step: number): Trajectory;
}

export function createRecorder(o: Watchers, trainer: Trainer, state: RunState): Recorder {
  const snapshots: Snapshot[] = [];
  const unused = new Float64Array(state.w.length);
  let threshold = 1;
  const snapshot = (step: number): Snapshot => ({
    step,
    logInverseLoss: -state.logLoss,
    time: state.time,
    boundSteps: state.boundSteps,
    parameterNorm: norm(state.w),
    parameters: Float64Array.from(state.w),
    beta: Float64Array.from(trainer.beta),
    weights: Float64Array.from(trainer.weights),
    residual: Float64Array.from(trainer.residual),
  });
  const patience = patienceOf(o);
  const tell = (steps: number): void => patience.progress({ phase: "descent", steps, logInverseLoss: -state.logLoss });
  return {
    look(step, maxSteps) {
      if (-state.logLoss >= threshold) {
        const s = snapshot(step);
        snapshots.push(s);
        while (threshold <= -state.logLoss) threshold *= RATIO;
        if (o.observe?.(s) === true) return "goal-met";
      }
      if (step >= maxSteps) return "step-budget";
      if (step % LOOK_AROUND !== 0) return null;
      tell(step);
      return patience.cancelled();
    },
    finish(stop, step) {
      // A rejected trial may have left the trainer elsewhere: look again at the point that stands.
      state.logLoss = trainer.look(state.w);
      trainer.direction(state.w, unused);
      tell(step);
      const { w, logLoss } = state;
      return { stop, steps: step, logInverseLoss: -logLoss, snapshots, last: snapshot(step), parameters: w };
    },
  };
}
