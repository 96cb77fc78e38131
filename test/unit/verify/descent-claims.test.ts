/** What descent with bounded steps shows: that it follows the flow, and its own rate; each silent where it shows nothing. */
import { describe, expect, it } from "vitest";
import type { Snapshot } from "../../../src/engine/descent.js";
import { fullyConnected } from "../../../src/models/architectures/fully-connected.js";
import { agreesWithFlow } from "../../../src/verify/claims/agrees-with-flow.js";
import { lossRate, rateRatio } from "../../../src/verify/claims/loss-rate.js";
import type { Comparison } from "../../../src/verify/compare-runs.js";
import type { ClaimResult } from "../../../src/verify/theorem.js";
import { fakeBench, snapshot, trajectory } from "./fake-bench.js";

describe("agrees-with-flow", () => {
  const check = (againstFlow: Comparison | undefined, boundSteps = 190): Promise<ClaimResult> => {
    const run = trajectory([snapshot(9, { boundSteps: 99 })], { last: snapshot(10, { boundSteps }), steps: 200 });
    return agreesWithFlow.check(fakeBench({ run, ...(againstFlow === undefined ? {} : { againstFlow }) }));
  };
  const silent = (why: RegExp) => ({
    finding: { claim: "agrees-with-flow", outcome: "silent", why: expect.stringMatching(why) },
    certificates: [],
  });

  it.each([0, 0.049, 0.05])("within %d rad at equal loss: observed", async (angle) => {
    expect(await check({ angle, upTo: 9 })).toEqual({
      finding: {
        claim: "agrees-with-flow",
        outcome: "supports",
        evidence: "observed",
        why: expect.stringMatching(/loss-normalized descent, up to log\(1\/loss\) = 9\.00; .* 95 % of its steps/),
      },
      certificates: [],
    });
  });

  it("is silent, and refutes nothing, where the two differ or were not compared", async () => {
    expect(await check({ angle: 0.0501, upTo: 9 })).toEqual(silent(/within 0\.0501 rad/));
    expect(await check({ angle: Number.NaN, upTo: 9 })).toEqual(silent(/NaN/));
    expect(await check({ angle: 0, upTo: 0 })).toEqual(silent(/too short to compare/));
    expect(await check({ angle: Number.NaN, upTo: 0 })).toEqual(silent(/too short to compare/));
  });

  it("does not compare a run with itself: where its bound never limited a step it is silent", async () => {
    expect(await check(undefined, 0)).toEqual(silent(/never limited a step/));
    expect((await check({ angle: 0, upTo: 9 }, 1)).finding.outcome).toBe("supports");
  });
});

/** log(1/loss) in steps of 2^(1/4), and the sum of steps at which it is there. */
const points = (time: (M: number) => number, to = 30, boundSteps: (M: number) => number = () => 1): Snapshot[] =>
  Array.from({ length: 40 }, (_, i) => to * 2 ** ((i - 39) / 4))
    .filter((M) => M > 0.5)
    .map((M) => snapshot(M, { time: time(M), boundSteps: boundSteps(M) }));

/** Snapshots a unit of log(1/loss) apart: then the speeds are over exactly one unit. */
const units = (time: (M: number) => number, to = 30): Snapshot[] =>
  Array.from({ length: to }, (_, i) => snapshot(i + 1, { time: time(i + 1), boundSteps: 1 }));

/** t(M) for loss = 1 / (t (log t)^a), by bisection of M = log t + a log log t. */
function rateTime(M: number, a: number): number {
  let [low, high] = [1.0001, 2 * M + 2];
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (middle + a * Math.log(middle) < M) low = middle;
    else high = middle;
  }
  return Math.exp(low);
}

