/**
 * Residuals of bridge penalties and margin gaps: against the floating-point residuals of verify, and against exact rational
 * answers where there are any (the signal's own coefficients with p = 1 and 2, closed forms, circles of two places).
 */
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { type BridgeEnclosure, bridgeReading, type Penalty } from "../../../src/exact/bridge.js";
import { marginGap, normNamed, type Rows } from "../../../src/exact/norms/index.js";
import {
  add,
  compare,
  div,
  mul,
  neg,
  ONE,
  ofNumber,
  type Q,
  q,
  sign,
  sub,
  toNumber,
  ZERO,
} from "../../../src/exact/rational.js";
import type { Interval } from "../../../src/exact/turn.js";
import {
  combineRows,
  dot,
  entriesOf,
  leastEntry,
  marginsOf,
  normSquared,
  type QVector,
  vectorOf,
} from "../../../src/exact/vector.js";
import { bridgeResiduals } from "../../../src/verify/bridge-kkt.js";

interface Problem {
  readonly rows: bigint[][];
  readonly beta: bigint[];
  readonly weights: QVector;
}

/** Small integers; every row is turned to the positive side of beta. */
const problemIn = (D: number): fc.Arbitrary<Problem> => {
  const row = fc.array(fc.bigInt({ min: -9n, max: 9n }), { minLength: D, maxLength: D });
  return fc.tuple(fc.array(fc.tuple(row, fc.nat(9)), { minLength: 1, maxLength: 4 }), row).map(([points, some]) => {
    const beta = some.every((x) => x === 0n) ? some.map((_, d) => (d === 0 ? 1n : 0n)) : some;
    const rows = points.map(([z]) => {
      const m = z.reduce((s, x, d) => s + x * beta[d]!, 0n);
      return m > 0n ? z : z.map((x, d) => (m < 0n ? -x : x + beta[d]!));
    });
    const counts = points.map(([, w], n) => BigInt(w + (n === 0 ? 1 : 0)));
    const total = counts.reduce((a, b) => a + b, 0n);
    return { rows, beta, weights: vectorOf(counts.map((w) => q(w, total))) };
  });
};
const problem = fc.integer({ min: 1, max: 9 }).chain(problemIn);
const penalty = fc.record<Penalty>({
  space: fc.constantFrom("fourier", "signal"),
  p: fc.constantFrom({ n: 2, d: 1 }, { n: 1, d: 1 }, { n: 2, d: 3 }, { n: 1, d: 2 }, { n: 2, d: 5 }, { n: 3, d: 4 }),
});
const PARTS = ["feasibility", "offSupport", "dualDomain", "complementarity", "stationarity"] as const;
const DATA_SCALE = 3n;
const exact = (n: readonly bigint[], d = 1n): QVector => ({ n, d });

function read({ rows, beta, weights }: Problem, asked: Penalty, support: readonly number[]): BridgeEnclosure | null {
  return bridgeReading({ rows, scale: DATA_SCALE }, exact(beta), weights, asked, support).enclosure;
}

const width = ({ lower, upper }: Interval): number => toNumber(sub(upper, lower));
const holds = ({ lower, upper }: Interval, x: Q): boolean => compare(lower, x) <= 0 && compare(x, upper) <= 0;

/** Within 1e-9 relative, or 1e-12 where the residual is 0 but for rounding. */
function expectNear(x: Interval, float: number): void {
  const value = toNumber(x.upper);
  expect(Math.abs(float - value)).toBeLessThan(1e-12 + 1e-9 * Math.abs(value));
}

