/**
 * Claims that the limit is another one than the l2 optimum, on runs made by hand that end there: contradicted only by a
 * certified distance of ten error bars from every limit that the claim allows, where the run was seen to settle.
 */
import { describe, expect, it } from "vitest";
import { judge } from "../../../src/certify/judge.js";
import type { ClaimedLimit, CounterexampleCertificate } from "../../../src/kernel/certificate.js";
import { certifiedAngle } from "../../../src/verify/claims/angle-certificates.js";
import { limitIs } from "../../../src/verify/claims/claimed-limit.js";
import type { ClaimResult } from "../../../src/verify/theorem.js";
import {
  at,
  fakeBench,
  limitAt,
  type Made,
  noLimit,
  type Rows,
  snapshot,
  thresholds,
  trajectory,
} from "./fake-bench.js";

const L1: ClaimedLimit = { kind: "max-margin", regularizer: "l1" };
const LINF: ClaimedLimit = { kind: "max-margin", regularizer: "linf" };
const MEAN: ClaimedLimit = { kind: "mean" };

/** A run to log(1/loss) = 64 that turns like 1/M to within `rest` (radians) of the direction `target`. */
function endingAt(target: number, rest: number, weights: readonly number[] = [1]): Pick<Made, "run" | "angles"> {
  const points = thresholds(2, 5).map((M) =>
    snapshot(M, { beta: at(target + (rest * 64) / M), weights: Float64Array.from(weights) }),
  );
  return { run: trajectory(points), angles: thresholds(2, 5).map((M) => ({ M, value: (rest * 64) / M })) };
}

const check = (claim: ClaimedLimit, made: Made): Promise<ClaimResult> => limitIs(claim, "said").check(fakeBench(made));
const outcome = async (claim: ClaimedLimit, made: Made): Promise<string> => (await check(claim, made)).finding.outcome;

/** The one point (2, 1): l1 goes to (1, 0), linf to (1, 1), and the mean is the optimum itself. */
const OPTIMUM = Math.atan2(1, 2);
const counterexample = (r: ClaimResult): CounterexampleCertificate => r.certificates[0] as CounterexampleCertificate;

describe("names", () => {
  it.each([
    ["limit-is-l1-max-margin", L1],
    ["limit-is-linf-max-margin", LINF],
    ["limit-is-mean", MEAN],
  ] as const)("%s", async (id, claim) => {
    expect(limitIs(claim, "said")).toMatchObject({ id, statement: "said" });
    expect((await check(claim, endingAt(OPTIMUM, 0.01))).finding.claim).toBe(id);
  });
});

