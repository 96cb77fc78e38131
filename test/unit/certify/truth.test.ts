/**
 * The mathematics behind two kinds of certificate, tried out: whatever the judge accepts must be true of the optimum
 * itself, found here by other means (exactly for l2; on a fine grid of directions, or by a linear programme, for l1, linf).
 */
import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { inversePower } from "../../../properties/laws/slow-spectrum.js";
import { angleBetween, falsehood } from "../../../properties/laws/truth.js";
import { judge } from "../../../src/certify/judge.js";
import { add, compare, mul, ofNumber, type Q, q, showQ, sign, toNumber, ZERO } from "../../../src/exact/rational.js";
import {
  combineRows,
  dot,
  entriesOf,
  leastEntry,
  marginsOf,
  normSquared,
  vectorOf,
} from "../../../src/exact/vector.js";
import type { BridgeResidualCertificate, ClaimedLimit, PenaltyJSON } from "../../../src/kernel/certificate.js";
import { type Dataset, signedRows } from "../../../src/kernel/dataset.js";
import { normWitness } from "../../../src/oracle/norm-witness.js";
import {
  bridgeResidual,
  CIRCLES,
  counterexample,
  dualityGap,
  limitOn,
  marginGapOf,
  optimumOf,
  rational,
  residualAtLimit,
  simplexOf,
} from "./samples.js";

const entry = fc.bigInt({ min: -9n, max: 9n });

/** Separable data: every row is turned to the positive side of a planted vector, or pushed there. */
const separable = (D: number, most = 5): fc.Arbitrary<Dataset> => {
  const row = fc.array(entry, { minLength: D, maxLength: D });
  return fc
    .tuple(fc.array(row, { minLength: 1, maxLength: most }), row, fc.constantFrom(1n, 3n, 10n))
    .map(([rows, planted, scale]) => {
      const b = planted.map((x, d) => (d === 0 && planted.every((v) => v === 0n) ? 1n : x));
      const X = rows.map((z) => {
        const m = z.reduce((s, x, d) => s + x * b[d]!, 0n);
        return m > 0n ? z : z.map((x, d) => (m < 0n ? -x : x + b[d]!));
      });
      return { name: "truth", shape: [D], scale, X, y: X.map(() => 1 as const), features: null };
    });
};

/** N weights of the simplex. */
const simplex = (weights: readonly number[], N: number): string[] => {
  const used = Array.from({ length: N }, (_, n) => weights[n % weights.length]! + (n === 0 ? 1 : 0));
  const total = used.reduce((a, b) => a + b, 0);
  return used.map((w) => showQ(q(BigInt(w), BigInt(total))));
};
const weights = fc.array(fc.nat(9), { minLength: 5, maxLength: 5 });
const shift = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 });

/** The optimum, moved by `steps` hundredths of its largest entry. */
function near(beta: readonly Q[], steps: readonly number[], hundredths: bigint): Q[] {
  const size = beta.map((x) => (x.n < 0n ? mul(x, q(-1n)) : x)).reduce((a, b) => (compare(a, b) > 0 ? a : b));
  return beta.map((x, d) => add(x, mul(size, q(BigInt(steps[d % steps.length]!) * hundredths, 1000n))));
}

describe("duality-gap", () => {
  test.prop([fc.integer({ min: 1, max: 4 }).chain((D) => separable(D, 6)), weights, shift], { numRuns: 400 })(
    "the accepted bound is an upper bound of the true angle, in exact arithmetic",
    (data, w, steps) => {
      const rows = signedRows(data);
      const { beta, certificate } = optimumOf(data);
      const reached = vectorOf(near(entriesOf(beta), steps, 30n));
      const margin = leastEntry(marginsOf(rows, data.scale, reached)).value;
      if (sign(margin) <= 0) return;
      const weight = simplex(w, rows.length);
      const z = combineRows(vectorOf(weight.map(rational)), rows, data.scale);
      // cos(angle) >= margin / (|reached| |z|), that is, <reached, b*> |z| >= margin |b*|, and both sides are positive
      const inner = dot(reached, beta);
      expect(sign(inner)).toBe(1);
      const left = mul(mul(inner, inner), normSquared(z));
      expect(compare(left, mul(mul(margin, margin), normSquared(beta)))).toBeGreaterThanOrEqual(0);
      const gap = dualityGap(data, entriesOf(reached).map(showQ), weight);
      expect(judge(gap).accepted).toBe(true);
      const truth = angleBetween(entriesOf(reached), certificate.beta.map(rational));
      expect(compare(rational(gap.angle.upper), truth)).toBeGreaterThanOrEqual(0);
    },
  );

  test.prop([separable(3)])("there is no gap at the optimum with its own multipliers", (data) => {
    const gap = dualityGap(data, optimumOf(data).certificate.beta, simplexOf(data));
    expect(gap.angle.upper).toBe("0");
    expect(judge(gap).accepted).toBe(true);
  });
});

