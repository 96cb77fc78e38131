/**
 * Softmax weights at a temperature: stationarity of G p + m + tau log p, closed forms, a scalar equation by bisection, what
 * follows from convexity as tau falls (bounds and an order), symmetries, and what is refused.
 */
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { createTemperedQp } from "../../../src/engine/tempered.js";
import { createSimplexQp } from "../../../src/numeric/simplex-qp.js";

interface Problem {
  readonly G: Float64Array;
  readonly m: Float64Array;
  readonly size: number;
}

const inner = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((s, x, i) => s + x * b[i]!, 0);

function problem(J: readonly (readonly number[])[], v: readonly number[]): Problem {
  const G = Float64Array.from(J.flatMap((a) => J.map((b) => inner(a, b))));
  const m = Float64Array.from(J, (a) => inner(a, v));
  return { G, m, size: Math.max(...J.map((a) => inner(a, a)), ...m.map(Math.abs)) };
}

const upTo = (n: number, f: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => f(i));
const diagonal = (...lengths: number[]): number[][] => lengths.map((a, i) => lengths.map((_, k) => (i === k ? a : 0)));
const entry = fc.integer({ min: -64, max: 64 }).map((k) => k / 64);
const vector = (n: number): fc.Arbitrary<number[]> => fc.array(entry, { minLength: n, maxLength: n });
const rows = (most: number): fc.Arbitrary<Problem> =>
  fc
    .tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: 8 }))
    .chain(([N, M]) => fc.tuple(fc.array(vector(M), { minLength: N, maxLength: N }), vector(M)))
    .map(([J, v]) => problem(J, v))
    .filter((P) => P.size > 0);
const exponent = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: 4 * min, max: 4 * max }).map((e) => e / 4);
const weights = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9 })), { minLength: 50, maxLength: 50 });

const uniform = (N: number): Float64Array => new Float64Array(N).fill(1 / N);
const hardSolution = ({ G, m }: Problem): Float64Array => createSimplexQp(m.length).solve(G, m).p;
const attempt = ({ G, m }: Problem, tau: number, start: Float64Array): Float64Array | null =>
  createTemperedQp(m.length).solve(G, m, Math.log(tau), start);
function solve(P: Problem, tau: number, start: Float64Array = hardSolution(P)): Float64Array {
  const p = attempt(P, tau, start);
  if (p === null) throw new Error(`null at tau = ${tau}`);
  return p;
}

const linear = ({ G, m }: Problem, p: Float64Array): Float64Array =>
  m.map((x, n) => x + inner(G.subarray(n * p.length, (n + 1) * p.length), p));
/** p'Gp/2 + m'p */
const objective = (P: Problem, p: Float64Array): number => (inner(p, linear(P, p)) + inner(p, P.m)) / 2;
const entropy = (p: Float64Array): number => p.reduce((s, x) => (x > 0 ? s - x * Math.log(x) : s), 0);
const furthest = (a: Float64Array, b: Float64Array): number => Math.max(...a.map((x, n) => Math.abs(x - b[n]!)));

/** In the simplex, and G p + m + tau log p is one number: to rounding of its terms, where p is a double of full precision. */
function stationary(P: Problem, tau: number, p: Float64Array): void {
  expect(Math.abs(p.reduce((s, x) => s + x) - 1)).toBeLessThan(3e-15);
  expect(Math.min(...p)).toBeGreaterThanOrEqual(0);
  const g = linear(P, p);
  const c = inner(
    p,
    g.map((x, n) => (p[n]! > 0 ? x + tau * Math.log(p[n]!) : 0)),
  );
  p.forEach((x, n) => {
    const log = Math.log(Math.max(x, 1e-300));
    const left = g[n]! + tau * log - c;
    const few = 3e-14 * (P.size + tau * Math.abs(log));
    if (x > 1e-290) expect(Math.abs(left)).toBeLessThanOrEqual(few);
    else expect(left).toBeGreaterThanOrEqual(-few);
  });
}

