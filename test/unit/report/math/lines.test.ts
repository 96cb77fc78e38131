/** Trees of formulas and their lines: what is read, where a line may end, that nothing is lost, and what a display holds. */
import { fc, test } from "@fast-check/vitest";
import { beforeAll, describe, expect, it } from "vitest";
import { showPolynomial } from "../../../../src/exact/text/show.js";
import { texPrinter } from "../../../../src/exact/text/tex.js";
import { displayed, gathered } from "../../../../src/report/math/display.js";
import { linesOf, piecesOf, relationAt, texWidth } from "../../../../src/report/math/lines.js";
import { texTree } from "../../../../src/report/math/tree.js";
import { polynomialIn } from "../../exact/random.js";

let tex: (expression: string) => string;
beforeAll(async () => {
  tex = await texPrinter();
});

const sum = (n: number, letter = "x"): string => Array.from({ length: n }, (_, i) => `${letter}_{${i}}`).join("+");

describe("trees", () => {
  it("hold each thing with its place", () => {
    expect(texTree("-2\\,x_{1}^{2}")).toEqual({
      kind: "row",
      start: 0,
      end: 13,
      of: [
        { kind: "sign", text: "\u2212", role: "binary", start: 0, end: 1 },
        { kind: "number", text: "2", start: 1, end: 2 },
        { kind: "space", em: 0.167, start: 2, end: 4 },
        {
          kind: "script",
          start: 4,
          end: 13,
          base: { kind: "letter", text: "x", upright: false, start: 4, end: 5 },
          sub: { kind: "row", of: [{ kind: "number", text: "1", start: 7, end: 8 }], start: 6, end: 9 },
          sup: { kind: "row", of: [{ kind: "number", text: "2", start: 11, end: 12 }], start: 10, end: 13 },
        },
      ],
    });
    expect(texTree("\\left(a\\right)")).toMatchObject({ of: [{ kind: "fence", of: { of: [{ text: "a" }] } }] });
    expect(texTree("\\text{a\\$\\_ b}\\mathbb{Z}\\mathrm{ab}")).toMatchObject({
      of: [
        { kind: "words", text: "a$_ b" },
        { kind: "letter", text: "\u2124", upright: true },
        { kind: "letter", text: "ab", upright: true },
      ],
    });
    expect(texTree("\\tfrac{1}{2}\\frac{a}{b}")).toMatchObject({ of: [{ small: true }, { small: false }] });
  });

  it.each([
    "\\foo",
    "x_",
    "{x",
    "x}",
    "x^2^3",
    "x_1_2",
    "u'^2",
    "\\frac{1}",
    "\\frac12",
    "\\sqrt x",
    "\\left(x",
    "x\\right)",
    "\\mathbb{Q}",
    "é",
    "#",
    "$x$",
    "{".repeat(200) + "}".repeat(200),
    `${"x^{".repeat(200)}x${"}".repeat(200)}`,
    "\\sqrt{".repeat(200) + "}".repeat(200),
  ])("of %s there is none", (text) => {
    expect(texTree(text)).toBe(null);
  });

  test.prop([polynomialIn(3, 8, 3), fc.constantFrom("", "2*", "(1/3)*sqrt(3)*", "1/2*")])(
    "there is one of every polynomial",
    (p, front) => {
      const text = showPolynomial(p, ["u1", "beta", "w_0_1"]);
      expect(texTree(tex(front === "" ? text : `${front}(${text})`))).not.toBe(null);
    },
  );

  it("there is one of every kind of formula", () => {
    for (const text of [
      "3*sum(abs(betahat_k)^(2/3), k)",
      "inf(norm(v_0) + min(abs(v_1), 2), v)",
      "2*nuclear(beta)^2",
      "norm(beta_0, beta_1)^(2/3)",
      "sum(what_1_c_k*what_2_k, c)",
      "(a*b)^2/3^(1/2) - α*foo_1",
    ])
      expect(texTree(tex(text))).not.toBe(null);
  });
});

describe("widths", () => {
  it("add up, scripts small, fractions as wide as the wider part", () => {
    expect(texWidth("")).toBe(0);
    expect(texWidth("x+x")!).toBeCloseTo(2 * texWidth("x")! + texWidth("+")!, 9);
    expect(texWidth("x_{1}")!).toBeLessThan(texWidth("x1")!);
    expect(texWidth("\\frac{x}{abc}")!).toBeCloseTo(texWidth("\\frac{cba}{x}")!, 9);
    expect(texWidth("\\tfrac{abc}{x}")!).toBeLessThan(texWidth("\\frac{abc}{x}")!);
    expect(texWidth("w")!).toBeGreaterThan(texWidth("t")!);
    expect(texWidth("\\sqrt{x}")!).toBeGreaterThan(texWidth("x")! + 0.5);
    expect(texWidth("\\sum_{k}")!).toBe(texWidth("\\sum")!);
    expect(texWidth("x_{k}^{k}")!).toBe(texWidth("x^{k}")!);
    expect(texWidth("x_{k}")!).toBeGreaterThan(texWidth("x")! + 0.7 * texWidth("k")!);
    expect(texWidth("\\left(x\\right)")!).toBeCloseTo(texWidth("(x)")!, 9);
    expect(texWidth("\\foo")).toBe(null);
  });
});

