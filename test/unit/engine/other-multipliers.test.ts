/** Weights at a limit that are not the only multipliers: told where they are not, silent where they are. */
import { expect, it } from "vitest";
import { limitDirection } from "../../../src/engine/limit.js";
import { freeWeights } from "../../../src/engine/other-multipliers.js";
import type { Case } from "../../../src/kernel/case.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { diagonal } from "../../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../../src/models/architectures/fully-connected.js";
import { gaussianInitialization } from "../../../src/models/initialization.js";
import { exponential } from "../../../src/models/losses/exponential.js";
import { normalizedGradientDescent } from "../../../src/models/optimizers/normalized-gradient-descent.js";
import { createBench } from "../../../src/verify/bench.js";
import { limitIsStationaryFor } from "../../../src/verify/claims/fourier-bridge.js";
import { rowsOf } from "./limit-cases.js";

const limitOf = (architecture: typeof convolutional, depth: number, X: readonly (readonly number[])[]) => {
  const P = architecture.build({ dim: X[0]!.length, depth });
  return limitDirection({
    ...{ P, data: rowsOf(X), loss: exponential, optimizer: normalizedGradientDescent },
    ...{ eta: Number.POSITIVE_INFINITY, init: gaussianInitialization(P, 3n, 0.3) },
  });
};
const TOLD = /other multipliers/;

it("two points that agree on the support of the limit leave a direction of weights free", () => {
  // Both active points have the sum 4, and the limit is a constant.
  const { stop, notes, dual } = limitOf(convolutional, 2, [
    [3, -1, 2, 0],
    [1, 4, -2, 1],
    [2, 1, 5, -1],
  ]);
  expect(stop).toBe("goal-met");
  expect([...dual!].filter((q) => q > 1e-6).length).toBe(2);
  expect(notes.join()).toMatch(TOLD);
});

it("a point that is there twice does so in every network", () => {
  const X = [
    [3, 1],
    [3, 1],
  ];
  for (const [network, depth] of [
    [fullyConnected, 1],
    [fullyConnected, 3],
    [diagonal, 3],
    [convolutional, 2],
  ] as const) {
    const { stop, notes, dual } = limitOf(network, depth, X);
    expect([network.name, depth, stop]).toEqual([network.name, depth, "goal-met"]);
    expect([network.name, depth, dual!.length]).toEqual([network.name, depth, 2]);
    expect(notes.join()).toMatch(TOLD);
  }
});

it("independent points leave none free", () => {
  const X = [
    [3, 1, 0],
    [0, 2, 1],
    [1, 0, 1],
  ];
  for (const [network, depth] of [
    [fullyConnected, 2],
    [diagonal, 2],
    [convolutional, 3],
  ] as const)
    expect(limitOf(network, depth, X).notes.join()).not.toMatch(TOLD);
});

it("a condition is not refuted with weights that are one choice of several, whatever the order of the points", async () => {
  // The softmax of the run tends to 1/2 and 1/2, with which (1, 0) is stationary for the l1 norm; with 1 and 0 it is not.
  const claim = limitIsStationaryFor({
    id: "limit-is-signal-bridge-stationary:1",
    statement: "the limit is stationary for the l1 norm",
    penalty: () => ({ space: "signal", p: { n: 1, d: 1 } }),
  });
  for (const X of [
    [
      ["1", "2"],
      ["1", "-1"],
    ],
    [
      ["1", "-1"],
      ["1", "2"],
    ],
  ]) {
    const layers = [[[1, 0.01]], [[0.9, 0.02]], [[1.1, 0.02]]];
    const c: Case = {
      ...{ version: 1, architecture: "diagonal", depth: 3, widths: null, loss: "exponential", seed: "1" },
      data: { name: "d", shape: [2], json: { scale: "1", X, y: [1, 1] } },
      ...{ optimizer: "normalized-gradient-descent", eta: null, init: { kind: "layers", layers } },
      ...{ tolerance: 1e-8, goal: 1e-8, budget: { steps: 200_000, seconds: null } },
    };
    const { finding } = await claim.check(createBench(c, { cancelled: () => null }, { toLimit: true }));
    expect(finding.outcome).not.toBe("contradicts");
    expect(finding.why).toContain("one choice of several");
  }
});

it("counts what is free: the rows of the points in parameter space", () => {
  const P = fullyConnected.build({ dim: 2, depth: 1 });
  const w = Float64Array.of(1, 1);
  const data = rowsOf([
    [1, 0],
    [0, 1],
    [1, 1],
    [2, 2],
  ]);
  // The two others have more margin.
  expect(freeWeights(P, data, w, Float64Array.of(0.5, 0.5, 0, 0))).toBe(0);
  expect(freeWeights(P, data, w, Float64Array.of(0.5, 0.25, 0.25, 0))).toBe(1);
  expect(freeWeights(P, data, w, Float64Array.of(0.25, 0.25, 0.25, 0.25))).toBe(2);
});
