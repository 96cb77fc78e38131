/**
 * The four parts of the optimality conditions of min R(b) s.t. y_n <x_n, b> >= 1, each judged by itself on edits of one data
 * set, for every oracle of a norm. With m_n the margins, alpha the multipliers and z = sum alpha_n y_n x_n:
 *   primal feasibility   m_n >= 1
 *   dual domain          alpha_n >= 0 and R*(z) <= 1 (for l2, whose objective is |b|^2 / 2, alpha_n >= 0 alone)
 *   complementarity      alpha_n = 0 where m_n > 1
 *   stationarity         <z, b> >= R(b), so that with the dual domain z is a subgradient of R at b (for l2: z = b)
 * Margins, z and <z, b> are exact rationals; so are R and R* of l2, l1 and linf, whose oracles must satisfy all parts exactly.
 * The other norms are sums of doubles (kkt-norms.ts). A fault planted in one part turns that part red, and no other.
 */
import { describe, expect, it } from "vitest";
import {
  add,
  compare,
  div,
  mul,
  neg,
  ONE,
  ofNumber,
  parseQ,
  type Q,
  q,
  sub,
  toNumber,
  ZERO,
} from "../../../src/exact/rational.js";
import type { Dataset } from "../../../src/kernel/dataset.js";
import { randomStream } from "../../../src/kernel/seed.js";
import { GAP_GOAL } from "../../../src/kernel/tolerance.js";
import { type Prediction, REGULARIZERS } from "../../../src/oracle/regularizers/index.js";
import { PLAIN_NORMS } from "./kkt-norms.js";

/** `exact`: the oracle answers in rationals, and every part must be 0. */
interface Case {
  readonly regularizer: string;
  readonly shape: readonly number[];
  readonly exact: boolean;
}
/** Each name of an oracle with what is asked of it; penalties that are not convex have conditions of their own. */
const ASKED: Readonly<Record<string, readonly Case[]>> = {
  l2: [{ regularizer: "l2", shape: [6], exact: true }],
  l1: [{ regularizer: "l1", shape: [6], exact: true }],
  linf: [{ regularizer: "linf", shape: [6], exact: true }],
  lp: ["4/3", "3"].map((p) => ({ regularizer: `lp:${p}`, shape: [6], exact: false })),
  "fourier-l1": [[6], [3, 2]].map((shape) => ({ regularizer: "fourier-l1", shape, exact: false })),
  "group-l21": [{ regularizer: "group-l21", shape: [3, 2], exact: false }],
  "fourier-l21": [{ regularizer: "fourier-l21", shape: [3, 2], exact: false }],
  nuclear: [{ regularizer: "nuclear", shape: [3, 2], exact: false }],
  kernel: ["1", "2", "3"].map((K) => ({ regularizer: `kernel:${K}`, shape: [3, 2], exact: false })),
};
const headOf = (name: string): string => name.split(":")[0]!;
const parameterOf = ({ regularizer }: Case): string => regularizer.split(":")[1] ?? "";
const CONVEX = REGULARIZERS.filter(({ stationary }) => stationary !== true);
const CASES = CONVEX.flatMap(({ name }) => ASKED[headOf(name)] ?? []);

/**
 * The certified relative gap bounds what is missing in the dual domain and in the share of complementarity; sums of some dozen
 * doubles round by less than 1e-13. A predictor is scaled to least margin 1 by a double: its margins are 1 up to 2^-52.
 */
const ROUNDING = 1e-13;
const HALF_ULP = 2 ** -52;

// One data set: nine points on one side of a planted predictor, of which the first four are "separable".
const DIM = 6;
const POOL: readonly (readonly bigint[])[] = (() => {
  const stream = randomStream(5n, "kkt-parts");
  const draw = (): bigint[] => Array.from({ length: DIM }, () => BigInt((stream.uint32() % 19) - 9));
  const planted = [3n, -2n, 4n, 1n, -5n, 2n];
  return Array.from({ length: 9 }, () => {
    const z = draw();
    const side = z.reduce((s, x, d) => s + x * planted[d]!, 0n);
    return side > 0n ? z : side < 0n ? z.map((x) => -x) : z.map((x, d) => x + planted[d]!);
  });
})();
const BASE = POOL.slice(0, 4);
const BIG = 10n ** 8n;
const negated = (z: readonly bigint[]): bigint[] => z.map((x) => -x);
const total = (rows: readonly (readonly bigint[])[]): bigint[] =>
  rows[0]!.map((_, d) => rows.reduce((s, row) => s + row[d]!, 0n));

