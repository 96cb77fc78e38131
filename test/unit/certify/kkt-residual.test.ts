/** The judge of `kkt-residual` on what is not a small sound certificate: wrong points, and sizes that guard time and memory. */
import { describe, expect, it } from "vitest";
import { judge } from "../../../src/certify/judge.js";
import { exactPoint } from "./parameter-samples.js";

const POINT = exactPoint();
const refused = (change: object): string => {
  const answer = judge({ ...POINT, ...change });
  return answer.accepted ? "accepted" : `${answer.cause}: ${answer.reason}`;
};

describe("a point that is exact", () => {
  it("is accepted with residuals of 0, and says which map it is about", () => {
    expect(Object.values(POINT.parts)).toEqual(["0", "0", "0", "0"]);
    expect(judge(POINT)).toMatchObject({ accepted: true, statement: expect.stringMatching(/first is u1\*v1\)/) });
  });

  it("is refused with another point, other weights, another predictor or a smaller bound", () => {
    expect(refused({ w: ["3", "0", "2", "0"] })).toBe("refuted: stationarity may be larger than stated");
    expect(refused({ w: ["3", "1", "3", "0"] })).toBe("refuted: stationarity may be larger than stated");
    expect(refused({ w: ["-3", "0", "3", "0"] })).toMatch(
      /^refuted: the predictor of the parameters does not separate/,
    );
    expect(refused({ w: ["-3", "0", "-3", "0"] })).toBe("accepted"); // the sign cancels in the map: the same predictor
    expect(refused({ q: ["2"] })).toBe("refuted: q must be nonnegative and sum to 1");
    expect(refused({ reached: ["0", "1/2"] })).toMatch(/^refuted: the parameters do not stand for/);
    expect(refused({ reached: ["1", "1/2"] })).toBe("refuted: predictor may be larger than stated");
    expect(refused({ reached: ["1/3", "0"] })).toBe("refuted: feasibility may be larger than stated");
    expect(refused({ largest: { lower: "1/1000000", upper: "0" } })).toMatch(/^refuted: no part is certainly/);
  });

  it("is refused with a map that is not homogeneous, or lacks a coordinate or a variable", () => {
    const [first, second] = POINT.map.polynomials;
    const map = (polynomials: unknown, variables: unknown = POINT.map.variables): object => ({
      map: { variables, polynomials },
    });
    expect(refused(map([first, [["1", [[1, 1]]]]]))).toMatch(/^refuted: the map is not homogeneous/);
    expect(refused(map([[["1", []]], [["1", []]]]))).toMatch(/^refuted: the map is not homogeneous/);
    expect(refused(map([[], []]))).toMatch(/^refuted: the map is not homogeneous/);
    expect(refused(map([first]))).toMatch(/^refuted: map must have 2 polynomials/);
    expect(refused(map([first, second], ["u1", "u2", "v1"]))).toMatch(/^refuted: a factor must be a variable/);
    expect(refused(map([first, second], ["u1", "u1", "v1", "v2"]))).toMatch(/^refuted: two variables/);
  });
});

describe("sizes", () => {
  const map = (variables: number, polynomials: unknown): object => ({
    variables: Array.from({ length: variables }, (_, i) => `w${i}`),
    polynomials,
  });
  const tooLarge = (change: object): void => expect(refused(change)).toMatch(/^too-large: /);

  it("that would hold the judge up are refused by name", () => {
    tooLarge({ map: map(5000, [[], []]) });
    tooLarge({ map: map(4, [[["1", [[0, 300]]]], []]) });
    tooLarge({ w: [`1/${"7".repeat(1400)}`, `1/${"9".repeat(1400)}1`, "1", "1"] });
    tooLarge({ w: ["1".repeat(1600), "1", "1", "1"] });
    // Two thousand terms of degree 200 at numbers of 4000 bits.
    const terms = Array.from({ length: 2000 }, (_, i) => [
      String(i + 1),
      [
        [i % 50, 150],
        [50 + (i % 41), 50],
      ],
    ]);
    const w = Array.from({ length: 100 }, () => "7".repeat(1200));
    tooLarge({ map: map(100, [terms, []]), w });
  });
});
