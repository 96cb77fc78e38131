/** Every loss of the toolkit under the laws of properties/laws/loss.ts, and the laws under planted losses. */
import { describe, expect, it } from "vitest";
import type { LawReport } from "../../../properties/laws/law.js";
import {
  BITS,
  expFixedPoint,
  fromFixedPoint,
  LOSS_LAWS,
  type LossLaw,
  lossLaws,
  toFixedPoint,
} from "../../../properties/laws/loss.js";
import type { LossFunction } from "../../../src/models/loss.js";
import { exponential } from "../../../src/models/losses/exponential.js";
import { LOSSES } from "../../../src/models/losses/index.js";
import { exp, log, log1p } from "../../../src/numeric/elementary.js";

const failed = (reports: readonly LawReport[]): string[] => reports.filter((r) => r.ok === false).map((r) => r.law);
const details = (reports: readonly LawReport[]): string => reports.map((r) => `${r.law}: ${r.detail}`).join("\n");

describe.each(LOSSES.map((l) => [l.name, l] as const))("%s", (_name, loss) => {
  it.each([1, 2, 3, 4, 5])("keeps every law, seed %i", (seed) => {
    const reports = lossLaws(loss, seed);
    expect(failed(reports), details(reports)).toEqual([]);
  });
});

describe("the exponential loss", () => {
  const read = (...margins: number[]): { logLoss: number; weights: number[] } => {
    const weights = new Float64Array(margins.length);
    return { logLoss: exponential.evaluate(Float64Array.from(margins), weights), weights: [...weights] };
  };

  it("has an independent reading: its value law is judged", () => {
    expect(lossLaws(exponential, 1).find((r) => r.law === "value")?.ok).toBe(true);
  });

  it("has weights in the simplex at any margins", () => {
    for (const scale of [0, 1e-300, 1, 30, 800, 1e4, 1e100, 1e300])
      for (const pattern of [[1], [1, 1], [1, -1], [0, 1, 2, 3], [-1, -1.0001, 5], [1, 1, 1, 1, 1, 1, 1]]) {
        const { weights } = read(...pattern.map((x) => x * scale));
        expect(Math.abs(weights.reduce((a, b) => a + b, 0) - 1)).toBeLessThanOrEqual(1e-15);
      }
  });

  it("is -m for one point, to the bit", () => {
    for (const m of [0.1, -3, 1e4, -1e4, 1e300, -1e300]) expect(read(m)).toEqual({ logLoss: -m, weights: [1] });
  });

  it("is the sum, not the mean", () => {
    expect(read(0, 0, 0, 0).logLoss).toBeCloseTo(log(4), 15);
  });

  it("does not care for a common shift", () => {
    expect(read(1e4, 1e4 + 1).weights).toEqual(read(0, 1).weights);
  });
});

/** A loss from log l and -l'/l point by point. */
function pointwise(
  name: string,
  exponentialTail: boolean,
  logValue: (m: number) => number,
  rate: (m: number) => number,
): LossFunction {
  return {
    name,
    source: { key: "gunasekar-2018", locator: "planted in a test" },
    facts: { exponentialTail },
    evaluate(margins, weights) {
      const logs = margins.map(logValue);
      const top = Math.max(...logs);
      const total = logs.reduce((s, l) => s + exp(l - top), 0);
      margins.forEach((m, n) => {
        weights[n] = (exp(logs[n]! - top) / total) * rate(m);
      });
      return log(total) + top;
    },
  };
}

/** log(1 + e^-m), and its logarithm without underflow. */
const softplus = (m: number): number => (m > 0 ? log1p(exp(-m)) : -m + log1p(exp(m)));
const logistic = (exponentialTail: boolean): LossFunction =>
  pointwise(
    "logistic",
    exponentialTail,
    (m) => (m > 40 ? -m : log(softplus(m))),
    (m) => (m > 40 ? 1 : (m > 0 ? exp(-m) / (1 + exp(-m)) : 1 / (1 + exp(m))) / softplus(m)),
  );
/** 1 / (1 + m) for m > 0, 1 - m below: convex, with a polynomial tail. */
const polynomial = (exponentialTail: boolean): LossFunction =>
  pointwise(
    "polynomial",
    exponentialTail,
    (m) => (m > 0 ? -log1p(m) : log1p(-m)),
    (m) => 1 / (1 + Math.abs(m)),
  );

