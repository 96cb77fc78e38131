/**
 * The laws that every optimizer is held to, unwritten by its author: its declared facts, as seen. (Of its steps as made, and of
 * its options: optimizer-steps, optimizer-options.)
 * - sane: the reach is a number >= 0, never NaN, finite while the loss is;
 * - bounded-steps: declared exactly when reach(eta, log L) <= eta L at every loss, e^(-10000) included;
 * - flow: where it says it discretizes gradient flow, the distance of its iterates to the flow, at equal loss and so
 *   whatever its clock, falls with the first order of eta at least (bare steps against Runge-Kutta 4);
 * - pure: same bits however calls are interleaved.
 * The fact `norm` is not judged by itself: that steps go along the Euclidean gradient is the law bounded-path of optimizer-steps.
 */

import { startingPoint } from "../../src/engine/own-steps.js";
import { createTrainer } from "../../src/engine/trainer.js";
import { diagonal } from "../../src/models/architectures/diagonal.js";
import { exponential } from "../../src/models/losses/exponential.js";
import { type Optimizer, stepperOf } from "../../src/models/optimizer.js";
import type { SignedData } from "../../src/models/signed-data.js";
import { exp } from "../../src/numeric/elementary.js";
import { axpy, norm } from "../../src/numeric/vec.js";
import { type Finding, fittedOrder, judgeLaw, type LawReport } from "./law.js";
import { wholeStep } from "./optimizer-steps.js";

export const OPTIMIZER_LAWS = ["sane", "bounded-steps", "flow", "pure"] as const;
export type OptimizerLaw = (typeof OPTIMIZER_LAWS)[number];

const ETAS = [1e-6, 0.1, 1, 100] as const;
const LOG_LOSSES = [700, 10, 1, 0, -0.5, -1, -10, -100, -700, -744, -745.2, -800, -1e4, -1e8, -1e300] as const;

function sane(o: Optimizer): Finding {
  for (const eta of ETAS)
    for (const logLoss of [...LOG_LOSSES, 1e4]) {
      const h = o.reach(eta, logLoss);
      if (!(h >= 0) || (logLoss <= 700 && !Number.isFinite(h))) return { wrong: `reach(${eta}, ${logLoss}) is ${h}` };
    }
  return { seen: `${ETAS.length} steps by ${LOG_LOSSES.length + 1} losses` };
}

/** Two roundings, and one of the gradual underflow. */
const atMost = (a: number, b: number): boolean => a <= b * (1 + 1e-15) + Number.MIN_VALUE;

function boundedSteps(o: Optimizer): Finding {
  let above: string | null = null;
  for (const eta of ETAS)
    for (const logLoss of LOG_LOSSES) {
      const h = o.reach(eta, logLoss);
      if (!atMost(h, eta * exp(logLoss)))
        above ??= `reach(${eta}, ${logLoss}) = ${h} exceeds eta L = ${eta * exp(logLoss)}`;
    }
  if (o.facts.boundedSteps === (above === null)) return { seen: above ?? "never above eta L" };
  return { wrong: `declared boundedSteps: ${o.facts.boundedSteps}, but ${above ?? "it is never above eta L"}` };
}

/** Two points that a diagonal network of depth 2 turns towards at different speed. */
const PROBLEM: SignedData = Object.freeze({ N: 2, D: 2, z: Float64Array.of(1, 0.25, -0.5, 1) });
const START: readonly number[] = [0.5, 0.75, 0.25, 0.5];
/** Values of log L at which paths are compared. */
const LEVELS = [0.25, -0.25, -1] as const;

interface PathPoint {
  readonly logLoss: number;
  readonly beta: readonly number[];
}

/** The predictor where the path first comes down to each level, linear between two points; null if it never does. */
function atLevels(path: readonly PathPoint[]): number[][] | null {
  const found: number[][] = [];
  for (const level of LEVELS) {
    const i = path.findIndex((p) => p.logLoss <= level);
    const [before, after] = [path[i - 1], path[i]];
    if (before === undefined || after === undefined) return null;
    const share = (before.logLoss - level) / (before.logLoss - after.logLoss);
    found.push(before.beta.map((b, d) => b + share * (after.beta[d]! - b)));
  }
  return found;
}

