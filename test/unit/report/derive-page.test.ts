/** The page of `derive`: R first and typeset, the parts that were derived and no others, and nothing typed that is obeyed. */
import { describe, expect, it } from "vitest";
import { derivePage } from "../../../src/report/html/derive-page.js";
import { BARE, DOCUMENT, DOCUMENTS, LAYERED } from "./derive-fixtures.js";
import { all, parse, textOf } from "./parse.js";

describe("the page", () => {
  const html = derivePage(LAYERED);
  const root = parse(html.replaceAll("<wbr>", ""), "html");
  const titles = (page: string): readonly string[] =>
    all(parse(page.replaceAll("<wbr>", ""), "html"), "h2").map((h) => textOf(h));

  it("is well-formed for every document", () => {
    for (const doc of DOCUMENTS) expect(() => parse(derivePage(doc).replaceAll("<wbr>", ""), "html")).not.toThrow();
  });

  it("shows R first, typeset, with its network, value and evidence", () => {
    expect(textOf(all(root, "h1")[0]!)).toMatch(/^Convolutional, {2}D\s+=\s+4\s+, depth 2$/);
    const quote = all(root, "blockquote")[0]!;
    expect(html.indexOf("<blockquote>")).toBeLessThan(html.indexOf("<h2>"));
    expect(all(quote, "p").map((p) => textOf(p).replace(/\s+/g, ""))).toEqual([
      "R(β)=min{\u2016w\u201622:P(w)=β}=2∑k|β^k|",
      "β=4\u22121/2w1⊛w2",
    ]);
    const before = html.slice(0, html.indexOf("<h2>"));
    expect(before).toContain(
      "Evidence: homogeneous: exact; conserved: exact; Fourier: exact; regularizer: sampled</p>",
    );
    expect(before).toContain("<mo>=</mo><mn>42</mn>");
    expect(all(root, "code")).toEqual([]);
  });

  it("has text and TeX of its formulas to be copied, and folds what is long", () => {
    expect(html).toContain("R(beta) = 2*sum(abs(betahat_k), k)\nbeta = 4^(-1/2) w1 (*) w2</pre>");
    expect(html).toContain("w_{1,0} = z_{0} \\\\\nw_{1,1} = z_{0} \\\\\n");
    expect(html).toMatch(/<details><summary>12 equations<\/summary>/);
    expect(html).toContain("<details><summary>5 certificates</summary>");
    const many = { ...LAYERED, kkt: { ...LAYERED.kkt, parameters: Array(70).fill(LAYERED.kkt.parameters[0]) } };
    expect(derivePage(many)).toContain("The first 60; report.json has all of them.");
  });

  it("has the sections of what was derived only", () => {
    expect(titles(html)).toEqual([
      "Derivation of the regularizer",
      "Predictor in coordinates",
      "Homogeneity",
      "Fourier coordinates",
      "Conserved quantities",
      "KKT systems",
      "Evidence",
      "Certificates",
    ]);
    expect(titles(derivePage(BARE))).toEqual([
      "Homogeneity",
      "Conserved quantities",
      "KKT systems",
      "Evidence",
      "Certificates",
    ]);
    expect(titles(derivePage({ ...BARE, why: { ...BARE.why, fourier: "too large" } }))).toContain(
      "Fourier coordinates",
    );
    expect(titles(derivePage({ ...BARE, homogeneity: { ...BARE.homogeneity, certificate: null } }))).not.toContain(
      "Certificates",
    );
  });

  it("says both objectives, with the multiplier in the headings", () => {
    const page = parse(derivePage({ ...LAYERED, kkt: { ...LAYERED.kkt, multiplier: "q" } }), "html");
    expect(all(page, "h3").map((h) => textOf(h).replace(/\s+/g, " ").trim())).toEqual([
      "Of the parameters, with multiplier q",
      "Of the predictor, with the same q",
    ]);
    const items = all(page, "li").map((li) => textOf(li).replace(/\s+/g, ""));
    expect(items).toContain("minw12\u2016w\u201622subjecttoyn\u27E8xn,P(w)\u27E9\u22651");
    expect(items).toContain("minβ12R(β)subjecttoyn\u27E8xn,β\u27E9\u22651");
    expect(items).toContain("z^k=β^k|β^k|whereβ^k\u22600");
    expect(items).toContain("|z^k|\u22641whereβ^k=0");
  });

  it("escapes what was typed, speaks in sentences, and never of a name in capitals", () => {
    const page = derivePage(DOCUMENT);
    expect(page).toContain("<title>biasproof derive: beta = (a*b &lt;&amp;&gt; `x` | $y_1#%)</title>");
    expect(page).not.toMatch(/<&>|<b>/);
    expect(page).toContain("<math><mi>c</mi></math> cancels out of the predictor: dead, and not counted.");
    expect(derivePage(BARE)).toContain("No closed form derived: none.");
    expect(derivePage(BARE)).toContain("<p>More than 400 terms.</p>");
    const hostile = `<&>"%$#_{}\\`;
    const bad = derivePage({
      ...BARE,
      why: { regularizer: hostile, conserved: hostile, fourier: hostile, kkt: hostile },
    });
    expect(bad.match(/&lt;&amp;&gt;&quot;%\$#_\{\}\\\./g)?.length).toBe(4);
    const tex = { text: hostile, tex: hostile };
    expect(derivePage({ ...LAYERED, inLayers: { ...tex, where: hostile } })).toContain(
      "<code>&lt;&amp;&gt;&quot;%$#_{}\\</code>",
    );
  });
});
