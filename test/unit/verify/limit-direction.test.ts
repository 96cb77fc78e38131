/**
 * The claim about the l2 limit on runs made by hand, towards the direction (2, 1) of the one data point: it supports only
 * what is certified near and seen to arrive, contradicts only what settles ten error bars away, and else is silent.
 */
import { describe, expect, it } from "vitest";
import { judge } from "../../../src/certify/judge.js";
import type { Snapshot, Trajectory } from "../../../src/engine/descent.js";
import type { Finding } from "../../../src/kernel/verdict.js";
import { certifiedAngle, dualityGap, simplexOf } from "../../../src/verify/claims/angle-certificates.js";
import { limitIsL2MaxMargin } from "../../../src/verify/claims/limit-direction.js";
import type { ClaimResult } from "../../../src/verify/theorem.js";
import { at, fakeBench, type Made, type Path, type Rows, snapshot, thresholds, trajectory } from "./fake-bench.js";

const TARGET = Math.atan2(1, 2);
/** A run of five octaves to log(1/loss) = 64 whose predictor is at the angle theta(M) from the optimum. */
function towards(
  theta: (M: number) => number,
  more: (M: number) => Partial<Snapshot> = () => ({}),
  path: Path = {},
): Required<Pick<Made, "run" | "angles">> {
  const points = thresholds(2, 5).map((M) => snapshot(M, { beta: at(TARGET + theta(M)), ...more(M) }));
  return {
    run: trajectory(points, path),
    angles: points.map(({ logInverseLoss: M }) => ({ M, value: theta(M) })),
  };
}

const check = (made: Made): Promise<ClaimResult> => limitIsL2MaxMargin.check(fakeBench(made));
const outcome = async (made: Made): Promise<Finding["outcome"]> => (await check(made)).finding.outcome;
const kinds = (r: ClaimResult): string[] => r.certificates.map((c) => c.kind);

describe("a run that arrives", () => {
  it("supports the claim, certified, with all three certificates past the judge", async () => {
    const result = await check(towards((M) => 0.5 / M));
    expect(result.finding).toMatchObject({ claim: "limit-direction", outcome: "supports", evidence: "certified" });
    expect(result.finding.why).toMatch(/within 0\.00781 rad .* over 5 octaves/);
    expect(kinds(result)).toEqual(["exact-kkt", "direction-bound", "duality-gap"]);
    for (const c of result.certificates) expect(judge(c)).toMatchObject({ accepted: true });
  });

  it("has its certified angle within the tolerance, not its floating-point one", async () => {
    expect(await outcome(towards((M) => (0.0999 * 64) / M))).toBe("supports");
    const beyond = await check(towards((M) => (0.1001 * 64) / M));
    expect(beyond.finding.outcome).toBe("silent");
    expect(beyond.finding.why).toMatch(/certified angle is 0\.100 rad .* above the tolerance 0\.1/);
    const claimed = towards((M) => (0.15 * 64) / M);
    expect(await outcome({ ...claimed, angles: claimed.angles.map(({ M }) => ({ M, value: 0.01 / M })) })).toBe(
      "silent",
    );
  });

  it("was seen to fall over three octaves: nearness alone is not an arrival", async () => {
    const near = towards(() => 0.05);
    const result = await check(near);
    expect(result.finding.outcome).toBe("silent");
    expect(result.finding.why).toMatch(/over 0 octaves .* \(3 are needed\)/);
    expect(kinds(result)).toEqual(["exact-kkt", "direction-bound", "duality-gap"]);
    expect(await outcome({ ...near, angles: [] })).toBe("silent");
    const since = (M0: number) => towards((M) => (M < M0 ? 0.01 : 0.5 / M));
    expect(await outcome(since(8))).toBe("supports");
    const late = await check(since(17));
    expect(late.finding.why).toMatch(/over 1 octaves/);
  });

  it("does not extrapolate to a limit beyond the tolerance", async () => {
    // Angles that are said to fall to 0.11 although the end is within 0.1: nothing a run does, and nothing to trust.
    const made = towards((M) => 0.5 / M);
    const angles = made.angles.map(({ M }) => ({ M, value: 0.09 + 0.5 / M }));
    expect(await outcome({ ...made, angles })).toBe("supports");
    const plateau = await check({ ...made, angles: angles.map(({ M, value }) => ({ M, value: value + 0.02 })) });
    expect(plateau.finding.outcome).toBe("silent");
    expect(plateau.finding.why).toMatch(/5 octaves .*extrapolates to 0\.110 rad/);
    expect((await check({ ...made, angles: [] })).finding.why).not.toMatch(/extrapolates/);
  });
});