type Claimed = Extract<ClaimedLimit, { kind: "max-margin" }>["regularizer"];
const regularizer = fc.constantFrom<Claimed>("l1", "linf");

/** The largest distance, in 64ths, that the judge accepts for a witness; 0 for none. */
function accepted(
  data: Dataset,
  R: Claimed,
  reached: readonly Q[],
  v: readonly Q[],
  weight: readonly string[],
): number {
  const proof = { by: "witness", v: v.map(showQ), q: weight } as const;
  const claim = { kind: "max-margin", regularizer: R } as const;
  const made = counterexample(data, claim, reached.map(showQ), "1", proof);
  for (let k = 100; k > 0; k--) if (judge({ ...made, distance: `${k}/64` }).accepted) return k / 64;
  return 0;
}

const normOf = (R: Claimed, b: readonly number[]): number =>
  R === "l1" ? b.reduce((s, x) => s + Math.abs(x), 0) : Math.max(...b.map(Math.abs));

const angleOf = (a: readonly number[], b: readonly number[]): number => {
  const [na, nb] = [Math.hypot(...a), Math.hypot(...b)];
  const difference = Math.hypot(...a.map((x, d) => x / na - b[d]! / nb));
  return 2 * Math.atan2(difference, Math.hypot(...a.map((x, d) => x / na + b[d]! / nb)));
};

const GRID = 4096;
const SPACING = (2 * Math.PI) / GRID;
const CIRCLE = Array.from({ length: GRID }, (_, k) => [Math.cos(k * SPACING), Math.sin(k * SPACING)]);

/** The angle from u to the nearest maximizer of margin/R on a grid of directions in the plane. */
function nearestOnGrid(rows: readonly (readonly number[])[], R: Claimed, u: readonly number[]): number {
  const values = CIRCLE.map((b) => Math.min(...rows.map((z) => z[0]! * b[0]! + z[1]! * b[1]!)) / normOf(R, b));
  const best = Math.max(...values);
  return Math.min(...CIRCLE.filter((_, k) => values[k]! >= best - 1e-9).map((b) => angleOf(b, u)));
}

let tried = 0;
describe("counterexample", () => {
  const vectorInPlane = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 2 });
  test.prop([separable(2, 3), regularizer, vectorInPlane, weights, shift, fc.constantFrom(0n, 0n, 1n)], {
    numRuns: 400,
  })("no accepted distance exceeds the true one in the plane", (data, R, v, w, steps, hundredths) => {
    if (v.every((x) => x === 0)) return;
    const reached = near(entriesOf(optimumOf(data).beta), steps, hundredths);
    const distance = accepted(data, R, reached, v.map(ofNumber), simplex(w, data.X.length));
    if (distance === 0) return;
    tried++;
    const rows = signedRows(data).map((row) => row.map(Number));
    // The ratio is quasi-concave, so the best point of the grid is at most one step from a true maximizer.
    expect(distance).toBeLessThanOrEqual(nearestOnGrid(rows, R, reached.map(toNumber)) + 2 * SPACING);
  });

  test.prop([separable(4, 4), regularizer, weights], { numRuns: 120 })(
    "nor the distance to the optimum of the linear programme in four dimensions",
    async (data, R, w) => {
      const best = await normWitness(data, R);
      if (best === null) return;
      const reached = entriesOf(optimumOf(data).beta);
      const v = entriesOf(best.v);
      for (const weight of [simplex(w, data.X.length), entriesOf(best.q).map(showQ)]) {
        const distance = accepted(data, R, reached, v, weight);
        if (distance > 0) tried++;
        // the programme's answer is a double: off by far less than a millionth of its size
        expect(distance).toBeLessThanOrEqual(angleOf(reached.map(toNumber), v.map(toNumber)) + 1e-6);
      }
    },
  );

  test("were tried in earnest", () => {
    expect(tried).toBeGreaterThan(50);
  });

  test.prop([separable(3), fc.integer({ min: 1, max: 200 })])("the mean is as far as its angle says", (data, k) => {
    const rows = signedRows(data);
    const { beta } = optimumOf(data);
    const mean = rows[0]!.map((_, d) => rows.reduce((s, z) => add(s, q(z[d]!)), ZERO));
    const truth = angleBetween(entriesOf(beta), mean);
    const distance = q(BigInt(k), 64n);
    const made = counterexample(data, { kind: "mean" }, entriesOf(beta).map(showQ), showQ(distance), { by: "angle" });
    expect(judge(made).accepted).toBe(compare(distance, truth) <= 0);
  });
});

