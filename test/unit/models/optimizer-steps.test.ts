/**
 * Every optimizer of the toolkit under the laws of its steps and of its options, and those laws under planted faults: a law
 * that no fault turns red is none.
 */
import { describe, expect, it } from "vitest";
import type { LawReport } from "../../../properties/laws/law.js";
import { OPTION_LAWS, type OptionLaw, optionLaws } from "../../../properties/laws/optimizer-options.js";
import { STEP_LAWS, type StepLaw, stepLaws } from "../../../properties/laws/optimizer-steps.js";
import { type Optimizer, type Point, type Slope, settle, stepperOf } from "../../../src/models/optimizer.js";
import { gradientDescent } from "../../../src/models/optimizers/gradient-descent.js";
import { gradientFlow } from "../../../src/models/optimizers/gradient-flow.js";
import { OPTIMIZERS } from "../../../src/models/optimizers/index.js";
import { localGradientDescent } from "../../../src/models/optimizers/local-gradient-descent.js";
import { momentum } from "../../../src/models/optimizers/momentum.js";
import { normalizedGradientDescent } from "../../../src/models/optimizers/normalized-gradient-descent.js";

const laws = (o: Optimizer): LawReport[] => [...stepLaws(o), ...optionLaws(o)];
const failed = (reports: readonly LawReport[]): string[] => reports.filter((r) => r.ok === false).map((r) => r.law);
const details = (reports: readonly LawReport[]): string => reports.map((r) => `${r.law}: ${r.detail}`).join("\n");

it.each(OPTIMIZERS.map((o) => [o.name, o] as const))("%s keeps every law of its steps", (_name, o) => {
  const reports = laws(o);
  expect(failed(reports), details(reports)).toEqual([]);
});

it("what an optimizer may choose is what its laws judge", () => {
  for (const o of OPTIMIZERS) {
    const judged = optionLaws(o).filter((r) => r.ok !== null).length;
    expect(judged).toBe(2 * (o.options?.length ?? 0));
  }
});

type Move = (point: Point, eta: number, next: Float64Array, m: number) => void;

/** Gradient descent with another move, in place of w + eta L u. */
const moving = (move: Move, changed: Partial<Optimizer> = {}): Optimizer => ({
  ...gradientDescent,
  ...changed,
  stepper: (slope, m) => {
    const next = new Float64Array(m);
    return {
      step(point, eta) {
        move(point, eta, next, m);
        return settle(slope, point, next, eta, eta);
      },
    };
  },
});

/** w + times eta L u. */
const along =
  (times: number): Move =>
  (point, eta, next, m) => {
    const h = times * gradientDescent.reach(eta, point.logLoss);
    for (let i = 0; i < m; i++) next[i] = point.w[i]! + h * point.u[i]!;
  };

/** Plain gradient descent whose stepper does something more after each step. */
const afterwards = (then: (slope: Slope, point: Point, before: Point) => void): Optimizer => ({
  ...gradientDescent,
  stepper: (slope, m, settings) => {
    const own = stepperOf(gradientDescent, slope, m, settings);
    return {
      step(point, eta) {
        const before = { ...point, w: Float64Array.from(point.w), u: Float64Array.from(point.u) };
        const stop = own.step(point, eta);
        then(slope, point, before);
        return stop;
      },
    };
  },
});

const told = (
  o: Optimizer,
  changed: (settings: Parameters<NonNullable<Optimizer["stepper"]>>[2]) => object,
): Optimizer => ({
  ...o,
  stepper: (slope, m, settings) => o.stepper!(slope, m, { ...settings, ...changed(settings) }),
});

/** A velocity kept in units of the loss, without a scale of its own: lost in infinity where the loss falls far. */
function withoutScale(mu: number | null): Optimizer {
  return {
    ...momentum,
    stepper: (slope, m, settings) => {
      const q = new Float64Array(m);
      const next = new Float64Array(m);
      let last = Number.NEGATIVE_INFINITY;
      return {
        step(point, eta) {
          const keep =
            last === Number.NEGATIVE_INFINITY ? 0 : (mu ?? settings.momentum) * Math.exp(last - point.logLoss);
          last = point.logLoss;
          for (let i = 0; i < m; i++) {
            q[i] = (keep === 0 ? 0 : keep * q[i]!) + point.u[i]!;
            next[i] = point.w[i]! + momentum.reach(eta, point.logLoss) * q[i]!;
          }
          return settle(slope, point, next, eta, eta);
        },
      };
    },
  };
}