describe("lines", () => {
  it("end before plus, minus, a second relation, and after commas", () => {
    expect(linesOf("a+b-c", 1)).toEqual(["a", "+b", "-c"]);
    expect(linesOf("a = b = c \\le d", 1)).toEqual(["a = b", "= c", "\\le d"]);
    expect(linesOf("(a, b)", 1)).toEqual(["(a,", "b)"]);
  });

  it("never at the sign of a term, inside scripts, fractions and roots", () => {
    for (const text of ["-a", "=-a", "(-a", "x^{a+b}", "\\frac{a+b}{c}", "\\sqrt{a+b}", "x_{a+b,c}"])
      expect(linesOf(text, 0.1)).toEqual([text]);
  });

  it("inside round brackets too, which are then of one size", () => {
    expect(linesOf("2\\,\\left(a+b\\right)^{2}", 2)).toEqual(["2\\,\\bigl(a", "+b\\bigr)^{2}"]);
    expect(linesOf("2\\,\\left(a+b\\right)^{2}", 10)).toEqual(["2\\,\\left(a+b\\right)^{2}"]);
  });

  it("inside a product only where it does not fit alone", () => {
    expect(linesOf("a\\,b+c\\,d", 3)).toEqual(["a\\,b", "+c\\,d"]);
    expect(linesOf("a\\,b\\,c\\,d", 2)).toEqual(["a\\,b\\,", "c\\,d"]);
  });

  it("are filled, the later ones by their own measure", () => {
    const lines = linesOf(sum(40), 20, 10);
    expect(texWidth(lines[0]!)!).toBeGreaterThan(16);
    expect(lines.length).toBeGreaterThan(5);
    lines.forEach((line, i) => {
      expect(texWidth(line)!).toBeLessThanOrEqual(i === 0 ? 20 : 10);
    });
    expect(linesOf("\\foo+x", 0.1)).toEqual(["\\foo+x"]);
  });

  test.prop([polynomialIn(3, 12, 3), fc.integer({ min: 1, max: 30 }), fc.constantFrom("", "1/2*")])(
    "lose nothing, and every one can be read",
    (p, limit, front) => {
      const text = tex(`${front}(${showPolynomial(p, ["u1", "beta", "w_0_1"])})`);
      for (const lines of [linesOf(text, limit), piecesOf(text)]) {
        const whole = lines.join("").replaceAll("\\bigl(", "\\left(").replaceAll("\\bigr)", "\\right)");
        expect(whole).toBe(text);
        for (const line of lines) expect([line, texTree(line)]).not.toContain(null);
      }
    },
  );

  it("of a page are pieces, as soon as a formula is wide", () => {
    expect(piecesOf(sum(8))).toEqual([sum(8)]);
    expect(piecesOf(sum(20))).toEqual(sum(20).split(/(?=\+)/));
    expect(piecesOf("\\foo")).toEqual(["\\foo"]);
  });

  it("are aligned at the first relation", () => {
    expect(relationAt("\\beta_{0} = x = y")).toBe(10);
    expect(relationAt("x_{a=b}")).toBe(null);
    expect(relationAt("x+y")).toBe(null);
  });
});

describe("displays", () => {
  it("align equations, and break long ones below their right side", () => {
    expect(displayed(["a = b", "c_{1} \\le d"], 9)).toEqual({
      lines: ["\\begin{align*}", "a &= b \\\\\nc_{1} &\\le d", "\\end{align*}"],
      shown: 2,
    });
    const { lines } = displayed([`a = ${sum(30)}`], 9);
    expect(lines[1]).toMatch(/^a &= x_\{0\}[^&]* \\\\\n&\\quad\{\}\+x_\{\d+\}/);
    expect(displayed([`a = \\min\\{${sum(12)}\\} = ${sum(10, "y")}`], 9).lines[1]).toMatch(/ \\\\\n&= y_\{0\}/);
  });

  it("put formulas without a relation side by side", () => {
    expect(displayed(["a-b", "c-d"], 9).lines).toEqual(["\\begin{gather*}", "a-b, \\qquad c-d", "\\end{gather*}"]);
    expect(displayed([sum(12), sum(12)], 9).lines[1]).toBe(`${sum(12)}, \\\\\n${sum(12)}`);
    expect(displayed([sum(60), "a"], 9).lines[1]).toMatch(/^&x_\{0\}.* \\\\\n&\\quad\{\}\+/);
  });

  it("are cut between formulas, and say how many they hold", () => {
    const list = Array.from({ length: 5 }, (_, i) => `a_{${i}} = b`);
    expect(displayed(list, 3)).toMatchObject({ shown: 3 });
    expect(displayed(list, 3).lines[1]!.split("\n").length).toBe(3);
    expect(displayed([`a = ${sum(60)}`], 1)).toEqual({ lines: [], shown: 0 });
    expect(displayed(Array(4).fill(sum(12)), 2).shown).toBe(2);
    expect(displayed([], 3)).toEqual({ lines: [], shown: 0 });
  });

  it("do not align with a wide left side", () => {
    const point = `R(${Array(12).fill("1/7").join(", ")}) = 3`;
    expect(displayed(["R = 2", point], 9).lines).toEqual([
      "\\begin{gather*}",
      `R = 2 \\\\\n${point}`,
      "\\end{gather*}",
    ]);
  });

  it("of groups begin a line with each", () => {
    expect(gathered([["a = b"], ["c = d", "e = f"]])).toEqual([
      "\\begin{gather*}",
      "a = b \\\\\nc = d, \\qquad e = f",
      "\\end{gather*}",
    ]);
    expect(gathered([])).toEqual([]);
  });
});
