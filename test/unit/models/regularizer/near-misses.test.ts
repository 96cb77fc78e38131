/**
 * Networks that look like those of a rule and are not, or are only after a second look: where the calculus answers, descent
 * must agree; where it does not, it says so in a sentence. Below, formulas that are right although the network is unusual.
 */
import { describe, expect, it } from "vitest";
import { regularizerLaws } from "../../../../properties/laws/regularizer.js";
import { subjectOf, textOf, typed } from "./subjects.js";

/** [what it is not, predictor]: no rule may apply. */
const REFUSED: readonly (readonly [string, string])[] = [
  ["a matrix product: two parameters stand for one row", "(r1 + p1)*c1, (r1 + p1)*c2, (r2 + p2)*c1, (r2 + p2)*c2"],
  ["a matrix product: both factors are sums", "(a + b)*(c + d), (a + b)*(e + f), (g + h)*(c + d), (g + h)*(e + f)"],
  ["a matrix product: one coefficient differs", "a*c, a*d, b*c, 2*b*d"],
  ["a matrix product: one sign differs", "a*c, a*d, b*c, -b*d"],
  ["a matrix product: a cell is missing", "a*c, a*d, b*c"],
  ["a matrix product: symmetric, one factor for both sides", "a*a, a*b, b*a, b*b"],
  ["a matrix product: a triangle", "x*y, x*z, y*z"],
  ["a matrix product: two channels share a parameter", "a*c + a*e, a*d + a*f, b*c + g*e, b*d + g*f"],
  ["a matrix product: the second channel is transposed", "a*c + e*g, a*d + f*g, b*c + e*h + a, b*d + f*h"],
  ["a layer of its own: a weight is used twice", "a*u + b*v, a*v + b*u"],
  ["a layer of its own: a weight is squared", "a^2*u + b*v, c*u + d*v"],
  ["a common factor: unequal powers", "s^2*v, s*w"],
  ["a common factor: what it multiplies has two degrees", "s*u, s*v*w"],
  ["a common factor of either sign on squares", "s*u^2, s*v^2"],
  ["a sum of two networks: they share a parameter", "u*v + u*w, v*t"],
  ["a sum of two networks: x y and x squared", "x*y + x^2"],
  ["a sum of squares with other constants for each sign", "2*u^2 - v^2"],
  ["a sum of squares with a rank condition beside", "a*c + x, a*d, b*c, b*d"],
  ["a real and an imaginary part", "x^2 - y^2, x*y"],
  ["a residual block", "(1 + u)*v"],
  ["linear and independent", "a + b, 2*a + 2*b"],
  ["free of constants", "u*v + 1"],
];

const SKEW = "inf(2*(abs(v_0_0)^2 + 1/4*abs(v_0_1)^2)^(1/2) + 2*(1/4*abs(v_1_0)^2 + abs(v_1_1)^2)^(1/2), v)";

/** [why one could doubt, predictor, formula]. */
const DERIVED: readonly (readonly [string, string, string])[] = [
  ["a parameter repeated in a product", "a*b*a", "(3/2)*2^(1/3)*abs(beta)^(2/3)"],
  ["two columns, a sum for the layer behind", "c1*(r + p), c2*(r + p)", "sqrt(2)*norm(beta)"],
  ["coefficients that differ by coordinate", "s*v1, 2*s*v2", "2*(abs(beta_0)^2 + 1/4*abs(beta_1)^2)^(1/2)"],
  ["even powers in front of one sign", "s^2*u^2, t^2*v^2", "2*sum(abs(beta_d)^(1/2), d)"],
  ["either sign by an odd part", "2*u^2 - v*v*2", "1/2*abs(beta)"],
  ["one coefficient negative in a layer", "a*u - b*v, c*u + d*v", "2*norm(beta)"],
  ["factors that are not proportional", "a*u + 2*b*v, 2*c*u + d*v", SKEW],
  ["functions behind that differ", "a*u + b*v, c*u + d*t", "inf(2*norm(v_0) + 2*abs(v_1_0) + 2*abs(v_2_1), v)"],
  ["functions of two degrees", "a*u^2 + b*v, c*u^2 + d*v", "inf((3/2)*2^(1/3)*norm(v_0)^(2/3) + 2*norm(v_1), v)"],
  ["a difference of parallel networks", "a*b - c*d, a*e - c*f", "2*norm(beta)"],
  ["a layer behind squares", "w*u^2 + t*v^2", "(3/2)*2^(1/3)*abs(beta)^(2/3)"],
  ["parameters that cancel", "(a + b)*c - b*c", "2*abs(beta)"],
  ["a diagonal scaled by coordinate", "2*a*b, 3*c*d", "abs(beta_0) + 2/3*abs(beta_1)"],
];

describe.each(REFUSED)("not %s", (_what, text) => {
  it(`${text} gets a sentence`, async () => {
    expect(textOf(await typed(text))).toMatch(/^none: [a-z][\w, :]{10,}$/);
  });
});

describe.each(DERIVED)("%s", (_what, text, formula) => {
  it(`${text} has R = ${formula}, as descent finds`, async () => {
    const P = await typed(text);
    expect(textOf(P)).toBe(formula);
    const subject = subjectOf(P);
    if (typeof subject === "string") throw new Error(subject);
    expect(regularizerLaws({ ...subject, points: 2 }, 5).filter((r) => r.ok === false)).toEqual([]);
  });
});
