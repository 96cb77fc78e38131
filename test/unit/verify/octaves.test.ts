/** Reading limits off synthetic curves of log(1/loss), where the limit is known. */
import { describe, expect, it } from "vitest";
import { OCTAVES } from "../../../src/kernel/tolerance.js";
import { goalMet, readAngles, settles } from "../../../src/verify/goal.js";
import { neededLogInverseLoss, readOctaves, type Sample } from "../../../src/verify/octaves.js";

/** Samples where M crosses powers of 2^(1/4) from 1 to 2^octaves; each sits up to `late` beyond its threshold. */
function sampled(value: (M: number) => number, octaves: number, late = 0): Sample[] {
  return Array.from({ length: 4 * octaves + 1 }, (_, i) => {
    const M = 2 ** (i / 4) * (1 + late * ((i * 0.618) % 1));
    return { M, value: value(M) };
  });
}

const POWERS = [1, 1 / 2, 1 / 4] as const;

describe("a curve M^-a", () => {
  it.each(POWERS)("a = %d: falls over every octave, to 0, with its exponent", (a) => {
    const samples = sampled((M) => M ** -a, 12);
    const reading = readOctaves(samples, 0);
    expect(reading.octaves).toBe(12);
    expect(reading.exponent).toBeCloseTo(a, 12);
    expect(reading.remainder).toBeLessThan(1e-12 * reading.last);
    expect(reading.last).toBe(samples[48]!.value);
  });

  it.each(POWERS)("a = %d: tells where it reaches a target", (a) => {
    const samples = sampled((M) => M ** -a, 12);
    for (const target of [1e-2, 1e-3]) {
      const needed = neededLogInverseLoss(readOctaves(samples, 0), samples[48]!.M, target);
      expect(needed! / target ** (-1 / a)).toBeCloseTo(1, 9);
    }
  });

  it.each(POWERS)("a = %d: the same to a few percent with samples that are late", (a) => {
    const samples = sampled((M) => M ** -a, 12, 0.04);
    const reading = readOctaves(samples, 0);
    expect(reading.octaves).toBeGreaterThanOrEqual(11);
    expect(Math.abs(reading.exponent! / a - 1)).toBeLessThan(0.1);
    expect(reading.remainder).toBeLessThan(0.35 * reading.last);
  });

  it("meets a goal once it is below it, and not before", () => {
    const samples = sampled((M) => 1 / M, 12);
    for (let k = 1; k <= samples.length; k++) {
      const seen = samples.slice(0, k);
      expect(goalMet(seen, 0.05)).toBe(seen[k - 1]!.value <= 0.05);
    }
  });
});

describe("a curve that falls to a plateau", () => {
  it.each(POWERS)("c + M^-%d: its remainder is the plateau, not 0", (a) => {
    for (const plateau of [0.3, 0.05, 1e-3]) {
      const reading = readOctaves(
        sampled((M) => plateau + M ** -a, 12),
        0,
      );
      expect(reading.octaves).toBe(12);
      expect(reading.remainder! / plateau).toBeCloseTo(1, 6);
    }
  });

  it.each(POWERS)("c + M^-%d does not settle below its plateau, however long it falls", (a) => {
    const samples = sampled((M) => 0.05 + M ** -a, 20);
    for (let k = 12; k <= samples.length; k++) {
      const reading = readAngles(samples.slice(0, k), 0.04);
      expect(settles(reading, 0.04)).toBe(false);
    }
    expect(settles(readAngles(samples, 0.09), 0.09)).toBe(true);
  });

  it("stays near the plateau with samples that are late", () => {
    const reading = readOctaves(
      sampled((M) => 0.2 + 1 / M, 10, 0.04),
      0,
    );
    expect(reading.remainder! / 0.2).toBeCloseTo(1, 2);
  });

  it("that is reached within rounding is its own remainder", () => {
    const flat = sampled((M) => 0.3 + 2 ** (-M / 4), 12);
    expect(readOctaves(flat, 0).remainder).toBe(0.3);
    expect(settles(readAngles(flat, 0.1), 0.1)).toBe(false);
  });

  it("slower than any power is not extrapolated to 0", () => {
    const reading = readOctaves(
      sampled((M) => 1 / Math.log2(4 * M), 16),
      0,
    );
    expect(reading.remainder).toBeGreaterThan(reading.last / 4);
    expect(reading.remainder).toBeLessThan(reading.last);
  });
});

