/**
 * The limit engine on cases whose limit is known in closed form, on edges of the numbers and of the data, on initializations
 * that forbid a part of the network, and on random cases, where every limit must satisfy the KKT conditions of the network
 * itself, and at depth 2 of a coordinatewise one close the duality gap of the Fourier l1 (or l1) margin with its own weights.
 */
import { describe, expect, it } from "vitest";
import { LIMIT_STOPS } from "../../../src/engine/limit.js";
import { coordinatewiseForm } from "../../../src/models/coordinatewise.js";
import { angle } from "../../../src/numeric/vec.js";
import { type LimitCase, limitCase, limitOf, NETWORKS, type NetworkName, rowsOf } from "./limit-cases.js";

const fixed = (
  name: NetworkName,
  depth: number,
  rows: readonly (readonly number[])[],
  init: readonly number[],
): LimitCase => ({
  P: NETWORKS[name].build({ dim: rows[0]!.length, depth }),
  data: rowsOf(rows),
  init: Float64Array.from(init),
});

const close = (a: Float64Array | null, b: readonly number[], relative: number): void => {
  if (a === null) throw new Error("no limit");
  const size = Math.max(...b.map(Math.abs));
  a.forEach((x, d) => {
    expect(Math.abs(x - b[d]!)).toBeLessThanOrEqual(relative * size);
  });
};

describe("limits in closed form", () => {
  it("one point: x / |x|^2 for fully connected networks of any depth", () => {
    for (const depth of [1, 2, 3, 4]) {
      const { init } = limitCase("fully-connected", 3, 1, depth, depth);
      const r = limitOf({ P: NETWORKS["fully-connected"].build({ dim: 3, depth }), data: rowsOf([[1, 2, 2]]), init });
      expect(r.stop).toBe("goal-met");
      close(r.beta, [1 / 9, 2 / 9, 2 / 9], 1e-12);
    }
  });

  it("one point, depth 2: all weight on the largest Fourier coefficient, or coordinate", () => {
    const conv = limitOf(fixed("convolutional", 2, [[3, 1]], [0.1, -0.1, 0.2, -0.3]));
    close(conv.beta, [1 / 4, 1 / 4], 1e-12);
    const diag = limitOf(fixed("diagonal", 2, [[1, -3]], [0.5, 0.2, 0.1, 0.3]));
    close(diag.beta, [0, -1 / 3], 1e-12);
  });

  it("D = 1: 1/x at every depth", () => {
    for (const depth of [1, 2, 3]) {
      const { init } = limitCase("convolutional", 1, 1, depth, 3);
      const r = limitOf({ P: NETWORKS.convolutional.build({ dim: 1, depth }), data: rowsOf([[2]]), init });
      // Depth 2 and more may start on the other side of 0, and need not come over.
      if (r.stop === "goal-met") close(r.beta, [0.5], 1e-12);
      else expect(r.stop).toBe("descent-ended");
    }
  });

  it("the hard-margin SVM of two points, whatever the depth", () => {
    for (const depth of [1, 2, 3]) {
      const { init } = limitCase("fully-connected", 2, 2, depth, 7);
      const r = limitOf({
        P: NETWORKS["fully-connected"].build({ dim: 2, depth }),
        data: rowsOf([
          [2, 1],
          [1, 2],
        ]),
        init,
      });
      close(r.beta, [1 / 3, 1 / 3], 1e-11);
    }
  });
});

describe("what an initialization forbids", () => {
  it("a dead frequency stays dead: the optimum over the living ones, not that of all", () => {
    // D = 2, x = (3, 1), the constant frequency exactly 0 in both layers: beta = (1, -1)/2, where (1, 1)/4 is cheaper.
    const r = limitOf(fixed("convolutional", 2, [[3, 1]], [0.1, -0.1, 0.2, -0.2]));
    expect([r.stop, r.alive]).toEqual(["goal-met", ["dead", "free"]]);
    close(r.beta, [0.5, -0.5], 1e-12);
  });

  it("a frequency that is 0 only up to rounding is alive", () => {
    const r = limitOf(fixed("convolutional", 2, [[3, 1]], [0.1 + 0.2, -0.3, 0.2, -0.2]));
    expect(r.alive).toEqual(["free", "free"]);
    close(r.beta, [0.25, 0.25], 1e-12);
  });

  it("a balanced real coordinate keeps its sign", () => {
    const r = limitOf(fixed("diagonal", 2, [[-3, -1]], [0.1, 0.2, 0.1, 0.3]));
    expect([r.stop, r.alive]).toEqual(["goal-met", ["positive", "free"]]);
    close(r.beta, [0, -1], 1e-12);
    const minus = limitOf(fixed("diagonal", 2, [[3, 1]], [0.1, 0.2, -0.1, 0.3]));
    expect([minus.stop, minus.alive]).toEqual(["goal-met", ["negative", "free"]]);
    close(minus.beta, [0, 1], 1e-12);
  });

  it("zeros, a saddle, data that are not separable: no limit, with the reason", () => {
    const zeros = limitOf(fixed("convolutional", 2, [[1, 2, 3]], [0, 0, 0, 0, 0, 0]));
    expect([zeros.stop, zeros.beta, zeros.why]).toEqual(["descent-ended", null, "descent: zero-gradient"]);
    const saddle = limitOf(fixed("convolutional", 2, [[-1]], [0.5, 0.5]));
    expect([saddle.stop, saddle.beta]).toEqual(["descent-ended", null]);
    const both = limitOf(
      fixed(
        "diagonal",
        2,
        [
          [1, 2],
          [-1, -2],
        ],
        [0.1, 0.3, 0.2, 0.4],
      ),
    );
    expect([both.stop, both.beta]).toEqual(["descent-ended", null]);
  });
});

