/** The document of `limit` in a terminal: what is known is said with its size, what is not known is said not to be. */
import { describe, expect, it } from "vitest";
import type { LimitDocument } from "../../../src/kernel/limit-document.js";
import { limitTable } from "../../../src/report/terminal/limit-table.js";

const DOC: LimitDocument = {
  schemaVersion: 1,
  command: "limit",
  stop: "goal-met",
  why: "a limit direction was reached",
  beta: [1, 0.5],
  dual: [0.25, 0.75, 0],
  kkt: { stationarity: 1e-15, complementarity: 2e-15, feasibility: 0 },
  phases: {
    descent: { steps: 100, logInverseLoss: 64.5 },
    continuation: { steps: 200, logLogInverseLoss: 70 },
    finish: null,
    polish: { moved: 1e-12, before: { stationarity: 1e-13, complementarity: 0 } },
  },
  errorBar: 2e-14,
  rate: { power: 2.5, why: "measured" },
  point: {
    active: 2,
    unknowns: 2,
    vertex: true,
    unique: { value: null, why: "the problem is not convex" },
    isolated: true,
    degenerate: null,
  },
  weightsMoved: 0.125,
  monitors: [
    { id: "loss", value: 70, rate: 3, rateError: 0.001, remainder: null, samples: 20 },
    { id: "direction", value: 1e-13, rate: 1.25, rateError: 0.01, remainder: 1e-14, samples: 20 },
    { id: "phases", value: 0, rate: null, rateError: null, remainder: null, samples: 2 },
  ],
  blocks: null,
  basin: null,
  certificate: null,
  settings: {},
  notes: [],
  versions: { biasproof: "0", node: "0" },
  timing: { seconds: 0 },
};

const words = (doc: LimitDocument): string => limitTable(doc, "iris", false).replace(/\s+/g, " ");

describe("the table of limit", () => {
  it("shows the error bar, the rate, the kind of point, the polish and what was seen", () => {
    const text = words(DOC);
    for (const part of [
      "limit reached",
      "2e-14 rad",
      "falls like |w|^(-2.50): measured",
      "2 active margins, 2 unknowns: a vertex",
      "isolated; whether unique: not told, the problem is not convex",
      "2 points of 3 carry the limit",
      "total variation 0.125 from the softmax at the end of descent",
      "polish: Newton moved it by 1e-12 rad",
      "log log(1/loss) grows with log|w|: slope 3.00 +- 0.001",
      "predictor, direction: falls like log(1/loss)^(-r), r = 1.25 +- 0.01; left to go: 1e-14",
      "gradient, phases block by block: falls like log(1/loss)^(-r), r unknown, too few samples; left to go: not told",
    ])
      expect(text).toContain(part);
  });

  it("says what is not known", () => {
    const point = { ...DOC.point!, vertex: false, isolated: null, unique: { value: false, why: "others fit as well" } };
    const text = words({
      ...DOC,
      errorBar: null,
      rate: { power: null, why: "too little" },
      point: { ...point, degenerate: "1 margin depends" },
    });
    for (const part of [
      "error bar cannot be told rate unknown: too little",
      "not the only optimum: others fit as well",
      "degenerate: 1 margin depends",
    ])
      expect(text).toContain(part);
    expect(text).not.toContain("a vertex");
  });

  it("without a limit there is no error bar, and a loss that left the doubles has no number", () => {
    const text = words({
      ...DOC,
      stop: "descent-ended",
      beta: null,
      dual: null,
      kkt: null,
      point: null,
      errorBar: null,
      weightsMoved: null,
      monitors: [],
      phases: { descent: { steps: 0, logInverseLoss: null }, continuation: null, finish: null, polish: null },
    });
    expect(text).toContain("no limit");
    expect(text).not.toMatch(/error bar|seen|NaN|null|undefined/);
    expect(text).toContain("descent: 0 steps, to log(1/loss) = -");
  });
});