describe("curves that say little", () => {
  it("constant above the floor: nothing falls, the remainder is the constant", () => {
    const reading = readOctaves(
      sampled(() => 0.2, 8),
      1e-3,
    );
    expect(reading).toEqual({ octaves: 0, remainder: 0.2, exponent: null, last: 0.2 });
    expect(neededLogInverseLoss(reading, 256, 0.1)).toBeNull();
  });

  it("constant below the floor: as far as anyone can see it is there", () => {
    const samples = sampled(() => 1e-9, 8);
    expect(readOctaves(samples, 1e-3)).toEqual({ octaves: 8, remainder: 1e-9, exponent: null, last: 1e-9 });
    expect(goalMet(samples, 0.1)).toBe(true);
    expect(
      readOctaves(
        sampled(() => 0, 8),
        0,
      ).octaves,
    ).toBe(8);
  });

  it("falling, then up and down below the floor: still counts as there", () => {
    const samples = sampled((M) => (M < 16 ? 1 / M : 1e-5 * (1 + (Math.round(4 * Math.log2(M)) % 8) / 8)), 10);
    expect(readOctaves(samples, 1e-3).octaves).toBe(10);
    expect(readOctaves(samples, 1e-6).octaves).toBeLessThan(OCTAVES.value);
  });

  it("rising: no octave, no exponent, no hope, and a remainder no less than what is seen", () => {
    for (const value of [(M: number) => M, (M: number) => 0.5 - 0.4 / M, (M: number) => Math.log2(2 * M)]) {
      const samples = sampled(value, 8);
      const reading = readOctaves(samples, 0);
      expect(reading.octaves).toBe(0);
      expect(reading.exponent).toBeNull();
      expect(reading.remainder).toBeGreaterThanOrEqual(reading.last);
      expect(neededLogInverseLoss(reading, 256, 0.01)).toBeNull();
      expect(goalMet(samples, 10)).toBe(false);
    }
  });

  it("oscillating from octave to octave: at most one octave, the remainder is the last value", () => {
    for (const phase of [0, 1]) {
      const samples = sampled((M) => 0.2 + 0.1 * (-1) ** (Math.floor(Math.log2(M) + 1e-9) + phase), 9);
      const reading = readOctaves(samples, 0);
      expect(reading.octaves).toBeLessThanOrEqual(1);
      expect(reading.remainder).toBe(reading.last);
      expect(goalMet(samples, 0.35)).toBe(false);
    }
  });

  it("rising at the end after a long fall: no octave", () => {
    const samples = sampled((M) => (M < 200 ? 1 / M : 0.02), 9);
    expect(readOctaves(samples, 0).octaves).toBe(0);
    expect(goalMet(samples, 0.05)).toBe(false);
  });

  it("short: no remainder before there are three octave points, and no goal before three octaves", () => {
    const samples = sampled((M) => 1e-3 / M, 4);
    for (let k = 1; k <= samples.length; k++) {
      const reading = readOctaves(samples.slice(0, k), 0);
      const octaves = Math.floor((k - 1) / 4);
      expect(reading.octaves).toBe(octaves);
      expect(reading.remainder === null).toBe(octaves < 2);
      expect(reading.exponent === null).toBe(octaves < 1);
      expect(goalMet(samples.slice(0, k), 0.1)).toBe(octaves >= OCTAVES.value);
    }
  });

  it("above the floor after it was below: rising, not there", () => {
    const samples = sampled((M) => (M < 200 ? 0.5e-3 : 2e-3), 8);
    expect(readOctaves(samples, 1e-3).octaves).toBe(0);
    expect(readOctaves(samples, 3e-3).octaves).toBe(8);
  });

  it("exactly 0 at the end: it fell, with no exponent", () => {
    const samples = sampled((M) => (M < 200 ? 1 / M : 0), 8);
    expect(readOctaves(samples, 0)).toMatchObject({ octaves: 8, exponent: null, last: 0 });
  });

  it("at values of log(1/loss) that have no octaves: nothing is read but the end", () => {
    for (const [from, to] of [
      [0, 8],
      [-1, 8],
      [1, Number.POSITIVE_INFINITY],
      [Number.NaN, 8],
      [1, Number.NaN],
    ] as const) {
      const samples = [from, 4, to].map((M, i) => ({ M, value: 1 / 2 ** i }));
      expect(readOctaves(samples, 0)).toEqual({ octaves: 0, remainder: null, exponent: null, last: 0.25 });
    }
  });

  it("late by 5 %, and no more: still the same octave", () => {
    const late = (M: number) =>
      readOctaves(
        [
          { M: 1, value: 0.9 },
          { M, value: 0.5 },
          { M: 4, value: 0.4 },
        ],
        0,
      ).octaves;
    expect([late(2), late(2.1), late(2.11)]).toEqual([2, 2, 1]);
  });

  it("nothing at all", () => {
    expect(readOctaves([], 0)).toEqual({ octaves: 0, remainder: null, exponent: null, last: Number.NaN });
    expect(goalMet([], 0.1)).toBe(false);
    expect(readOctaves([{ M: 5, value: 0.3 }], 0)).toEqual({ octaves: 0, remainder: null, exponent: null, last: 0.3 });
  });

  it("a value that is not a number never counts as fallen, and never meets a goal", () => {
    const samples = sampled((M) => (M > 100 ? Number.NaN : 1 / M), 9);
    expect(readOctaves(samples, 1).octaves).toBe(0);
    expect(goalMet(samples, 1)).toBe(false);
  });
});

