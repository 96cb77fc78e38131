/** Does a direction settle? Read off directions that turn by known amounts, so that what is still to turn is known. */
import { describe, expect, it } from "vitest";
import type { Snapshot } from "../../../src/engine/descent.js";
import {
  gradientOf,
  parametersOf,
  predictorOf,
  REMAINING,
  readCalming,
  readSettling,
  steadyRemaining,
} from "../../../src/verify/settling.js";
import { at, snapshot, thresholds } from "./fake-bench.js";

/** Parameters at the angle phi(M) of the plane, at powers of 2^(1/4). */
const turning = (phi: (M: number) => number, from: number, octaves: number): Snapshot[] =>
  thresholds(from, octaves).map((M) => snapshot(M, { parameters: at(phi(M)) }));

/** Parameters that turn by the given angles from one octave to the next, starting at log(1/loss) = 1. */
function octavesTurning(...turns: readonly number[]): Snapshot[] {
  let phi = 0;
  return [0, ...turns].map((turn, i) => {
    phi += turn;
    return snapshot(2 ** i, { parameters: at(phi) });
  });
}

const settles = (points: readonly Snapshot[], tolerance = 0.1) => readSettling(points, parametersOf, tolerance);

it("each direction is its own part of a snapshot", () => {
  const s = snapshot(1);
  expect(parametersOf(s)).toBe(s.parameters);
  expect(predictorOf(s)).toBe(s.beta);
  expect(gradientOf(s)).toBe(s.residual);
});

it("what is still to turn may be two tolerances", () => {
  expect(REMAINING).toBe(2);
});

describe("readSettling", () => {
  it.each([
    1,
    1 / 2,
    1 / 4,
  ])("a direction that turns like M^-%d has as much still to turn as it is from its limit", (a) => {
    const points = turning((M) => 0.4 * M ** -a, 2, 6);
    const limit = 0.4 * 128 ** -a;
    const { turned, remaining } = settles(points);
    expect(turned).toBeCloseTo(0.4 * (64 ** -a - 128 ** -a), 12);
    expect(remaining).toBeCloseTo(limit, 11);
    expect(settles(points, limit * 1.001).settled).toBe(true);
    expect(settles(points, limit * 0.999).settled).toBe(false);
    expect(settles(points, remaining).settled).toBe(true);
  });

  it("needs two octaves: one turn alone does not tell whether it shrinks", () => {
    expect(settles([])).toEqual({ settled: false, turned: null, remaining: Number.POSITIVE_INFINITY });
    expect(settles(octavesTurning())).toMatchObject({ settled: false, turned: null });
    const one = settles(octavesTurning(0.01));
    expect(one.turned).toBeCloseTo(0.01, 12);
    expect(one).toMatchObject({ settled: false, remaining: Number.POSITIVE_INFINITY });
    expect(settles(octavesTurning(0.02, 0.01))).toMatchObject({ settled: true });
  });

  it("a turning that grows, or goes on, is never settled, however small", () => {
    expect(settles(octavesTurning(1e-6, 2e-6), 1)).toMatchObject({
      settled: false,
      remaining: Number.POSITIVE_INFINITY,
    });
    expect(settles(octavesTurning(4e-6, 1e-6, 2e-6), 1).settled).toBe(false);
    expect(
      settles(
        turning((M) => 0.1 * Math.log2(M), 1, 6),
        10,
      ).settled,
    ).toBe(false);
  });

  it("a turning of rounding size is settled, whatever it did before", () => {
    expect(settles(octavesTurning(0, 0), 1e-30)).toEqual({ settled: true, turned: 0, remaining: 0 });
    const small = settles(octavesTurning(1e-10, 0.99e-9), 1e-30);
    expect(small.settled).toBe(true);
    expect(small.remaining).toBe(small.turned);
    expect(settles(octavesTurning(1e-10, 1.01e-9), 1e-3).settled).toBe(false);
  });

  it("an octave is taken with 5 % of slack, and no more", () => {
    const path = (late: number) =>
      [1 * late, 2 * late, 4].map((M, i) => snapshot(M, { parameters: at([0, 0.02, 0.03][i]!) }));
    for (const late of [1.04, 1.05]) expect(settles(path(late)).turned).toBeCloseTo(0.01, 12);
    expect(settles(path(1.05)).remaining).toBeCloseTo(0.01, 12);
    expect(settles(path(1.06)).turned).toBeCloseTo(0.03, 12);
    // and the turn of the octave before likewise
    const four = (late: number) => [1, 2 * late, 4].map((M, i) => snapshot(M, { parameters: at([0, 0.02, 0.03][i]!) }));
    expect(settles(four(1.04)).remaining).toBeCloseTo(0.01, 12);
  });

  it("is compared with the last point an octave back, not the first", () => {
    const points = turning((M) => 1 / M, 1, 4);
    expect(settles(points).turned).toBeCloseTo(1 / 16, 12);
  });

  it("a vector that is zero or not a number has no direction", () => {
    for (const v of [Float64Array.of(0, 0), Float64Array.of(Number.NaN, 1)]) {
      const none = [1, 2, 4, 8].map((M) => snapshot(M, { parameters: v }));
      expect(settles(none)).toMatchObject({ settled: false, turned: null });
      const [a, b, c] = octavesTurning(0.02, 0.01) as [Snapshot, Snapshot, Snapshot];
      expect(settles([snapshot(1, { parameters: v }), b, c])).toMatchObject({ settled: false });
      expect(settles([snapshot(1, { parameters: v }), b]).turned).toBeNull();
      const last = settles([a, b, snapshot(4, { parameters: v })]);
      expect(last.turned).toBeCloseTo(0.02, 12);
    }
  });
});

