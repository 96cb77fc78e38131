/**
 * Networks for the tests of the calculus: typed ones with the formula that they must get, symmetries by architecture, and
 * what is done with both. Formula text in the syntax of models/regularizer/show.
 */
import type { RegularizerSubject, Symmetry } from "../../../../properties/laws/regularizer.js";
import { regularizerOf } from "../../../../properties/laws/regularizer.js";
import { parsePredictor } from "../../../../src/exact/text/parse.js";
import type { Parameterization } from "../../../../src/models/architecture.js";
import { fromMap } from "../../../../src/models/compiled-map.js";
import type { Outcome } from "../../../../src/models/regularizer/problem.js";
import { showFormula } from "../../../../src/models/regularizer/show.js";

export const typed = async (text: string): Promise<Parameterization> => fromMap("typed", await parsePredictor(text));

/** The derived subject, or the sentence in its place. */
export function subjectOf(P: Parameterization, symmetries: readonly Symmetry[] = []): RegularizerSubject | string {
  const found: Outcome = regularizerOf(P);
  return found.formula === null ? found.why : { P, formula: found.formula, domain: found.domain, symmetries };
}

export function textOf(P: Parameterization): string {
  const subject = subjectOf(P);
  return typeof subject === "string" ? `none: ${subject}` : showFormula(subject.formula, P.dimensions.dim).text;
}

const permuted = (says: string, to: (d: number) => number): Symmetry => ({
  says,
  act: (beta) => beta.map((_, d) => beta[to(d)]!),
});
const flippedSign: Symmetry = { says: "the sign of beta_0", act: (b) => b.map((x, d) => (d === 0 ? -x : x)) };

/** Symmetries of the predictor that each architecture has, by its convention. */
export function symmetriesOf(P: Parameterization): Symmetry[] {
  const { dim: D, shape = [D], channels = { out: 1, in: 1 }, kernel = D } = P.dimensions;
  const reversed = permuted("reversing the coordinates", (d) => D - 1 - d);
  const turned = permuted("a turn of the coordinates", (d) => (d + 1) % D);
  if (P.architecture === "diagonal" || P.architecture === "linear") return [reversed, turned, flippedSign];
  if (P.architecture === "fully-connected") {
    const rotated: Symmetry = {
      says: "a rotation by 3-4-5",
      act: (b) => (D < 2 ? b : [0.6 * b[0]! - 0.8 * b[1]!, 0.8 * b[0]! + 0.6 * b[1]!, ...b.slice(2)]),
    };
    return [turned, flippedSign, rotated];
  }
  if (P.architecture === "convolutional" && kernel === D)
    return [turned, permuted("the mirror -d mod D", (d) => (D - d) % D), permuted("the flip D-1-d", (d) => D - 1 - d)];
  if (P.architecture === "convolutional-2d") {
    const [, b] = shape as [number, number];
    return [
      permuted("a turn of the columns", (d) => Math.floor(d / b) * b + ((d + 1) % b)),
      permuted("a turn of the rows", (d) => (d + b) % D),
    ];
  }
  if (P.architecture === "multi-channel") {
    const R = channels.in;
    return [
      permuted("a turn of all channels", (i) => (i + R) % D),
      permuted("exchanging the channels", (i) => Math.floor(i / R) * R + (R - 1 - (i % R))),
    ];
  }
  return [];
}

/** [what, predictor, formula, domain conditions]. */
export const TYPED: readonly (readonly [string, string, string, number])[] = [
  ["a monomial", "a*b*c", "3*abs(beta)^(2/3)", 0],
  ["a monomial with a coefficient", "4*a*b", "1/2*abs(beta)", 0],
  ["a cube", "8*a^3", "1/4*abs(beta)^(2/3)", 0],
  ["a monomial with powers", "a*b^2", "(3/2)*2^(1/3)*abs(beta)^(2/3)", 0],
  ["an odd power among even ones", "a^2*b^3*c^2", "(7/6)*2^(3/7)*3^(4/7)*abs(beta)^(2/7)", 0],
  ["an even monomial", "a^2*b^2", "2*abs(beta)^(1/2)", 1],
  ["a negative square", "-3*a^2", "1/3*abs(beta)", 1],
  ["(a, b) = (1, 1), the group lasso", "s*v1, s*v2, t*v3, t*v4", "2*sum(norm(beta_g), g)", 0],
  ["(a, b) = (1, 2)", "s*u1*v1, s*u2*v2, t*u3*v3", "3*((abs(beta_0) + abs(beta_1))^(2/3) + abs(beta_2)^(2/3))", 0],
  ["(a, b) = (2, 1)", "s*t*v1, s*t*v2", "3*norm(beta)^(2/3)", 0],
  ["(a, b) = (2, 2)", "s*t*u1*v1, s*t*u2*v2", "4*sum(abs(beta_d), d)^(1/2)", 0],
  ["two powers side by side", "a^2*b + c*d*e*f", "min((3/2)*2^(1/3)*abs(beta)^(2/3), 4*abs(beta)^(1/2))", 0],
  [
    "an odd monomial beside a linear one squared away",
    "a*b + 2*c^3",
    "min(2*abs(beta), (1/2)*2^(1/3)*abs(beta)^(2/3))",
    0,
  ],
  ["a factor with a power", "s^2*v1, s^2*v2", "(3/2)*2^(1/3)*norm(beta)^(2/3)", 0],
  ["a matrix product, full", "a*c + b*d, a*e + b*f, g*c + h*d, g*e + h*f", "2*nuclear(beta)", 0],
  ["a matrix product, rank 1", "a*c, a*d, b*c, b*d", "2*nuclear(beta)", 1],
  ["a matrix product, scaled", "3*a*c, 3*a*d, 3*b*c, 3*b*d", "2/3*nuclear(beta)", 1],
  ["u^2 - v^2", "u^2 - v^2", "abs(beta)", 0],
  ["a sum of squares", "u^2 + v^2", "abs(beta)", 1],
  ["two products", "u1*v1 + u2*v2", "2*abs(beta)", 0],
  ["two products with constants", "2*u1*v1 + u2*v2", "abs(beta)", 0],
  ["two diagonal networks", "a*b + c*d, e*f + g*h", "2*sum(abs(beta_d), d)", 0],
  ["overlapping groups", "s*v1, s*v2 + t*v3, t*v4", "inf(2*norm(v_0_0, v_0_1) + 2*norm(v_1_1, v_1_2), v)", 0],
  [
    "overlapping groups beside a coordinate",
    "s*v1, s*v2 + t*v3, t*v4, a*b",
    "inf(2*norm(v_0_0, v_0_1) + 2*norm(v_1_1, v_1_2), v) + 2*abs(beta_3)",
    0,
  ],
  ["linear, one coordinate", "3*a + 4*b", "1/25*abs(beta)^2", 0],
  ["linear, a shared parameter", "a + b, b + c", "2/3*beta_0^2 - 2/3*beta_0*beta_1 + 2/3*beta_1^2", 0],
  ["a sum times a sum", "(a + b)*c", "sqrt(2)*abs(beta)", 0],
  ["a layer of its own", "a*(2*u) + b*v, 3*c*(2*u) + 3*d*v", "(abs(beta_0)^2 + 1/9*abs(beta_1)^2)^(1/2)", 0],
  ["different degrees side by side", "a*b, c, d*e*f", "2*abs(beta_0) + abs(beta_1)^2 + 3*abs(beta_2)^(2/3)", 0],
  ["a dead coordinate", "a*b, c - c", "2*abs(beta_0)", 1],
];
