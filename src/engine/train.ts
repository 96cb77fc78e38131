/**
 * Bare training: exactly T steps of the optimizer, w <- w + reach(eta, log L) u, without step control or clipping.
 * Records (step, loss, log loss, beta) at the steps asked for. Coordinates and speed: engine/bare-run. Source of the iterates: Gunasekar et al. 2018.
 */
import type { StopReason } from "../kernel/stop.js";
import { UseError } from "../kernel/use-error.js";
import type { Parameterization } from "../models/architecture.js";
import type { LossFunction } from "../models/loss.js";
import type { Optimizer, StepperSettings } from "../models/optimizer.js";
import type { SignedData } from "../models/signed-data.js";
import { exp } from "../numeric/elementary.js";
import { startBareRun } from "./bare-run.js";
import { trainByOwnSteps } from "./train-own-steps.js";

export interface TrainRecord {
  readonly step: number;
  /** exp(logLoss): 0 where that underflows, Infinity where it overflows. */
  readonly loss: number;
  readonly logLoss: number;
  readonly beta: readonly number[];
}

export interface TrainOptions {
  readonly P: Parameterization;
  readonly data: SignedData;
  readonly loss: LossFunction;
  readonly optimizer: Optimizer;
  /** Length P.parameters. */
  readonly init: Float64Array;
  readonly eta: number;
  readonly steps: number;
  /** Steps at which to record; those not in 0, 1, ..., `steps` are an error. */
  readonly record: readonly number[];
  /** What an optimizer that makes its own steps is told beside eta. Default: DEFAULT_SETTINGS. */
  readonly settings?: Partial<StepperSettings>;
  /** Asked now and then; true ends the run. */
  readonly cancelled?: () => boolean;
}

export interface TrainResult {
  readonly records: readonly TrainRecord[];
  readonly steps: number;
  readonly stop: StopReason;
}

const LOOK_AROUND = 1024;

export function train(o: TrainOptions): TrainResult {
  if (!(o.eta > 0 && Number.isFinite(o.eta))) throw new UseError(`train: expected a step size > 0, got ${o.eta}`);
  if (!(Number.isSafeInteger(o.steps) && o.steps >= 0))
    throw new UseError(`train: expected a number of steps >= 0, got ${o.steps}`);
  const wrong = o.record.find((s) => !(Number.isSafeInteger(s) && s >= 0 && s <= o.steps));
  if (wrong !== undefined) throw new UseError(`train: expected records at steps from 0 to ${o.steps}, got ${wrong}`);
  if (o.init.length !== o.P.parameters)
    throw new UseError(`train: expected ${o.P.parameters} initial parameters, got ${o.init.length}`);
  if (o.optimizer.stepper !== undefined) return trainByOwnSteps(o);
  const wanted = Float64Array.from(new Set(o.record)).sort();
  const records: TrainRecord[] = [];
  const run = startBareRun(o.P, o.data, o.loss, o.init);
  // A reach that takes eta alone is the same at every step: then the steps up to the next event are one call.
  const constant = o.optimizer.reach.length === 1;
  for (let step = 0, next = 0; ; ) {
    const logLoss = run.logLoss();
    if (!Number.isFinite(logLoss)) return { records, steps: step, stop: "diverged" };
    if (wanted[next] === step) {
      records.push({ step, loss: exp(logLoss), logLoss, beta: run.beta() });
      next += 1;
    }
    if (step === o.steps) return { records, steps: step, stop: "steps-done" };
    const inRound = step % LOOK_AROUND;
    if (inRound === 0 && o.cancelled?.() === true) return { records, steps: step, stop: "interrupted" };
    const event = Math.min(step + LOOK_AROUND - inRound, wanted[next] ?? o.steps, o.steps);
    step += run.run(constant ? event - step : 1, o.optimizer.reach(o.eta, logLoss));
  }
}