describe("a max margin of another norm", () => {
  it.each([
    ["l1", L1, OPTIMUM],
    ["linf", LINF, Math.PI / 4 - OPTIMUM],
  ] as const)("%s: contradicted by a certified distance that is no more than the true one", async (_n, claim, angle) => {
    const result = await check(claim, endingAt(OPTIMUM, 1e-3));
    expect(result.finding).toMatchObject({ outcome: "contradicts", certified: true });
    expect(result.certificates.map((c) => c.kind)).toEqual(["counterexample", "direction-bound", "exact-kkt"]);
    for (const c of result.certificates) expect(judge(c)).toMatchObject({ accepted: true });
    const { distance, errorBar, limit, claim: stated } = counterexample(result);
    expect(stated).toEqual(claim);
    expect(limit).not.toBeNull();
    expect(certifiedAngle(distance)).toBeLessThan(angle + 1e-3);
    expect(certifiedAngle(distance)).toBeGreaterThan(0.6 * angle);
    expect(certifiedAngle(errorBar)).toBeCloseTo(1e-3, 9);
    expect(result.finding.why).toMatch(/within 0\.00100 rad of the l2 optimum/);
  });

  it("is contradicted at ten error bars, and not at fewer", async () => {
    const { distance } = counterexample(await check(LINF, endingAt(OPTIMUM, 1e-6)));
    const limit = certifiedAngle(distance) / 10;
    // The distance itself moves with the end of the run, by less than its rest.
    expect(await outcome(LINF, endingAt(OPTIMUM, limit * 0.85))).toBe("contradicts");
    const close = await check(LINF, endingAt(OPTIMUM, limit * 1.15));
    expect(close.finding.outcome).toBe("silent");
    expect(close.finding.why).toMatch(/less than ten times its error bar of 0\.0/);
    expect(close.certificates).toEqual([]);
  });

  it("is not measured against a witness that does not separate the data", async () => {
    // The separating cone is 2^-60 wide: what the linear programme proposes is rounded out of it, and so is the end.
    const K = 2n ** 30n;
    const X = [
      [1n, K],
      [-1n, 1n - K],
    ];
    const target = Math.atan2(2, 1 - 2 * Number(K));
    for (const claim of [L1, LINF])
      for (const side of [-1, 1]) {
        const made = { X, ...endingAt(target, 1e-3 * side, [0.5, 0.5]) };
        const angles = made.angles!.map(({ M, value }) => ({ M, value: value * side }));
        const { finding } = await check(claim, { ...made, angles });
        expect(finding).toMatchObject({ outcome: "silent", why: expect.stringMatching(/no distance/) });
      }
  });

  it("is not contradicted where the optimum is one of its limits", async () => {
    // (1, 1): every nonnegative direction has the largest l1 margin.
    for (const claim of [L1, LINF]) {
      const result = await check(claim, { ...endingAt(Math.PI / 4, 1e-4), X: [[1, 1]] });
      expect(result.finding.outcome).toBe("silent");
    }
    expect((await check(L1, { ...endingAt(Math.PI / 4, 1e-4), X: [[1, 1]] })).finding.why).toMatch(
      /no distance from what the claim allows/,
    );
  });

  it.each([
    [
      "two points",
      [
        [1, 3],
        [2, 1],
      ] as Rows,
    ],
    [
      "a point that is active in no problem",
      [
        [1, 3],
        [2, 1],
        [9, 9],
      ] as Rows,
    ],
    [
      "points that are far apart in size",
      [
        [1, 3],
        [2, 1],
        [90, -20],
        [-50, 400],
      ] as Rows,
    ],
  ] as const)("%s: whatever is contradicted, the judge accepts", async (_name, X) => {
    const made = (weights: readonly number[]) => {
      const o = fakeBench({ X }).optimum();
      if (!o.separable) throw new Error("made separable");
      const target = Math.atan2(Number(o.beta.n[1]), Number(o.beta.n[0]));
      return { ...endingAt(target, 1e-5, weights), X };
    };
    const uniform = X.map(() => 1 / X.length);
    const first = X.map((_row, n) => (n === 0 ? 1 : 0));
    for (const claim of [L1, LINF, MEAN])
      for (const weights of [uniform, first]) {
        const result = await check(claim, made(weights));
        for (const c of result.certificates) expect(judge(c)).toMatchObject({ accepted: true });
        expect(result.finding.outcome).toBe(result.certificates.length === 0 ? "silent" : "contradicts");
      }
  });
});

it("a certified distance is the best that the proposed weights give", async () => {
  // The optimum (2/14, 3/14): 0.196 by the weights of the linear programme, 0.0555 by the last point alone.
  const X = [
    [1, 4],
    [4, 2],
  ] as Rows;
  const result = await check(LINF, { X, ...endingAt(Math.atan2(3, 2), 1e-9, [0.5, 0.5]) });
  expect(certifiedAngle(counterexample(result).distance)).toBeCloseTo(0.19611613513818, 6);
});

