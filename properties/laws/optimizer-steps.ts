/**
 * The laws that the steps of an optimizer are held to, as made: by `reach`, or by its own stepper. Networks of depth 1 to 3.
 * - point: after every step u and log L belong to w and the trainer stands there; the parts of a step add up to eta;
 * - bounded-path: declared exactly when the gradient at w_t moves w by at most eta L |u|, along u, at every step (with momentum:
 *   what is left of the step after mu times the last one);
 * - local: where declared, eta_t |Hess L(w_t)| <= 1 at every step, the Hessian taken whole, by differences;
 * - falls: the loss falls at every step where the optimizer follows the flow, and from start to end anywhere;
 * - scaling: data times c^-L, weights times c and eta times c^2 change nothing but the scale, to c = 1e150 and 1e-150;
 * - repeat: the same bits however two runs are interleaved.
 */
import { startingPoint } from "../../src/engine/own-steps.js";
import { createTrainer, type Trainer } from "../../src/engine/trainer.js";
import type { Parameterization } from "../../src/models/architecture.js";
import { diagonal } from "../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../src/models/architectures/fully-connected.js";
import { linear } from "../../src/models/architectures/linear.js";
import { exponential } from "../../src/models/losses/exponential.js";
import {
  DEFAULT_SETTINGS,
  type Optimizer,
  type Point,
  type Stepper,
  type StepperSettings,
  stepperOf,
} from "../../src/models/optimizer.js";
import { exp, pow } from "../../src/numeric/elementary.js";
import { axpy, dot, norm } from "../../src/numeric/vec.js";
import { type Finding, judgeLaw, type LawReport, sameBits } from "./law.js";

export const STEP_LAWS = ["point", "bounded-path", "local", "falls", "scaling", "repeat"] as const;
export type StepLaw = (typeof STEP_LAWS)[number];

const ROWS: readonly number[] = [1, 0.25, -0.5, 1];
const STARTS: readonly (readonly [Parameterization, readonly number[]])[] = [
  [linear.build({ dim: 2, depth: 1 }), [-0.5, 0.25]],
  [diagonal.build({ dim: 2, depth: 2 }), [0.5, 0.75, 0.25, 0.5]],
  [diagonal.build({ dim: 2, depth: 3 }), [0.5, 0.75, 0.25, 0.5, 1, -0.25]],
  [fullyConnected.build({ dim: 2, depth: 2 }), [0.5, 0.25, -0.25, 0.75, 0.5, 0.25]],
];

export interface Walk {
  readonly trainer: Trainer;
  readonly point: Point;
  readonly stepper: Stepper;
  readonly P: Parameterization;
}

/** A run at its start: data times c^-L, weights times c. */
export function walkFrom(o: Optimizer, start: number, c = 1, settings: Partial<StepperSettings> = {}): Walk {
  const [P, w] = STARTS[start]!;
  const z = Float64Array.from(ROWS, (x) => x * pow(c, -P.degree!));
  const trainer = createTrainer(P, { N: 2, D: 2, z }, exponential);
  const point = startingPoint(
    trainer,
    Float64Array.from(w, (x) => x * c),
  );
  const stepper = stepperOf(o, trainer, P.parameters, { ...DEFAULT_SETTINGS, ...settings });
  return { trainer, point, stepper, P };
}

/** One whole step; false where the optimizer cannot go on. */
export function wholeStep({ stepper, point }: Walk, eta: number): boolean {
  for (let left = eta, parts = 0; left > 0; left -= point.used, parts++) {
    if (parts > 1e5) throw new Error(`a step of ${eta} is not over after ${parts} parts`);
    if (stepper.step(point, left) !== null) return false;
    if (!(point.used > 0 && point.used <= left)) throw new Error(`a step of ${left} used ${point.used} of it`);
  }
  return true;
}

const eachStart = (judge: (start: number) => string | null): string | null =>
  STARTS.reduce<string | null>((wrong, _, start) => wrong ?? judge(start), null);