describe("stationarity", () => {
  test.prop([rows(20), exponent(-9, 3)], { numRuns: 500 })(
    "from the hard solution, at any temperature down to 1e-9",
    (P, e) => {
      const tau = P.size * 10 ** e;
      stationary(P, tau, solve(P, tau));
    },
  );

  test.prop([rows(12), exponent(-2, 3), weights])("from any start down to 1e-2, and to one p", (P, e, start) => {
    const [N, tau] = [P.m.length, P.size * 10 ** e];
    const p = solve(P, tau);
    for (const from of [uniform(N), Float64Array.from(start).subarray(0, N)]) {
      const q = solve(P, tau, from);
      stationary(P, tau, q);
      // Strongly convex with constant tau in p: residuals of 1e-14 of the size move p by that over tau.
      expect(furthest(p, q)).toBeLessThanOrEqual((3e-14 * P.size) / Math.min(tau, P.size));
    }
  });

  test.prop([rows(12), exponent(-6, 0), fc.array(entry, { minLength: 12, maxLength: 12 })])(
    "from the solution of a problem nearby",
    (P, e, noise) => {
      const tau = P.size * 10 ** e;
      const before = solve(P, tau);
      const moved = { ...P, m: P.m.map((x, n) => x + tau * noise[n]!) };
      stationary(moved, 0.8 * tau, solve(moved, 0.8 * tau, before));
    },
  );

  test.prop([fc.array(vector(6), { minLength: 6, maxLength: 6 }), vector(6), exponent(-11, -9)])(
    "independent rows down to 1e-11",
    (J, v, e) => {
      const rows = J.map((a, n) => a.map((x, k) => (n === k ? 4 + x : x / 2)));
      const P = problem(rows, v);
      stationary(P, P.size * 10 ** e, solve(P, P.size * 10 ** e));
    },
  );

  test.prop([rows(12), exponent(-13.75, -9)], { numRuns: 300 })("colder still, it solves or says null", (P, e) => {
    const tau = P.size * 10 ** e;
    const p = attempt(P, tau, hardSolution(P));
    if (p !== null) stationary(P, tau, p);
  });

  it.each([1, 2, 3, 4, 5, 6])("50 points in %i dimensions, from 1e3 down to 1e-8 by warm starts, and at 1e-10", (M) => {
    const J = Array.from({ length: 50 }, (_, n) => upTo(M, (k) => (((n * n + 5 * n * k + 3) % 67) - 20) / 64));
    const P = problem(J, J[1]!);
    let p = uniform(50);
    for (let e = 3; e >= -8; e -= 0.125) {
      p = solve(P, P.size * 10 ** e, p).slice();
      stationary(P, P.size * 10 ** e, p);
    }
    expect(furthest(linear(P, p), linear(P, hardSolution(P)))).toBeLessThan(1e-6 * P.size);
    stationary(P, P.size * 1e-10, solve(P, P.size * 1e-10));
  });
});