const changed = (evaluate: LossFunction["evaluate"]): LossFunction => ({ ...exponential, evaluate });

const PLANTED: readonly (readonly [string, LossFunction, ...LossLaw[]])[] = [
  ["logistic, honest", logistic(true)],
  ["polynomial tail, honest", polynomial(false)],
  ["polynomial tail that calls itself exponential", polynomial(true), "tail", "range"],
  ["logistic that denies its tail", logistic(false), "tail"],
  ["exponential that denies its tail", { ...exponential, facts: { exponentialTail: false } }, "tail"],
  ["the mean instead of the sum", changed((m, p) => exponential.evaluate(m, p) - log(m.length)), "value", "sum"],
  [
    "sum of squared weights left unnormalized",
    changed((m, p) => {
      const value = exponential.evaluate(m, p);
      for (let n = 0; n < p.length; n++) p[n] = p[n]! * p[n]!;
      return value;
    }),
    "value",
    "sum",
    "gradient",
  ],
  [
    "weights as plain slopes, not over L",
    changed((m, p) => {
      const value = exponential.evaluate(m, p);
      for (let n = 0; n < p.length; n++) p[n] = p[n]! * exp(value);
      return value;
    }),
    "value",
    "sum",
    "gradient",
    "tail",
    "range",
  ],
  [
    "no shift: overflows and underflows",
    changed((m, p) => {
      const total = m.reduce((s, x) => s + exp(-x), 0);
      m.forEach((x, n) => {
        p[n] = exp(-x) / total;
      });
      return log(total);
    }),
    "sum",
    "tail",
    "range",
  ],
  [
    "single precision",
    changed((m, p) => {
      const value = exponential.evaluate(m, p);
      p.set(Float32Array.from(p));
      return value;
    }),
    "value",
    "sum",
  ],
  [
    "the first point counts twice",
    changed((m, p) => {
      const twice = new Float64Array(m.length + 1);
      const value = exponential.evaluate(Float64Array.of(...m, m[0]!), twice);
      p.set(twice.subarray(0, m.length));
      p[0] = 2 * p[0]!;
      return value;
    }),
    "value",
    "sum",
    "range",
    "permutation",
  ],
  [
    "sorts the margins it is handed",
    changed((m, p) => {
      const value = exponential.evaluate(m, p);
      m.sort();
      return value;
    }),
    "pure",
  ],
  [
    "adds to the weights that are there",
    changed((m, p) => {
      const q = new Float64Array(p.length);
      const value = exponential.evaluate(m, q);
      q.forEach((x, n) => {
        p[n] = p[n]! + x;
      });
      return value;
    }),
    ...LOSS_LAWS,
  ],
];

describe("the laws of a loss", () => {
  it.each(PLANTED.map(([name, ...rest]) => [name, rest] as const))("judge: %s", (_name, [loss, ...caughtBy]) => {
    for (const seed of [1, 2, 3]) {
      const reports = lossLaws(loss, seed);
      expect(failed(reports), details(reports)).toEqual(caughtBy);
    }
  });

  it("have each something to catch", () => {
    const catching = new Set(PLANTED.flatMap(([, , ...caughtBy]) => caughtBy));
    expect(LOSS_LAWS.filter((law) => !catching.has(law))).toEqual([]);
  });

  it("skip the independent value by name where none is written", () => {
    const [skipped] = lossLaws({ ...logistic(true), name: "unread" }, 1).filter((r) => r.ok === null);
    expect(skipped?.law).toBe("value");
    expect(skipped?.detail).toContain('"unread"');
  });
});

describe("the exponential in fixed point", () => {
  it("agrees with e to 50 digits and with its own functional equation", () => {
    const e = 271828182845904523536028747135266249775724709369995n;
    expect((expFixedPoint(1n << BITS) * 10n ** 50n) >> BITS).toBe(e);
    const a = toFixedPoint(-37.25);
    const b = toFixedPoint(11.625);
    const gap = ((expFixedPoint(a) * expFixedPoint(b)) >> BITS) - expFixedPoint(a + b);
    expect(gap < 0n ? -gap : gap).toBeLessThan(1n << 24n);
    expect(fromFixedPoint(toFixedPoint(-0.1))).toBe(-0.1);
  });
});
