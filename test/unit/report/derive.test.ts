/**
 * The document of `derive` as table, page, summary and TeX: that each shows what the document says, escapes what a user
 * typed, keeps its lines short and its sentences whole, and folds the TeX of a list into one place.
 */
import { describe, expect, it } from "vitest";
import type { DeriveDocument } from "../../../src/kernel/derive-document.js";
import { deriveSummary } from "../../../src/report/derive-summary.js";
import { derivePage } from "../../../src/report/html/derive-page.js";
import { deriveTable } from "../../../src/report/terminal/derive-table.js";
import { texDocument } from "../../../src/report/tex-document.js";

const certificate = { kind: "poly-identity", order: 1, variables: ["a"], polynomials: [], identities: [] } as const;

const DOCUMENT: DeriveDocument = {
  schemaVersion: 1,
  command: "derive",
  input: { network: { kind: "predictor", text: "a*b, 0*c" }, at: ["1", "-2"] },
  network: "beta = (a*b <&> `x` | $y_1#%)",
  variables: ["a", "b", "c"],
  monomials: 2,
  dead: ["c"],
  scale: "1/2*sqrt(2)",
  coordinates: [
    { text: "a*b", tex: "a\\,b" },
    { text: "0", tex: "0" },
  ],
  inLayers: null,
  degree: 2,
  homogeneous: true,
  parts: [{ degree: 2, terms: 1 }],
  homogeneity: { says: "P(c w) = c^2 P(w)", certificate },
  conserved: {
    count: 1,
    basis: [{ text: "a^2 - b^2", tex: "a^2-b^2" }],
    certificate: null,
    defect: { says: "one step changes each q", certificate: null },
  },
  fourier: null,
  regularizer: {
    formula: "2*abs(beta_0)",
    tex: "2\\,|\\beta_{0}|",
    where: ["R is infinite unless beta_1 = 0"],
    derivation: [
      { rule: "monomial", says: "AM-GM for the 2 factors of a*b", certificate, times: 2 },
      { rule: "direct-sum", says: "|w|^2 is a sum", certificate: null, times: 1 },
    ],
    certificate,
    value: null,
    argued: ["direct-sum"],
    sampled: "at 64 random points",
  },
  upperBound: null,
  at: [1, -2],
  kkt: { multiplier: "z", parameters: [{ text: "a = b*z_0", tex: "a = b\\,z_{0}" }], predictor: null },
  evidence: { homogeneity: "exact", conserved: "exact", fourier: null, regularizer: "sampled" },
  why: { fourier: "the network is not given as circular convolutions", value: "R is infinite at this predictor" },
  notes: ["c cancels out of the predictor: dead, and not counted"],
  versions: { biasproof: "0.0.0", node: "v0" },
  timing: { seconds: 0.01 },
};

const BARE: DeriveDocument = {
  ...DOCUMENT,
  conserved: null,
  regularizer: null,
  upperBound: { value: 3.5, says: "the least |w|^2 found by descent" },
  kkt: { multiplier: "z", parameters: [], predictor: null },
  why: { conserved: "too many", regularizer: "no closed form derived: none", kkt: "more than 400 terms" },
};

describe("the table", () => {
  it("has lines of at most 100 columns, with the parts and their grounds", () => {
    const text = deriveTable(DOCUMENT, false);
    expect(text.split("\n").every((line) => [...line].length <= 100)).toBe(true);
    expect(text).toContain("beta_0 = 1/2*sqrt(2) * (a*b)");
    expect(text).toContain("R(beta) = 2*abs(beta_0)");
    expect(text).toContain("R is infinite at this predictor");
    expect(text).toContain("1. monomial: AM-GM for the 2 factors of a*b (2 times) [certificate]");
    expect(text).toMatch(/2\. direct-sum: \|w\|\^2 is a sum\n/);
    expect(text).toContain("c cancels out of the predictor");
  });

  it("says why parts are missing, and shows the upper bound as observed", () => {
    const text = deriveTable(BARE, false);
    expect(text).toContain("not derived: too many");
    expect(text).toContain("no closed form derived: none");
    expect(text).toContain("R(1, -2) <= 3.5, observed");
    expect(text).not.toContain("undefined");
  });
});

describe("the page", () => {
  it("escapes what was typed, and folds the TeX of a list once", () => {
    const html = derivePage(DOCUMENT);
    expect(html).toContain("a*b &lt;&amp;&gt;");
    expect(html).not.toMatch(/<&>|undefined|\[object/);
    expect(html.match(/<summary class="small muted">TeX<\/summary>/g)?.length).toBe(4);
    expect(html).toContain("a\\,b\n0</pre>");
  });

  it("speaks in sentences, and never of a formula's letter in capitals", () => {
    const html = derivePage(DOCUMENT);
    expect(html).toContain("<p>The network is not given as circular convolutions.</p>");
    expect(html).toContain("One step changes each q.");
    expect(html).toContain("<p>c cancels out of the predictor: dead, and not counted.</p>");
    expect(derivePage(BARE)).toContain("<p>No closed form derived: none.</p>");
    expect(derivePage(BARE)).toContain("<p>More than 400 terms.</p>");
  });
});

describe("the summary and the TeX document", () => {
  it("the summary is a table whose cells hold what was typed", () => {
    const rows = deriveSummary(DOCUMENT).trim().split("\n").slice(4);
    expect(rows.length).toBe(4);
    for (const row of rows) expect(row.replaceAll("\\|", "").split("|").length).toBe(5);
  });

  it("TeX escapes what was typed, and prints bars and signs as such in text", () => {
    const tex = texDocument(DOCUMENT);
    expect(tex).toContain("\\section*{beta = (a*b <\\&> `x` | \\$y\\_1\\#\\%)}");
    expect(tex).toContain("\\usepackage[T1]{fontenc}");
    expect(tex).toContain("\\beta_{0} = 1/2\\,\\sqrt{2}\\,\\left(a\\,b\\right)");
    expect(tex).toContain("\\item AM-GM for the 2 factors of a*b (2 times).");
    expect(texDocument(BARE)).toContain("no closed form derived: none.");
  });
});
