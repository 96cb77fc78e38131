/**
 * Quadratic programmes on the simplex: optimality from the rows themselves, exact answers by enumeration of the supports,
 * duplicated, dependent and vanishing rows, scales, starts. G p + m is compared, not p, which need not be unique.
 */
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { solveExact } from "../../../src/exact/linear.js";
import { add, compare, mul, type Q, q, sign, sub, toNumber, ZERO } from "../../../src/exact/rational.js";
import { createSimplexQp, type SimplexQp } from "../../../src/numeric/simplex-qp.js";

interface Problem {
  readonly J: readonly (readonly number[])[];
  readonly v: readonly number[];
  readonly G: Float64Array;
  readonly m: Float64Array;
  /** The size of G and m. */
  readonly size: number;
}

const inner = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((s, x, i) => s + x * b[i]!, 0);

const by = (c: number, x: readonly number[]): number[] => x.map((y) => c * y);

function problem(J: readonly (readonly number[])[], v: readonly number[]): Problem {
  const G = Float64Array.from(J.flatMap((a) => J.map((b) => inner(a, b))));
  const m = Float64Array.from(J, (a) => inner(a, v));
  return { J, v, G, m, size: Math.max(...J.map((a) => inner(a, a)), ...m.map(Math.abs)) };
}

/** 64ths, so that G and m are exact. */
const entry = fc.integer({ min: -64, max: 64 }).map((k) => k / 64);
const vector = (length: number): fc.Arbitrary<number[]> => fc.array(entry, { minLength: length, maxLength: length });
const rows = (most: number, widest = 12): fc.Arbitrary<Problem> =>
  fc
    .tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: widest }))
    .chain(([N, M]) => fc.tuple(fc.array(vector(M), { minLength: N, maxLength: N }), vector(M)))
    .map(([J, v]) => problem(J, v));

/** Rows among few: each twice, midpoints of others, and 0. */
const degenerate = rows(10, 5).map(({ J, v }) => {
  const middle = J.map((a, i) => a.map((x, k) => (x + J[(i * 3 + 1) % J.length]![k]!) / 2));
  return problem([...J, ...middle, ...J, v.map(() => 0), ...middle], v);
});
const weightsFor = (N: number): fc.Arbitrary<Float64Array> =>
  fc
    .array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9 })), { minLength: N, maxLength: N })
    .map((x) => Float64Array.from(x));
const started = (of: fc.Arbitrary<Problem>): fc.Arbitrary<[Problem, Float64Array]> =>
  of.chain((P) => fc.tuple(fc.constant(P), weightsFor(P.J.length)));

const solve = ({ J, G, m }: Problem, start?: Float64Array): SimplexQp => createSimplexQp(J.length).solve(G, m, start);

/** G p + m by way of J'p + v, in the space of the rows. */
function gradientOf({ J, v }: Problem, p: Float64Array): number[] {
  const y = v.map((x, k) => J.reduce((s, a, n) => s + p[n]! * a[k]!, x));
  return J.map((a) => inner(a, y));
}

/** Sums of N or M terms, a step of elimination each: a few units each, of the size of G and m. */
const roundings = (P: Problem): number => 1e-15 * (8 + P.J.length / 4) * P.size;

function optimal(P: Problem, r: SimplexQp): void {
  const few = roundings(P);
  expect(Math.min(...r.p)).toBeGreaterThanOrEqual(0);
  expect(Math.abs(r.p.reduce((s, x) => s + x) - 1)).toBeLessThan(1e-15 * (2 + r.p.length / 8));
  const g = gradientOf(P, r.p);
  for (const [n, x] of g.entries()) expect(Math.abs(x - r.gradient[n]!)).toBeLessThanOrEqual(few);
  const [level, least] = [inner(g, r.p), Math.min(...g)];
  expect(Math.abs(r.gap - (level - least))).toBeLessThanOrEqual(few);
  expect(level - least).toBeLessThanOrEqual(few);
  // On the support all are level, and it is affinely independent, so no larger than the dimension of the rows and one.
  for (const [n, x] of g.entries()) if (r.p[n]! > 0) expect(Math.abs(x - level)).toBeLessThanOrEqual(10 * few);
  expect(r.p.filter((x) => x > 0).length).toBeLessThanOrEqual(P.v.length + 1);
}