describe("closed forms", () => {
  test.prop([fc.integer({ min: 1, max: 50 }).chain(vector), exponent(-3, 3)])(
    "G = 0: the softmax of -m / tau",
    (m, e) => {
      const [N, tau] = [m.length, 10 ** e];
      const least = Math.min(...m);
      const raw = m.map((x) => Math.exp((least - x) / tau));
      const total = raw.reduce((s, x) => s + x);
      const P = { G: new Float64Array(N * N), m: Float64Array.from(m), size: 1 };
      solve(P, tau, uniform(N)).forEach((x, n) => {
        // The exponent is rounded, and log p too: relative to its own size.
        expect(Math.abs(x - raw[n]! / total)).toBeLessThanOrEqual(
          ((1e-15 * (4 + N / 8) * (tau + 2)) / tau) * x + 1e-300,
        );
      });
    },
  );

  it("one point, and no difference between points", () => {
    expect(attempt({ G: Float64Array.of(2), m: Float64Array.of(-1), size: 2 }, 0.1, uniform(1))).toEqual(
      Float64Array.of(1),
    );
    const flat = { G: new Float64Array(16).fill(3), m: new Float64Array(4).fill(-2), size: 3 };
    for (const x of solve(flat, 0.01, Float64Array.of(1, 0, 2, 0))) expect(Math.abs(x - 0.25)).toBeLessThan(1e-14);
    const nothing = { G: new Float64Array(9), m: new Float64Array(3), size: 0 };
    for (const x of solve(nothing, 1e-30, Float64Array.of(1, 0, 0))) expect(Math.abs(x - 1 / 3)).toBeLessThan(1e-15);
  });

  test.prop([fc.array(vector(2), { minLength: 2, maxLength: 2 }), vector(2), exponent(-6, 2)])(
    "two points, from any end: the root of a scalar equation",
    (J, v, e) => {
      const P = problem(J, v);
      fc.pre(P.size > 0.01);
      const tau = P.size * 10 ** e;
      // p = 1 / (1 + e^-t); the difference of the two equations increases in t.
      const at = (t: number): Float64Array => Float64Array.of(1 / (1 + Math.exp(-t)), 1 / (1 + Math.exp(t)));
      let [low, high] = [-1e7, 1e7];
      for (let i = 0; i < 120; i++) {
        const t = (low + high) / 2;
        const g = linear(P, at(t));
        if (g[0]! - g[1]! + tau * t < 0) low = t;
        else high = t;
      }
      for (const start of [hardSolution(P), Float64Array.of(1, 0), Float64Array.of(0, 1)])
        expect(furthest(solve(P, tau, start), at(low))).toBeLessThan((2e-14 * P.size) / Math.min(tau, P.size));
    },
  );

  test.prop([rows(20)])("hot, it is uniform up to the first order in 1 / tau", (P) => {
    const N = P.m.length;
    const [g, tau] = [linear(P, uniform(N)), 1e5 * P.size];
    const mean = g.reduce((s, x) => s + x) / N;
    solve(P, tau).forEach((x, n) => {
      expect(Math.abs(x - (1 - (g[n]! - mean) / tau) / N)).toBeLessThan(1e-8 / N);
    });
  });
});

describe("towards tau = 0", () => {
  test.prop([rows(20), exponent(-8, 1)])(
    "the objective is above the least by at most tau log N, |J'(p - q)|^2 / 2 too",
    (P, e) => {
      const [N, tau, few] = [P.m.length, P.size * 10 ** e, 1e-14 * P.size];
      const { p: hard, gap } = createSimplexQp(N).solve(P.G, P.m);
      const p = solve(P, tau);
      const above = objective(P, p) - objective(P, hard);
      expect(above).toBeGreaterThanOrEqual(-few - gap);
      // Sharper: p minimizes f - tau H, so that f(p) - f(hard) <= tau (H(p) - H(hard)).
      expect(above).toBeLessThanOrEqual(tau * (entropy(p) - entropy(hard)) + few * (1 + tau / P.size));
      const apart = p.map((x, n) => x - hard[n]!);
      expect(inner(apart, linear({ ...P, m: new Float64Array(N) }, apart)) / 2).toBeLessThanOrEqual(
        tau * Math.log(N) + few,
      );
    },
  );

  test.prop([rows(12), exponent(-7, 0)])("objective and entropy fall with tau", (P, e) => {
    const tau = P.size * 10 ** e;
    const [warm, cold] = [solve(P, tau), solve(P, tau / 2)];
    expect(objective(P, cold)).toBeLessThanOrEqual(objective(P, warm) + 1e-14 * P.size);
    expect(entropy(cold)).toBeLessThanOrEqual(entropy(warm) + (1e-13 * P.size) / tau);
  });

  it("G p + m leaves that of the hard problem by tau (-H - log p), where all weights p there are positive", () => {
    // Orthogonal rows of squared lengths 1, 4, 2: weights in proportion to 1, 1/4, 1/2.
    const P = problem(diagonal(1, 2, Math.SQRT2), [0, 0, 0]);
    const hard = hardSolution(P);
    const end = linear(P, hard);
    for (const tau of [1e-2, 1e-3, 1e-4, 1e-5])
      linear(P, solve(P, tau)).forEach((g, n) => {
        const slope = -entropy(hard) - Math.log(hard[n]!);
        expect(Math.abs(slope)).toBeGreaterThan(0.1);
        expect(Math.abs((g - end[n]!) / tau - slope)).toBeLessThan(3 * tau + 1e-13 / tau);
      });
  });

  it("a point that is above the face has weight exp(-height / tau)", () => {
    const P = problem([...diagonal(1, 1), [1, 1]], [0, 0]);
    for (const tau of [0.02, 0.01, 0.005]) {
      const [a, b, c] = solve(P, tau);
      expect(Math.abs(a! - b!)).toBeLessThan(1e-15);
      // 1/2 + tau log(1/2) = 1 + tau log c, up to c.
      expect(Math.abs(c! / (0.5 * Math.exp(-0.5 / tau)) - 1)).toBeLessThan((3 * c!) / tau + 1e-12);
    }
  });
});

