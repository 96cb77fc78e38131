import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { isTrivialCone } from "../../../src/exact/polyhedral-margin.js";
import { compare, q } from "../../../src/exact/rational.js";
import { type LinearProgram, solveSimplex } from "../../../src/exact/simplex.js";
import { dotIntegers, showVector } from "../../../src/exact/vector.js";

const big = (rows: readonly (readonly number[])[]): bigint[][] => rows.map((row) => row.map(BigInt));

const programs: fc.Arbitrary<LinearProgram> = fc
  .record({ m: fc.integer({ min: 1, max: 5 }), n: fc.integer({ min: 1, max: 5 }) })
  .chain(({ m, n }) => {
    const row = (min: bigint, length: number): fc.Arbitrary<bigint[]> =>
      fc.array(fc.bigInt({ min, max: 4n }), { minLength: length, maxLength: length });
    return fc.record({ A: fc.array(row(-4n, n), { minLength: m, maxLength: m }), b: row(0n, m), c: row(-4n, n) });
  });

describe("simplex", () => {
  test.prop([programs], { numRuns: 1000 })("ends at equal primal and dual objectives, or on a ray", ({ A, b, c }) => {
    const answer = solveSimplex({ A, b, c });
    if (!answer.bounded) {
      const ray = answer.ray.n;
      expect(ray.every((x) => x >= 0n)).toBe(true);
      for (const row of A) expect(dotIntegers(row, ray) <= 0n).toBe(true);
      expect(dotIntegers(c, ray) > 0n).toBe(true);
      return;
    }
    const { x, multipliers: y } = answer;
    expect([...x.n, ...y.n].every((v) => v >= 0n)).toBe(true);
    A.forEach((row, i) => {
      expect(dotIntegers(row, x.n) <= b[i]! * x.d).toBe(true);
    });
    c.forEach((cost, j) => {
      expect(
        dotIntegers(
          A.map((row) => row[j]!),
          y.n,
        ) >=
          cost * y.d,
      ).toBe(true);
    });
    expect(compare(q(dotIntegers(c, x.n), x.d), q(dotIntegers(b, y.n), y.d))).toBe(0);
  });

  it("does not cycle where the steepest rule does (Beale 1955)", () => {
    // max 3/4 x1 - 150 x2 + x3/50 - 6 x4, all times 100
    const answer = solveSimplex({
      A: big([
        [25, -6000, -4, 900],
        [50, -9000, -2, 300],
        [0, 0, 1, 0],
      ]),
      b: [0n, 0n, 1n],
      c: [75n, -15000n, 2n, -600n],
    });
    expect(answer.bounded && showVector(answer.x)).toEqual(["1/25", "0", "1", "0"]);
  });

  it("asks for right sides >= 0", () => {
    expect(() => solveSimplex({ A: [[1n]], b: [-1n], c: [1n] })).toThrow("right sides >= 0");
  });
});

describe("cones", () => {
  const cases: readonly (readonly [string, number, number[][], number[][], boolean])[] = [
    [
      "all equal to zero",
      2,
      [
        [1, 0],
        [1, 1],
      ],
      [],
      true,
    ],
    ["a free line", 2, [[1, 0]], [], false],
    ["a half line", 1, [], [[1]], false],
    ["closed from both sides", 1, [], [[1], [-2]], true],
    [
      "a corner",
      2,
      [],
      [
        [1, 0],
        [0, 1],
      ],
      false,
    ],
    [
      "three half planes that meet at 0",
      2,
      [],
      [
        [1, 0],
        [0, 1],
        [-1, -1],
      ],
      true,
    ],
    [
      "an edge left open",
      2,
      [],
      [
        [1, 0],
        [0, 1],
        [-1, 0],
      ],
      false,
    ],
    [
      "a plane cut to a corner",
      3,
      [[1, 1, 1]],
      [
        [1, 0, 0],
        [0, 1, 0],
      ],
      false,
    ],
    [
      "a plane and three half spaces",
      3,
      [[1, 1, 1]],
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      true,
    ],
    ["nothing at all", 0, [], [], true],
  ];
  it.each(cases)("%s", (_, n, equal, above, trivial) => {
    expect(isTrivialCone(n, big(equal), big(above))).toBe(trivial);
  });

  const forms = fc.array(fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 3, maxLength: 3 }), { maxLength: 5 });
  test.prop([forms, forms], { numRuns: 500 })("agree with a search among small integers", (equal, above) => {
    const steps = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
    const inside = (h: readonly number[]): boolean => {
      const at = (f: readonly number[]): number => f.reduce((s, x, i) => s + x * h[i]!, 0);
      return h.some((x) => x !== 0) && equal.every((f) => at(f) === 0) && above.every((f) => at(f) >= 0);
    };
    const found = steps.some((x) => steps.some((y) => steps.some((z) => inside([x, y, z]))));
    // A ray of such a cone is the cross product of two forms, so within 8; what is found is certain.
    if (found) expect(isTrivialCone(3, big(equal), big(above))).toBe(false);
    else if (isTrivialCone(3, big(equal), big(above)) === false) {
      const wide = Array.from({ length: 17 }, (_, i) => i - 8);
      expect(wide.some((x) => wide.some((y) => wide.some((z) => inside([x, y, z]))))).toBe(true);
    }
  });
});
