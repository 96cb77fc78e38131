/**
 * Networks whose structure the engine does not know: an exact zero that rounding would break is not continued to a limit. The
 * same convolution in the time domain, without the hint by which the engine goes to Fourier coordinates, is the case in point.
 */
import { describe, expect, it } from "vitest";
import type { Parameterization } from "../../../src/models/architecture.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { multiChannel } from "../../../src/models/architectures/multi-channel.js";
import { angle } from "../../../src/numeric/vec.js";
import { limitCase, limitOf, rowsOf } from "./limit-cases.js";

/** The network without what tells the engine its Fourier coordinates. */
function inTimeDomain({ fourier: _hint, ...P }: Parameterization): Parameterization {
  return { ...P, architecture: "convolutional, time domain" };
}

describe("convolution of depth 2 in the time domain", () => {
  const build = (dim: number) => convolutional.build({ dim, depth: 2 });

  it("a dead frequency that the optimum needs: the exact engine ends at the restricted optimum, this one refuses", () => {
    for (const [rows, init] of [
      [[[3, 1]], [0.1, -0.1, 0.2, -0.2]],
      [
        [
          [5, 1, 2],
          [4, 2, 1],
        ],
        [0.25, -0.125, -0.125, 0.5, 0.25, -0.75],
      ],
    ] as const) {
      const P = build(rows[0].length);
      const data = rowsOf(rows);
      const exact = limitOf({ P, data, init: Float64Array.from(init) });
      expect([exact.stop, exact.alive?.includes("dead")]).toEqual(["goal-met", true]);
      const time = limitOf({ P: inTimeDomain(P), data, init: Float64Array.from(init) });
      expect([time.stop, time.beta]).toEqual(["structure-undecided", null]);
      expect(time.why).toMatch(/beside the initialization|stands at a saddle/);
    }
  });

  it("from a generic start both end at one limit", () => {
    let compared = 0;
    for (let seed = 1; seed <= 6; seed++) {
      const { P, data, init } = limitCase("convolutional", 3 + seed, 2 + (seed % 3), 2, 400 + seed);
      const [exact, time] = [limitOf({ P, data, init }), limitOf({ P: inTimeDomain(P), data, init })];
      expect(exact.stop).toBe("goal-met");
      // Near ties decay like a small power of the norm, and only the finish of the exact engine ends them.
      if (time.stop !== "goal-met") continue;
      compared += 1;
      expect(angle(exact.beta!, time.beta!)).toBeLessThan(1e-6);
    }
    expect(compared).toBeGreaterThan(2);
  });
});

it("a network of several channels: a generic start, and one with a dead channel that the optimum needs", () => {
  // 2 positions and 2 input channels: beta[d, r] = sum_c u_cr v_cd / sqrt(2), a 2 x 2 matrix. A hidden channel c with both
  // u_c and v_c exactly 0 stays dead, and beta of rank one, where the
  // off-diagonal entries cost margin; these data ask for the identity.
  const P = multiChannel.build({ dim: 4, depth: 2, kernel: 1, channels: { out: 2, in: 2 } });
  const data = rowsOf([
    [10, 9, 1, 14],
    [11, -9, 0, 10],
    [10, 0, 9, 9],
    [9, 1, -9, 10],
  ]);
  const { init } = limitCase("convolutional", 8, 1, 1, 9);
  expect(P.parameters).toBe(8);
  expect(limitOf({ P, data, init }).stop).toBe("goal-met");
  // U is 2 x 2, entry (c, r) first, then V, entry 2 c + d: the second channel is 2, 3 and 6, 7.
  const dead = init.map((x, i) => (Math.floor(i / 2) % 2 === 1 ? 0 : x));
  const r = limitOf({ P, data, init: dead });
  expect([r.stop, r.beta]).toEqual(["structure-undecided", null]);
});

it("several channels of full width: a frequency that vanishes in all filters is not woken", () => {
  const P = multiChannel.build({ dim: 3, depth: 2, kernel: 3, channels: { out: 2, in: 1 } });
  const data = rowsOf([
    [0, 1, 1],
    [-1, 1, 3],
    [-3, 1, 1],
  ]);
  // Each filter sums to 0, so beta does for ever.
  const dead = limitOf({ P, data, init: Float64Array.of(2, 1, -3, 1, 0, -1, 0, -3, 3, 2, -1, -1) });
  expect([dead.stop, dead.beta]).toEqual(["structure-undecided", null]);
  expect(dead.why).toContain("two filters of every product vanish");
  const awake = limitOf({ P, data, init: Float64Array.of(2, 1, -3, 1, 0, -1, 0, -3, 3, 2, -1, 1) });
  expect(awake.why).not.toContain("vanish");
});
