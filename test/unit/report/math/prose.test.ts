/** Formulas in prose: what the documents say, set as a lecturer would; words stay words; nothing is lost, whatever is typed. */
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { formulaTex, prose, proseTex, sentence } from "../../../../src/report/math/prose.js";
import { texTree } from "../../../../src/report/math/tree.js";
import { oneLine } from "../../../../src/report/text.js";

const NAMES: ReadonlySet<string> = new Set(["a", "b", "the", "is", "foo", "s", "v1", "α", "Z_3"]);

describe("sentences of the documents", () => {
  it.each([
    ["P(c w) = c^3 P(w), and J(w) w = 3 P(w) (Euler)", "$P(c\\,w) = c^{3}\\,P(w)$, and $J(w)\\,w = 3\\,P(w)$ (Euler)"],
    ["not homogeneous (degrees 1, 2): it fails", "not homogeneous (degrees 1, 2): it fails"],
    [
      "circular convolution on Z_4 x Z_4; w1 in R^(4 x 4)",
      "circular convolution on $\\mathbb{Z}_{4} \\times \\mathbb{Z}_{4}$; $w_{1} \\in \\mathbb{R}^{4 \\times 4}$",
    ],
    ["w in R^D, W1 is 2 x 3", "$w \\in \\mathbb{R}^{D}$, $W_{1}$ is $2 \\times 3$"],
    [
      "U_c_r[k] is w1_c_(2 r + k), c < 2, beta_1 >= 0",
      "$U_{c,r}[k]$ is $w_{1,c,2\\,r+k}$, $c < 2$, $\\beta_{1} \\ge 0$",
    ],
    ["beta(t) is the sum of beta_d t^d", "$\\beta(t)$ is the sum of $\\beta_{d}\\,t^{d}$"],
    ["betahat is what it was", "$\\hat{\\beta}$ is what it was"],
    ["that chat of what1*what2", "that chat of $\\hat{w}_{1}\\,\\hat{w}_{2}$"],
    ["the cost |w|^2 is at least 1.10 R; R's x", "the cost $\\|w\\|_2^{2}$ is at least $1.10\\,R$; $R$'s $x$"],
    ["concave in |beta_0|, |u_0|^2", "concave in $|\\beta_{0}|$, $|u_{0}|^{2}$"],
    ["|(u_0, u_1)|^2 and |u'|^2", "$\\|(u_{0}, u_{1})\\|_2^{2}$ and $\\|u'\\|_2^{2}$"],
    ["{u'_0}, {u'_k}, ...", "$\\{u'_{0}\\}$, $\\{u'_{k}\\}$, \\dots{}"],
    ["|W|^2 : |v|^2 = 1 : 2, v", "$\\|W\\|_2^{2} : \\|v\\|_2^{2} = 1 : 2$, $v$"],
    ["{beta_0, ..., beta_5}", "$\\{\\beta_{0}, \\dots, \\beta_{5}\\}$"],
    ["beta^T (A A^T)^-1 beta", "$\\beta^\\top\\,(A\\,A^\\top)^{-1}\\,\\beta$"],
    ["step w - eta g, by eta^2 q_2(g)", "step $w-\\eta\\,g$, by $\\eta^{2}\\,q_{2}(g)$"],
    ["|P(w) - beta| = 3.2e-9", "$\\|P(w)-\\beta\\|_2 = 3.2\\cdot 10^{-9}$"],
    ["|P(w) - beta| = 0.0e+0", "$\\|P(w)-\\beta\\|_2 = 0$"],
    [
      "times (1/3)*sqrt(3), 1/2*sqrt(3), (2/3)*sqrt(5)",
      "times $3^{-1/2}$, $\\frac{\\sqrt{3}}{2}$, $\\frac{2\\sqrt{5}}{3}$",
    ],
    ["beta times 2*sqrt(6) or 1/4", "$\\beta$ times $2\\,\\sqrt{6}$ or $1/4$"],
    [
      "norm(beta_g)^(2/3) and norm(beta_0, beta_1)",
      "$\\|\\beta_{g}\\|_2^{2/3}$ and $\\|(\\beta_{0}, \\beta_{1})\\|_2$",
    ],
    ["abs(x) <= 2 != 3*2", "$|x| \\le 2 \\ne 3\\cdot 2$"],
    ["-x, -2, 3 of 5", "$-x$, $-2$, 3 of 5"],
    ["w = J(w)^T z is not written out", "$w = J(w)^\\top\\,z$ is not written out"],
  ])("%s", (text, expected) => {
    expect(proseTex(text)).toBe(expected);
  });
});

