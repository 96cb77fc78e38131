/**
 * What a limit says of itself: the polish (exact answers, and every way in which it must refuse), error bars against exact
 * answers, whether the optimum is unique, and monitors on paths whose rates are known.
 */
import { describe, expect, it } from "vitest";
import { createSampler, monitorsOf, type Sample } from "../../../src/engine/monitors.js";
import { patienceOf } from "../../../src/engine/patience.js";
import { type PolishProblem, polish } from "../../../src/engine/polish.js";
import { polishL2 } from "../../../src/engine/polish-l2.js";
import { exp } from "../../../src/numeric/elementary.js";
import { createSimplexQp } from "../../../src/numeric/simplex-qp.js";
import { angle } from "../../../src/numeric/vec.js";
import { limitCase, limitOf, NETWORKS, type NetworkName, rowsOf } from "./limit-cases.js";

const FREE = { eta: Number.POSITIVE_INFINITY };
const reals = (D: number) => Array.from({ length: D }, (_, at) => ({ at, complex: false }));

/** Depth 3 on the support {0, 1} of three coordinates: the rows (2, 1), (1, 2) give b = (1, 1)/3, and alpha from b^(-1/3). */
const PROBLEM: PolishProblem = {
  data: rowsOf([
    [2, 1, 0],
    [1, 2, 0],
    [3, 1, 5],
  ]),
  blocks: reals(3),
  depth: 3,
  beta: Float64Array.of(1 / 3 + 1e-9, 1 / 3 - 1e-9, 0),
  weights: Float64Array.of(0.5, 0.5, 0),
  most: 1e-8,
};

const refused = (problem: PolishProblem): string => {
  const attempt = polish(problem);
  if (attempt.polished !== null) throw new Error("not refused");
  return attempt.why;
};

