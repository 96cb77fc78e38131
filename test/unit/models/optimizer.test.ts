/** Every optimizer of the toolkit under the laws of properties/laws/optimizer.ts, and the laws under planted liars. */
import { describe, expect, it } from "vitest";
import type { LawReport } from "../../../properties/laws/law.js";
import { OPTIMIZER_LAWS, type OptimizerLaw, optimizerLaws } from "../../../properties/laws/optimizer.js";
import type { Optimizer } from "../../../src/models/optimizer.js";
import { gradientDescent } from "../../../src/models/optimizers/gradient-descent.js";
import { OPTIMIZERS } from "../../../src/models/optimizers/index.js";
import { normalizedGradientDescent } from "../../../src/models/optimizers/normalized-gradient-descent.js";
import { exp } from "../../../src/numeric/elementary.js";

const failed = (reports: readonly LawReport[]): string[] => reports.filter((r) => r.ok === false).map((r) => r.law);
const details = (reports: readonly LawReport[]): string => reports.map((r) => `${r.law}: ${r.detail}`).join("\n");

it.each(OPTIMIZERS.map((o) => [o.name, o] as const))("%s keeps every law", (_name, o) => {
  const reports = optimizerLaws(o);
  expect(failed(reports), details(reports)).toEqual([]);
});

it("both optimizers are of first order, no better and no worse", () => {
  for (const o of [gradientDescent, normalizedGradientDescent])
    expect(optimizerLaws(o).find((r) => r.law === "flow")?.detail).toMatch(/^order (0\.9|1\.0)\d:/);
});

it("gradient descent has bounded steps at any loss, the loss-normalized one has not", () => {
  for (const logLoss of [-1e4, -1e3, -700, -1, 0]) {
    expect(gradientDescent.reach(0.5, logLoss)).toBeLessThanOrEqual(0.5 * exp(logLoss));
    expect(normalizedGradientDescent.reach(0.5, logLoss)).toBe(0.5);
  }
  expect(normalizedGradientDescent.reach(1, -700) / exp(-700)).toBeGreaterThan(1e300);
  expect(gradientDescent.facts.boundedSteps).toBe(true);
  expect(normalizedGradientDescent.facts.boundedSteps).toBe(false);
});

const lying = (facts: Partial<Optimizer["facts"]>, reach: Optimizer["reach"]): Optimizer => ({
  ...normalizedGradientDescent,
  facts: { ...normalizedGradientDescent.facts, ...facts },
  reach,
});

/** Other bits at every second call. */
function restless(): Optimizer {
  let calls = 0;
  return lying({}, (eta) => eta * (1 + 1e-12 * (calls++ % 2)));
}

const PLANTED: readonly (readonly [string, Optimizer, ...OptimizerLaw[]])[] = [
  ["unbounded steps declared bounded", lying({ boundedSteps: true }, (eta) => eta), "bounded-steps"],
  ["bounded steps declared unbounded", lying({}, gradientDescent.reach), "bounded-steps"],
  [
    "a bound that is a little too large",
    lying({ boundedSteps: true }, (eta, l) => eta * exp(l) * (1 + 1e-9)),
    "bounded-steps",
  ],
  [
    "bounded until the loss underflows",
    lying({ boundedSteps: true }, (eta, l) => (l < -1000 ? eta : eta * exp(l))),
    "bounded-steps",
  ],
  ["the square root of the loss", lying({ boundedSteps: true }, (eta, l) => eta * exp(l / 2)), "bounded-steps"],
  ["a step that does not shrink with eta", lying({}, () => 0.1), "flow"],
  ["a step like the root of eta", lying({}, (eta) => Math.sqrt(eta) / 4), "flow"],
  ["a step that honestly is no flow", lying({ discretizes: null }, () => 0.1)],
  ["ascent", lying({}, (eta, l) => (l < -1000 ? eta : -eta)), "sane", "flow"],
  ["no step at all", lying({ boundedSteps: true }, () => 0), "flow"],
  ["0 times infinity far down", lying({}, (eta, l) => eta * exp(l) * exp(-l)), "sane"],
  ["a memory between calls", restless(), "pure"],
];

describe("the laws of an optimizer", () => {
  it.each(PLANTED.map(([name, ...rest]) => [name, rest] as const))("judge: %s", (_name, [o, ...caughtBy]) => {
    const reports = optimizerLaws(o);
    expect(failed(reports), details(reports)).toEqual(caughtBy);
  });

  it("have each something to catch", () => {
    const catching = new Set(PLANTED.flatMap(([, , ...caughtBy]) => caughtBy));
    expect(OPTIMIZER_LAWS.filter((law) => !catching.has(law))).toEqual([]);
  });

  it("skip the flow by name where none is declared", () => {
    const [skipped] = optimizerLaws(lying({ discretizes: null }, (eta) => eta)).filter((r) => r.ok === null);
    expect(skipped?.law).toBe("flow");
  });
});