describe("symmetries", () => {
  test.prop([rows(8), exponent(-5, 1), fc.integer({ min: 2, max: 4 })])(
    "copies share: k of a point are one with m - tau log k",
    (P, e, k) => {
      const [N, tau] = [P.m.length, P.size * 10 ** e];
      const of = (i: number): number => (i < N ? i : 0);
      const m = Float64Array.from({ length: N + k - 1 }, (_, i) => P.m[of(i)]!);
      const G = Float64Array.from(
        { length: m.length ** 2 },
        (_, i) => P.G[of(Math.floor(i / m.length)) * N + of(i % m.length)]!,
      );
      const copied = solve({ ...P, G, m }, tau);
      stationary({ ...P, G, m }, tau, copied);
      for (let i = N; i < m.length; i++)
        expect(Math.abs(copied[i]! - copied[0]!)).toBeLessThanOrEqual(
          (3e-14 * P.size * copied[0]!) / Math.min(tau, P.size),
        );
      const lower = { ...P, m: P.m.map((x, n) => (n === 0 ? x - tau * Math.log(k) : x)) };
      const merged = copied.slice(0, N);
      for (let i = N; i < m.length; i++) merged[0] = merged[0]! + copied[i]!;
      expect(furthest(linear(P, merged), linear(P, solve(lower, tau)))).toBeLessThanOrEqual(1e-13 * (P.size + tau));
    },
  );

  test.prop([rows(12), exponent(-6, 1), fc.constantFrom(0, 100, -100)])(
    "points in another order, and m up to a constant",
    (P, e, c) => {
      const [N, tau] = [P.m.length, P.size * 10 ** e];
      const other = (i: number): number => N - 1 - i;
      const turned = {
        size: P.size * (1 + Math.abs(c)),
        m: P.m.map((_, i) => P.m[other(i)]! + c * P.size),
        G: P.G.map((_, i) => P.G[other(Math.floor(i / N)) * N + other(i % N)]!),
      };
      const [p, q] = [solve(P, tau), solve(turned, tau)];
      stationary(turned, tau, q);
      expect(furthest(linear(P, p), linear(P, q.slice().reverse()))).toBeLessThanOrEqual(5e-14 * turned.size);
    },
  );
});

describe("limits", () => {
  it("says null where tau does not show, or is no number", () => {
    const P = problem(diagonal(1, 1), [0.5, 0.25]);
    const qp = createTemperedQp(2);
    for (const logTau of [Math.log(0.9e-14), -50, -1e70, Number.NEGATIVE_INFINITY, Number.NaN, 1e4])
      expect(qp.solve(P.G, P.m, logTau, uniform(2))).toBe(null);
    expect(qp.solve(P.G, P.m, 0, uniform(2))).not.toBe(null);
  });

  test.prop([rows(12), exponent(-3, 1)])("leaves its start as it is, and remembers nothing", (P, e) => {
    const [N, tau] = [P.m.length, P.size * 10 ** e];
    const start = hardSolution(P);
    const before = start.slice();
    const fresh = solve(P, tau, start);
    expect(start).toEqual(before);
    const qp = createTemperedQp(N);
    const ones = problem(diagonal(...P.m.map((x) => x + 2)), [...P.m]);
    expect(qp.solve(ones.G, ones.m, 0, uniform(N))).not.toBe(null);
    expect(qp.solve(P.G, P.m, Math.log(tau), start)).toEqual(fresh);
  });
});
