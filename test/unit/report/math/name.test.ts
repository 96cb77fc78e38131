/** Names and plain text in TeX: as the exact floor prints names, nothing of what was typed obeyed, every letter declared. */
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { texName } from "../../../../src/exact/text/tex.js";
import { declarations, nameParts, nameTex, plainTex } from "../../../../src/report/math/name.js";

describe("names", () => {
  it("are printed as by exact/text/tex, which this floor may not import", () => {
    const greek =
      "α β γ δ ε ϵ ζ η θ ϑ ι κ λ μ ν ξ π ρ σ ς τ υ φ ϕ χ ψ ω Γ Δ Θ Λ Ξ Π Σ Υ Φ Ψ Ω alpha Beta Gamma omicron varphi";
    const names = `${greek} x u1 w1_0_2 x_max x_a1_2 c_β betahat_3 what_1_k hat xhat2 ab a1b2 _x w__1 $x a$b_ é été ħ_2 µ 𝛼 ℝ_αβ`;
    for (const name of names.split(" ")) expect(nameTex(name)).toBe(texName(name));
  });

  test.prop([fc.stringMatching(/^[\p{L}_$][\p{L}\p{M}\p{N}_$]{0,12}$/u)])("any name", (name) => {
    expect(nameTex(name)).toBe(texName(name));
  });

  it("have a stem and indices, or are printed whole", () => {
    expect(nameParts("w1_0_k")).toEqual({ stem: "w", indices: ["1", "0", "k"] });
    expect(nameParts("βhat")).toEqual({ stem: "\\hat{\\beta}", indices: [] });
    expect(nameParts("a1b2")).toBe(null);
  });
});

describe("plain text", () => {
  it.each([
    ['<&>"%$#_{}\\', '<\\&>"\\%\\$\\#\\_\\{\\}\\textbackslash{}'],
    ["a~b^c", "a\\textasciitilde{}b\\textasciicircum{}c"],
    ["--json", "-{}-json"],
    ["``a'' <<b>> c,,d ?`!`", "`{}`a'{}' <{}<b>{}> c,{},d ?{}`!{}`"],
    [" one\n two\t", "one two"],
    ["a\u0000b\u202ec", "a\uFFFDb\uFFFDc"],
  ])("%j", (text, expected) => {
    expect(plainTex(text)).toBe(expected);
  });
});

describe("what pdfLaTeX must be told", () => {
  it("is nothing for ASCII and for the letters of T1", () => {
    expect(declarations("\\beta_{0} ~ é ß œ Ž Å")).toEqual([]);
  });

  it("is Greek by its sign and other letters by their number, each once and in order", () => {
    expect(declarations("\\text{重α} 𝛼 α ħ \u0301")).toEqual([
      "\\DeclareUnicodeCharacter{0127}{\\texttt{U+0127}}",
      "\\DeclareUnicodeCharacter{0301}{\\texttt{U+0301}}",
      "\\DeclareUnicodeCharacter{03B1}{\\ensuremath{\\alpha}}",
      "\\DeclareUnicodeCharacter{91CD}{\\texttt{U+91CD}}",
      "\\DeclareUnicodeCharacter{1D6FC}{\\ensuremath{\\alpha}}",
    ]);
  });
});
