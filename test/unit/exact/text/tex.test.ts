/** TeX of names and formulas: pinned examples, and balanced braces for whatever is a polynomial. */
import { fc, test } from "@fast-check/vitest";
import { beforeAll, describe, expect, it } from "vitest";
import { showPolynomial } from "../../../../src/exact/text/show.js";
import { texName, texPrinter } from "../../../../src/exact/text/tex.js";
import { polynomialIn } from "../random.js";

let tex: (expression: string) => string;
beforeAll(async () => {
  tex = await texPrinter();
});

describe("names", () => {
  it.each([
    ["x", "x"],
    ["u1", "u_{1}"],
    ["w1_0_2", "w_{1,0,2}"],
    ["x_1", "x_{1}"],
    ["x_d", "x_{d}"],
    ["w12_3", "w_{12,3}"],
    ["beta", "\\beta"],
    ["beta_d", "\\beta_{d}"],
    ["betahat", "\\hat{\\beta}"],
    ["betahat_3", "\\hat{\\beta}_{3}"],
    ["what_1_k", "\\hat{w}_{1,k}"],
    ["xhat2", "\\hat{x}_{2}"],
    ["omega3", "\\omega_{3}"],
    ["Gamma_1", "\\Gamma_{1}"],
    ["ab", "\\mathrm{ab}"],
    ["x_max", "x_{\\mathrm{max}}"],
    ["x_a1_2", "x_{\\mathrm{a1},2}"],
    ["c_beta_α", "c_{\\beta,\\alpha}"],
    ["ab_1", "\\mathrm{ab}_{1}"],
    ["hat", "\\mathrm{hat}"],
    ["Beta", "\\mathrm{Beta}"],
    ["a1b2", "\\mathrm{a1b2}"],
    ["_x", "\\mathrm{\\_x}"],
    ["w__1", "\\mathrm{w\\_\\_1}"],
    ["$x", "\\mathrm{\\$x}"],
    ["β", "\\beta"],
    ["β2", "\\beta_{2}"],
    ["α_1", "\\alpha_{1}"],
    ["Ω_0_k", "\\Omega_{0,k}"],
    ["βhat_3", "\\hat{\\beta}_{3}"],
    ["\u00B5", "\\mu"],
    ["\u03BC", "\\mu"],
    ["Α", "\\text{Α}"],
    ["αβ", "\\text{αβ}"],
    ["é_1", "\\text{é}_{1}"],
    ["été", "\\text{été}"],
    ["шум_2", "\\text{шум}_{2}"],
    ["重み", "\\text{重み}"],
    ["é$_", "\\text{é\\$\\_}"],
  ])("%s", (name, expected) => {
    expect(texName(name)).toBe(expected);
  });
});

it("every Greek letter that TeX has a name for", () => {
  const letters =
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega";
  for (const letter of letters.split(" ")) expect(texName(`${letter}_0`)).toBe(`\\${letter}_{0}`);
});