describe("the mean of the points", () => {
  const X = [
    [4, 0],
    [0, 1],
  ] as Rows; // optimum (1/4, 1), mean (2, 1/2)
  const optimum = Math.atan2(4, 1);
  const apart = optimum - Math.atan2(1, 4);

  it("is contradicted by the angle to it", async () => {
    const result = await check(MEAN, { X, ...endingAt(optimum, 1e-3, [0.5, 0.5]) });
    expect(result.finding).toMatchObject({ outcome: "contradicts", certified: true });
    expect(certifiedAngle(counterexample(result).distance)).toBeCloseTo(apart + 1e-3, 9);
    expect(counterexample(result)).toMatchObject({ claim: { kind: "mean" }, proof: { by: "angle" } });
    for (const c of result.certificates) expect(judge(c)).toMatchObject({ accepted: true });
  });

  it("at ten error bars, and not at fewer", async () => {
    const ending = (rest: number): Made => ({ X, ...endingAt(optimum, rest, [0.5, 0.5]), case: { tolerance: 0.3 } });
    // distance = apart + rest >= 10 rest where rest <= apart / 9
    expect(await outcome(MEAN, ending((apart / 9) * 0.999))).toBe("contradicts");
    expect(await outcome(MEAN, ending((apart / 9) * 1.001))).toBe("silent");
  });

  it("counts what the run has still to turn, not only its angle to the optimum", async () => {
    const turning = (rest: number): Made => {
      // Out of the plane's target by 1e-4 only, yet turning by `rest` around it: the predictor crosses the optimum.
      const points = thresholds(2, 5).map((M) =>
        snapshot(M, { beta: at(optimum + rest * (64 / M - 1)), weights: Float64Array.of(0.5, 0.5) }),
      );
      return { X, run: trajectory(points), angles: endingAt(optimum, 1e-4).angles! };
    };
    expect(await outcome(MEAN, turning((apart / 10) * 0.999))).toBe("contradicts");
    expect(await outcome(MEAN, turning((apart / 10) * 1.001))).toBe("silent");
    const bar = counterexample(await check(MEAN, turning(0.01))).errorBar;
    expect(certifiedAngle(bar)).toBeCloseTo(0.01, 9);
  });

  it.each([
    [
      "along an axis",
      [
        [4, -1],
        [0, 1],
      ] as Rows,
      Math.atan2(1, 0.5),
    ],
    [
      "along (1, 1)",
      [
        [3, -1],
        [-2, 2],
      ] as Rows,
      Math.atan2(1.25, 0.75),
    ],
  ] as const)("has a direction also %s", async (_name, rows, target) => {
    const result = await check(MEAN, { X: rows, ...endingAt(target, 1e-4, [0.5, 0.5]) });
    expect(result.finding.outcome).toBe("contradicts");
    for (const c of result.certificates) expect(judge(c)).toMatchObject({ accepted: true });
  });

  it("has for an error bar the angle to the optimum, rounded up, where the run hardly turns any more", async () => {
    const points = thresholds(2, 5).map((M) =>
      snapshot(M, { beta: at(optimum + 1e-3 + 1e-7 / M), weights: Float64Array.of(0.5, 0.5) }),
    );
    const result = await check(MEAN, { X, run: trajectory(points), angles: endingAt(optimum, 1e-3).angles! });
    expect(result.finding.outcome).toBe("contradicts");
    expect(judge(counterexample(result))).toMatchObject({ accepted: true });
  });

  it("is not contradicted where it is the optimum", async () => {
    expect(await outcome(MEAN, endingAt(OPTIMUM, 1e-4))).toBe("silent");
  });
});

describe("a run that identifies no limit", () => {
  const why = async (made: Made): Promise<string> => {
    const { finding, certificates } = await check(LINF, made);
    expect(finding.outcome).toBe("silent");
    expect(certificates).toEqual([]);
    return finding.why;
  };
  const arrived = endingAt(OPTIMUM, 1e-3);

  it("on data that are not separable, or with a predictor that is 0", async () => {
    expect(
      await why({
        ...arrived,
        X: [
          [1, 0],
          [-1, 0],
        ] as Rows,
      }),
    ).toMatch(/no direction/);
    const zero = trajectory([], { last: snapshot(0, { beta: Float64Array.of(0, 0) }) });
    expect(await why({ run: zero })).toMatch(/no direction/);
    expect(await why({ ...endingAt(0, 1e-3), X: [[1, 0]] })).not.toMatch(/no direction/);
    const axis = trajectory([], { last: snapshot(9, { beta: Float64Array.of(1, 0) }) });
    expect(await why({ run: axis })).toMatch(/not seen to settle/);
  });

  it("that was not seen to settle within the tolerance", async () => {
    expect(await why({ ...arrived, angles: [] })).toMatch(/not seen to settle/);
    expect(await why({ ...arrived, angles: arrived.angles!.map(({ M }) => ({ M, value: 0.05 })) })).toMatch(
      /not seen to settle/,
    );
    // 0.05 is within a hundredth of a tolerance of 0.6 times ten, but not of it
    expect(await why({ ...endingAt(OPTIMUM, 0.101), case: { goal: 0.01 } })).toMatch(/not seen to settle/);
    expect(await why({ ...endingAt(OPTIMUM, 0.099), case: { goal: 0.01 } })).toMatch(/less than ten times/);
  });

  it("that turns more from octave to octave", async () => {
    const points = thresholds(2, 5).map((M) => snapshot(M, { beta: at(OPTIMUM + 1e-4 * M) }));
    expect(await why({ ...arrived, run: trajectory(points) })).toMatch(/still turns, and not less/);
  });
});

