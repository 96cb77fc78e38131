/**
 * Phase 1 for an optimizer that makes its own steps (momentum, gradient flow, locally bounded descent): the same run as in
 * descent.ts, without step control. The loss falls only as far as the optimizer sees to it.
 */
import type { StopReason } from "../kernel/stop.js";
import type { Point, StepperSettings } from "../models/optimizer.js";
import { stepperOf } from "../models/optimizer.js";
import type { DescentOptions } from "./descent.js";
import { createTrainer } from "./trainer.js";
import { createRecorder, type RunState, type Trajectory } from "./trajectory.js";

/** The point of a run that starts at `w`; the trainer stands there afterwards. */
export function startingPoint(
  slope: { look(w: Float64Array): number; direction(w: Float64Array, out: Float64Array): void },
  init: Float64Array,
): Point {
  const w = Float64Array.from(init);
  const u = new Float64Array(w.length);
  const logLoss = slope.look(w);
  slope.direction(w, u);
  return { w, u, logLoss, time: 0, used: 0, atBound: false, moved: true };
}

export function descendByOwnSteps(o: DescentOptions, settings: StepperSettings): Trajectory {
  const trainer = createTrainer(o.P, o.data, o.loss);
  const point = startingPoint(trainer, o.init);
  const state: RunState = { w: point.w, logLoss: point.logLoss, time: 0, boundSteps: 0 };
  const recorder = createRecorder(o, trainer, state);
  if (!Number.isFinite(point.logLoss)) return recorder.finish("diverged", 0);
  const stepper = stepperOf(o.optimizer, trainer, point.w.length, settings);
  const resting = (): StopReason => (point.u.every((x) => x === 0) ? "zero-gradient" : "step-underflow");
  for (let step = 0; ; step++) {
    const end = recorder.look(step, o.maxSteps) ?? stepper.step(point, o.eta) ?? (point.moved ? null : resting());
    if (end !== null) return recorder.finish(end, step);
    state.logLoss = point.logLoss;
    state.time = point.time;
    if (point.atBound) state.boundSteps += 1;
  }
}
