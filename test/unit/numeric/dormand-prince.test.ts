/** One embedded step against the exact rotation: order 5 (error of one step h^6), its estimate one order less, and no trace left. */
import { expect, it } from "vitest";
import { fittedOrder } from "../../../properties/laws/law.js";
import { dormandPrince } from "../../../src/numeric/dormand-prince.js";

const turn = (w: Float64Array, out: Float64Array): void => {
  out[0] = -w[1]!;
  out[1] = w[0]!;
};

function step(h: number): { readonly error: number; readonly estimate: number } {
  const [w, slope] = [Float64Array.of(1, 0), Float64Array.of(0, 1)];
  const [next, slopeNext] = [new Float64Array(2), new Float64Array(2)];
  const estimate = dormandPrince(2, turn).trial(w, slope, h, next, slopeNext);
  expect([[...w], [...slope]]).toEqual([
    [1, 0],
    [0, 1],
  ]);
  expect([...slopeNext]).toEqual([-next[1]!, next[0]!]);
  return { error: Math.hypot(next[0]! - Math.cos(h), next[1]! - Math.sin(h)), estimate };
}

it("errs by h^6 in one step, estimated as h^5", () => {
  const steps = [0.4, 0.2, 0.1, 0.05].map((h) => ({ h, ...step(h) }));
  expect(fittedOrder(steps.map(({ h, error }) => [h, error] as const))).toBeCloseTo(6, 0);
  expect(fittedOrder(steps.map(({ h, estimate }) => [h, estimate] as const))).toBeCloseTo(5, 0);
  for (const { error, estimate } of steps) expect(error).toBeLessThan(estimate);
});

it("is exact where the slope is a polynomial of degree 4 in time", () => {
  const f = (w: Float64Array, out: Float64Array): void => {
    out[0] = 1;
    out[1] = 5 * w[0]! * w[0]! * w[0]! * w[0]!;
  };
  const [next, slopeNext] = [new Float64Array(2), new Float64Array(2)];
  const start = Float64Array.of(1, 0);
  dormandPrince(2, f).trial(start, Float64Array.of(1, 5), 2, next, slopeNext);
  expect(next[0]).toBeCloseTo(3, 13);
  expect(next[1]).toBeCloseTo(3 ** 5 - 1, 10);
});

it("says so where a stage leaves the doubles", () => {
  const f = (w: Float64Array, out: Float64Array): void => {
    out[0] = w[0]! > 1.1 ? Number.NaN : 1;
  };
  const [next, slopeNext] = [new Float64Array(1), new Float64Array(1)];
  expect(dormandPrince(1, f).trial(Float64Array.of(1), Float64Array.of(1), 1, next, slopeNext)).toBeNaN();
});
