/** The TeX document of `derive`: a slide that stands alone, real mathematics in its prose, and nothing typed that is obeyed. */
import { describe, expect, it } from "vitest";
import { texDocument } from "../../../src/report/tex-document.js";
import { BARE, BOUNDED, DOCUMENT, DOCUMENTS, LAYERED } from "./derive-fixtures.js";

const slideOf = (tex: string): string => /\\begin\{slide\}\n([\s\S]*)\\end\{slide\}/.exec(tex)![1]!;

describe("the TeX document", () => {
  it("has a slide that is complete without the rest", () => {
    expect(slideOf(texDocument(LAYERED))).toBe(`\\begin{align*}
\\beta &= 4^{-1/2}\\,w_{1} \\circledast w_{2} \\\\
R(\\beta) &= \\min\\{\\|w\\|_2^2 : P(w) = \\beta\\} = 2\\,\\sum_{k} |\\hat{\\beta}_{k}| \\\\
R(1, 1/3, -2, 0) &= 42
\\end{align*}
Circular convolution on $\\mathbb{Z}_{4}$. $\\hat{\\beta}$ is the transform of $\\beta$.
\\begin{itemize}
\\item $P(c\\,w) = c^{2}\\,P(w)$.
\\item Conserved by gradient flow: 3 independent, of degree at most 2, and no more.
\\item In Fourier coordinates $\\hat{\\beta}_{k} = \\hat{w}_{1,k}\\,\\hat{w}_{2,k}$.
\\item Evidence: homogeneous \\emph{exact}, conserved \\emph{exact}, Fourier \\emph{exact}, regularizer \\emph{sampled}.
\\end{itemize}
`);
  });

  it("has a value as it is rounded, and a bound as such", () => {
    const value = { ...LAYERED, regularizer: { ...LAYERED.regularizer!, value: 11.626124828382185 } };
    expect(texDocument(value)).toContain("R(1, 1/3, -2, 0) &\\approx 11.6261248283822\n");
    const small = { ...LAYERED, regularizer: { ...LAYERED.regularizer!, value: 1.5e-9 } };
    expect(texDocument(small)).toContain("&= 1.5\\cdot 10^{-9}\n");
    const slide = slideOf(texDocument(BOUNDED));
    expect(slide).toContain("R(1, 1/3, -2, 0) &\\le 3.0800838230519\n");
    expect(slide).toContain(
      "Observed: the least $\\|w\\|_2^{2}$ found by descent; $\\|P(w)-\\beta\\|_2 = 2.5\\cdot 10^{-16}$.",
    );
    expect(slideOf(texDocument(BARE))).toContain(
      "R(\\beta) &= \\min\\{\\|w\\|_2^2 : P(w) = \\beta\\} \\\\\nR(1, -2) &\\le 3.5",
    );
  });

  it("has a heading and steps in which formulas are typeset", () => {
    const tex = texDocument(LAYERED);
    expect(tex).toContain("\\section*{Convolutional, $D = 4$, depth 2}\n");
    expect(tex).toContain(
      "\\item \\emph{monomial}: AM-GM for the 2 factors of $\\hat{w}_{1}\\,\\hat{w}_{2}$ {\\small [certificate]}\n",
    );
    expect(tex).toContain("\\item \\emph{contraction}: it is (too long for a certificate: assumed)\n");
    expect(texDocument(DOCUMENT)).toContain("\\section*{Typed predictor, $D = 2$}");
  });

  it("has the scalar as a fraction, and the coordinates while they are few", () => {
    expect(texDocument(LAYERED)).toContain("\\beta_{0} &= \\frac{1}{2}\\,\\left(w_{1,0}\\right) \\\\\n");
    expect(texDocument(DOCUMENT)).toContain("\\beta_{0} &= 2^{-1/2}\\,\\left(a\\,b\\right) \\\\\n\\beta_{1} &= 0");
    expect(texDocument({ ...DOCUMENT, scale: "(1/3)*sqrt(2)" })).toContain(
      "= \\frac{\\sqrt{2}}{3}\\,\\left(a\\,b\\right)",
    );
    const one = { ...DOCUMENT, coordinates: DOCUMENT.coordinates.slice(0, 1), scale: "1/4" };
    expect(texDocument(one)).toContain("\\beta &= \\frac{1}{4}\\,\\left(a\\,b\\right) \\\\\n");
    expect(texDocument({ ...one, scale: "2" })).toContain("\\beta &= 2\\,\\left(a\\,b\\right) \\\\\n");
    expect(texDocument({ ...one, scale: "not positive" })).toContain("\\beta &= \\text{not positive}\\,");
    const long = { ...LAYERED, coordinates: Array(11).fill({ text: "a", tex: "a" }) };
    expect(texDocument(long)).toContain("11 coordinates, in full with \\texttt{-{}-json -}.");
    const typed = { ...DOCUMENT, coordinates: Array(11).fill({ text: "a", tex: "a" }) };
    expect(slideOf(texDocument(typed))).toContain("And 7 more, with \\texttt{-{}-json -}.");
  });

  it("says both objectives and both systems, and the conditions in signs", () => {
    const tex = texDocument(LAYERED);
    expect(tex).toContain("\\paragraph{KKT system of the parameters, with multiplier $z$}");
    expect(tex).toContain(
      "\\min_{w} \\tfrac{1}{2}\\|w\\|_2^2 \\quad\\text{subject to}\\quad y_n\\langle x_n, P(w)\\rangle \\ge 1 \\\\\n" +
        "w = J(w)^\\top z, \\qquad z = \\sum_{n} \\alpha_n\\,y_n\\,x_n, \\qquad \\alpha_n \\ge 0, \\qquad " +
        "\\alpha_n\\,(y_n\\langle x_n, P(w)\\rangle-1) = 0\n",
    );
    expect(tex).toContain("12 equations, in full with");
    expect(tex).toContain("\\paragraph{KKT system of the predictor, with the same $z$}");
    expect(tex).toContain(
      "\\min_{\\beta} \\tfrac{1}{2}R(\\beta) \\quad\\text{subject to}\\quad y_n\\langle x_n, \\beta\\rangle \\ge 1",
    );
    expect(tex).toContain(
      "\\quad\\text{where } \\hat{\\beta}_{k} \\ne 0 \\\\\n|\\hat{z}_{k}| \\le 1 \\quad\\text{where } \\hat{\\beta}_{k} = 0\n",
    );
    const norm = {
      text: "z_d = norm(beta)^(-1)*beta_d, where the norm is not 0",
      tex: "z \\quad \\text{where the norm is not 0}",
    };
    const every = { text: "z_d = beta_d, everywhere", tex: "z_{d} = \\beta_{d} \\quad \\text{everywhere}" };
    const other = texDocument({ ...LAYERED, kkt: { ...LAYERED.kkt, multiplier: "q", predictor: [norm, every] } });
    expect(other).toContain(
      "z \\quad\\text{where } \\|\\beta\\|_2 \\ne 0 \\\\\nz_{d} = \\beta_{d} \\quad\\text{everywhere}\n",
    );
    expect(other).toContain("with the same $q$}");
    const odd = { text: "z = beta, where the 5% m_n is 0", tex: "z = \\beta \\quad \\text{where}" };
    const bare = { text: "z = beta", tex: "z = \\beta" };
    expect(texDocument({ ...LAYERED, kkt: { ...LAYERED.kkt, predictor: [odd, bare] } })).toContain(
      "z = \\beta \\quad\\text{where the 5\\% m\\_n is 0} \\\\\nz = \\beta\n",
    );
  });

  it("says why conserved quantities are missing, if it is known", () => {
    expect(texDocument(BARE)).toContain("\\paragraph{Conserved quantities} Not derived: too many.\n");
    expect(texDocument({ ...BARE, why: {} })).not.toContain("Conserved");
  });

  it("has a table of the evidence", () => {
    const tex = texDocument(LAYERED);
    expect(tex).toContain("homogeneous & exact & yes \\\\\nconserved & exact & yes \\\\\nFourier & exact & yes \\\\\n");
    expect(tex).toContain("regularizer & sampled & 1 of 4 steps; 1 argued in words; 1 assumed \\\\\n");
    expect(tex).toContain("Sampled: at 64 random $w$, $\\|w\\|_2^{2}$ is at least $1.10\\,R(P(w))$.");
  });

  it("obeys nothing that was typed, and declares letters that pdfLaTeX does not know", () => {
    const hostile = `<&>"%$#_{}\\`;
    const tex = texDocument({
      ...BARE,
      why: { regularizer: hostile, conserved: hostile, fourier: hostile, kkt: hostile },
    });
    expect(tex.match(/<\\&>"\\%\\\$\\#\\_\\\{\\\}\\textbackslash\{\}\./g)?.length).toBe(3);
    expect(tex.split("\\begin{document}")[1]).not.toMatch(/(?<!\\)[#%]/);
    expect(texDocument(DOCUMENT)).not.toContain("DeclareUnicodeCharacter");
    const greek = texDocument({ ...DOCUMENT, notes: ["ħ and α"] });
    expect(greek).toContain(
      "\\ifdefined\\DeclareUnicodeCharacter\n\\DeclareUnicodeCharacter{0127}{\\texttt{U+0127}}\n\\fi\n",
    );
    expect(greek).toContain("ħ and $\\alpha$.");
  });

  it("loads what every TeX has, and stands alone", () => {
    const tex = texDocument(DOCUMENT);
    expect(tex.match(/\\usepackage(\[[^\]]*\])?\{[^}]*\}/g)).toEqual([
      "\\usepackage[T1]{fontenc}",
      "\\usepackage[utf8]{inputenc}",
      "\\usepackage[margin=25mm]{geometry}",
      "\\usepackage{amsmath,amssymb}",
    ]);
    for (const doc of DOCUMENTS) {
      const text = texDocument(doc);
      const begun = [...text.matchAll(/\\begin\{(\w+\*?)\}/g)].map((m) => m[1]).sort();
      expect([...text.matchAll(/\\end\{(\w+\*?)\}/g)].map((m) => m[1]).sort()).toEqual(begun);
      expect(text).toMatch(/\\end\{document\}\n$/);
    }
  });
});