/** A step that grows a little with every step that any run has taken. */
function restless(): Optimizer {
  let calls = 0;
  return moving((point, eta, next, m) => along(1 - 1e-9 * (calls++ % 1000))(point, eta, next, m));
}

const PLANTED: readonly (readonly [string, Optimizer, ...(StepLaw | OptionLaw)[]])[] = [
  ["gradient descent written as moves", moving(along(1))],
  ["ascent", moving(along(-1)), "bounded-path", "falls"],
  ["twice the step", moving(along(2)), "bounded-path"],
  ["a step that is a little too long", moving(along(1 + 1e-6)), "bounded-path"],
  [
    "a step that drifts aside",
    moving((point, eta, next, m) => {
      along(1)(point, eta, next, m);
      next[0] = next[0]! + 1e-3 * (next[m - 1]! - point.w[m - 1]!);
    }),
    "bounded-path",
  ],
  [
    "loss-normalized steps declared bounded",
    { ...normalizedGradientDescent, facts: gradientDescent.facts },
    "bounded-path",
  ],
  ["bounded steps declared unbounded", { ...gradientDescent, facts: normalizedGradientDescent.facts }, "bounded-path"],
  [
    "a whole step counted as half",
    afterwards((_, point) => {
      point.used /= 2;
    }),
    ...STEP_LAWS.filter((l) => l !== "local"),
  ],
  [
    "a step that uses nothing",
    afterwards((_, point) => {
      point.used = 0;
    }),
    ...STEP_LAWS.filter((l) => l !== "local"),
  ],
  ["a direction left behind", afterwards((_, point, before) => point.u.set(before.u)), "point", "falls"],
  [
    "a loss left behind",
    afterwards((_, point, before) => {
      point.logLoss = before.logLoss;
    }),
    "point",
    "falls",
  ],
  [
    "a trainer left elsewhere",
    afterwards((slope, _, before) => {
      slope.look(before.w);
    }),
    "point",
  ],
  [
    "a step that knows an absolute length",
    moving((point, eta, next, m) => along(Math.min(1, 0.01 / eta))(point, eta, next, m)),
    "scaling",
  ],
  ["a memory from run to run", restless(), "repeat"],
  [
    "steps that are not locally bounded",
    { ...gradientDescent, facts: { ...gradientDescent.facts, locallyBounded: true } },
    "local",
  ],
  [
    "locally bounded steps, tripled",
    {
      ...localGradientDescent,
      stepper: (slope, m, settings) => {
        const own = localGradientDescent.stepper!(slope, m, settings);
        return {
          step(point, eta) {
            const [w, time] = [Float64Array.from(point.w), point.time];
            own.step(point, eta);
            const next = point.w.map((x, i) => x + 2 * (x - w[i]!));
            return settle(slope, point, next, eta, 2 * (point.time - time));
          },
        };
      },
    },
    "bounded-path",
    "local",
  ],
  [
    "nine tenths of the momentum",
    told(momentum, (s) => ({ momentum: 0.9 * s.momentum })),
    "bounded-path",
    "heavy-ball",
  ],
  ["no momentum at all", told(momentum, () => ({ momentum: 0 })), "bounded-path", "heavy-ball"],
  ["always the same momentum", told(momentum, () => ({ momentum: 0.9 })), "heavy-ball", "rest"],
  ["momentum against the motion", withoutScale(-0.9), "bounded-path", "heavy-ball", "rest"],
  ["a velocity without a scale of its own", withoutScale(null), "heavy-ball"],
  ["a flow that ignores its error", told(gradientFlow, () => ({ localError: 1e-5 })), "accuracy", "conserved"],
  [
    "a flow that allows a million times the error",
    told(gradientFlow, (s) => ({ localError: Math.min(0.1, 1e6 * s.localError) })),
    "accuracy",
    "conserved",
  ],
  [
    "loss-normalized descent called flow",
    { ...normalizedGradientDescent, options: ["localError"] },
    "accuracy",
    "conserved",
  ],
];

describe("the laws of steps", () => {
  it.each(PLANTED.map(([name, ...rest]) => [name, rest] as const))("judge: %s", (_name, [o, ...caughtBy]) => {
    const reports = laws(o);
    expect(failed(reports), details(reports)).toEqual(caughtBy);
  });

  it("have each something to catch", () => {
    const catching = new Set<string>(PLANTED.flatMap(([, , ...caughtBy]) => caughtBy));
    expect([...STEP_LAWS, ...OPTION_LAWS].filter((law) => !catching.has(law))).toEqual([]);
  });
});