function point(o: Optimizer): Finding {
  const wrong = eachStart((start) => {
    const walk = walkFrom(o, start);
    const fresh = walkFrom(o, start);
    for (let t = 0; t < 40; t++) {
      if (!wholeStep(walk, 1 / 16)) break;
      const { w, u, logLoss } = walk.point;
      const again = fresh.trainer.look(w);
      const direction = new Float64Array(u.length);
      fresh.trainer.direction(w, direction);
      if (!Object.is(again, logLoss)) return `after step ${t} log L is said to be ${logLoss}, and is ${again}`;
      if (!sameBits(direction, u)) return `after step ${t} u is not -grad log L at w`;
      if (!sameBits(walk.trainer.beta, fresh.trainer.beta)) return `after step ${t} the trainer stands elsewhere`;
    }
    return null;
  });
  return wrong === null ? { seen: "u and log L belong to w" } : { wrong };
}

/** Multiples h / (eta L) along a run, and the largest part of a step that is not along u, relative to it. */
function multiples(o: Optimizer, start: number, eta: number, steps: number): { most: number; astray: number } {
  const walk = walkFrom(o, start);
  const mu = o.options?.includes("momentum") === true ? DEFAULT_SETTINGS.momentum : 0;
  const m = walk.point.w.length;
  let last = new Float64Array(m);
  let most = 0;
  let astray = 0;
  // Past this the flow of a deep network blows up in a finite loss-normalized time: no step of that size is left.
  for (let t = 0; t < steps && walk.point.logLoss > -30; t++) {
    const [w, u] = [Float64Array.from(walk.point.w), Float64Array.from(walk.point.u)];
    const bound = eta * exp(walk.point.logLoss);
    if (!wholeStep(walk, eta)) break;
    const moved = walk.point.w.map((x, i) => x - w[i]!);
    const own = moved.map((x, i) => x - mu * last[i]!);
    const h = dot(own, u) / dot(u, u);
    const rounding = (1e-14 * norm(walk.point.w)) / norm(u);
    most = Math.max(most, (h - rounding) / bound);
    if (h < -rounding) most = Number.POSITIVE_INFINITY;
    axpy(-h, u, own);
    astray = Math.max(astray, (norm(own) - rounding * norm(u)) / (norm(moved) + mu * norm(last)));
    last = Float64Array.from(moved);
  }
  return { most, astray };
}

function boundedPath(o: Optimizer): Finding {
  let above: string | null = null;
  for (let start = 0; start < STARTS.length; start++)
    for (const eta of [1 / 64, 1 / 8, 1 / 2]) {
      const { most, astray } = multiples(o, start, eta, 200);
      if (most > 1 + 1e-9) above ??= `network ${start}, eta = ${eta}: a step is ${most} times eta |grad L|`;
      if (astray > 1e-7) above ??= `network ${start}, eta = ${eta}: ${astray} of a step is not along the gradient`;
    }
  if (o.facts.boundedSteps === (above === null)) return { seen: above ?? "never above eta |grad L|, and along it" };
  return { wrong: `declared boundedSteps: ${o.facts.boundedSteps}, but ${above ?? "they are"}` };
}

/** |Hess L| / L at a point, column by column by central differences, its largest eigenvalue by power iteration. */
export function wholeCurvature({ trainer, point: { w, u } }: Walk): number {
  const m = w.length;
  const by = 1e-6 * Math.min(norm(w), 1 / norm(u));
  const side = (i: number, sign: number): Float64Array => {
    const at = Float64Array.from(w);
    at[i] = at[i]! + sign * by;
    const out = new Float64Array(m);
    trainer.look(at);
    trainer.direction(at, out);
    return out;
  };
  const columns = Array.from(u, (ui, i) => {
    const [plus, minus] = [side(i, 1), side(i, -1)];
    return u.map((uj, j) => ui * uj - (plus[j]! - minus[j]!) / 2 / by);
  });
  let v = Float64Array.from(w, (_, i) => 1 / (i + 1.5));
  let size = 0;
  for (let k = 0; k < 400; k++) {
    const out = new Float64Array(m);
    for (const [i, column] of columns.entries()) axpy(v[i]! / norm(v), column, out);
    size = norm(out);
    v = out;
  }
  trainer.look(w);
  return size;
}