let compared = 0;
describe("bridgeReading", () => {
  test.prop([problem, penalty], { numRuns: 400 })("agrees with floating point, narrowly", (given, asked) => {
    const { rows, beta, weights } = given;
    const D = beta.length;
    const z = Float64Array.from(rows.flat(), (x) => Number(x) / Number(DATA_SCALE));
    const p = asked.p.n / asked.p.d;
    const float = bridgeResiduals(
      { data: { N: rows.length, D, z }, space: asked.space, p },
      Float64Array.from(beta, Number),
      Float64Array.from(entriesOf(weights), toNumber),
    );
    const size = asked.space === "fourier" ? Math.floor(D / 2) + 1 : D;
    const all = Array.from({ length: size }, (_, k) => k);
    const support = p === 2 ? all : float!.support.filter((k) => k < size);
    const found = read(given, asked, support);
    // For p = 2 the floating-point support leaves out coefficients that are 0, where the exact one counts z.
    if (p === 2 && float!.support.length < D) return;
    if (found === null) {
      expect(float!.stationarity).toBeGreaterThan(1 - 1e-9); // not along the gradient at all
      return;
    }
    compared++;
    expectNear(found.complementarity, float!.complementarity);
    expectNear(found.stationarity, float!.stationarity);
    if (p === 1 && float!.stationarity < 0.999) expectNear(found.dualDomain, float!.dualDomain);
    for (const part of PARTS) {
      const least = part === "stationarity" && toNumber(found[part].lower) < 1e-10 ? 1e-30 : 1e-40;
      expect(width(found[part])).toBeLessThan(least * Math.max(1, toNumber(found[part].upper)));
      expect(sign(found[part].lower)).toBeGreaterThanOrEqual(0);
    }
  });

  it("was compared in earnest", () => {
    expect(compared).toBeGreaterThan(200);
  });

  /** For p = 1 and 2 the signal's own conditions are rational, but for the root of the sine. */
  test.prop([problem, fc.boolean(), fc.array(fc.boolean(), { minLength: 9, maxLength: 9 })], { numRuns: 400 })(
    "holds the exact residuals of the signal's own coefficients",
    (given, smooth, chosen) => {
      const { rows, beta, weights } = given;
      const support = beta.flatMap((x, k) => (smooth || (x !== 0n && chosen[k]) ? [k] : []));
      if (support.length === 0) return;
      const found = read(given, { space: "signal", p: { n: smooth ? 2 : 1, d: 1 } }, support);
      const z = entriesOf(combineRows(weights, rows, DATA_SCALE));
      const target = beta.map((x, k) => (support.includes(k) ? q(smooth ? x : x > 0n ? 1n : -1n) : ZERO));
      const on = z.map((x, k) => (support.includes(k) ? x : ZERO));
      const along = dot(vectorOf(target), vectorOf(on));
      expect(found === null).toBe(sign(along) <= 0);
      if (found === null) return;
      const targets = normSquared(vectorOf(target));
      const cosine = div(mul(along, along), mul(targets, normSquared(vectorOf(on))));
      const { lower, upper } = found.stationarity;
      expect(holds({ lower: mul(lower, lower), upper: mul(upper, upper) }, sub(ONE, cosine))).toBe(true);
      const kappa = div(along, targets);
      const most = (values: readonly Q[]): Q =>
        values.map((x) => (x.n < 0n ? neg(x) : x)).reduce((a, b) => (compare(b, a) > 0 ? b : a), ZERO);
      const outer = div(most(z.filter((_, k) => !support.includes(k))), kappa);
      expect(holds(found.dualDomain, smooth || compare(outer, ONE) < 0 ? ZERO : sub(outer, ONE))).toBe(true);
      const b = beta.map((x) => q(x));
      expect(holds(found.offSupport, div(most(b.filter((_, k) => !support.includes(k))), most(b)))).toBe(true);
      const margins = marginsOf(rows, DATA_SCALE, exact(beta));
      const least = leastEntry(margins).value;
      expect(holds(found.feasibility, compare(least, ONE) < 0 ? sub(ONE, least) : ZERO)).toBe(true);
      expect(holds(found.complementarity, sub(div(dot(weights, margins), least), ONE))).toBe(true);
    },
  );

  test.prop([problem, penalty, fc.constantFrom(1, 2, 5)])("is the same for a multiple of beta", (given, asked, k) => {
    const size = asked.space === "fourier" ? Math.floor(given.beta.length / 2) + 1 : given.beta.length;
    const support = Array.from({ length: size }, (_, i) => i);
    const one = read(given, asked, support);
    const other = read({ ...given, beta: given.beta.map((x) => x * 10n ** BigInt(k)) }, asked, support);
    expect(other === null).toBe(one === null);
    if (one === null || other === null) return;
    for (const part of ["offSupport", "dualDomain", "complementarity", "stationarity"] as const)
      expect(compare(one[part].lower, other[part].upper) <= 0 && compare(other[part].lower, one[part].upper) <= 0).toBe(
        true,
      );
  });

  describe("says why there is no enclosure", () => {
    const why = (beta: bigint[], asked: Penalty, support: number[], row = [1n, 2n, 3n]): string => {
      const reading = bridgeReading({ rows: [row], scale: 1n }, exact(beta), exact([1n]), asked, support);
      return reading.enclosure === null ? reading.why : "";
    };
    const p = (n: number, d: number): Penalty => ({ space: "signal", p: { n, d } });
    it.each([
      ["an exponent between 1 and 2", why([1n, 1n, 1n], p(3, 2), [0, 1, 2]), "exponent"],
      ["an exponent above 2", why([1n, 1n, 1n], p(3, 1), [0, 1, 2]), "exponent"],
      ["an exponent of 0", why([1n, 1n, 1n], p(0, 1), [0, 1, 2]), "exponent"],
      ["no margin", why([3n, 0n, -1n], p(1, 1), [0, 2]), "separate"],
      ["a partial support for p = 2", why([1n, 1n, 1n], p(2, 1), [0, 1]), "every coefficient"],
      ["a coefficient of 0", why([1n, 0n, 1n], p(1, 1), [0, 1]), "may be 0"],
      ["one too small to tell", why([10n ** 90n, 1n, 0n], p(1, 2), [0, 1]), "may be 0"],
      ["no support", why([1n, 1n, 1n], p(1, 1), []), "do not point along"],
      ["a gradient against z", why([-1n, 0n, 9n], p(1, 1), [0]), "do not point along"],
      ["a z across the support", why([1n, 5n, 0n], p(1, 1), [0], [0n, 1n, 1n]), "do not point along"],
    ])("%s", (_, given, expected) => {
      expect(given).toContain(expected);
    });
  });
});

