/**
 * The equilibrium over the living blocks where it is degenerate: more points of least margin than the support can tell apart, so
 * that the weights are not unique, and the barrier's curvature along them vanishes with it. Optima in closed form.
 */
import { describe, expect, it } from "vitest";
import { solveRestricted } from "../../../src/engine/restricted-dual.js";
import type { Block } from "../../../src/models/coordinatewise.js";

const REAL: readonly Block[] = [
  { at: 0, complex: false },
  { at: 1, complex: false },
];

function solve(rows: readonly (readonly number[])[], start: readonly number[]) {
  const problem = {
    data: { N: rows.length, D: 2, z: Float64Array.from(rows.flat()) },
    blocks: REAL,
    costs: [1, 1],
    alive: ["free", "free"] as const,
  };
  const solved = solveRestricted(problem, Float64Array.from(start));
  if (solved.found === null) throw new Error(solved.why);
  return solved.found;
}

describe("weights that are not unique", () => {
  // Both margins of least size are those of coordinate 0 alone: (1, 5), (1, -3) with the predictor (1, 0).
  const TIE = [
    [1, 5],
    [1, -3],
    [2, 1],
  ] as const;

  it.each([[[1 / 3, 1 / 3, 1 / 3]], [[1, 0, 0]], [[0, 1, 0]], [[0.999, 1e-9, 1e-3]]])("from %j", (start) => {
    const { beta, alpha, gap, support, active } = solve(TIE, start);
    expect(beta[0]).toBeCloseTo(1, 13);
    expect(Math.abs(beta[1]!)).toBeLessThan(1e-13);
    expect(gap).toBeLessThan(1e-13);
    expect([support, active]).toEqual([[0], [0, 1]]);
    // |z_1| <= z_0 = 1: weights in a segment, here inside it.
    expect(alpha[0]! + alpha[1]!).toBeCloseTo(1, 13);
    expect(Math.abs(5 * alpha[0]! - 3 * alpha[1]!)).toBeLessThan(1);
    expect(alpha[2]).toBe(0);
  });

  it("integer rows that a campaign met", () => {
    const rows = [
      [20, -14],
      [-2, 13],
      [2, 7],
      [-4, 10],
    ].map(([a, b]) => [a! + b!, a! - b!]);
    for (const start of [
      [1, 0, 0, 0],
      [0.25, 0.25, 0.25, 0.25],
    ]) {
      const { beta, gap, active } = solve(rows, start);
      expect([...beta].map((x) => Math.round(6e12 * x))).toEqual([1e12, 0]);
      expect([gap < 1e-13, active]).toEqual([true, [0, 3]]);
    }
  });
});