/** A certificate for the first `size` coefficients but those that are left out; null where nothing can be enclosed. */
function residualOf(...given: Parameters<typeof bridgeResidual>): BridgeResidualCertificate | null {
  try {
    return bridgeResidual(...given);
  } catch {
    return null; // a coefficient of 0 in the support, or no kappa above 0
  }
}

let settled = 0;
describe("bridge-residual", () => {
  const penalty = fc.record<PenaltyJSON>({
    space: fc.constantFrom("fourier", "signal"),
    p: fc.constantFrom("2", "1", "2/3", "1/2", "3/4", "1/5"),
  });
  const given = fc.integer({ min: 1, max: 7 }).chain((D) => separable(D, 4));

  test.prop([given, weights, shift, penalty, fc.nat(200)], { numRuns: 300 })(
    "the tightest bounds are true by other means too, and a thousandth less is not",
    (data, w, steps, asked, chosen) => {
      const D = data.shape[0]!;
      const size = asked.space === "fourier" ? Math.floor(D / 2) + 1 : D;
      const support = Array.from({ length: size }, (_, k) => k).filter((k) => asked.p === "2" || k !== chosen % 8);
      const reached = near(entriesOf(optimumOf(data).beta), steps, 30n).map(showQ);
      if (sign(leastEntry(marginsOf(signedRows(data), data.scale, vectorOf(reached.map(rational)))).value) <= 0) return;
      const made = residualOf(data, asked, reached, simplex(w, data.X.length), support);
      if (made === null) return;
      settled++;
      expect(judge(made)).toMatchObject({ accepted: true });
      expect(falsehood(made)).toBeNull();
      for (const [name, stated] of Object.entries(made.parts)) {
        if (toNumber(rational(stated)) < 1e-12) continue;
        const less = { ...made, parts: { ...made.parts, [name]: showQ(mul(rational(stated), q(999n, 1000n))) } };
        expect(falsehood(less)).toContain(name);
        expect(judge(less).accepted).toBe(false);
      }
      const { lower, upper } = made.largest;
      if (toNumber(rational(lower)) < 1e-12) return;
      for (const largest of [
        { lower, upper: showQ(mul(rational(lower), q(999n, 1000n))) },
        { lower: showQ(mul(rational(upper), q(1001n, 1000n))), upper },
      ]) {
        expect(falsehood({ ...made, largest })).not.toBeNull();
        expect(judge({ ...made, largest }).accepted).toBe(false);
      }
    },
  );

  test("was settled in earnest", () => {
    expect(settled).toBeGreaterThan(150);
  });

  test("runs of depth L end where p = 2/L is stationary, and no other exponent is", () => {
    for (const space of ["fourier", "signal"] as const) {
      const made = residualAtLimit(CIRCLES.six, space, 4);
      expect(toNumber(rational(made.largest.upper))).toBeLessThan(1e-8);
      expect(made.support.length).toBeGreaterThan(1);
      for (const p of ["2/3", "1", "1/3"]) {
        const other = bridgeResidual(CIRCLES.six, { space, p }, made.reached, made.q, made.support);
        expect(toNumber(rational(other.largest.lower))).toBeGreaterThan(1e-3);
        expect(judge({ ...made, penalty: { space, p } }).accepted).toBe(false);
        expect(falsehood({ ...made, penalty: { space, p } })).not.toBeNull();
      }
    }
  });

  test.prop([fc.bigInt({ min: 1n, max: 1n << 90n }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 20 })])(
    "powers of the slow reading: (x^(-n/d))^d x^n = 1",
    (x, d, n) => {
      const unit = 1n << 800n;
      const root = inversePower(x << 710n, q(BigInt(n), BigInt(d)));
      const one = q(root ** BigInt(d) * (x << 710n) ** BigInt(n), unit ** BigInt(n + d));
      expect(Math.abs(toNumber(add(one, q(-1n))))).toBeLessThan(1e-200);
    },
  );
});

