/** Values of derived regularizers where doubles alone would mislead: bins that are exactly zero, quadratic forms that cancel. */
import { describe, expect, it } from "vitest";
import { parsePredictor } from "../../../../src/exact/text/parse.js";
import { convolutional } from "../../../../src/models/architectures/convolutional.js";
import { decideDiagonalization } from "../../../../src/models/fourier.js";
import { deriveRegularizer } from "../../../../src/models/regularizer/derive.js";
import { evaluateFormula } from "../../../../src/models/regularizer/evaluate.js";

describe("a constant predictor has one bin", () => {
  it.each([
    [3, 3, 4.326748710922225],
    [3, 6, 7.205621731056016],
    [3, 12, 13.150472293622933],
    [5, 4, 4 * 1.4953487812212205],
  ])("D = %i, depth %i", (dim, depth, expected) => {
    const P = convolutional.build({ dim, depth });
    const { map } = P.exact();
    const d = decideDiagonalization(map!, P.fourier!);
    if (!d.decided) throw new Error(d.why);
    const found = deriveRegularizer(map!, { fourier: { structure: P.fourier!, kappa: d.kappa } });
    if (found.formula === null) throw new Error(found.why);
    // L |betahat_0|^(2/L) with betahat_0 = sqrt(D); the other bins are exactly 0.
    const value = evaluateFormula(found.formula, new Array<number>(dim).fill(1))!;
    expect(Math.abs(value / expected - 1)).toBeLessThan(4e-15);
  });
});

it("a quadratic form with huge entries is summed exactly", async () => {
  const found = deriveRegularizer(await parsePredictor("u+v, u+1.0000000001*v"));
  if (found.formula === null) throw new Error(found.why);
  // beta = (1, 1) is u = 1, v = 0.
  expect(evaluateFormula(found.formula, [1, 1])).toBe(1);
});

it("several infimal convolutions are not written as one formula", async () => {
  const found = deriveRegularizer(await parsePredictor("u1*a1, u1*a2+u2*b2, u2*b3, x1*y1, x1*y2+x2*z2, x2*z3"));
  expect(found.formula).toBeNull();
});