/** G p + m of the solution, exactly: some support has a regular system with a nonnegative answer that is optimal on all. */
function exactGradient({ J, v }: Problem): number[] {
  const whole = (a: readonly number[]): bigint[] => a.map((x) => BigInt(x * 64));
  const dot = (a: readonly bigint[], b: readonly bigint[]): bigint => a.reduce((s, x, i) => s + x * b[i]!, 0n);
  const [rows, shift] = [J.map(whole), whole(v)];
  const G = rows.map((a) => rows.map((b) => dot(a, b)));
  const m = rows.map((a) => dot(a, shift));
  for (let set = 1; set < 2 ** J.length; set++) {
    const S = J.map((_, n) => n).filter((n) => (set >> n) % 2 === 1);
    const A = [...S.map((i) => [...S.map((j) => G[i]![j]!), 1n]), [...S.map(() => 1n), 0n]];
    const x = solveExact(A, [...S.map((i) => -m[i]!), 1n]);
    if (x === null || x.slice(0, -1).some((w) => sign(w) < 0)) continue;
    const g = G.map((row, n) => S.reduce<Q>((s, j, i) => add(s, mul(q(row[j]!), x[i]!)), q(m[n]!)));
    const level = sub(ZERO, x[S.length]!);
    if (g.every((y) => compare(y, level) >= 0)) return g.map((y) => toNumber(y) / 4096);
  }
  throw new Error("no support is optimal");
}

describe("optimality", () => {
  test.prop([rows(30)], { numRuns: 400 })("p is in the simplex, its gradient least and level on the support", (P) => {
    optimal(P, solve(P));
  });

  test.prop([started(degenerate)], { numRuns: 300 })(
    "duplicated rows, midpoints and 0 are not special",
    ([P, start]) => {
      optimal(P, solve(P));
      optimal(P, solve(P, start));
    },
  );

  test.prop([rows(6, 4)], { numRuns: 300 })("G p + m is that of exact enumeration", (P) => {
    const exact = exactGradient(P);
    solve(P).gradient.forEach((g, n) => {
      expect(Math.abs(g - exact[n]!)).toBeLessThanOrEqual(roundings(P));
    });
  });

  test.prop([started(rows(30))])("the gap bounds how far the objective is above that of any point", ([P, start]) => {
    const total = start.reduce((s, x) => s + x);
    fc.pre(total > 0);
    const other = start.map((x) => x / total);
    const f = (p: Float64Array): number =>
      inner(
        p,
        gradientOf(P, p).map((g, n) => (g + P.m[n]!) / 2),
      );
    const r = solve(P);
    expect(f(r.p) - f(other)).toBeLessThanOrEqual(r.gap + roundings(P));
  });

  it("500 rows in 20 dimensions", () => {
    const J = Array.from({ length: 500 }, (_, n) =>
      Array.from({ length: 20 }, (__, k) => (((n * n + 7 * n * k + 31 * k * k * n + 5) % 257) - 100) / 128),
    );
    const P = problem(
      J,
      J[3]!.map((x, k) => x - k / 16),
    );
    const r = solve(P);
    optimal(P, r);
    expect(r.solved).toBe(true);
    expect(r.p.filter((x) => x > 0).length).toBeGreaterThan(3);
  });
});