describe("a run that settles elsewhere", () => {
  /** It ends 0.4 rad away with `rest` still to turn, settling like 1/M. */
  const settling = (rest: number, more: (M: number) => Partial<Snapshot> = () => ({}), end = 0.4) =>
    towards((M) => end + rest * (64 / M - 1), more);

  it("contradicts the claim, certified, with a counterexample past the judge", async () => {
    const result = await check(settling(0.001));
    expect(result.finding).toMatchObject({ claim: "limit-direction", outcome: "contradicts", certified: true });
    expect(result.finding.why).toMatch(/at most 0\.00100 rad still to turn.*0\.400 rad or more/);
    expect(kinds(result)).toEqual(["counterexample", "exact-kkt", "direction-bound", "duality-gap"]);
    for (const c of result.certificates) expect(judge(c)).toMatchObject({ accepted: true });
    expect(result.certificates[0]).toMatchObject({ limit: null, proof: { by: "optimum" } });
    expect((result.certificates[0] as { errorBar: string }).errorBar).toMatch(/^\d+\/\d+$/);
  });

  it("at ten error bars or more, and not at fewer", async () => {
    expect(await outcome(settling(0.0399))).toBe("contradicts");
    expect(await outcome(settling(0.0401))).toBe("silent");
  });

  it("outside the tolerance only", async () => {
    expect(await outcome(settling(1e-4, undefined, 0.1001))).toBe("contradicts");
    expect(await outcome(settling(1e-4, undefined, 0.0999))).not.toBe("contradicts");
    expect(await outcome({ ...settling(1e-4), case: { tolerance: 0.5 } })).not.toBe("contradicts");
  });

  it("with parameters that have at most two tolerances still to turn", async () => {
    const parameters = (rest: number) => settling(0.001, (M) => ({ parameters: at((rest * 64) / M) }));
    expect(await outcome(parameters(0.199))).toBe("contradicts");
    expect(await outcome(parameters(0.201))).toBe("silent");
    expect(await outcome(settling(0.001, () => ({ parameters: at(Number.NaN) })))).toBe("silent");
  });

  it("with a gradient that turns by at most the tolerance", async () => {
    const gradient = (turn: number) =>
      settling(0.001, (M) => ({ residual: at(turn * (Math.floor(Math.log2(M) + 1e-9) % 2)) }));
    expect(await outcome(gradient(0.099))).toBe("contradicts");
    expect(await outcome(gradient(0.101))).toBe("silent");
  });

  it("with an end that counts, also where it is no snapshot", async () => {
    const made = settling(0.001);
    const last = snapshot(65, { beta: at(TARGET + 0.4), parameters: at(1) });
    expect(await outcome({ ...made, run: { ...made.run, last } })).toBe("silent");
  });

  it("says what it would need where it is not settled", async () => {
    const still = await check(towards((M) => 64 / M / 4));
    expect(still.finding.outcome).toBe("silent");
    expect(still.finding.why).toMatch(
      /0\.250 rad at log\(1\/loss\) = 64\.0.*would need log\(1\/loss\) of about 1\.6e\+2/,
    );
    expect(still.finding.why).toMatch(/budget of steps/);
    expect(kinds(still)).toEqual(["exact-kkt", "direction-bound", "duality-gap"]);
    const behind = await check(towards(() => 2));
    expect(kinds(behind)).toEqual(["counterexample", "exact-kkt", "direction-bound"]); // no margin, no gap
    const rising = await check(towards((M) => 0.2 + M / 1000));
    expect(rising.finding.why).toMatch(/not falling yet/);
  });
});

describe("a tolerance at the bounds of the angle themselves", () => {
  const bounds = (made: Made): { lower: number; upper: number } => {
    const { angle } = fakeBench(made).directionBound();
    return { lower: certifiedAngle(angle.lower), upper: certifiedAngle(angle.upper) };
  };

  it("the upper bound may be the tolerance, and no more", async () => {
    const made = towards((M) => 0.5 / M);
    const { lower, upper } = bounds(made);
    expect(lower).toBeLessThan(upper);
    const angles = made.angles.map(({ M, value }) => ({ M, value: value * 0.9 }));
    expect(await outcome({ ...made, angles, case: { tolerance: upper } })).toBe("supports");
    expect(await outcome({ ...made, angles, case: { tolerance: lower } })).toBe("silent");
  });

  it("the lower bound must be above it to contradict", async () => {
    const made = towards((M) => 0.4 + 0.001 * (64 / M - 1));
    const { lower } = bounds(made);
    expect(await outcome({ ...made, case: { tolerance: lower } })).toBe("silent");
    expect(await outcome({ ...made, case: { tolerance: lower * (1 - 1e-15) } })).toBe("contradicts");
  });
});