/** The rows y_n x_n become points with labels of both signs. */
function dataOf(rows: readonly (readonly bigint[])[], shape: readonly number[], scale = 10n): Dataset {
  const y = rows.map((_, n): 1 | -1 => (n % 2 === 0 ? 1 : -1));
  const X = rows.map((row, n) => (y[n] === 1 ? row : negated(row)));
  return { name: "kkt parts", shape, scale, X, y, features: null };
}

type Edit = (shape: readonly number[]) => Dataset;
const SEPARABLE: Readonly<Record<string, Edit>> = {
  separable: (shape) => dataOf(BASE, shape),
  "a duplicated point": (shape) => dataOf([BASE[0]!, ...BASE, ...BASE], shape),
  "D = 1": (shape) => dataOf([[3n], [2n], [7n]], shape.length === 1 ? [1] : [1, 1]),
  "N > D": (shape) => dataOf(POOL, shape),
  "points of 1e8": (shape) =>
    dataOf(
      BASE.map((z, n) => (n % 2 === 0 ? z.map((x) => x * BIG) : z)),
      shape,
    ),
  "coordinates of 1e8": (shape) =>
    dataOf(
      BASE.map((z) => z.map((x, d) => (d % 2 === 0 ? x * BIG : x))),
      shape,
    ),
  "all of it by 1e-8": (shape) => dataOf(BASE, shape, 10n * BIG),
};
const NOT_SEPARABLE: Readonly<Record<string, Edit>> = {
  touching: (shape) => dataOf([...BASE, negated(BASE[0]!)], shape),
  inseparable: (shape) => dataOf([...POOL, negated(total(POOL))], shape),
};

// Exact readings, by the definitions.
const rational = (text: string): Q => {
  const value = parseQ(text);
  if (value === null) throw new Error(`not a rational: ${text}`);
  return value;
};
const dot = (a: readonly Q[], b: readonly Q[]): Q => a.reduce((s, x, i) => add(s, mul(x, b[i]!)), ZERO);
const largest = (list: readonly Q[]): Q => list.reduce((a, x) => (compare(x, a) > 0 ? x : a), ZERO);
const sizes = (list: readonly Q[]): Q[] => list.map((x) => (x.n < 0n ? neg(x) : x));
const sumOf = (list: readonly Q[]): Q => list.reduce(add, ZERO);
const signedPoints = (data: Dataset): Q[][] =>
  data.X.map((row, n) => row.map((x) => q(BigInt(data.y[n]!) * x, data.scale)));
const combined = (points: readonly (readonly Q[])[], alpha: readonly Q[]): Q[] =>
  points[0]!.map((_, d) => points.reduce((s, z, n) => add(s, mul(alpha[n]!, z[d]!)), ZERO));

interface Pair {
  readonly beta: readonly Q[];
  readonly alpha: readonly Q[];
}
/** R and R*, rational where they can be, else the rational that the double is. */
interface Reading {
  readonly primal: (b: readonly Q[]) => Q;
  readonly dual: (z: readonly Q[]) => Q;
}

/** `known`: R at one predictor, for a norm without a formula. */
function readingOf(asked: Case, shape: readonly number[], known: readonly [readonly Q[], Q] | null): Reading {
  const { regularizer } = asked;
  if (regularizer === "l1") return { primal: (b) => sumOf(sizes(b)), dual: (z) => largest(sizes(z)) };
  if (regularizer === "linf") return { primal: (b) => largest(sizes(b)), dual: (z) => sumOf(sizes(z)) };
  const norm = PLAIN_NORMS[headOf(asked.regularizer)]!(parameterOf(asked));
  const doubled = (f: (v: readonly number[], shape: readonly number[]) => number) => (v: readonly Q[]) =>
    ofNumber(f(v.map(toNumber), shape));
  if (known === null) return { primal: doubled(norm.primal), dual: doubled(norm.dual) };
  const [at, value] = known;
  const place = at.findIndex((x) => x.n !== 0n);
  const primal = (b: readonly Q[]): Q => mul(value, div(b[place]!, at[place]!)); // asked of multiples of `at` alone
  return { primal, dual: doubled(norm.dual) };
}