describe("polish, depth 3", () => {
  it("ends at the stationary point beside the run, to rounding, and says how far it moved", () => {
    const { polished } = polish(PROBLEM);
    expect(polished!.beta[0]).toBeCloseTo(1 / 3, 15);
    expect(polished!.beta[1]).toBeCloseTo(1 / 3, 15);
    expect(polished!.beta[2]).toBe(0);
    expect(Math.abs(polished!.dual[0]! - 0.5)).toBeLessThan(1e-15);
    expect(polished!.moved).toBeGreaterThan(2.9e-9);
    expect(polished!.moved).toBeLessThan(3.1e-9);
    expect([polished!.active, polished!.unknowns, polished!.degenerate]).toEqual([[0, 1], 2, null]);
    expect(polished!.correction).toBeLessThan(1e-14);
  });

  it("a complex block: |b| from the margin, its phase that of z", () => {
    // One point z = (3, 4) on one complex block: b = z / |z|^2.
    const { polished } = polish({
      data: rowsOf([[3, 4]]),
      blocks: [{ at: 0, complex: true }],
      depth: 3,
      beta: Float64Array.of(3 / 25 + 4e-9, 4 / 25 - 3e-9),
      weights: Float64Array.of(1),
      most: 1e-6,
    });
    expect(polished!.beta[0]).toBeCloseTo(3 / 25, 15);
    expect(polished!.beta[1]).toBeCloseTo(4 / 25, 15);
    expect(polished!.unknowns).toBe(2);
  });

  it("may not move further than it is allowed", () => {
    expect(refused({ ...PROBLEM, most: 1e-9 })).toMatch(/further than the run's own error bar/);
  });

  it("may not change the active points: a weight below 0, or another margin below 1", () => {
    // b = (1, 1)/3 on these rows needs a weight of -1/2 for the second.
    const data = rowsOf([
      [2, 1, 0],
      [5, -2, 0],
      [9, 9, 0],
    ]);
    expect(refused({ ...PROBLEM, data, beta: Float64Array.of(1 / 3, 1 / 3, 0) })).toMatch(/weight negative/);
    const below = rowsOf([
      [2, 1, 0],
      [1, 2, 0],
      [3 - 2e-9, 0, 0],
    ]);
    expect(
      refused({
        ...PROBLEM,
        data: below,
        beta: Float64Array.of(1 / 3 + 1e-9, 1 / 3 - 1e-9, 0),
        weights: Float64Array.of(0.5, 0.5, 0),
      }),
    ).toMatch(/fell below/);
  });

  it("more unknowns than active points: c |b|^(-1/3) is proportional to |z|, and c = 2^(2/3) for a complex block", () => {
    // |b_0| = t and |b_1| = 4 t / 5^3 for z = (1; 3, 4), with margin t + 5 |b_1| = 1.16 t = 1; from a thousandth off.
    const t = 1 / 1.16;
    const exact = Float64Array.of(t, 0.0192 * t, 0.0256 * t);
    const { polished } = polish({
      data: rowsOf([[1, 3, 4]]),
      blocks: [
        { at: 0, complex: false },
        { at: 1, complex: true },
      ],
      depth: 3,
      beta: Float64Array.of(1.0002 * t, 0.0191 * t, 0.0257 * t),
      weights: Float64Array.of(1),
      most: 1e-3,
    });
    expect(angle(polished!.beta, exact)).toBeLessThan(1e-15);
    expect(polished!.correction).toBeLessThan(1e-15);
    expect([polished!.active, polished!.unknowns]).toEqual([[0], 3]);
  });

  it("may not change a sign", () => {
    // The margins are 1 at (1, -1e-9), and the run stands at (1, 1e-9).
    const data = rowsOf([
      [1, 0],
      [1 + 1e-9, 1],
    ]);
    const two = { ...PROBLEM, blocks: reals(2), data, weights: Float64Array.of(0.5, 0.5) };
    expect(refused({ ...two, beta: Float64Array.of(1, 1e-9) })).toMatch(/changed the sign of block 1/);
  });

  it("leaves dependent active points out, and says so", () => {
    const data = rowsOf([
      [2, 1, 0],
      [1, 2, 0],
      [1.5, 1.5, 0],
    ]);
    const { polished } = polish({ ...PROBLEM, data, weights: Float64Array.of(0.4, 0.4, 0.2) });
    expect(polished!.active).toHaveLength(2);
    expect(polished!.degenerate).toMatch(/1 active margins depend on the others/);
    expect(polished!.beta[0]).toBeCloseTo(1 / 3, 14);
  });
});

describe("polish, strictly convex", () => {
  const l2 = {
    data: rowsOf([
      [2, 1],
      [1, 2],
      [4, 4],
    ]),
    beta: Float64Array.of(1 / 3 + 1e-10, 1 / 3 - 1e-10),
    weights: Float64Array.of(0.5, 0.5, 0),
    most: 1e-8,
  };

  it("is the hard-margin SVM of the active points", () => {
    const { polished } = polishL2(l2);
    expect(polished!.beta[0]).toBeCloseTo(1 / 3, 15);
    expect(polished!.active).toEqual([0, 1]);
  });

  it("refuses wrong active points and long moves", () => {
    expect(polishL2({ ...l2, most: 1e-12 }).polished).toBe(null);
    const wrong = {
      data: rowsOf([
        [2, 1],
        [4, 3],
      ]),
      beta: Float64Array.of(1, -1),
      weights: Float64Array.of(0.5, 0.5),
      most: 1e-8,
    };
    // b = 3.5 z_1 - 1.5 z_2.
    expect(polishL2(wrong)).toMatchObject({ polished: null, why: expect.stringMatching(/negative/) as string });
  });
});

const POLISHED: readonly (readonly [NetworkName, number])[] = [
  ["fully-connected", 1],
  ["fully-connected", 3],
  ["convolutional", 1],
  ["diagonal", 3],
  ["convolutional", 3],
  ["convolutional", 4],
];

describe.each(POLISHED)("%s, depth %i: the limit in words", (name, depth) => {
  it("is polished, to residuals of 1e-13, with an error bar that two runs agree within", () => {
    for (let seed = 1; seed <= 5; seed++) {
      const c = limitCase(name, 4 + seed, 3 + (seed % 3), depth, 400 + seed);
      const r = limitOf(c, FREE);
      expect([seed, r.stop, r.phases.polish === null]).toEqual([seed, "goal-met", false]);
      expect(Math.max(r.kkt!.stationarity, r.kkt!.complementarity)).toBeLessThan(1e-13);
      expect(r.phases.polish!.moved).toBeLessThan(1e-10);
      expect(r.errorBar!).toBeLessThan(1e-11);
      const other = limitOf(c, { ...FREE, turn: 0.011, handover: 80 });
      expect(angle(r.beta!, other.beta!)).toBeLessThan(1e-12);
      const strict = name === "fully-connected" || depth === 1;
      expect([r.point!.unique.value, r.point!.isolated]).toEqual(strict ? [true, null] : [null, true]);
      expect(r.point!.vertex).toBe(r.point!.active === r.point!.unknowns);
      expect(r.weightsMoved!).toBeGreaterThanOrEqual(0);
      expect(r.weightsMoved!).toBeLessThan(1);
    }
  });
});

describe("is the optimum unique", () => {
  it("x = (1, 0), a segment of optima: three initializations, three limits, none claimed for its point", () => {
    const P = NETWORKS.convolutional.build({ dim: 2, depth: 2 });
    const limits = [
      [0.31, 0.1, 0.25, 0.4],
      [0.9, 0.1, 0.2, 0.43],
      [0.3, 0.8, 0.7, 0.11],
    ].map((init) => limitOf({ P, data: rowsOf([[1, 0]]), init: Float64Array.from(init) }, FREE));
    for (const r of limits) {
      expect(r.errorBar!).toBeLessThan(0.02);
      expect([r.stop, r.point!.unique.value, r.phases.finish]).toEqual(["goal-met", false, null]);
      // Every (a, b) with |a + b| + |a - b| = 2 a, that is |b| <= a, is an optimum.
      expect(Math.abs(r.beta![0]! - 1)).toBeLessThan(1e-9);
      expect(Math.abs(r.beta![1]!)).toBeLessThanOrEqual(1 + 1e-9);
    }
    expect(angle(limits[0]!.beta!, limits[1]!.beta!)).toBeGreaterThan(1e-4);
    expect(angle(limits[0]!.beta!, limits[2]!.beta!)).toBeGreaterThan(1e-4);
  });

  it("among several optima the error bar covers what the steps decide", () => {
    const cases = [
      { name: "convolutional", rows: [[1, 0]], init: [0.31, 0.1, 0.25, 0.4] },
      {
        name: "diagonal",
        rows: [
          [2, -2],
          [2, -2],
          [-1, -1],
          [0, -2],
        ],
        init: [0.3, -0.4, 0.7, 0.2],
      },
      {
        name: "diagonal",
        rows: [
          [1, 0, -2],
          [2, -2, -2],
          [1, 0, -1],
          [-2, -1, -2],
        ],
        init: [0.3, -0.4, 0.7, 0.2, -0.5, 0.6],
      },
    ] as const;
    const bars: number[] = [];
    for (const { name, rows, init } of cases) {
      const P = NETWORKS[name].build({ dim: rows[0].length, depth: 2 });
      const c = { P, data: rowsOf(rows), init: Float64Array.from(init) };
      const r = limitOf(c, FREE);
      expect([r.stop, r.point!.unique.value, r.phases.finish]).toEqual(["goal-met", false, null]);
      const fine = limitOf(c, { ...FREE, turn: 0.02 / 100, stepFactor: 1 / 100 });
      expect(angle(r.beta!, fine.beta!)).toBeLessThanOrEqual(r.errorBar!);
      expect(fine.errorBar!).toBeLessThanOrEqual(r.errorBar!);
      bars.push(r.errorBar!);
    }
    expect(Math.max(...bars)).toBeGreaterThan(1e-6);
  });

  it("random data: unique, finished, with an error bar; two tied coordinates: not", () => {
    for (let seed = 1; seed <= 6; seed++) {
      const r = limitOf(limitCase("convolutional", 5 + seed, 3, 2, 500 + seed), FREE);
      expect([r.stop, r.point!.unique.value, r.errorBar! < 1e-10]).toEqual(["goal-met", true, true]);
    }
    const P = NETWORKS.diagonal.build({ dim: 3, depth: 2 });
    const tied = limitOf({ P, data: rowsOf([[1, 1, 0.5]]), init: Float64Array.of(0.1, 0.2, 0.3, 0.5, 0.4, 0.7) }, FREE);
    expect([tied.stop, tied.point!.unique.value]).toEqual(["goal-met", false]);
  });
});

/** beta turns by c exp(-rate x) more from a fixed direction; the gradient in its phase, the margin in its value. */
function path(rate: number, samples: number, spacing: number): Sample[] {
  return Array.from({ length: samples }, (_, k) => {
    const x = k * spacing;
    const turn = 0.3 * exp(-rate * x);
    const at = Float64Array.of(Math.cos(turn), Math.sin(turn), 0);
    return { logLog: x, logNorm: x / 3, beta: at, gradient: at, margin: 0.5 * (1 - 0.2 * exp(-rate * x)) };
  });
}

describe("monitors", () => {
  const blocks = [
    { at: 0, complex: true },
    { at: 2, complex: false },
  ];

  it.each([0.25, 0.5, 1, 2])("find the power %d, and what is left to go", (rate) => {
    const samples = path(rate, 24, 0.5);
    const monitors = monitorsOf(samples, blocks);
    expect(monitors.map((m) => m.id)).toEqual(["loss", "direction", "gradient-direction", "phases", "margin"]);
    expect(monitors[0]!.rate!).toBeCloseTo(3, 10);
    const rest = exp(-rate * 11.5);
    for (const m of monitors.slice(1)) {
      expect(Math.abs(m.rate! - rate)).toBeLessThan(0.02 * rate);
      const truth = m.id === "margin" ? 0.2 * rest : 0.3 * rest;
      expect(m.remainder! / truth).toBeGreaterThan(0.8);
      expect(m.remainder! / truth).toBeLessThan(1.25);
      expect(m.rateError!).toBeLessThan(0.01);
    }
  });

  it("too few samples, or a path that does not settle: null, not a number", () => {
    for (const m of monitorsOf(path(1, 4, 0.5), blocks)) expect([m.rate, m.remainder]).toEqual([null, null]);
    // Turning by the same angle in each unit: no rate, no remainder.
    const turning = Array.from({ length: 20 }, (_, k) => {
      const at = Float64Array.of(Math.cos(0.1 * k), Math.sin(0.1 * k), 0);
      return { logLog: k, logNorm: k, beta: at, gradient: at, margin: 1 };
    });
    const direction = monitorsOf(turning, blocks)[1]!;
    expect(Math.abs(direction.rate!)).toBeLessThan(1e-9);
    expect(direction.remainder).toBe(null);
    expect(monitorsOf([], blocks)).toEqual([]);
  });

  it("a path at rest has nothing left to go; a block without a part has no phase", () => {
    const rest = path(50, 20, 1);
    expect(monitorsOf(rest, blocks)[1]!.remainder).toBe(1e-14);
    const flipping = path(1, 20, 0.5).map((s, k) => ({
      ...s,
      gradient: Float64Array.of(1, 0, k % 2 === 0 ? 1e-12 : -1e-12),
    }));
    expect(monitorsOf(flipping, blocks)[3]!.value).toBe(0);
  });

  it("keeps at most 64 samples, evenly", () => {
    const sampler = createSampler();
    let made = 0;
    for (let k = 0; k < 10_000; k++)
      sampler.offer(() => {
        made += 1;
        return { logLog: k, logNorm: k, beta: new Float64Array(1), gradient: new Float64Array(1), margin: 1 };
      });
    const kept = sampler.samples();
    expect(kept.length).toBeLessThan(64);
    expect(kept.length).toBeGreaterThanOrEqual(32);
    expect(made).toBeLessThan(400);
    const steps = new Set(kept.slice(1).map((s, i) => s.logLog - kept[i]!.logLog));
    expect(steps.size).toBe(1);
  });

  it("sees the hypotheses along real runs: the loss grows with the degree, the direction settles", () => {
    for (const depth of [1, 2, 3]) {
      const r = limitOf(limitCase("convolutional", 8, 4, depth, 600 + depth), FREE);
      const by = new Map(r.monitors.map((m) => [m.id, m]));
      expect(Math.abs(by.get("loss")!.rate! - depth)).toBeLessThan(0.05);
      expect(by.get("margin")!.value).toBeGreaterThan(0);
      expect(by.get("direction")!.remainder ?? 0).toBeLessThan(1e-3);
      expect(by.has("phases")).toBe(true);
    }
  });
});

describe("patience", () => {
  const c = limitCase("convolutional", 16, 10, 3, 1);

  it("an aborted signal ends every phase by name, whenever it comes", () => {
    let asked = 0;
    const whole = limitOf(c, {
      ...FREE,
      cancelled: () => {
        asked += 1;
        return null;
      },
    });
    expect(whole.stop).toBe("goal-met");
    for (const part of [0, 0.1, 0.5, 0.9, 0.99]) {
      let left = Math.floor(part * asked);
      const r = limitOf(c, {
        ...FREE,
        signal: {
          get aborted() {
            return left-- <= 0;
          },
        },
      });
      expect([part, r.stop, r.beta, r.errorBar]).toEqual([part, "interrupted", null, null]);
      // Once heard, it ends without asking on.
      expect(left).toBeGreaterThan(-6);
    }
  });

  it("is heard at every single question", () => {
    for (const depth of [1, 2]) {
      const small = limitCase("diagonal", 3, 2, depth, 2);
      for (let question = 0; question < 150; question++) {
        let left = question;
        const r = limitOf(small, { ...FREE, cancelled: () => (left-- === 0 ? "time-budget" : null) });
        expect([question, r.stop]).toEqual([question, left < 0 ? "time-budget" : "goal-met"]);
      }
    }
  });

  it("is asked many times within a step of many points", () => {
    for (const name of ["convolutional", "fully-connected"] as const) {
      let asked = 0;
      const many = limitCase(name, 40, 30, 1, 3);
      const r = limitOf(many, {
        ...FREE,
        cancelled: () => {
          asked += 1;
          return null;
        },
      });
      expect(asked).toBeGreaterThan(10 * r.phases.continuation!.steps + r.phases.descent.steps / 256);
    }
  });

  it("says where it is, phase after phase", () => {
    const seen: string[] = [];
    limitOf(c, {
      ...FREE,
      progress: (p) => {
        if (seen[seen.length - 1] !== p.phase) seen.push(p.phase);
      },
    });
    expect(seen.slice(0, 3)).toEqual(["descent", "continuation", "polish"]);
    const finish: string[] = [];
    limitOf(limitCase("diagonal", 8, 4, 2, 1), { ...FREE, progress: (p) => finish.push(p.phase) });
    expect(finish).toContain("finish");
  });

  it("is asked before each factorization of a long programme, and what was thrown leaves it fit for use", () => {
    const N = 60;
    const J = Array.from({ length: N }, (_, i) =>
      Array.from({ length: N }, (__, k) => Math.cos(i * (k + 1)) + (i === k ? 2 : 0)),
    );
    const G = Float64Array.from(J.flatMap((a) => J.map((b) => a.reduce((s, x, k) => s + x * b[k]!, 0))));
    const m = Float64Array.from({ length: N }, (_, i) => Math.sin(i));
    const qp = createSimplexQp(N);
    let asked = 0;
    const p = Float64Array.from(
      qp.solve(G, m, undefined, () => {
        asked += 1;
      }).p,
    );
    expect(asked).toBeGreaterThanOrEqual(p.filter((x) => x > 0).length);
    let left = Math.floor(asked / 2);
    const { checkpoint } = patienceOf({ cancelled: () => (left-- <= 0 ? "time-budget" : null) });
    expect(() => qp.solve(G, m, undefined, checkpoint)).toThrow("time-budget");
    expect(Float64Array.from(qp.solve(G, m).p)).toEqual(p);
  });
});