describe("names that a user chose", () => {
  it.each([
    ["a is the foo of I and A", "a is the foo of I and A"],
    ["AM-GM for a*b^2*the, is a", "AM-GM for $a\\,b^{2}\\,\\mathrm{the}$, is a"],
    ["beta = (s*v1, α*the)", "$\\beta = (s\\,v_{1}, \\alpha\\,\\mathrm{the})$"],
    ["(the foo + 2a^2, a)", "$(\\mathrm{the}\\,\\mathrm{foo}+2\\,a^{2}, a)$"],
    ["v1 is Z_3", "$v_{1}$ is $Z_{3}$"],
    ["(a+b)(s+b)", "$(a+b)\\,(s+b)$"],
    ["a = b, a - b", "$a = b$, $a-b$"],
  ])("%s", (text, expected) => {
    expect(proseTex(text, NAMES)).toBe(expected);
  });
});

describe("what is no formula", () => {
  it.each([
    ["50% of $x & {y} \\foo", "50\\% of \\$x \\& $\\{y\\}$ \\textbackslash{}foo"],
    ["e.g. f( or sqrt( or beta^ or w_(2", "e.g. f( or sqrt( or beta\\textasciicircum{} or w\\_(2"],
    ["((((", "(((("],
    ["| | -", "| | -"],
    ["R-linear, AM-GM", "R-linear, AM-GM"],
    ["users' names, the users' w", "users' names, the users' $w$"],
  ])("%s", (text, expected) => {
    expect(proseTex(text)).toBe(expected);
  });

  it("a formula alone is one, and more or less is none", () => {
    expect(formulaTex("(1/4)*sqrt(2)")).toBe("\\frac{\\sqrt{2}}{4}");
    expect(formulaTex("beta_d is")).toBe(null);
    expect(formulaTex("the norm")).toBe(null);
    expect(formulaTex("2")).toBe(null);
  });
});

describe("any text", () => {
  const piece = fc.constantFrom(
    ..."beta_0 w |w| ( ) { } [ ] ^ ^2 * / - + = <= , ... 1 2.5 3e-7 T R^ in x a the Z_4 sqrt( norm( u' : \\ $ % é α".split(
      " ",
    ),
    " ",
  );
  test.prop([
    fc.oneof(
      fc.array(piece, { maxLength: 60 }).map((p) => p.join("")),
      fc.string(),
    ),
  ])("is its segments, and the TeX of each formula is read back", (text) => {
    const segments = prose(text, NAMES);
    expect(segments.map((s) => s.text).join("")).toBe(oneLine(text));
    for (const s of segments) if (s.tex !== null) expect([s.text, texTree(s.tex)]).not.toContain(null);
  });

  it("is read in time, however its brackets nest", () => {
    for (const open of ["(", "|x ", "x^(", "f(x, ", "{-", "w_("])
      expect(prose(open.repeat(3000)).length).toBeGreaterThan(0);
  });

  it("long products of a sentence may be broken", () => {
    const product = Array.from({ length: 12 }, (_, i) => `x${i}`).join("*");
    expect(proseTex(`of ${product}`)).toContain("x_{3}\\,\\allowbreak{}x_{4}");
    expect(proseTex("of x1*x2")).toBe("of $x_{1}\\,x_{2}$");
  });
});

describe("sentences", () => {
  it.each([
    ["no closed form", "No closed form."],
    ["a coordinate", "A coordinate."],
    ["the map ends.", "The map ends."],
    ["beta_0 is small", "beta_0 is small."],
    ["w in R^D", "w in R^D."],
    ["unitary transform on Z_4", "Unitary transform on Z_4."],
  ])("%s", (text, expected) => {
    expect(sentence(text)).toBe(expected);
  });

  it("never change the letter of a name", () => {
    expect(sentence("foo cancels out", NAMES)).toBe("foo cancels out.");
    expect(sentence("foot cancels out", NAMES)).toBe("Foot cancels out.");
  });
});
