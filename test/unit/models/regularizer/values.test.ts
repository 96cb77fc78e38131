/** Values of derived regularizers where doubles alone would mislead: bins that are exactly zero, quadratic forms that cancel. */
import { describe, expect, it } from "vitest";
import { parsePredictor } from "../../../../src/exact/text/parse.js";
import { convolutional } from "../../../../src/models/architectures/convolutional.js";
import { decideDiagonalization } from "../../../../src/models/fourier.js";
import { deriveRegularizer } from "../../../../src/models/regularizer/derive.js";
import { evaluateFormula } from "../../../../src/models/regularizer/evaluate.js";
import { showFormula, summandLetters } from "../../../../src/models/regularizer/show.js";

describe("a constant predictor has one bin", () => {
  it.each([
    [3, 3, 4.326748710922225],
    [3, 6, 7.205621731056016],
    [3, 8, 9.177621523519017],
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

describe("several infimal convolutions", () => {
  const chain = (n: number): string =>
    Array.from({ length: n }, (_, i) => `u${i}*a${i}, u${i}*b${i}+w${i}*c${i}, w${i}*d${i}`).join(", ");

  it("have letters and supports of their own, which no parameter has", async () => {
    const map = await parsePredictor(chain(2));
    const found = deriveRegularizer(map);
    if (found.formula === null) throw new Error(found.why);
    const { text, where } = showFormula(found.formula, 6, summandLetters(map.names));
    expect(text).toBe(
      "inf(2*norm(v_0_0, v_0_1) + 2*norm(v_1_1, v_1_2), v) + inf(2*norm(p_0_3, p_0_4) + 2*norm(p_1_4, p_1_5), p)",
    );
    expect(where).toContain("S_v_1 = {1, 2}");
    expect(where).toContain("S_p_0 = {3, 4}");
    // Each block alone is the 2-group norm; they add up.
    const one = deriveRegularizer(await parsePredictor(chain(1)));
    if (one.formula === null) throw new Error(one.why);
    const [a, b] = [
      [1, 2, 3],
      [0.5, -1, 2],
    ] as const;
    const sum = evaluateFormula(one.formula, a)! + evaluateFormula(one.formula, b)!;
    expect(Math.abs(evaluateFormula(found.formula, [...a, ...b])! / sum - 1)).toBeLessThan(1e-12);
  });

  it("beyond five are not written as one formula", async () => {
    expect(deriveRegularizer(await parsePredictor(chain(5))).formula).not.toBeNull();
    expect(deriveRegularizer(await parsePredictor(chain(6))).formula).toBeNull();
  });
});

it("letters of summands avoid all names, whatever they are", () => {
  const letters = summandLetters([..."abcdefghijklmnopqrstuvwxyz"].map((l) => `${l}_1`));
  expect(new Set(letters).size).toBe(5);
  expect(letters.every((l) => l.length > 1)).toBe(true);
  expect(summandLetters([])).toEqual(["v", "u", "p", "q", "r"]);
  expect(summandLetters(["v1", "u_2", "p"]).slice(0, 2)).toEqual(["q", "r"]);
});
