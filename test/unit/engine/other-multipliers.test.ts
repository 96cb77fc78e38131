/** Weights at a limit that are not the only multipliers: told where they are not, silent where they are. */
import { expect, it } from "vitest";
import { limitDirection } from "../../../src/engine/limit.js";
import { freeWeights } from "../../../src/engine/other-multipliers.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { diagonal } from "../../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../../src/models/architectures/fully-connected.js";
import { gaussianInitialization } from "../../../src/models/initialization.js";
import { exponential } from "../../../src/models/losses/exponential.js";
import { normalizedGradientDescent } from "../../../src/models/optimizers/normalized-gradient-descent.js";
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