describe("steadyRemaining", () => {
  const remaining = (...turns: readonly number[]) => steadyRemaining(octavesTurning(...turns), parametersOf);

  it("goes on as slowly as in the slowest of the last octaves", () => {
    expect(remaining(0.2, 0.18, 0.018)).toBeCloseTo((0.018 * 0.9) / 0.1, 11);
    expect(remaining(0.2, 0.02, 0.018)).toBeCloseTo((0.018 * 0.9) / 0.1, 11);
    expect(remaining(0.2, 0.1, 0.05)).toBeCloseTo(0.05, 11);
  });

  it("looks three octaves back and no further", () => {
    expect(remaining(0.01, 0.2, 0.1, 0.05)).toBeCloseTo(0.05, 11);
  });

  it("is infinite where there are fewer than three octaves, or the turning grew in one of them", () => {
    for (const turns of [[], [0.1], [0.1, 0.05], [0.1, 0.2, 0.05], [0.2, 0.1, 0.15]])
      expect(remaining(...turns)).toBe(Number.POSITIVE_INFINITY);
    expect(steadyRemaining([], parametersOf)).toBe(Number.POSITIVE_INFINITY);
  });

  it("turning of rounding size is no growth, and the error bar is never below it", () => {
    expect(remaining(0, 0, 0)).toBe(1e-9);
    expect(remaining(1e-12, 5e-12, 9e-12)).toBe(1e-9);
    expect(remaining(1e-12, 0.1, 0.05)).toBe(Number.POSITIVE_INFINITY);
    expect(remaining(2e-9, 1.5e-9, 1.4e-9)).toBeGreaterThan(1.5e-8);
    expect(remaining(0.5e-9, 1.1e-9, 0.5e-9)).toBe(Number.POSITIVE_INFINITY);
    expect(remaining(1e-3, 1e-10, 2e-10)).toBe(1e-9);
  });

  it("takes its octaves with 5 % of slack, and no more", () => {
    const path = (late: number) =>
      [1 * late, 2 * late, 4 * late, 8].map((M, i) => snapshot(M, { parameters: at([0, 0.04, 0.06, 0.07][i]!) }));
    expect(steadyRemaining(path(1), parametersOf)).toBeCloseTo(0.01, 11);
    for (const late of [1.04, 1.05]) expect(steadyRemaining(path(late), parametersOf)).toBeCloseTo(0.01, 11);
    expect(steadyRemaining(path(1.06), parametersOf)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("readCalming", () => {
  const calm = (...turns: readonly number[]) => readCalming(octavesTurning(...turns), parametersOf, 0.1);

  it("a turn within the tolerance is calm, whether it falls or not", () => {
    expect(calm(0.01, 0.099)).toMatchObject({ settled: true });
    expect(calm(0.01, 0.101)).toMatchObject({ settled: false });
    const exactly = calm(0.05).turned!;
    expect(readCalming(octavesTurning(0.05), parametersOf, exactly).settled).toBe(true);
  });

  it("so is a larger one that fell over two octaves, and not over one", () => {
    expect(calm(0.8, 0.5, 0.3)).toMatchObject({ settled: true });
    expect(calm(0.4, 0.5, 0.3)).toMatchObject({ settled: false });
    expect(calm(0.5, 0.3)).toMatchObject({ settled: false });
    expect(calm(0.8, 0.5, 0.5)).toMatchObject({ settled: false });
  });

  it("says by how much it turned, and nothing of a run that is too short", () => {
    const reading = calm(0.5, 0.3);
    expect(reading.turned).toBeCloseTo(0.3, 12);
    expect(reading.remaining).toBe(reading.turned);
    expect(calm()).toEqual({ settled: false, turned: null, remaining: Number.POSITIVE_INFINITY });
  });
});
