/**
 * The document of `derive` as table, page, summary and TeX: that each shows what the document says with its grounds, marks
 * the same things in the same words, escapes what a user typed, keeps its lines short and says what it leaves out.
 */
import { describe, expect, it } from "vitest";
import type { DeriveDocument } from "../../../src/kernel/derive-document.js";
import { deriveSummary } from "../../../src/report/derive-summary.js";
import { derivePage } from "../../../src/report/html/derive-page.js";
import { deriveTable } from "../../../src/report/terminal/derive-table.js";
import { texDocument } from "../../../src/report/tex-document.js";
import { BARE, BOUNDED, certificate, DOCUMENT, DOCUMENTS, LAYERED, PLAIN } from "./derive-fixtures.js";

const FORMS = [
  ["table", (doc: DeriveDocument) => deriveTable(doc, false)],
  ["page", derivePage],
  ["summary", deriveSummary],
  ["TeX", texDocument],
] as const;

describe.each(FORMS)("the %s", (_, show) => {
  it("marks steps in the same words, where their own words do not", () => {
    const text = show(LAYERED)
      .replaceAll("\\[", "[")
      .replaceAll("\\]", "]")
      .replace(/<[^>]*>/g, "");
    expect(text).toMatch(/unitary-change[^[]*\[argued in words\]/);
    expect(text).toMatch(/monomial[^[]*\[certificate\]/);
    expect(text).toMatch(/am-gm[^[]*\(3 times\)[^[]*\[certificate too long to be shown\]/);
    expect(text).not.toMatch(/contraction[^[]*\[argued/);
    expect(text.match(/\[argued in words\]/g)?.length).toBe(1);
  });

  it("says the grounds of each part", () => {
    const text = show(LAYERED);
    for (const word of ["homogeneous", "conserved", "Fourier", "regularizer", "sampled", "exact"])
      expect(text).toContain(word);
    expect(show(PLAIN)).toContain("not homogeneous");
    expect(show(PLAIN)).not.toMatch(/homogeneity:? exact|0 of degree/);
    expect(show(PLAIN)).toContain("none of degree at most 2");
  });

  it("shows a bound where the formula has no value, observed", () => {
    const text = show(BOUNDED);
    expect(text).toContain("3.0800838230519");
    expect(text).not.toContain("3.08008382305190");
    expect(text).toMatch(/infimal convolution has no evaluation here/);
    expect(text).toContain("observed");
    expect(text).toMatch(/not compared with the network/i);
  });

  it("leaves out a reason that says nothing, and holds nothing broken", () => {
    for (const doc of DOCUMENTS) {
      expect(show(doc)).not.toContain("not given as circular convolutions");
      expect(show(doc)).not.toMatch(/undefined|NaN|null\b|\[object/);
    }
  });
});

describe("the table", () => {
  const linesOf = (doc: DeriveDocument): readonly string[] => deriveTable(doc, false).split("\n");

  it("is a slide: the layers and R first, lines of at most 100 columns, and not many", () => {
    for (const doc of DOCUMENTS) expect(linesOf(doc).every((line) => [...line].length <= 100)).toBe(true);
    const lines = linesOf(LAYERED);
    expect(lines.length).toBeLessThanOrEqual(34);
    expect(lines.slice(0, 2)).toEqual(["convolutional, D = 4, depth 2", "8 parameters, 16 monomials"]);
    expect(lines.slice(3, 9).map((line) => line.trim())).toEqual([
      "predictor     beta = 4^(-1/2) w1 (*) w2",
      "circular convolution on Z_4",
      "4 coordinates (--json - has all)",
      "regularizer   R(beta) = 2*sum(abs(betahat_k), k), where",
      "betahat is the transform of beta",
      "R(1, 1/3, -2, 0) = 42",
    ]);
  });

  it("counts what it leaves out", () => {
    const text = deriveTable(LAYERED, false);
    expect(text).toContain("12 equations (--json - has all)");
    expect(text).toContain("... and 2 more (--json - has all)");
    expect(text).toContain("by gradient flow: 3 independent, of degree at most 2, and no more [certificate]");
  });

  it("says both objectives and both systems", () => {
    const text = deriveTable(LAYERED, false);
    expect(text).toContain("parameters: min |w|^2/2 subject to y_n <x_n, P(w)> >= 1\n");
    expect(text).toContain("w = J(w)^T z, z = sum_n alpha_n y_n x_n, alpha_n >= 0, alpha_n = 0 off the margin");
    expect(text).toContain("predictor: min R(beta)/2 subject to y_n <x_n, beta> >= 1, the same z\n");
    expect(text).toContain("abs(zhat_k) <= 1, where betahat_k is 0");
    expect(deriveTable(BOUNDED, false)).toContain("the system is not written out");
  });

  it("says the evidence of each part, and what was sampled, in one place", () => {
    expect(deriveTable(LAYERED, false)).toMatch(
      /evidence {6}homogeneous: exact; conserved: exact; Fourier: exact; regularizer: sampled\n +sampled: at 64 random w/,
    );
    expect(deriveTable(PLAIN, false)).toMatch(/evidence {6}not homogeneous: exact; conserved: exact/);
    expect(deriveTable(BOUNDED, false).replace(/\s+/g, " ")).toContain("regularizer: assumed; upper bound: observed");
    expect(deriveTable({ ...PLAIN, parts: [] }, false)).toContain("the zero map: exact");
  });

  it("shows a typed predictor in its coordinates, with names that clash under another", () => {
    const text = deriveTable(DOCUMENT, false);
    expect(text).toContain("beta_0 = 1/2*sqrt(2) * (a*b)\n");
    expect(text).toContain("beta_1 = 0\n");
    expect(text).toContain("R is infinite at this predictor");
    expect(text).toContain("1. monomial: AM-GM for the 2 factors of a*b (2 times) [certificate]");
    expect(text).toContain("c cancels out of the predictor");
    const clash = deriveTable({ ...DOCUMENT, variables: ["beta", "a"], coordinates: [{ text: "a", tex: "a" }] }, false);
    expect(clash).toContain("P = 1/2*sqrt(2) * (a)");
    const typed = { ...DOCUMENT, network: `beta = (${"a*b + ".repeat(40)}c)` };
    expect(deriveTable(typed, false).split("\n")[0]).toBe("typed predictor, D = 2");
  });

  it("shortens each step of a long derivation to a line, and counts the rest", () => {
    const step = { rule: "lift", says: "attained where ".repeat(20), certificate, times: 1 };
    const doc = { ...LAYERED, regularizer: { ...LAYERED.regularizer!, derivation: Array(12).fill(step) } };
    const lines = deriveTable(doc, false).split("\n");
    const first = lines.findIndex((line) => line.includes("derivation"));
    for (const line of lines.slice(first, first + 7)) expect(line).toMatch(/lift: attained.*\.\.\. \[certificate\]$/);
    expect(lines[first + 7]!.trim()).toBe("... and 5 more (--json - has all)");
  });

  it("says why parts are missing", () => {
    const text = deriveTable(BARE, false);
    expect(text).toContain("R(beta) = min { |w|^2 : P(w) = beta }");
    expect(text).toContain("not derived: too many");
    expect(text).toContain("no closed form derived: none");
    expect(text).toContain("R(1, -2) <= 3.5, observed: the least |w|^2 found by descent");
    expect(text).toContain("more than 400 terms");
  });

  it("takes letters that no parameter has", () => {
    const doc = { ...BARE, variables: ["x_1", "y", "α"], kkt: { ...BARE.kkt, multiplier: "y" } };
    expect(deriveTable(doc, false)).toContain("w = J(w)^T y, y = sum_n lambda_n sigma_n xi_n, lambda_n >= 0");
  });

  it("shows four lines of a list, and never counts what it shows", () => {
    const equations = (n: number) => ({
      ...LAYERED,
      kkt: { ...LAYERED.kkt, parameters: LAYERED.kkt.parameters.slice(0, n) },
    });
    expect(deriveTable(equations(4), false)).toContain("w1_3 = z_0\n");
    expect(deriveTable(equations(5), false)).toContain("5 equations (--json - has all)");
    const one = { text: Array(100).fill("a^2").join(" + "), tex: "a" };
    const single = { ...LAYERED, conserved: { ...LAYERED.conserved!, count: 1, basis: [one] } };
    expect(deriveTable(single, false)).not.toContain("... and");
  });

  it("shows a derivation of eight lines in full", () => {
    const step = { rule: "lift", says: "attained ".repeat(8), certificate, times: 1 };
    const steps = (n: number) => ({
      ...LAYERED,
      regularizer: { ...LAYERED.regularizer!, derivation: Array(n).fill(step) },
    });
    expect(deriveTable(steps(4), false)).not.toContain("... [certificate]");
    expect(deriveTable(steps(5), false).match(/\.\.\. \[certificate\]/g)?.length).toBe(5);
  });

  it("says where only where there is something to say", () => {
    const bare = { ...LAYERED, regularizer: { ...LAYERED.regularizer!, where: [] } };
    expect(linesOf(bare).map((line) => line.trim())).toContain("regularizer   R(beta) = 2*sum(abs(betahat_k), k)");
  });

  it("cuts a long predictor of --at between its numbers", () => {
    const input = { ...DOCUMENT.input, at: Array.from({ length: 40 }, (_, i) => `${i}/7`) };
    const long = deriveTable({ ...BARE, input }, false).replace(/\s+/g, " ");
    expect(long).toContain("R(0/7, 1/7, 2/7, 3/7, 4/7, 5/7, 6/7, 7/7, 8/7, 9/7, 10/7, ...) <= 3.5");
    const huge = deriveTable({ ...BARE, input: { ...input, at: ["9".repeat(200)] } }, false);
    expect(huge).toContain("R(beta, ...) <= 3.5");
  });
});

describe("the summary", () => {
  it("is a table of parts with evidence and certificates, and a list", () => {
    expect(deriveSummary(LAYERED)).toBe(`**convolutional, D = 4, depth 2**

| part | derived | evidence | certificate |
|---|---|---|---|
| predictor | \`beta = 4^(-1/2) w1 (*) w2\` |  |  |
| homogeneous | \`P(c w) = c^2 P(w)\` | exact | yes |
| conserved | by gradient flow: 3 independent, of degree at most 2, and no more | exact | yes |
| Fourier | \`betahat_k = what_1_k*what_2_k\` | exact | yes |
| regularizer | \`R(beta) = 2*sum(abs(betahat_k), k)\` | sampled | 1 of 4 steps; 1 argued in words; 1 assumed |

- \`R(1, 1/3, -2, 0) = 42\`
- Derivation: unitary-change \\[argued in words\\], monomial \\[certificate\\], contraction, am-gm (3 times) \\[certificate too long to be shown\\]
- sampled: at 64 random w, \\|w\\|^2 is at least 1.10 R(P(w))
`);
  });

  it("has a row for a bound, and says why parts are missing", () => {
    expect(deriveSummary(BOUNDED)).toContain(
      "| upper bound | `R(1, 1/3, -2, 0) <= 3.0800838230519` | observed | none |",
    );
    const text = deriveSummary(BARE);
    expect(text).toContain("\n- no closed form derived: none\n- conserved: not derived: too many\n");
    expect(text).toContain("| upper bound | `R(1, -2) <= 3.5` | observed | none |");
    expect(deriveSummary(PLAIN)).toContain(
      "| not homogeneous | not homogeneous (degrees 1, 2): no theory | exact | none needed: the degrees are read off |",
    );
  });

  it("keeps what was typed in its cell and obeys none of it", () => {
    const text = deriveSummary({
      ...DOCUMENT,
      coordinates: [
        { text: "a|`b`", tex: "a" },
        { text: "c", tex: "c" },
      ],
      scale: "1",
    });
    expect(text).toContain("**beta = (a\\*b \\<\\&\\> \\`x\\` \\| $y\\_1\\#%)**");
    expect(text).toContain("| predictor | `beta_0 = a\\|'b', ...` |");
    for (const row of text.split("\n").filter((line) => line.startsWith("|")))
      expect(row.replaceAll("\\|", "").split("|").length).toBe(6);
  });
});