describe("a run that was followed to its limit", () => {
  /** A limit at this angle (rad) from the optimum, known to `limitError`. */
  const limited = (off: number, limitError: number): Made => ({ limit: limitAt([...at(OPTIMUM + off)]), limitError });

  it.each([
    ["l1", L1, 1e-9],
    ["linf", LINF, 1e-9],
  ] as const)("%s: contradicted there, with the run's own error bar", async (_, claim, error) => {
    const result = await check(claim, limited(0, error));
    expect(result.finding).toMatchObject({ outcome: "contradicts", certified: true });
    for (const c of result.certificates) expect(judge(c)).toMatchObject({ accepted: true });
    const { errorBar, limit } = counterexample(result);
    expect(certifiedAngle(errorBar)).toBe(error);
    expect(limit).not.toBeNull();
    // The weights of the limit are tried, too: those of the run are not asked for.
    expect(result.finding.why).toMatch(/^the run ends within 1\.00e-9 rad of the l2 optimum/);
  });

  it("the error bar is the larger of the angle to the optimum and of what halved steps move", async () => {
    expect(certifiedAngle(counterexample(await check(L1, limited(1e-3, 1e-9))).errorBar)).toBeCloseTo(1e-3, 12);
    expect(certifiedAngle(counterexample(await check(L1, limited(1e-9, 1e-3))).errorBar)).toBe(1e-3);
  });

  it("is contradicted at ten error bars, and not at fewer, whichever of the two it is", async () => {
    const distance = certifiedAngle(counterexample(await check(LINF, limited(0, 1e-9))).distance);
    expect(await outcome(LINF, limited(0, (distance / 10) * (1 - 1e-9)))).toBe("contradicts");
    const close = await check(LINF, limited(0, (distance / 10) * (1 + 1e-9)));
    expect(close).toMatchObject({ finding: { outcome: "silent" }, certificates: [] });
    expect(close.finding.why).toMatch(/less than ten times its error bar/);
    expect(await outcome(LINF, limited(distance / 12, 1e-9))).toBe("contradicts");
    expect(await outcome(LINF, limited(distance / 8, 1e-9))).toBe("silent");
  });

  it("the mean, which is the optimum here, is contradicted nowhere near it", async () => {
    expect(await outcome(MEAN, limited(0, 1e-9))).toBe("silent");
    const two: Made = {
      X: [
        [1, 0],
        [1, -1],
      ],
      ...limited(0, 1e-9),
      limit: limitAt([1, 0]),
    };
    const result = await check(MEAN, two);
    expect(result.finding.outcome).toBe("contradicts");
    for (const c of result.certificates) expect(judge(c)).toMatchObject({ accepted: true });
  });

  it("is silent where there is none, or none to compare with", async () => {
    const run = trajectory([snapshot(3, { beta: at(OPTIMUM) })]);
    const none = await check(LINF, { run, limit: noLimit("underflow"), limitError: 1e-9 });
    expect(none).toMatchObject({ finding: { outcome: "silent" }, certificates: [] });
    expect(none.finding.why).toMatch(/^no limit of the run was reached: the margins or the gradient/);
    const left = await check(LINF, { limit: limitAt([2, 1], [1], { stop: "residual-left" }), limitError: 1e-9 });
    expect(left.finding.why).toMatch(/^no limit of the run was reached/);
    const alone = await check(LINF, limited(0, Number.POSITIVE_INFINITY));
    expect(alone).toMatchObject({
      finding: { outcome: "silent", why: "a run with halved steps reached no limit to compare with" },
      certificates: [],
    });
  });
});