describe("known answers", () => {
  it("one row", () => {
    const r = createSimplexQp(1).solve(Float64Array.of(4), Float64Array.of(-3));
    expect(r).toEqual({ p: Float64Array.of(1), gradient: Float64Array.of(1), gap: 0, iterations: 1, solved: true });
  });

  test.prop([fc.integer({ min: 1, max: 30 }).chain(vector)])("G = 0 takes the least of m", (m) => {
    const r = createSimplexQp(m.length).solve(new Float64Array(m.length ** 2), Float64Array.from(m));
    expect(r.gradient).toEqual(Float64Array.from(m));
    expect(m[r.p.indexOf(1)]).toBe(Math.min(...m));
    expect([r.gap, r.iterations, r.solved]).toEqual([0, 1, true]);
  });

  it("G = 0 and m = 0 keeps its start on the face", () => {
    const r = createSimplexQp(3).solve(new Float64Array(9), new Float64Array(3), Float64Array.of(0, 1, 0));
    expect(r).toMatchObject({ p: Float64Array.of(0, 1, 0), gap: 0, solved: true });
  });

  it("orthogonal rows share by the inverse squares of their lengths", () => {
    const lengths = [1, 2, 0.5, 3, 1.25];
    const J = lengths.map((a, i) => lengths.map((_, k) => (i === k ? a : 0)));
    const r = solve(problem(J, by(0, lengths)));
    const total = lengths.reduce((s, a) => s + a ** -2, 0);
    lengths.forEach((a, n) => {
      expect(Math.abs(r.p[n]! - a ** -2 / total)).toBeLessThan(1e-15);
      expect(Math.abs(r.gradient[n]! - 1 / total)).toBeLessThan(1e-15);
    });
  });

  it("a hull with the origin inside has gradient 0", () => {
    expect(solve(problem([[1], [-1]], [0]))).toMatchObject({ p: Float64Array.of(0.5, 0.5), gap: 0, solved: true });
    const square = [1, -1].flatMap((x) => [1, -1].map((y) => [x, y]));
    for (const P of [problem([[3], [-1], [5], [-7]], [0]), problem(square, [0, 0])])
      for (const g of solve(P).gradient) expect(Math.abs(g)).toBeLessThan(1e-15 * P.size);
  });

  it("the nearest point of a far segment is its end, found at once", () => {
    const J = [2, 3, 4].map((x) => [x, x - 2]);
    const r = solve(problem(J, [0, 0]));
    expect([[...r.p], [...r.gradient], r.iterations]).toEqual([[1, 0, 0], [4, 6, 8], 1]);
    expect(solve(problem([[1], [3]], [-3.5]))).toMatchObject({ p: Float64Array.of(0, 1), iterations: 1 });
  });
});