interface Parts {
  readonly primal: number;
  readonly domain: number;
  readonly complementarity: number;
  readonly stationarity: number;
}

/** By how much each part is missed, relative; 0 where it holds. */
function partsOf(data: Dataset, squared: boolean, { beta, alpha }: Pair, { primal, dual }: Reading): Parts {
  const points = signedPoints(data);
  const margins = points.map((z) => dot(z, beta));
  const z = combined(points, alpha);
  const weight = sumOf(sizes(alpha));
  const slack = sumOf(alpha.map((a, n) => mul(a.n < 0n ? neg(a) : a, largest([sub(margins[n]!, ONE)]))));
  const negative = div(largest(alpha.map(neg)), weight);
  const norm = squared ? ONE : primal(beta);
  return {
    primal: toNumber(largest(margins.map((m) => sub(ONE, m)))),
    domain: toNumber(largest([negative, squared ? ZERO : sub(dual(z), ONE)])),
    complementarity: toNumber(div(slack, weight)),
    stationarity: toNumber(
      squared
        ? div(largest(sizes(z.map((x, d) => sub(x, beta[d]!)))), largest(sizes(beta)))
        : div(largest([sub(norm, dot(z, beta))]), norm),
    ),
  };
}

/** The parts that are missed by more than `left`. */
const red = (parts: Parts, left: number): string[] =>
  Object.entries(parts).flatMap(([name, x]) =>
    x <= (name === "primal" ? Math.min(left, HALF_ULP) : left) ? [] : [name],
  );

/** Q of a spectral certificate gives this W, and its nuclear norm is at most the second. */
function factored(o: Prediction, [D, R = 1]: readonly number[], K: number): readonly [readonly Q[], Q] {
  if (o.certificate.kind !== "spectral-gap") throw new Error("expected factors");
  const [left, right] = [o.certificate.left.map(rational), o.certificate.right.map(rational)];
  const rank = right.length / D!;
  const entry = (row: number, place: number): Q =>
    dot(left.slice(row * rank, row * rank + rank), right.slice(place * rank, place * rank + rank));
  const W = Array.from({ length: D! * R }, (_, i) =>
    sumOf(Array.from({ length: K }, (_, k) => entry(k * R + (i % R), (Math.floor(i / R) - k + D!) % D!))),
  );
  return [W, div(add(dot(left, left), dot(right, right)), q(2n))];
}

const predict = (asked: Case, data: Dataset): Promise<Prediction> =>
  REGULARIZERS.find(({ name }) => headOf(name) === headOf(asked.regularizer))!.predict({
    ...{ regularizer: asked.regularizer, parameter: parameterOf(asked), data, all: false, start: null, seed: 1n },
  });

interface Solved {
  readonly data: Dataset;
  readonly pair: Pair;
  readonly gap: number;
  /** The red parts of another pair. */
  readonly redOf: (pair: Pair) => string[];
}

async function solve(asked: Case, edit: Edit): Promise<Solved> {
  const { regularizer, exact } = asked;
  const data = edit(asked.shape);
  const o = await predict(asked, data);
  expect(o.separable).toBe(true);
  const gap = o.gap!;
  const beta = ((o.betaExact ?? []) as readonly (string | readonly string[])[]).flat().map(rational);
  // Doubles of the multipliers would do to a column of 1e8 what no oracle did: the certificate has the weights behind them.
  const weights = "q" in o.certificate ? o.certificate.q.map(rational) : [];
  const alpha = o.dualExact === null ? weights.map((w) => mul(w, ofNumber(o.objective!))) : o.dualExact.map(rational);
  alpha.forEach((a, n) => {
    expect(Math.abs(toNumber(a) - o.dual![n]!)).toBeLessThanOrEqual(4 * Number.EPSILON * toNumber(a));
  });
  const known = headOf(regularizer) === "kernel" ? factored(o, data.shape, Number(parameterOf(asked))) : null;
  if (known !== null) expect(beta).toEqual(known[0]);
  const reading = readingOf(asked, data.shape, known);
  const redOf = (pair: Pair): string[] =>
    red(partsOf(data, regularizer === "l2", pair, reading), exact ? gap : gap + ROUNDING);
  return { data, pair: { beta, alpha }, gap, redOf };
}