describe("rateRatio", () => {
  it.each([1, 2, 3, 4])("degree %d: is 1 where e^M M^-(2 - 2/L) grows at a constant speed", (degree) => {
    const a = 2 - 2 / degree;
    for (const scale of [1, 1e-6, 1e9]) {
      const time = (M: number): number => scale * (Math.exp(M) * M ** -a - 5);
      expect(rateRatio(units(time), degree)).toBeCloseTo(1, 9);
      expect(rateRatio(points(time), degree)).toBeCloseTo(1, 9);
    }
  });

  it.each([
    1, 2, 3, 4,
  ])("degree %d: is near 1 for the loss 1/(t (log t)^(2 - 2/L)), and not for another power", (degree) => {
    const a = 2 - 2 / degree;
    const ratio = (power: number): number =>
      rateRatio(
        units((M) => rateTime(M, power), 14),
        degree,
      )!;
    expect(Math.abs(Math.log(ratio(a)))).toBeLessThan(0.03);
    expect(Math.abs(Math.log(ratio(a + 1)))).toBeGreaterThan(0.05);
  });

  it.each([
    ["t^-2", (M: number) => Math.exp(M / 2), Math.exp(1 / 2)],
    ["t^-1/2", (M: number) => Math.exp(2 * M), Math.exp(-1)],
  ] as const)("is off by a constant factor for a loss like %s", (_name, time, factor) => {
    expect(rateRatio(units(time), 1)).toBeCloseTo(factor, 9);
    expect(rateRatio(units(time, 300), 3)! / factor).toBeCloseTo(1, 1);
  });

  it("takes the speeds over the last two units: from the last snapshots at least a unit back", () => {
    // Constant speed but for one snapshot; it is read only where it is one of the three.
    const time = (M: number): number => Math.exp(M);
    const off = (at: number): number => {
      const three = [10, 10.4, 11, 11.4, 12].map((M) =>
        snapshot(M, { time: time(M) * (M === at ? 1.01 : 1), boundSteps: 1 }),
      );
      return Math.abs(rateRatio(three, 1)! - 1);
    };
    for (const M of [10, 11, 12]) expect(off(M)).toBeGreaterThan(1e-3);
    for (const M of [10.4, 11.4]) expect(off(M)).toBeLessThan(1e-9);
  });

  it("is seen where the time between two snapshots is huge", () => {
    expect(
      rateRatio(
        units((M) => Math.exp(M), 700),
        1,
      ),
    ).toBeCloseTo(1, 9);
  });

  it("is null where the run is too short, or the time overflowed", () => {
    expect(rateRatio([], 1)).toBeNull();
    const at = (...Ms: readonly number[]) => Ms.map((M) => snapshot(M, { time: Math.exp(M), boundSteps: 1 }));
    expect(rateRatio(at(9), 1)).toBeNull();
    expect(rateRatio(at(8, 9), 1)).toBeNull();
    expect(rateRatio(at(7.5, 8, 9), 1)).toBeNull();
    expect(rateRatio(at(7, 8, 9), 1)).toBeCloseTo(1, 9);
    expect(rateRatio(at(0, 1.2, 2.3), 1)).toBeNull();
    expect(rateRatio(at(0.1, 1.2, 2.3), 1)).toBeCloseTo(1, 9);
    const overflown = [...at(7, 8), snapshot(9, { time: Number.POSITIVE_INFINITY, boundSteps: 1 })];
    expect(rateRatio(overflown, 1)).toBeNull();
  });

  it("is null unless the optimizer's own bound limited steps since before those two units", () => {
    const time = (M: number): number => Math.exp(M);
    const from = (M0: number) => points(time, 32, (M) => (M >= M0 ? 1 : 0));
    expect(rateRatio(from(32), 1)).toBeNull();
    expect(rateRatio(from(25), 1)).toBeNull();
    expect(rateRatio(from(22), 1)).toBeCloseTo(1, 9);
  });
});

describe("loss-rate", () => {
  const check = (time: (M: number) => number, degree = 1): Promise<ClaimResult> => {
    const run = trajectory(units(time, 12), {});
    const P = fullyConnected.build({ dim: 2, depth: degree });
    return lossRate.check(fakeBench({ run, P }));
  };
  /** e^M grows at a speed that changes by `factor` in the last unit. */
  const bent = (factor: number) => (M: number) =>
    M < 12 ? Math.exp(M) : Math.exp(11) + (Math.exp(12) - Math.exp(11)) / factor;

  it.each([
    [1, "supports"],
    [Math.exp(0.099), "supports"],
    [Math.exp(0.101), "silent"],
    [Math.exp(-0.099), "supports"],
    [Math.exp(-0.101), "silent"],
  ] as const)("a speed that changes by a factor of %d: %s", async (factor, outcome) => {
    const { finding, certificates } = await check(bent(factor));
    expect(finding).toMatchObject({ claim: "loss-rate", outcome });
    expect(finding.why).toMatch(`by a factor of ${factor.toPrecision(3)}`);
    expect("evidence" in finding ? finding.evidence : null).toBe(outcome === "supports" ? "observed" : null);
    expect(certificates).toEqual([]);
  });

  it("is that of the network's degree", async () => {
    const cubic = (M: number): number => Math.exp(M) * M ** (-4 / 3);
    expect((await check(cubic, 3)).finding.outcome).toBe("supports");
    expect((await check(cubic, 1)).finding.outcome).toBe("silent");
  });

  it("is silent where there is no rate to see, or one that is not a number", async () => {
    const none = await lossRate.check(fakeBench({ run: trajectory([snapshot(9)]) }));
    expect(none.finding).toMatchObject({ outcome: "silent", why: expect.stringMatching(/no rate is seen/) });
    expect((await check(() => 1)).finding.outcome).toBe("silent");
    expect((await check((M) => -Math.exp(M) * (M > 11.5 ? 1 : -1))).finding.outcome).toBe("silent");
  });

  it("is silent for a map without a degree", async () => {
    const run = trajectory(units((M) => Math.exp(M), 12));
    const P = { ...fullyConnected.build({ dim: 2, depth: 1 }), degree: null };
    const { finding, certificates } = await lossRate.check(fakeBench({ run, P }));
    expect(finding).toMatchObject({ outcome: "silent", why: expect.stringMatching(/not homogeneous/) });
    expect(certificates).toEqual([]);
  });

  it("counts the end of the run, also where it is no snapshot", async () => {
    const [last, ...rest] = units((M) => Math.exp(M), 12).reverse() as [Snapshot, ...Snapshot[]];
    const run = trajectory(rest.reverse(), { last: { ...last, time: 2 * last.time } });
    expect((await lossRate.check(fakeBench({ run }))).finding.outcome).toBe("silent");
  });
});