/** The best margin over the largest entry in the plane, exactly: a corner, or a crossing of two margins on an edge. */
function bestInPlane(rows: readonly (readonly bigint[])[]): Q {
  let best: Q | null = null;
  for (const side of [0, 1])
    for (const end of [1n, -1n]) {
      const lines = rows.map((z) => ({ at: q(z[side]! * end), slope: q(z[1 - side]!) }));
      const places = [ONE, neg(ONE)];
      for (const a of lines)
        for (const b of lines) {
          if (compare(a.slope, b.slope) === 0) continue;
          const t = div(sub(b.at, a.at), sub(a.slope, b.slope));
          if (compare(t, ONE) < 0 && compare(t, neg(ONE)) > 0) places.push(t);
        }
      for (const t of places) {
        const worst = lines
          .map(({ at, slope }) => add(at, mul(slope, t)))
          .reduce((x, y) => (compare(x, y) < 0 ? x : y));
        if (best === null || compare(worst, best) > 0) best = worst;
      }
    }
  return best!;
}

/** Over the Fourier l1 norm. */
const gapOf = (rows: Rows, beta: QVector, q: QVector, witness: QVector | null): Interval | null =>
  marginGap(rows, beta, q, witness, normNamed("fourier-l1", [beta.n.length])!);

describe("marginGap", () => {
  const TINY = q(1n, 10n ** 60n);

  it.each([
    ["the mean", [1n, 2n, 3n, 4n], [1n, 1n, 1n, 1n]],
    ["the alternating tone", [3n, -4n, 2n, -4n], [1n, -1n, 1n, -1n]],
    ["a pair of frequencies", [5n, 1n, -3n, -1n], [8n, 2n, -8n, -2n]],
    ["all at once, a delta", [0n, 0n, 7n, 0n, 0n], [0n, 0n, 1n, 0n, 0n]],
    ["one place", [-4n], [-3n]],
  ] as const)("is 0 for one point and all weight on its largest frequency: %s", (_, row, beta) => {
    const gap = gapOf({ rows: [row], scale: 7n }, exact(beta, 3n), exact([1n]), null);
    expect(compare(gap!.upper, TINY)).toBe(-1);
    expect(gap!.lower).toEqual(ZERO);
  });

  test.prop([problemIn(2), fc.array(fc.bigInt({ min: -9n, max: 9n }), { minLength: 2, maxLength: 2 })], {
    numRuns: 400,
  })("holds the true gap on a circle of two places, where the norm is that of the largest entry", (given, v) => {
    const { rows, beta, weights } = given;
    const witness = leastEntry(marginsOf(rows, 1n, exact(v))).value.n > 0n ? exact(v, 11n) : null;
    const ratio = (b: readonly bigint[]): Q =>
      div(
        leastEntry(marginsOf(rows, 1n, exact(b))).value,
        q(b.map((x) => (x < 0n ? -x : x)).reduce((x, y) => (y > x ? y : x))),
      );
    const truth = sub(ONE, div(ratio(beta), bestInPlane(rows)));
    const gap = gapOf({ rows, scale: DATA_SCALE }, exact(beta, 5n), weights, witness);
    expect(holds(gap!, truth)).toBe(true);
    const shown = witness === null ? ZERO : sub(ONE, div(ratio(beta), ratio(v)));
    const expected = sign(shown) > 0 ? shown : ZERO;
    expect(compare(gap!.lower, expected)).toBeLessThanOrEqual(0);
    expect(compare(expected, add(gap!.lower, TINY))).toBeLessThanOrEqual(0);
  });

  test.prop([problem])("shows no gap to the predictor itself or to a multiple of it", ({ rows, beta, weights }) => {
    const gap = gapOf({ rows, scale: 1n }, exact(beta), weights, exact(beta, 10n ** 40n));
    expect(compare(gap!.lower, TINY)).toBe(-1);
    expect(sign(gap!.lower)).toBeGreaterThanOrEqual(0);
  });

  test.prop([problem, fc.bigInt({ min: 1n, max: 10n ** 90n })])("does not depend on any scale", (given, k) => {
    const { rows, beta, weights } = given;
    const of = (scale: bigint, times: bigint): Interval =>
      gapOf({ rows: rows.map((z) => z.map((x) => x * times)), scale }, exact(beta, k), weights, null)!;
    expect(Math.abs(toNumber(sub(of(1n, 1n).upper, of(k, 17n).upper)))).toBeLessThan(1e-60);
  });

  it("needs vectors that separate", () => {
    const data = { rows: [[1n, 2n]], scale: 1n };
    for (const bad of [exact([0n, 0n]), exact([-1n, 0n]), exact([2n, -1n])]) {
      expect(gapOf(data, bad, exact([1n]), null)).toBeNull();
      expect(gapOf(data, exact([1n, 1n]), exact([1n]), bad)).toBeNull();
    }
    expect(gapOf({ rows: [[0n]], scale: 1n }, exact([1n]), exact([1n]), null)).toBeNull();
  });

  it("of doubles of every size", () => {
    const beta = vectorOf([1, 5e-324, -1e-100, 2 ** -1022].map(ofNumber));
    const gap = gapOf({ rows: [[2n, 1n, 1n, 3n]], scale: 10n ** 300n }, beta, exact([1n]), null);
    // own margin 2, sum |b| = 4, max |z| = 7, D = 4: 1 - 2 * 4 / (4 * 7)
    expect(toNumber(gap!.upper)).toBeCloseTo(5 / 7, 12);
    expect(width(gap!)).toBeGreaterThan(0.7);
  });
});