function local(o: Optimizer): Finding {
  let most = 0;
  for (let start = 0; start < STARTS.length; start++)
    for (const eta of [1e-3, 1, 1e6]) {
      const walk = walkFrom(o, start);
      for (let t = 0; t < 300; t++) {
        const curvature = wholeCurvature(walk) * exp(walk.point.logLoss);
        const time = walk.point.time;
        if (!wholeStep(walk, eta)) break;
        most = Math.max(most, (walk.point.time - time) * curvature);
      }
    }
  return most <= 1
    ? { seen: `eta_t |Hess L| is at most ${most.toPrecision(3)}` }
    : { wrong: `eta_t |Hess L| is ${most.toPrecision(3)}` };
}

function falls(o: Optimizer): Finding {
  const wrong = eachStart((start) => {
    const walk = walkFrom(o, start);
    const first = walk.point.logLoss;
    // Further on a fixed loss-normalized step is longer than is stable.
    for (let t = 0; t < 400 && walk.point.logLoss > -2; t++) {
      const before = walk.point.logLoss;
      if (!wholeStep(walk, 1 / 64)) return `network ${start}: it stopped after ${t} steps`;
      if (o.facts.discretizes !== null && !(walk.point.logLoss < before))
        return `network ${start}: it rose at step ${t}`;
    }
    return walk.point.logLoss < first - 1
      ? null
      : `network ${start}: log L went from ${first} to ${walk.point.logLoss}`;
  });
  return wrong === null ? { seen: "it falls" } : { wrong };
}

const SCALES = [1e-150, 1e-12, 1e12, 1e100, 1e150] as const;

function scaling(o: Optimizer): Finding {
  let apart = 0;
  for (const c of SCALES) {
    // Depth 1 alone reaches the ends: for more, c^L would leave the doubles.
    for (const [start, scale] of [[0, c] as const, [1, Math.sqrt(c)] as const]) {
      const [here, there] = [walkFrom(o, start), walkFrom(o, start, scale)];
      for (let t = 0; t < 60; t++) {
        const went = wholeStep(here, 1 / 16);
        if (wholeStep(there, (1 / 16) * scale * scale) !== went)
          return { wrong: `at scale ${scale} it stops otherwise` };
        const difference = there.point.w.map((x, i) => x / scale - here.point.w[i]!);
        apart = Math.max(apart, norm(difference) / norm(here.point.w));
        if (!(apart <= 1e-6)) return { wrong: `at scale ${scale} the path is ${apart} away after ${t} steps` };
      }
    }
  }
  return { seen: `the same path to ${apart.toExponential(1)}` };
}

function repeat(o: Optimizer): Finding {
  const wrong = eachStart((start) => {
    const [a, b] = [walkFrom(o, start), walkFrom(o, start)];
    const steps = 50;
    for (let t = 0; t < steps; t++) wholeStep(a, 1 / 64);
    const other = walkFrom(o, (start + 1) % STARTS.length);
    for (let t = 0; t < steps; t++) {
      wholeStep(b, 1 / 64);
      wholeStep(other, 1 / 32);
    }
    return sameBits(a.point.w, b.point.w) ? null : `network ${start}: other bits beside another run`;
  });
  return wrong === null ? { seen: "same bits" } : { wrong };
}

/** Every law on one optimizer, in the order of STEP_LAWS; `local` is skipped by name where it is not declared. */
export function stepLaws(o: Optimizer): LawReport[] {
  const laws: Readonly<Record<StepLaw, (o: Optimizer) => Finding>> = {
    point,
    "bounded-path": boundedPath,
    local,
    falls,
    scaling,
    repeat,
  };
  return STEP_LAWS.map((law) =>
    law === "local" && !o.facts.locallyBounded
      ? { law, ok: null, detail: "skipped: it does not say that its steps are locally bounded" }
      : judgeLaw(law, () => laws[law](o)),
  );
}