describe("scales", () => {
  const scaled = ({ J, v }: Problem, c: number): Problem => {
    const rows = J.map((a) => by(c, a));
    return problem(rows, by(c, v));
  };

  test.prop([rows(20), fc.integer({ min: -450, max: 450 })])("powers of two in the rows change no bit of p", (P, e) => {
    const [a, b] = [solve(P), solve(scaled(P, 2 ** e))];
    expect(b.p).toEqual(a.p);
    expect(b.gradient.map((x) => x * 2 ** (-2 * e))).toEqual(a.gradient);
    expect([b.iterations, b.solved]).toEqual([a.iterations, a.solved]);
  });

  test.prop([rows(20), fc.constantFrom(1e-150, 1e150)])("rows of size 1e-150 and 1e150", (P, c) => {
    const r = solve(scaled(P, c));
    const g = gradientOf(P, r.p);
    expect(inner(g, r.p) - Math.min(...g)).toBeLessThanOrEqual(roundings(P));
  });

  test.prop([rows(20), fc.integer({ min: 5, max: 40 }), fc.constantFrom(1, -1)])(
    "G is not lost beside large equal m",
    (P, e, c) => {
      const h = 2 ** -e;
      const qp = createSimplexQp(P.J.length);
      const G = P.G.map((x) => h * x);
      const full = qp.solve(P.G, new Float64Array(P.J.length));
      const gradient = full.gradient.slice();
      const r = qp.solve(G, new Float64Array(P.J.length).fill(c));
      expect([full.solved, r.solved]).toEqual([true, true]);
      // A gap of a few units of m leaves its square root open in J'p; these draws stay far below.
      const open = Math.sqrt(2 * P.size * (4e-15 + 4e-15 / h));
      gradientOf({ ...P, v: by(0, P.v) }, r.p).forEach((g, n) => {
        expect(Math.abs(g - gradient[n]!)).toBeLessThanOrEqual(Math.min(open + roundings(P), 1e-9 * P.size));
      });
    },
  );

  test.prop([started(rows(20)), fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 20, maxLength: 20 })])(
    "rows of very different sizes: the gap is honest, and says how far two answers are apart",
    ([{ J, v }, start], sizes) => {
      const P = problem(
        J.map((a, n) => by(2 ** -sizes[n]!, a)),
        v,
      );
      const [a, b] = [solve(P), solve(P, start)];
      for (const r of [a, b]) {
        const g = gradientOf(P, r.p);
        expect(Math.abs(inner(g, r.p) - Math.min(...g) - r.gap)).toBeLessThanOrEqual(roundings(P));
      }
      // |J'(p - q)|^2 / 2 is at most the sum of what both are above the minimum.
      const apart = Math.sqrt(2 * (a.gap + roundings(P))) + Math.sqrt(2 * (b.gap + roundings(P)));
      a.gradient.forEach((g, n) => {
        const length = Math.sqrt(P.G[n * (J.length + 1)]!);
        expect(Math.abs(g - b.gradient[n]!)).toBeLessThanOrEqual(length * apart + roundings(P));
      });
    },
  );

  test.prop([started(rows(20)), fc.integer({ min: 20, max: 40 })], { numRuns: 300 })(
    "rows nearer to one than 1e-7 may count as it: few changes of the face, and a gap of that order",
    ([{ J, v }, start], e) => {
      const near = J.map((a, n) => a.map((x, k) => (n % 3 === 0 ? x : J[0]![k]! + x * 2 ** -e)));
      const P = problem(near, by(2 ** -e, v));
      for (const r of [solve(P), solve(P, start)]) {
        const g = gradientOf(P, r.p);
        expect(Math.abs(inner(g, r.p) - Math.min(...g) - r.gap)).toBeLessThanOrEqual(roundings(P));
        expect(r.gap).toBeLessThanOrEqual(r.solved ? roundings(P) : 1e-6 * P.size);
        expect(r.iterations).toBeLessThanOrEqual(J.length + 10);
      }
    },
  );
});

describe("starts", () => {
  test.prop([started(fc.oneof(rows(30), degenerate))], { numRuns: 300 })(
    "lead to one G p + m, and the solution is the end of its own",
    ([P, start]) => {
      const [cold, warm] = [solve(P), solve(P, start)];
      optimal(P, warm);
      cold.gradient.forEach((g, n) => {
        expect(Math.abs(g - warm.gradient[n]!)).toBeLessThanOrEqual(roundings(P));
      });
      if (cold.solved) expect(solve(P, cold.p)).toMatchObject({ iterations: 1, solved: true });
    },
  );

  test.prop([started(rows(20)), fc.integer({ min: -900, max: 900 })])(
    "count up to a factor, without what is negative; one that is 0 is none",
    ([P, start], e) => {
      const same = solve(P, start);
      const multiple = start.map((x) => x * 2 ** e);
      const negative = start.map((x, n) => (x === 0 ? -n : x));
      expect(solve(P, multiple)).toEqual(same);
      expect(solve(P, negative)).toEqual(same);
      expect(solve(P, new Float64Array(start.length))).toEqual(solve(P));
    },
  );

  test.prop([started(rows(20)), rows(20)])(
    "are not changed, and a workspace remembers nothing",
    ([P, start], other) => {
      const before = start.slice();
      const fresh = solve(P, start);
      expect(start).toEqual(before);
      const workspace = createSimplexQp(P.J.length);
      const cycled = P.J.map((_, n) => other.J[n % other.J.length]!);
      const rest = problem(cycled, other.v);
      workspace.solve(rest.G, rest.m);
      expect(workspace.solve(P.G, P.m, start)).toEqual(fresh);
    },
  );
});
