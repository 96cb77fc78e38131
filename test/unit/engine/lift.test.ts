/** Lifts: the network at the lift of a predictor is that predictor, all layers have one size, and the phases are the run's. */
import { describe, expect, it } from "vitest";
import { balancedLift, rankOneLift } from "../../../src/engine/lift.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { diagonal } from "../../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../../src/models/architectures/fully-connected.js";
import { coordinatewiseForm } from "../../../src/models/coordinatewise.js";
import { angle, norm } from "../../../src/numeric/vec.js";
import { limitCase } from "./limit-cases.js";

describe.each([1, 2, 3, 4, 5])("depth %i", (depth) => {
  it.each([
    convolutional,
    diagonal,
  ])("blocks: the predictor, in layers of one size, the first ones with the phases of the run", (a) => {
    for (const dim of [1, 2, 5, 8]) {
      const form = coordinatewiseForm(a.build({ dim, depth }))!;
      const draw = limitCase("diagonal", dim, 1, Math.max(2, depth + 1), dim + depth).init;
      const beta = draw.slice(0, dim).map((x, d) => (d === 3 ? 0 : x));
      if (dim === 8) beta[4] = 0;
      const v = draw.slice(dim, dim + depth * dim);
      const w = balancedLift(form, beta, v);
      const back = new Float64Array(dim);
      form.P.apply(w, back);
      expect(angle(back, beta)).toBeLessThan(4e-15);
      expect(Math.abs(norm(w) - 1)).toBeLessThan(1e-15);
      const layer = (l: number): Float64Array => w.subarray(l * dim, (l + 1) * dim);
      for (let l = 0; l < depth; l++) expect(Math.abs(norm(layer(l)) * Math.sqrt(depth) - 1)).toBeLessThan(1e-14);
      for (const { at, complex } of form.blocks)
        for (let l = 0; l < depth - 1; l++) {
          const [x, y] = [w[l * dim + at]!, complex ? w[l * dim + at + 1]! : 0];
          const [c, s] = [v[l * dim + at]!, complex ? v[l * dim + at + 1]! : 0];
          expect(Math.abs(x * s - y * c)).toBeLessThan(1e-14);
          expect(x * c + y * s).toBeGreaterThanOrEqual(0);
        }
    }
  });

  it("fully connected: rank-one layers along the predictor, or none where the run leads away from it", () => {
    const P = fullyConnected.build({ dim: 4, depth });
    const { init } = limitCase("fully-connected", 4, 1, depth, 30 + depth);
    const along = new Float64Array(4);
    P.apply(init, along);
    const w = rankOneLift(P, along, init)!;
    const back = new Float64Array(4);
    P.apply(w, back);
    expect(angle(back, along)).toBeLessThan(1e-15);
    expect(Math.abs(norm(w) - 1)).toBeLessThan(1e-15);
    expect(
      rankOneLift(
        P,
        along.map((x) => -x),
        init,
      ),
    ).toBe(null);
  });
});
