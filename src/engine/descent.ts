/**
 * Phase 1, descent: gradient descent with a bounded step, or loss-normalized, in the log domain and with step control,
 * from an initialization towards log(1/loss) of 1e4 and beyond. Snapshots are taken where log(1/loss) crosses powers of
 * 2^(1/4), so that they do not depend on a clock; `observe` sees each and may end the run. A step that would raise the
 * loss is halved, so the loss falls strictly along the run. Same input, same bits.
 * Nothing underflows: the loss is only ever held as its logarithm. Memory: five vectors of the parameters' length.
 */
import type { StopReason } from "../kernel/stop.js";
import { UseError } from "../kernel/use-error.js";
import type { Parameterization } from "../models/architecture.js";
import type { LossFunction } from "../models/loss.js";
import type { Optimizer } from "../models/optimizer.js";
import type { SignedData } from "../models/signed-data.js";
import { exp } from "../numeric/elementary.js";
import { axpy, dot, norm } from "../numeric/vec.js";
import { createStepControl } from "./step-control.js";
import { createTrainer } from "./trainer.js";

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

export interface DescentOptions {
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
  /** Ends the run with `goal-met` when it returns true. */
  readonly observe?: (snapshot: Snapshot) => boolean;
  /** Asked now and then; a reason ends the run. */
  readonly cancelled?: () => "time-budget" | "interrupted" | null;
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

const RATIO = 1.189207115002721; // 2^(1/4)
const LOOK_AROUND = 256;
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
  const trainer = createTrainer(o.P, o.data, o.loss);
  const control = createStepControl(factor, norm(o.init));
  const m = o.P.parameters;
  let w = Float64Array.from(o.init);
  let next = new Float64Array(m);
  let u = new Float64Array(m);
  let uNext = new Float64Array(m);
  const snapshots: Snapshot[] = [];
  let threshold = 1;
  let time = 0;
  let boundSteps = 0;
  let logLoss = trainer.look(w);
  trainer.direction(w, u);
  const weights = Float64Array.from(trainer.weights);
  const margins = Float64Array.from(trainer.margins);
  const snapshot = (step: number): Snapshot => ({
    step,
    logInverseLoss: -logLoss,
    time,
    boundSteps,
    parameterNorm: norm(w),
    parameters: Float64Array.from(w),
    beta: Float64Array.from(trainer.beta),
    weights: Float64Array.from(trainer.weights),
    residual: Float64Array.from(trainer.residual),
  });
  const finish = (stop: StopReason, step: number): Trajectory => {
    // A rejected trial may have left the trainer elsewhere: look again at the point that stands.
    logLoss = trainer.look(w);
    trainer.direction(w, u);
    return { stop, steps: step, logInverseLoss: -logLoss, snapshots, last: snapshot(step), parameters: w };
  };
  if (!Number.isFinite(logLoss)) return finish("diverged", 0);

  for (let step = 0; ; step++) {
    if (-logLoss >= threshold) {
      const s = snapshot(step);
      snapshots.push(s);
      while (threshold <= -logLoss) threshold *= RATIO;
      if (o.observe?.(s) === true) return finish("goal-met", step);
    }
    if (step >= o.maxSteps) return finish("step-budget", step);
    if (step % LOOK_AROUND === 0) {
      const why = o.cancelled?.() ?? null;
      if (why !== null) return finish(why, step);
    }
    const normU = norm(u);
    if (normU === 0) return finish("zero-gradient", step);
    if (!Number.isFinite(normU)) return finish("diverged", step);
    const reach = factor * o.optimizer.reach(o.eta, logLoss);
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
      if (!moved) return finish(h < reach ? "loss-stalled" : "step-underflow", step);
      trial = trainer.look(next);
      const lower = trial < logLoss || falls(margins, trainer.margins, trainer.weights);
      if (lower && control.accepts(variation(weights, trainer.weights))) break;
      control.rejected(h);
      h /= 2;
    }
    if (halvings === MAX_HALVINGS) return finish("loss-stalled", step);
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
    time += h * exp(-logLoss);
    if (h === reach) boundSteps += 1;
    logLoss = Math.min(trial, logLoss);
    weights.set(trainer.weights);
    margins.set(trainer.margins);
    [w, next] = [next, w];
    [u, uNext] = [uNext, u];
  }
}
