/** Two runs at equal loss: the largest angle between them, over the part asked for, and never an angle that nobody took. */
import { describe, expect, it } from "vitest";
import type { Snapshot } from "../../../src/engine/descent.js";
import { type CompareRange, compareRuns } from "../../../src/verify/compare-runs.js";
import { at, snapshot } from "./fake-bench.js";

const ALL: CompareRange = { from: 0, limit: Number.POSITIVE_INFINITY };
const straight = (...Ms: readonly number[]): Snapshot[] => Ms.map((M) => snapshot(M, { beta: at(0) }));
const turned = (M: number, angle: number): Snapshot => snapshot(M, { beta: at(angle) });

/** The comparison, and the log(1/loss) at which the companion was told to end. */
function against(first: readonly Snapshot[], second: readonly Snapshot[], range = ALL) {
  let endedAt: number | null = null;
  let trained = 0;
  const { angle, upTo } = compareRuns(first, range, (observe) => {
    trained += 1;
    for (const s of second)
      if (observe(s)) {
        endedAt = s.logInverseLoss;
        return;
      }
  });
  return { angle, upTo, endedAt, trained };
}

describe("compareRuns", () => {
  it("takes the largest angle, wherever it is", () => {
    for (const angles of [
      [0.3, 0.1, 0.2],
      [0.1, 0.3, 0.2],
      [0.1, 0.2, 0.3],
    ]) {
      const { angle, upTo, endedAt } = against(
        straight(1, 2, 4),
        angles.map((a, i) => turned(2 ** i, a)),
      );
      expect(angle).toBeCloseTo(0.3, 12);
      expect([upTo, endedAt]).toEqual([4, 4]);
    }
  });

  it("ends the companion where the first run ends, and not before", () => {
    expect(against(straight(1, 2, 4), [turned(1, 0), turned(2, 0), turned(4.1, 0), turned(8, 0)])).toMatchObject({
      upTo: 4.1,
      endedAt: 4.1,
    });
    expect(against(straight(1, 2, 4), [turned(1, 0), turned(2, 0), turned(3.9, 0)])).toMatchObject({
      upTo: 3.9,
      endedAt: null,
    });
  });

  it("compares at equal loss only: within 10 % of log(1/loss), both ways", () => {
    expect(against(straight(10), [turned(10.9, 0.1)]).upTo).toBe(10.9);
    expect(against(straight(10), [turned(11.1, 0.1)])).toMatchObject({ angle: Number.NaN, upTo: 0 });
    expect(against(straight(10), [turned(9.2, 0.1)]).upTo).toBe(9.2);
    for (const [M, twin] of [
      [10, 10 * 1.1],
      [10 * 1.1, 10],
    ] as const)
      expect(against(straight(M), [turned(twin, 0.1)]).upTo).toBe(twin);
    expect(against(straight(10), [turned(9, 0.1)])).toMatchObject({ angle: Number.NaN, upTo: 0 });
  });

  it("skips thresholds that one of the two stepped over", () => {
    const first = [turned(1, 0), turned(2, 0.5), turned(4, 0)];
    expect(against(first, [turned(1, 0), turned(4, 0.01)]).angle).toBeCloseTo(0.01, 12);
    expect(against(straight(1, 4), [turned(1, 0), turned(2, 0.5), turned(4, 0.01)]).angle).toBeCloseTo(0.01, 12);
  });

  it("compares the part asked for, its ends included", () => {
    const second = [turned(1, 0.4), turned(2, 0.1), turned(4, 0.2), turned(8, 0.5)];
    const part = against(straight(1, 2, 4, 8), second, { from: 2, limit: 4 });
    expect(part.angle).toBeCloseTo(0.2, 12);
    expect(part).toMatchObject({ upTo: 4, endedAt: 4 });
    expect(against(straight(1, 2, 4, 8), second, { from: 2, limit: 3.9 }).angle).toBeCloseTo(0.1, 12);
    expect(against(straight(1, 2, 4, 8), second, { from: 2.1, limit: 4 }).angle).toBeCloseTo(0.2, 12);
    expect(against(straight(1, 2, 4, 8), second, { from: 0, limit: 1 }).angle).toBeCloseTo(0.4, 12);
  });

  it("trains no companion where there is nothing to compare", () => {
    for (const [first, range] of [
      [[], ALL],
      [straight(1, 2), { from: Number.POSITIVE_INFINITY, limit: Number.POSITIVE_INFINITY }],
      [straight(4), { from: 0, limit: 3 }],
      [[snapshot(1, { beta: Float64Array.of(0, 0) })], ALL],
      [[snapshot(1, { beta: Float64Array.of(Number.NaN, 0) })], ALL],
    ] as const)
      expect(against(first, straight(1, 2), range)).toEqual({ angle: Number.NaN, upTo: 0, endedAt: null, trained: 0 });
  });

  it("an empty companion shows no angle, and no agreement", () => {
    expect(against(straight(1, 2), [])).toMatchObject({ angle: Number.NaN, upTo: 0, trained: 1 });
  });

  it("an angle that cannot be taken is not forgotten, wherever it is", () => {
    const lost = (i: number) =>
      [0.3, 0.2, 0.1].map((a, k) => (k === i ? snapshot(2 ** k, { beta: Float64Array.of(0, 0) }) : turned(2 ** k, a)));
    for (const i of [0, 1, 2])
      expect(against(straight(1, 2, 4), lost(i))).toMatchObject({ angle: Number.NaN, upTo: 4 });
  });
});
