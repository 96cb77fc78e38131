/**
 * Phase 1, descent: gradient descent with a bounded step, or loss-normalized, in the log domain and with step control,
 * from an initialization towards log(1/loss) of 1e4 and beyond. Snapshots are taken where log(1/loss) crosses powers of
 * 2^(1/4), so that they do not depend on a clock; `observe` sees each and may end the run. A step that would raise the
 * loss is halved, so the loss falls strictly along the run. Same input, same bits.
 * Nothing underflows: the loss is only ever held as its logarithm. Memory: five vectors of the parameters' length.
 */
import { UseError } from "../kernel/use-error.js";
import type { Parameterization } from "../models/architecture.js";
import type { LossFunction } from "../models/loss.js";
import { DEFAULT_SETTINGS, type Optimizer, type StepperSettings } from "../models/optimizer.js";
import type { SignedData } from "../models/signed-data.js";
import { exp } from "../numeric/elementary.js";
import { axpy, dot, norm } from "../numeric/vec.js";
import { descendByOwnSteps } from "./own-steps.js";
import { createStepControl } from "./step-control.js";
import { createTrainer } from "./trainer.js";
import { createRecorder, type RunState, type Trajectory, type Watchers } from "./trajectory.js";

export type { Snapshot, Trajectory } from "./trajectory.js";

export interface DescentOptions extends Watchers {
  readonly P: Parameterization;
  readonly data: SignedData;
  readonly loss: LossFunction;
  readonly optimizer: Optimizer;
  /** The optimizer's bound on its step; for loss-normalized descent a bound on the loss-normalized step. */
  readonly eta: number;
  readonly init: Float64Array;
  readonly maxSteps: number;
  /** In (0, 1]: all step bounds times this. Default 1. */
  readonly stepFactor?: number;
  /** What an optimizer that makes its own steps is told beside eta. Default: DEFAULT_SETTINGS. */
  readonly settings?: Partial<Omit<StepperSettings, "stepFactor">>;
}

const MAX_HALVINGS = 60;
/** A few roundings of a margin, relative to its size. */
const ROUNDING = 8.881784197001252e-16; // 2^-50

/** Total variation distance of two points of the simplex. */
function variation(p: Float64Array, q: Float64Array): number {
  let s = 0;
  for (let n = 0; n < p.length; n++) s += Math.abs(p[n]! - q[n]!);
  return s / 2;
}

/**
 * Does the loss fall from margins `m` to `next`, with slopes `p` there? For a convex loss it falls by at least
 * sum p_n (next_n - m_n), in units of itself: seen also where log L is flat to the last bit, as near w = 0 for depth >= 2.
 */
function falls(m: Float64Array, next: Float64Array, p: Float64Array): boolean {
  let gain = 0;
  let size = 0;
  for (let n = 0; n < m.length; n++) {
    gain += p[n]! * (next[n]! - m[n]!);
    size += p[n]! * (Math.abs(next[n]!) + Math.abs(m[n]!));
  }
  return gain > ROUNDING * size;
}

function checkArguments({ P, init, eta, maxSteps, stepFactor = 1 }: DescentOptions): void {
  const fail = (expected: string, got: number): never => {
    throw new UseError(`descent: expected ${expected}, got ${got}`);
  };
  if (init.length !== P.parameters) fail(`${P.parameters} initial parameters`, init.length);
  if (!(eta > 0)) fail("a step bound > 0", eta);
  if (!(maxSteps >= 0)) fail("a budget of steps >= 0", maxSteps);
  if (!(stepFactor > 0 && stepFactor <= 1)) fail("a step factor in (0, 1]", stepFactor);
}

/** v <- v minus its part along x, whose norm is `size`. */
function removeAlong(x: Float64Array, size: number, v: Float64Array): void {
  if (size === 0) return;
  const along = dot(x, v) / size / size;
  if (Number.isFinite(along)) axpy(-along, x, v);
}

export function descend(o: DescentOptions): Trajectory {
  checkArguments(o);
  const factor = o.stepFactor ?? 1;
  if (o.optimizer.stepper !== undefined)
    return descendByOwnSteps(o, { ...DEFAULT_SETTINGS, ...o.settings, stepFactor: factor });
  const trainer = createTrainer(o.P, o.data, o.loss);
  const control = createStepControl(factor, norm(o.init));
  const m = o.P.parameters;
  let w = Float64Array.from(o.init);
  let next = new Float64Array(m);
  let u = new Float64Array(m);
  let uNext = new Float64Array(m);
  const state: RunState = { w, logLoss: trainer.look(w), time: 0, boundSteps: 0 };
  const recorder = createRecorder(o, trainer, state);
  trainer.direction(w, u);
  const weights = Float64Array.from(trainer.weights);
  const margins = Float64Array.from(trainer.margins);
  if (!Number.isFinite(state.logLoss)) return recorder.finish("diverged", 0);

  for (let step = 0; ; step++) {
    const end = recorder.look(step, o.maxSteps);
    if (end !== null) return recorder.finish(end, step);
    const normU = norm(u);
    if (normU === 0) return recorder.finish("zero-gradient", step);
    if (!Number.isFinite(normU)) return recorder.finish("diverged", step);
    const reach = factor * o.optimizer.reach(o.eta, state.logLoss);
    let h = Math.min(reach, control.propose(norm(w), normU));
    let trial = Number.NaN;
    let halvings = 0;
    for (; halvings < MAX_HALVINGS; halvings++) {
      let moved = false;
      for (let i = 0; i < m; i++) {
        const x = w[i]! + h * u[i]!;
        if (x !== w[i]!) moved = true;
        next[i] = x;
      }
      if (!moved) return recorder.finish(h < reach ? "loss-stalled" : "step-underflow", step);
      trial = trainer.look(next);
      const lower = trial < state.logLoss || falls(margins, trainer.margins, trainer.weights);
      if (lower && control.accepts(variation(weights, trainer.weights))) break;
      control.rejected(h);
      h /= 2;
    }
    if (halvings === MAX_HALVINGS) return recorder.finish("loss-stalled", step);
    trainer.direction(next, uNext);
    for (let i = 0; i < m; i++) {
      w[i] = next[i]! - w[i]!;
      u[i] = uNext[i]! - u[i]!;
    }
    // w and u hold the differences now: learn from them whole, and from their parts across the new point.
    const distance = norm(w);
    control.learn(distance, norm(u), 0);
    const size = norm(next);
    removeAlong(next, size, w);
    removeAlong(next, size, u);
    control.learn(norm(w), norm(u), distance);
    state.time += h * exp(-state.logLoss);
    if (h === reach) state.boundSteps += 1;
    state.logLoss = Math.min(trial, state.logLoss);
    weights.set(trainer.weights);
    margins.set(trainer.margins);
    [w, next] = [next, w];
    state.w = w;
    [u, uNext] = [uNext, u];
  }
}