describe("margin-gap", () => {
  /** margin / sum |bhat|, in floating point over all D frequencies. */
  const ratio = (data: Dataset, b: readonly number[]): number => {
    const D = b.length;
    const wave = (k: number, f: (t: number) => number): number =>
      b.reduce((s, x, j) => s + x * f((2 * Math.PI * j * k) / D), 0);
    const norm = b.reduce((s, _, k) => s + Math.hypot(wave(k, Math.cos), wave(k, Math.sin)), 0);
    const margins = signedRows(data).map((z) => z.reduce((s, x, j) => s + Number(x) * b[j]!, 0));
    return Math.min(...margins) / norm;
  };

  test.prop(
    [
      fc.integer({ min: 1, max: 7 }).chain((D) => separable(D, 4)),
      weights,
      shift,
      fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 7, maxLength: 7 }), {
        minLength: 9,
        maxLength: 9,
      }),
    ],
    { numRuns: 200 },
  )("no predictor has more margin than the bound allows, nor less than a witness shows", (data, w, steps, others) => {
    const D = data.shape[0]!;
    const reached = near(entriesOf(optimumOf(data).beta), steps, 30n);
    if (ratio(data, reached.map(toNumber)) <= 1e-9) return;
    const rest = others.map((b) => b.slice(0, D)).filter((b) => ratio(data, b) > 1e-9);
    const witness = rest[0]?.map(String) ?? null;
    const made = marginGapOf(data, reached.map(showQ), simplex(w, data.X.length), witness);
    expect(judge(made)).toMatchObject({ accepted: true });
    expect(falsehood(made)).toBeNull();
    for (const b of rest) {
      const gap = 1 - ratio(data, reached.map(toNumber)) / ratio(data, b);
      expect(gap).toBeLessThanOrEqual(toNumber(rational(made.gap.upper)) + 1e-12);
    }
    const shown = rest[0] === undefined ? 0 : 1 - ratio(data, reached.map(toNumber)) / ratio(data, rest[0]);
    expect(toNumber(rational(made.gap.lower))).toBeCloseTo(Math.max(0, shown), 11);
    const tighter = (gap: { lower: string; upper: string }): void => {
      expect(falsehood({ ...made, gap })).not.toBeNull();
      expect(judge({ ...made, gap }).accepted).toBe(false);
    };
    if (toNumber(rational(made.gap.upper)) > 1e-12)
      tighter({ ...made.gap, upper: showQ(mul(rational(made.gap.upper), q(999n, 1000n))) });
    tighter({ ...made.gap, lower: showQ(add(rational(made.gap.lower), q(1n, 10n ** 12n))) });
  });

  test("runs of depth 2 close it, runs of other depths need not", () => {
    for (const data of Object.values(CIRCLES)) {
      const { reached, q: own } = limitOn(data, "fourier", 2);
      expect(toNumber(rational(marginGapOf(data, reached, own, null).gap.upper))).toBeLessThan(1e-8);
    }
    const linear = limitOn(CIRCLES.six, "fourier", 1);
    const made = marginGapOf(CIRCLES.six, linear.reached, linear.q, limitOn(CIRCLES.six, "fourier", 2).reached);
    expect(toNumber(rational(made.gap.lower))).toBeGreaterThan(1e-2);
    expect(compare(rational(made.gap.lower), rational(made.gap.upper))).toBe(-1);
  });
});