describe("a run without a direction", () => {
  it("is silent on data that are not separable, with no certificate", async () => {
    const made = {
      ...towards((M) => 0.5 / M),
      X: [
        [1, 0],
        [-1, 0],
      ] as Rows,
    };
    const { finding, certificates } = await check(made);
    expect(finding).toMatchObject({ outcome: "silent", why: "the data are not separable" });
    expect(certificates).toEqual([]);
  });

  it("is silent where the predictor is 0", async () => {
    const zero = trajectory([], { last: snapshot(0, { beta: Float64Array.of(0, 0) }), stop: "zero-gradient" });
    const { finding, certificates } = await check({ run: zero });
    expect(finding).toMatchObject({ outcome: "silent" });
    expect(finding.why).toMatch(/the predictor is 0/);
    expect(certificates.map((c) => c.kind)).toEqual(["exact-kkt"]); // the prediction that is shown has its certificate
    const half = trajectory([], { last: snapshot(0, { beta: Float64Array.of(0, 1) }) });
    expect((await check({ run: half })).certificates).not.toEqual([]);
  });
});

describe("a small margin", () => {
  it.each([
    [99, false],
    [101, true],
  ] as const)("of 1/%d of the largest point is named as a reason for slowness: %s", async (ratio, named) => {
    const last = snapshot(2, { beta: at(0.1), weights: Float64Array.of(0.5, 0.5) });
    const rows = [
      [ratio, 1],
      [-1, 1],
    ];
    for (const [X, scale] of [
      [rows, 1n],
      [[...rows].reverse(), 1n],
      [rows, 1000n],
    ] as const) {
      const { why } = (await check({ X, scale, run: trajectory([last]) })).finding;
      expect(/the best margin is only 0\.0099 of the largest point/.test(why)).toBe(named);
      expect(/best margin/.test(why)).toBe(named);
    }
  });
});

describe("simplexOf", () => {
  it("is the weights over their sum, exactly", () => {
    expect(simplexOf(Float64Array.of(0.25, 0.25, 1))).toEqual({ n: [1n, 1n, 4n], d: 6n });
    const { n, d } = simplexOf(Float64Array.of(0.1, 0.2, 0.3));
    expect(n.reduce((a, b) => a + b, 0n)).toBe(d);
    expect(n.every((x) => x >= 0n)).toBe(true);
  });
});

describe("dualityGap", () => {
  it("needs only that z(q) is not 0, whatever its entries are", () => {
    expect(certifiedAngle(gapOf([1, 1], [1, 0])!.angle.upper)).toBeCloseTo(Math.acos(1 / (Math.SQRT2 * 2)), 10);
    expect(gapOf([1, 1], [1], [[1, 1]])).not.toBeNull();
  });

  const X = [
    [2, 0],
    [0, 1],
  ] as const;
  const gapOf = (beta: readonly number[], weights: readonly number[], rows: Rows = X) => {
    const last = snapshot(2, { beta: Float64Array.from(beta), weights: Float64Array.from(weights) });
    return dualityGap(fakeBench({ X: rows, run: trajectory([last]) as Trajectory }));
  };

  it("is the angle whose cosine is margin / (|u| |z(q)|), and the judge accepts it", () => {
    // u = (1, 1), margins 2 and 1; q = (1/4, 3/4), z = (1/2, 3/4).
    const gap = gapOf([1, 1], [0.25, 0.75])!;
    expect(certifiedAngle(gap.angle.upper)).toBeCloseTo(Math.acos(1 / (Math.SQRT2 * Math.hypot(0.5, 0.75))), 10);
    expect(gap.q).toEqual(["1/4", "3/4"]);
    expect(judge(gap)).toMatchObject({ accepted: true });
  });

  it("is nearly 0 at the optimum with its own multipliers", () => {
    // Optimum (1/2, 1), multipliers 1/4 and 1.
    expect(certifiedAngle(gapOf([0.5, 1], [0.2, 0.8])!.angle.upper)).toBeLessThan(1e-12);
  });

  it("does not exist while the reached predictor does not separate the data", () => {
    expect(gapOf([1, -1], [0.5, 0.5])).toBeNull();
    expect(gapOf([1, 0], [0.5, 0.5])).toBeNull();
    expect(gapOf([1, 1e-3], [0.5, 0.5])).not.toBeNull();
    expect(
      gapOf(
        [1, 0],
        [0.5, 0.5],
        [
          [1, 0],
          [-1, 0],
        ],
      ),
    ).toBeNull();
  });
});