describe("formulas", () => {
  it.each([
    ["0", "0"],
    ["-x", "-x"],
    ["u1*v1 - 2/3*u2*v2^2", "u_{1}\\,v_{1}-\\frac{2}{3}\\,u_{2}\\,v_{2}^{2}"],
    ["-2*x^2*y + 3", "-2\\,x^{2}\\,y+3"],
    ["-1/2*x", "-\\frac{1}{2}\\,x"],
    ["-1/2 x", "-\\frac{1}{2}\\,x"],
    ["x^(-1/2)", "x^{-1/2}"],
    ["x^(4/3)", "x^{4/3}"],
    ["x^(-(4/3))", "x^{-4/3}"],
    ["x^(a+1/2)", "x^{a+\\frac{1}{2}}"],
    ["x^10", "x^{10}"],
    ["(1/2)*sqrt(3)", "\\frac{\\sqrt{3}}{2}"],
    ["1/2*sqrt(3)", "\\frac{\\sqrt{3}}{2}"],
    ["2/3*sqrt(3)", "\\frac{2\\sqrt{3}}{3}"],
    ["(1/3)*sqrt(3)*(a + b)", "3^{-1/2}\\,\\left(a+b\\right)"],
    ["(1/3)*sqrt(a)", "\\frac{1}{3}\\,\\sqrt{a}"],
    ["(a/3)*sqrt(3)", "\\frac{a}{3}\\,\\sqrt{3}"],
    ["abs(beta_d)^(-1)*beta_d", "\\frac{\\beta_{d}}{|\\beta_{d}|}"],
    ["2*sqrt(6)", "2\\,\\sqrt{6}"],
    ["a*b/c", "\\frac{a\\,b}{c}"],
    ["a/(b*c)", "\\frac{a}{b\\,c}"],
    ["a - (b - c)", "a-\\left(b-c\\right)"],
    ["(a-b)*(c+d)", "\\left(a-b\\right)\\,\\left(c+d\\right)"],
    ["2*((x+1))", "2\\,\\left(x+1\\right)"],
    ["(a*b)^2", "\\left(a\\,b\\right)^{2}"],
    ["-(a+b)", "-\\left(a+b\\right)"],
    ["abs(beta_0)^(2/3)", "|\\beta_{0}|^{2/3}"],
    ["2*norm(beta)", "2\\,\\|\\beta\\|_2"],
    ["norm(beta_0, beta_1)^2", "\\|(\\beta_{0}, \\beta_{1})\\|_2^{2}"],
    ["2*nuclear(beta)", "2\\,\\|\\beta\\|_*"],
    ["3*sum(abs(betahat_k)^(2/3), k)", "3\\,\\sum_{k} |\\hat{\\beta}_{k}|^{2/3}"],
    ["min(a, b + c)", "\\min\\left(a, b+c\\right)"],
    ["inf(norm(v_0), v)", "\\inf_{v} \\|v_{0}\\|_2"],
  ])("%s", (text, expected) => {
    expect(tex(text)).toBe(expected);
  });

  it.each([
    // Each of these would say something else without its parentheses, its dot or the place of its sign.
    ["(-a+b)/2", "\\frac{-a+b}{2}"],
    ["(-(a+b))/2", "-\\frac{a+b}{2}"],
    ["a*(-b)", "a\\,\\left(-b\\right)"],
    ["a*((-b)*c)", "a\\,\\left(-b\\,c\\right)"],
    ["a*(-1/2)", "a\\,\\left(-\\frac{1}{2}\\right)"],
    ["(-a)*b", "-a\\,b"],
    ["(-a)^2", "\\left(-a\\right)^{2}"],
    ["(a^2)^3", "\\left(a^{2}\\right)^{3}"],
    ["(1/2)^2", "\\left(\\frac{1}{2}\\right)^{2}"],
    ["x^(-1)*(a + b)", "\\frac{a+b}{x}"],
    ["(a + b)^(-1)*c", "\\frac{c}{a+b}"],
    ["2*3^(1/2)", "2\\cdot 3^{1/2}"],
    ["10*(2*x)", "10\\cdot 2\\,x"],
    ["3*sum(abs(beta_d), d)^(2/3)", "3\\,\\left(\\sum_{d} |\\beta_{d}|\\right)^{2/3}"],
    ["(sum(x, d))^2", "\\left(\\sum_{d} x\\right)^{2}"],
    ["sum(x, d)*y", "\\left(\\sum_{d} x\\right)\\,y"],
    ["2*sum(x - y, d)", "2\\,\\sum_{d} \\left(x-y\\right)"],
    ["2*inf(a + b, v)", "2\\,\\inf_{v} \\left(a+b\\right)"],
    ["inf(a, v)^2", "\\left(\\inf_{v} a\\right)^{2}"],
  ])("%s keeps its meaning", (text, expected) => {
    expect(tex(text)).toBe(expected);
  });

  const NAMES = ["u1", "beta", "w_0_1"];
  test.prop([polynomialIn(3, 6, 3), fc.constantFrom("", "2*", "sqrt(2)*")])(
    "braces balance, and no term is lost",
    (p, front) => {
      const text = showPolynomial(p, NAMES);
      const out = tex(front === "" ? text : `${front}(${text})`);
      let depth = 0;
      for (const c of out) {
        depth += c === "{" ? 1 : c === "}" ? -1 : 0;
        expect(depth).toBeGreaterThanOrEqual(0);
      }
      expect(depth).toBe(0);
      const times = (pattern: RegExp, where: string): number => (where.match(pattern) ?? []).length;
      expect(times(/\\left\(/g, out)).toBe(times(/\\right\)/g, out));
      expect(times(/\\frac/g, out)).toBe(times(/\//g, text));
      for (const [name, printed] of [
        ["u1", /u_\{1\}/g],
        ["beta", /\\beta/g],
        ["w_0_1", /w_\{0,1\}/g],
      ] as const)
        expect(times(printed, out)).toBe(times(new RegExp(name, "g"), text));
    },
  );
});
