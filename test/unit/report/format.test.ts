import { describe, expect, it } from "vitest";
import {
  coordinateNames,
  showAngle,
  showBound,
  showCount,
  showNumber,
  showSeconds,
  showUpper,
  showVector,
  unitVector,
} from "../../../src/report/format.js";

describe("numbers", () => {
  it.each([
    [0, "0"],
    [-0, "0"],
    [1, "1"],
    [-1.5, "-1.5"],
    [0.123456, "0.1235"],
    [123456, "123500"],
    [1234567, "1.235e6"],
    [0.0001, "0.0001"],
    [0.00001234567, "1.235e-5"],
    [-1e-300, "-1e-300"],
    [1e70, "1e70"],
    [Number.MIN_VALUE, "5e-324"],
    [1.5e308, "1.5e308"],
    [Number.NaN, "-"],
    [Number.POSITIVE_INFINITY, "-"],
    [null, "-"],
    [undefined, "-"],
  ])("%s is shown as %s", (x, text) => {
    expect(showNumber(x)).toBe(text);
  });

  it("never shows a bound below the bound", () => {
    let x = 1e-12;
    for (let i = 0; i < 4000; i++) {
      x *= 1.00713;
      const shown = Number(showUpper(x));
      expect(shown).toBeGreaterThanOrEqual(x);
      expect(shown).toBeLessThanOrEqual(x * 1.0011);
    }
    expect(showUpper(0.99991)).toBe("1");
    expect(showUpper(0.1)).toBe("0.1");
    expect(showUpper(0)).toBe("0");
    expect(showUpper(null)).toBe("-");
  });

  it("shows angles in radians and degrees", () => {
    expect(showAngle(0.1)).toBe("0.1 rad (5.73 deg)");
    expect(showAngle(0)).toBe("0 rad (0 deg)");
    expect(showAngle(Math.PI / 6)).toBe("0.5236 rad (30 deg)");
    expect(showAngle(null)).toBe("-");
    expect(showBound(0.12341)).toBe("0.1235 rad (7.071 deg)");
    expect(showBound(null)).toBe("-");
  });

  it("shows counts in full", () => {
    expect(showCount(0)).toBe("0");
    expect(showCount(999)).toBe("999");
    expect(showCount(12345)).toBe("12,345");
    expect(showCount(1234567)).toBe("1,234,567");
    expect(showCount(-0)).toBe("0");
    expect(showCount(Number.NaN)).toBe("-");
  });

  it("shows times", () => {
    expect(showSeconds(0.16742)).toBe("0.167 s");
    expect(showSeconds(83.2)).toBe("1 min 23 s");
    expect(showSeconds(3723)).toBe("1 h 2 min");
    expect(showSeconds(-1)).toBe("-");
  });
});

describe("vectors", () => {
  it("normalizes without leaving the range of doubles", () => {
    expect(unitVector([3, -4])).toEqual([0.6, -0.8]);
    expect(unitVector([3e300, 4e300])![1]).toBeCloseTo(0.8, 12);
    expect(unitVector([0, 3e-320])![1]).toBe(1);
    expect(unitVector([0, -0])).toBeNull();
    expect(unitVector([])).toBeNull();
    expect(unitVector([1, Number.NaN])).toBeNull();
    expect(unitVector([1, Number.POSITIVE_INFINITY])).toBeNull();
  });

  it("cuts long ones and says how long they are", () => {
    expect(showVector([1])).toBe("[1]");
    expect(showVector([1, 2, 3, 4, 5, 6, 7, 8])).toBe("[1, 2, 3, 4, 5, 6, 7, 8]");
    expect(showVector([1, 2, 3, 4, 5, 6, 7, 8, 9])).toBe("[1, 2, 3, 4, 5, 6, 7, 8, ...] (9 coordinates)");
    expect(showVector(null)).toBe("-");
  });

  it("names coordinates by the data, by the array, or by number", () => {
    expect(coordinateNames(2, [2], ["a", "b"])).toEqual(["a", "b"]);
    expect(coordinateNames(2, [2], ["a"])).toEqual(["x1", "x2"]);
    expect(coordinateNames(6, [2, 3], null)).toEqual(["x[1,1]", "x[1,2]", "x[1,3]", "x[2,1]", "x[2,2]", "x[2,3]"]);
    expect(coordinateNames(5, [2, 3], null)).toEqual(["x1", "x2", "x3", "x4", "x5"]);
  });
});