const titled = (c: Case): string => `${c.regularizer} of shape ${c.shape.join(" x ")}`;
const times = (list: readonly Q[], c: Q): Q[] => list.map((x) => mul(x, c));
const TWO = q(2n);
const HALF = q(1n, 2n);

it("every oracle of a norm has a case here and a norm to read it by", () => {
  expect(CONVEX.filter(({ name }) => ASKED[headOf(name)] === undefined)).toEqual([]);
  expect(CASES.filter(({ regularizer }) => PLAIN_NORMS[headOf(regularizer)] === undefined)).toEqual([]);
});

describe.each(CASES.map((c) => [titled(c), c] as const))("%s", (_, asked) => {
  const fits = ([name]: readonly [string, Edit]): boolean =>
    name !== "D = 1" || headOf(asked.regularizer) !== "kernel" || asked.regularizer === "kernel:1";

  it.each(Object.entries(SEPARABLE).filter(fits))("all four parts hold: %s", async (_, edit) => {
    const { pair, gap, redOf } = await solve(asked, edit);
    expect(gap).toBeLessThanOrEqual(asked.exact ? 0 : GAP_GOAL);
    expect(redOf(pair)).toEqual([]);
  });

  it.each(Object.entries(NOT_SEPARABLE))("no predictor, by a vanishing combination: %s", async (_, edit) => {
    const data = edit(asked.shape);
    const { separable, certificate } = await predict(asked, data);
    expect([separable, certificate.kind]).toEqual([false, "farkas"]);
    if (certificate.kind !== "farkas") return;
    const lambda = certificate.lambda.map(rational);
    expect(lambda.every((x) => x.n >= 0n)).toBe(true);
    expect(sumOf(lambda)).toEqual(ONE);
    expect(combined(signedPoints(data), lambda).every((x) => x.n === 0n)).toBe(true);
  });

  it("a fault planted in one part turns that part red, and no other", async () => {
    const { data, pair, redOf } = await solve(asked, SEPARABLE["a duplicated point"]!);
    const { beta, alpha } = pair;
    const squared = asked.regularizer === "l2";
    // For l2 a multiple of z belongs to a multiple of b.
    const scaled = (c: Q): Pair => ({ beta: times(beta, c), alpha: squared ? times(alpha, c) : alpha });
    expect(redOf(scaled(HALF))).toEqual(["primal"]);
    expect(redOf(scaled(TWO))).toEqual(["complementarity"]);
    expect(redOf({ beta, alpha: times(alpha, HALF) })).toEqual(["stationarity"]);
    if (!squared) expect(redOf({ beta, alpha: times(alpha, TWO) })).toEqual(["domain"]);
    // Copies of one point share its weight; what one has too much another may have below 0, and z is the same.
    const points = signedPoints(data).map((z) => z.map(toNumber).join());
    const active = alpha.findIndex((a) => a.n > 0n);
    const copy = points.findIndex((z, n) => n !== active && z === points[active]);
    const shared = add(alpha[active]!, alpha[copy]!);
    const taken = alpha.map((a, n) => (n === active ? mul(TWO, shared) : n === copy ? neg(shared) : a));
    expect(redOf({ beta, alpha: taken })).toEqual(["domain"]);
  });

  it("what a thousandth does to one number is seen", async () => {
    const { pair, redOf } = await solve(asked, SEPARABLE.separable!);
    const [more, least] = [q(1001n, 1000n), ofNumber(1e-6)];
    const changed = (list: readonly Q[], at: number): Q[] => list.map((x, i) => (i === at ? mul(x, more) : x));
    const { beta, alpha } = pair;
    expect(redOf({ beta: times(beta, more), alpha })).not.toEqual([]);
    sizes(alpha).forEach((a, n) => {
      if (compare(a, least) > 0) expect(redOf({ beta, alpha: changed(alpha, n) })).not.toEqual([]);
    });
    if (headOf(asked.regularizer) === "kernel") return; // its norm is known at one predictor alone
    sizes(beta).forEach((b, d) => {
      if (compare(b, least) > 0) expect(redOf({ beta: changed(beta, d), alpha })).not.toEqual([]);
    });
  });
});