describe("the extrapolated remainder of three values an octave apart", () => {
  const remainder = (...values: readonly number[]) =>
    readOctaves(
      values.map((value, i) => ({ M: 2 ** i, value })),
      0,
    ).remainder;

  it.each([
    ["geometric", [0.8, 0.4, 0.2], 0],
    ["to a plateau", [0.5, 0.3, 0.2], 0.1],
    ["below 0", [0.8, 0.5, 0.3], 0],
    ["falling as much in every octave", [0.75, 0.5, 0.25], 0.25],
    ["falling ever faster", [0.9, 0.8, 0.6], 0.6],
    ["falling faster by half", [0.9, 0.7, 0.4], 0.4],
    ["no longer falling", [0.9, 0.5, 0.5], 0.5],
    ["alternating", [0.5, 0.9, 0.6], 0.6],
    ["rising to a plateau", [0.1, 0.3, 0.4], 0.5],
    ["rising as much in every octave", [0.25, 0.5, 0.75], Number.POSITIVE_INFINITY],
    ["rising ever faster", [0.1, 0.2, 0.5], Number.POSITIVE_INFINITY],
    ["rising faster by half", [0.1, 0.3, 0.6], Number.POSITIVE_INFINITY],
  ] as const)("%s", (_name, values, expected) => {
    if (Number.isFinite(expected)) expect(remainder(...values)).toBeCloseTo(expected, 12);
    else expect(remainder(...values)).toBe(expected);
  });
});

describe("neededLogInverseLoss", () => {
  it("does not exist where nothing falls, or only to a plateau that is not below the target", () => {
    const falling = { octaves: 3, remainder: 0.05, exponent: 1, last: 0.2 };
    expect(neededLogInverseLoss(falling, 10, 0.1)).toBeCloseTo(20, 9);
    expect(neededLogInverseLoss(falling, 10, 0.0501)).not.toBeNull();
    expect(neededLogInverseLoss(falling, 10, 0.05)).toBeNull();
    expect(neededLogInverseLoss(falling, 10, 0.04)).toBeNull();
    expect(neededLogInverseLoss({ ...falling, remainder: null }, 10, 0.04)).toBeCloseTo(50, 9);
    expect(neededLogInverseLoss({ ...falling, remainder: null }, 10, 0)).toBeNull();
    expect(neededLogInverseLoss({ ...falling, exponent: null }, 10, 0.1)).toBeNull();
  });

  const reading = readOctaves(
    sampled((M) => 1 / M, 8),
    0,
  );

  it("is where the run stands when the target is what it has", () => {
    expect(neededLogInverseLoss(reading, 256, reading.last)).toBeCloseTo(256, 9);
  });

  it("falls with the target and asks for a positive one", () => {
    expect(neededLogInverseLoss(reading, 256, 1e-6)).toBeGreaterThan(neededLogInverseLoss(reading, 256, 1e-3)!);
    for (const target of [0, -1, Number.NaN]) expect(neededLogInverseLoss(reading, 256, target)).toBeNull();
  });
});