/** Gradient flow of the log-loss by the classical fourth-order method, its step far below any that is judged. */
function flowPath(): PathPoint[] {
  const P = diagonal.build({ dim: PROBLEM.D, depth: 2 });
  const trainer = createTrainer(P, PROBLEM, exponential);
  const ds = 1 / 1024;
  let w: Float64Array = Float64Array.from(START);
  const slopeAt = (at: Float64Array): Float64Array => {
    const u = new Float64Array(at.length);
    trainer.look(at);
    trainer.direction(at, u);
    return u;
  };
  const moved = (by: number, u: Float64Array): Float64Array => {
    const at = Float64Array.from(w);
    axpy(by, u, at);
    return at;
  };
  const path: PathPoint[] = [];
  for (;;) {
    const logLoss = trainer.look(w);
    path.push({ logLoss, beta: Array.from(trainer.beta) });
    if (logLoss < LEVELS[LEVELS.length - 1]!) return path;
    const k1 = slopeAt(w);
    const k2 = slopeAt(moved(ds / 2, k1));
    const k3 = slopeAt(moved(ds / 2, k2));
    const k4 = slopeAt(moved(ds, k3));
    w = moved(
      ds / 6,
      k1.map((a, i) => a + 2 * k2[i]! + 2 * k3[i]! + k4[i]!),
    );
  }
}

const STEPS = 2000;

function flow(o: Optimizer): Finding {
  const truth = atLevels(flowPath());
  const P = diagonal.build({ dim: PROBLEM.D, depth: 2 });
  const distances: [number, number][] = [];
  for (const eta of [1 / 16, 1 / 32, 1 / 64, 1 / 128]) {
    const trainer = createTrainer(P, PROBLEM, exponential);
    const point = startingPoint(trainer, Float64Array.from(START));
    const walk = { trainer, point, stepper: stepperOf(o, trainer, P.parameters), P };
    const path: PathPoint[] = [{ logLoss: point.logLoss, beta: Array.from(trainer.beta) }];
    for (let t = 0; t < STEPS && point.logLoss > LEVELS[LEVELS.length - 1]! && wholeStep(walk, eta); t++)
      path.push({ logLoss: point.logLoss, beta: Array.from(trainer.beta) });
    const reached = atLevels(path);
    if (reached === null || truth === null) return { wrong: `with eta = ${eta} the loss does not come down` };
    const apart = reached.map((b, i) => norm(Float64Array.from(b, (x, d) => x - truth[i]![d]!)));
    distances.push([eta, Math.max(...apart)]);
  }
  const order = fittedOrder(distances);
  const shown = distances.map(([, distance]) => distance.toExponential(1)).join(", ");
  return order >= 0.9
    ? { seen: `order ${order.toFixed(2)}: ${shown}` }
    : { wrong: `the distance to the flow falls with order ${order.toFixed(2)}: ${shown}` };
}

function pure(o: Optimizer): Finding {
  const ask = (): number[] => ETAS.flatMap((eta) => LOG_LOSSES.map((logLoss) => o.reach(eta, logLoss)));
  const first = ask();
  const once = o.reach(1, -1);
  const second = ask();
  const same = first.every((h, i) => Object.is(h, second[i])) && Object.is(once, o.reach(1, -1));
  return same ? { seen: "same bits twice" } : { wrong: "other bits the second time" };
}

/** Every law on one optimizer, in the order of OPTIMIZER_LAWS; `flow` is skipped by name where none is declared. */
export function optimizerLaws(o: Optimizer): LawReport[] {
  const laws: Readonly<Record<OptimizerLaw, (o: Optimizer) => Finding>> = {
    sane,
    "bounded-steps": boundedSteps,
    flow,
    pure,
  };
  return OPTIMIZER_LAWS.map((law) =>
    law === "flow" && o.facts.discretizes === null
      ? { law, ok: null, detail: "skipped: it does not say that it discretizes gradient flow" }
      : judgeLaw(law, () => laws[law](o)),
  );
}