describe("edges", () => {
  it("equal points, duplicated points, more points than coordinates", () => {
    const equal = limitOf({ ...limitCase("convolutional", 4, 3, 2, 1), data: rowsOf(Array(3).fill([1, 2, 3, 4])) });
    close(equal.beta, [0.1, 0.1, 0.1, 0.1], 1e-12);
    const c = limitCase("fully-connected", 3, 6, 2, 5);
    const twice = { ...c, data: { ...c.data, N: 12, z: Float64Array.from([...c.data.z, ...c.data.z]) } };
    const [once, both] = [limitOf(c), limitOf(twice)];
    expect([once.stop, both.stop]).toEqual(["goal-met", "goal-met"]);
    expect(angle(once.beta!, both.beta!)).toBeLessThan(1e-12);
  });

  it("small margins: found where a float loop would not get", () => {
    const r = limitOf(
      fixed(
        "fully-connected",
        1,
        [
          [1, 1e-6],
          [-1, 1e-6],
        ],
        [0.1, 0.3],
      ),
      { maxSteps: 2000 },
    );
    if (r.stop === "goal-met") close(r.beta, [0, 1e6], 1e-10);
    else expect(Object.keys(LIMIT_STOPS)).toContain(r.stop);
  });

  it("an interruption ends it by name", () => {
    const r = limitOf(limitCase("convolutional", 8, 4, 2, 1), { cancelled: () => "interrupted" });
    expect([r.stop, r.beta]).toEqual(["interrupted", null]);
  });
});

const RANDOM: readonly (readonly [NetworkName, number])[] = [
  ["fully-connected", 1],
  ["fully-connected", 2],
  ["fully-connected", 3],
  ["diagonal", 2],
  ["diagonal", 3],
  ["diagonal", 4],
  ["convolutional", 1],
  ["convolutional", 2],
  ["convolutional", 3],
  ["convolutional", 4],
];

describe.each(RANDOM)("%s, depth %i, random cases", (name, depth) => {
  it("ends at a KKT point of the network itself, to 1e-10", () => {
    for (let seed = 1; seed <= 8; seed++) {
      const c = limitCase(name, 3 + (seed % 7), 2 + (seed % 5), depth, seed);
      const r = limitOf(c);
      expect([seed, r.stop, r.why]).toEqual([seed, "goal-met", ""]);
      const { stationarity, complementarity, feasibility } = r.kkt!;
      expect(Math.max(stationarity, complementarity)).toBeLessThanOrEqual(1e-10);
      expect(complementarity).toBeGreaterThan(-1e-14);
      expect(feasibility).toBeLessThan(1e-15);
      const total = r.dual!.reduce((s, q) => s + q, 0);
      expect(Math.abs(total - 1)).toBeLessThan(1e-14);
      expect(r.dual!.every((q) => q >= 0)).toBe(true);
    }
  });
});

describe.each(["convolutional", "diagonal"] as const)("%s, depth 2", (name) => {
  it("closes the duality gap of its l1 margin with the run's own weights", () => {
    for (let seed = 1; seed <= 12; seed++) {
      const { P, data, init } = limitCase(name, 3 + seed, 2 + (seed % 6), 2, seed);
      const r = limitOf({ P, data, init });
      expect(r.stop).toBe("goal-met");
      const form = coordinatewiseForm(P)!;
      const [beta, z] = [Float64Array.from(r.beta!), new Float64Array(data.D)];
      for (let n = 0; n < data.N; n++)
        for (let d = 0; d < data.D; d++) z[d] = z[d]! + r.dual![n]! * data.z[n * data.D + d]!;
      form.toCoordinates(beta);
      form.toCoordinates(z);
      let [l1, dual] = [0, 0];
      for (const { at, complex } of form.blocks) {
        const size = (x: Float64Array): number => (complex ? Math.hypot(x[at]!, x[at + 1]!) : Math.abs(x[at]!));
        l1 += (complex ? Math.SQRT2 : 1) * size(beta);
        dual = Math.max(dual, size(z) / (complex ? Math.SQRT2 : 1));
      }
      // least margin 1: 1 / l1 <= the largest margin <= dual, for every q in the simplex.
      expect(dual * l1 - 1).toBeGreaterThan(-1e-14);
      expect(dual * l1 - 1).toBeLessThan(1e-11);
    }
  });
});
