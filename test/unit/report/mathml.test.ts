/** MathML of formulas: pinned, well-formed, with every sign of the TeX in it, and code where the TeX is not known. */
import { fc, test } from "@fast-check/vitest";
import { beforeAll, describe, expect, it } from "vitest";
import { showPolynomial } from "../../../src/exact/text/show.js";
import { texPrinter } from "../../../src/exact/text/tex.js";
import { mathBlock, mathInline, mathProse } from "../../../src/report/html/mathml.js";
import { polynomialIn } from "../exact/random.js";
import { all, elements, parse, textOf } from "./parse.js";

let tex: (expression: string) => string;
beforeAll(async () => {
  tex = await texPrinter();
});

const inline = (text: string): string => mathInline(text, "?").text.replace(/^<math>|<\/math>$/g, "");
const thin = '<mspace width="0.167em"></mspace>';
const close = 'stretchy="false" lspace="0" rspace="0"';

describe("elements", () => {
  it.each([
    ["x", "<mi>x</mi>"],
    ["\\beta", "<mi>β</mi>"],
    ["\\Gamma", '<mi mathvariant="normal">Γ</mi>'],
    ["\\mathbb{R}^{3}", '<msup><mi mathvariant="normal">ℝ</mi><mn>3</mn></msup>'],
    ["\\mathrm{ab}", "<mi>ab</mi>"],
    ["\\text{é \\$}", "<mtext>é $</mtext>"],
    ["\\text{ a }", "<mtext>\u00A0a\u00A0</mtext>"],
    ["2\\,x", `<mn>2</mn>${thin}<mi>x</mi>`],
    ["-x", '<mo form="prefix">\u2212</mo><mi>x</mi>'],
    ["x-y", '<mi>x</mi><mo form="infix">\u2212</mo><mi>y</mi>'],
    ["x=-y", '<mi>x</mi><mo>=</mo><mo form="prefix">\u2212</mo><mi>y</mi>'],
    ["|x|-y", `<mo ${close}>|</mo><mi>x</mi><mo ${close}>|</mo><mo form="infix">\u2212</mo><mi>y</mi>`],
    ["a:b", '<mi>a</mi><mo lspace="0.278em" rspace="0.278em">:</mo><mi>b</mi>'],
    ["w_{1,0}", '<msub><mi>w</mi><mrow><mn>1</mn><mo lspace="0" rspace="0">,</mo><mn>0</mn></mrow></msub>'],
    ["a,b", '<mi>a</mi><mo separator="true">,</mo><mi>b</mi>'],
    ["x_{1}^{2}", "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>"],
    ["\\frac{a}{b}", "<mfrac><mi>a</mi><mi>b</mi></mfrac>"],
    ["\\tfrac{1}{2}", '<mstyle displaystyle="false"><mfrac><mn>1</mn><mn>2</mn></mfrac></mstyle>'],
    ["\\sqrt{2}", "<msqrt><mn>2</mn></msqrt>"],
    ["\\hat{w}_{k}", '<msub><mover accent="true"><mi>w</mi><mo stretchy="false">^</mo></mover><mi>k</mi></msub>'],
    ["\\sum_{k} x", '<munder><mo movablelimits="true">∑</mo><mi>k</mi></munder><mi>x</mi>'],
    ["\\inf_{v}", '<munder><mo movablelimits="true" lspace="0" rspace="0.167em">inf</mo><mi>v</mi></munder>'],
    ["\\left(x\\right)", '<mrow><mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo></mrow>'],
    ["J^\\top", '<msup><mi>J</mi><mo lspace="0" rspace="0">⊤</mo></msup>'],
    ["x<y", "<mi>x</mi><mo>&lt;</mo><mi>y</mi>"],
    ["x \\circledast y \\odot z", '<mi>x</mi><mo form="infix">⊛</mo><mi>y</mi><mo form="infix">⊙</mo><mi>z</mi>'],
  ])("%s", (text, expected) => {
    expect(inline(text)).toBe(expected);
  });
});

describe("formulas", () => {
  it("that are not known are shown as code, escaped", () => {
    for (const f of [mathInline, mathBlock])
      expect(f("\\foo", '<b> & "x"').text).toBe("<code>&lt;b&gt; &amp; &quot;x&quot;</code>");
  });

  it("by themselves have the index of a sum below, and break in pieces with their signs between terms", () => {
    expect(mathBlock("x", "?").text).toBe('<math displaystyle="true"><mi>x</mi></math>');
    const sum = Array.from({ length: 20 }, (_, i) => `x_{${i}}`).join("+");
    const text = mathBlock(sum, "?").text;
    expect(text.split("<wbr>").length).toBe(20);
    expect(text).toContain('<wbr><math displaystyle="true"><mo form="infix">+</mo>');
  });

  test.prop([polynomialIn(3, 12, 3), fc.constantFrom("", "(1/3)*sqrt(3)*")])(
    "of polynomials are well-formed and hold every name and number",
    (p, front) => {
      const text = `${front}(${showPolynomial(p, ["u1", "beta", "w_0_1"])})`;
      const root = parse(mathBlock(tex(text), "?").text.replaceAll("<wbr>", ""), "html");
      expect(all(root, "code")).toEqual([]);
      const shown = textOf(root).replace(/\s/g, "");
      const times = (pattern: RegExp, where: string): number => (where.match(pattern) ?? []).length;
      expect(times(/β/g, shown)).toBe(times(/beta/g, text));
      expect(times(/u/g, shown)).toBe(times(/u1/g, text));
      expect(times(/w0,1/g, shown)).toBe(times(/w_0_1/g, text));
      expect(times(/\u2212/g, shown)).toBe(times(/-/g, text) + (text.startsWith("(1/3)*sqrt(3)") ? 1 : 0));
      // Elements with a fixed number of children have it.
      const arity: Readonly<Record<string, number>> = { msup: 2, msub: 2, mfrac: 2, mover: 2, munder: 2, msubsup: 3 };
      for (const e of elements(root)) if (arity[e.name] !== undefined) expect(e.children.length).toBe(arity[e.name]);
    },
  );
});

describe("prose", () => {
  it("has its formulas set and its words escaped", () => {
    expect(mathProse("the <b> of beta_0 & x", new Set()).text).toBe(
      "the &lt;b&gt; of <math><msub><mi>β</mi><mn>0</mn></msub></math> &amp; <math><mi>x</mi></math>",
    );
  });

  it("shows a formula that is too wide for a line as text", () => {
    const product = Array.from({ length: 60 }, (_, i) => `x${i}`).join("*");
    expect(mathProse(`of ${product}`, new Set()).text).toBe(`of <code>${product}</code>`);
  });
});
