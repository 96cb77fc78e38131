/**
 * Bare training by an optimizer that makes its own steps: T steps, each of size eta (of gradient flow: of loss-normalized
 * time eta, in as many parts as the error asks for), and the records of engine/train. Ends early, by name, where the optimizer
 * cannot go on (at a minimum the loss stalls), or where one step is not over after MOST_PARTS: the flow of a network of depth 3 and
 * more reaches loss 0 in a finite loss-normalized time, and a step beyond that has no end.
 */
import { DEFAULT_SETTINGS, stepperOf } from "../models/optimizer.js";
import { exp } from "../numeric/elementary.js";
import { startingPoint } from "./own-steps.js";
import type { TrainOptions, TrainRecord, TrainResult } from "./train.js";
import { createTrainer } from "./trainer.js";

const LOOK_AROUND = 1024;
const MOST_PARTS = 100_000;

/** The options have been checked. */
export function trainByOwnSteps(o: TrainOptions): TrainResult {
  const wanted = new Set(o.record);
  const records: TrainRecord[] = [];
  const trainer = createTrainer(o.P, o.data, o.loss);
  const point = startingPoint(trainer, o.init);
  if (!Number.isFinite(point.logLoss)) return { records, steps: 0, stop: "diverged" };
  const stepper = stepperOf(o.optimizer, trainer, point.w.length, { ...DEFAULT_SETTINGS, ...o.settings });
  for (let step = 0; ; step++) {
    const { logLoss } = point;
    if (wanted.has(step)) records.push({ step, loss: exp(logLoss), logLoss, beta: Array.from(trainer.beta) });
    if (step === o.steps) return { records, steps: step, stop: "steps-done" };
    for (let left = o.eta, parts = 0; left > 0; left -= point.used, parts++) {
      if (parts === MOST_PARTS) return { records, steps: step, stop: "step-budget" };
      if ((step + parts) % LOOK_AROUND === 0 && o.cancelled?.() === true)
        return { records, steps: step, stop: "interrupted" };
      const stop = stepper.step(point, left);
      if (stop !== null) return { records, steps: stop === "diverged" ? step + 1 : step, stop };
    }
  }
}
