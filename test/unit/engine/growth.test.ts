/** Growth rates at degree 2, against closed forms: a diagonal network grows at |z_d| in each coordinate. */
import { expect, it } from "vitest";
import { fasterGrowth } from "../../../src/engine/growth.js";
import { diagonal } from "../../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../../src/models/architectures/fully-connected.js";
import type { SignedData } from "../../../src/models/signed-data.js";

const P = diagonal.build({ dim: 3, depth: 2 });
const point = (z: readonly number[]): SignedData => ({ N: 1, D: z.length, z: Float64Array.from(z) });
const ONE = Float64Array.of(1);

it.each([
  [[3, -1, 2], 0, 0],
  [[1, -4, 2], 1, 0],
  [[1, -4, 2], 0, 3],
  [[2, 1, -2.5], 0, 0.25],
  [[2, 2, 1], 1, 0],
])("z = %j, the run on coordinate %i: faster by %d", (z, d, expected) => {
  const w = new Float64Array(6);
  w[d] = Math.SQRT1_2;
  w[3 + d] = Math.sign(z[d]!) * Math.SQRT1_2;
  const found = fasterGrowth(P, point(z), w, ONE);
  // Rayleigh quotients come from below, and near ties take more powers than these.
  expect(found).toBeLessThanOrEqual(expected + 1e-12);
  expect(found).toBeGreaterThanOrEqual(expected - 1e-6);
});

it("a direction that changes an active margin is held by the weights and does not count", () => {
  // Two points of least margin on coordinates 0 and 1: z = (1, 2, 0) is faster along coordinate 1, but w holds both.
  const data: SignedData = { N: 2, D: 3, z: Float64Array.of(2, 0, 0, 0, 4, 1e-3) };
  const w = Float64Array.of(1, Math.SQRT1_2, 0, 1, Math.SQRT1_2, 0);
  expect(fasterGrowth(P, data, w, Float64Array.of(0.5, 0.5))).toBeLessThan(1e-6);
});

it("where the run itself does not grow there is nothing to compare with", () => {
  expect(fasterGrowth(P, point([1, 1, 1]), Float64Array.of(1, 0, 0, 0, 0, 0), ONE)).toBe(0);
  expect(fasterGrowth(P, point([1, 1, 1]), Float64Array.of(1, 0, 0, -1, 0, 0), ONE)).toBe(0);
});

it("a fully connected network at its limit is as fast as any direction", () => {
  const Q = fullyConnected.build({ dim: 2, depth: 2, widths: [2] });
  // W_1 = u z^T / |z|, w_2 = u with |u|^2 = 1/2: the rate is |z|.
  const u = [0.6, 0.8].map((x) => x * Math.SQRT1_2);
  const w = Float64Array.from([...u.flatMap((x) => [x * 0.6, x * 0.8]), ...u]);
  expect(Math.abs(fasterGrowth(Q, point([3, 4]), w, ONE))).toBeLessThan(1e-12);
});
