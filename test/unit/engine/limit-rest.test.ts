/** Ends of continuation where rounding leaves more than its aim: it goes round in the last bits, and what is reached is measured. */
import { expect, it } from "vitest";
import { logistic } from "../../../src/models/losses/logistic.js";
import { angle } from "../../../src/numeric/vec.js";
import { limitOf, NETWORKS, rowsOf } from "./limit-cases.js";

// Points far from the boundary beside points near it, and points almost parallel.
const FAR = [
  [-0.8, 0],
  [-0.3, 9],
  [0.2, -48],
  [-1.6, -9],
  [-0.3, 0],
  [-0.1, -9],
];
const PARALLEL = [
  [-5, 5, 13, 11, 20, -11],
  [5, -7, -27, -20, -34, 26],
  [-3, 4, 26, 24, 38, -26],
  [1, -2, -14, -9, -17, 14],
  [2, -4, -28, -22, -35, 26],
  [0, -2, -13, -11, -19, 10],
  [-2, 1, 12, 13, 20, -13],
  [2, -3, -15, -9, -16, 11],
];

it.each([
  ["diagonal", FAR, [7.3, -2.1]],
  ["diagonal", PARALLEL, [0.01, 0.02, -0.01, 0.005, 0, -0.01]],
  ["fully-connected", PARALLEL, [-0.01, 0.02, 0.01, 0.005, 0.03, -0.01]],
] as const)("depth 1 of %s ends, at the max margin that a finer run ends at too", (name, rows, init) => {
  const c = {
    P: NETWORKS[name].build({ dim: rows[0]!.length, depth: 1 }),
    data: rowsOf(rows),
    init: Float64Array.from(init),
  };
  const run = { loss: logistic, eta: Number.POSITIVE_INFINITY };
  const limit = limitOf(c, run);
  expect([limit.stop, limit.why]).toEqual(["goal-met", ""]);
  const finer = limitOf(c, { ...run, stepFactor: 1 / 2, turn: 0.01 });
  expect(finer.stop).toBe("goal-met");
  expect(angle(limit.beta!, finer.beta!)).toBeLessThanOrEqual(1e-12);
});
