/** The document of `derive` as a TeX document that stands alone: one page, to be cut into slides. */
import type { DeriveDocument } from "../kernel/derive-document.js";
import { oneLine } from "./text.js";

/** Text in TeX: what TeX would read as a command is escaped. */
function plain(text: string): string {
  return oneLine(text)
    .replaceAll("\\", "\\textbackslash{}")
    .replace(/[&%$#_{}]/g, (c) => `\\${c}`)
    .replaceAll("\\textbackslash\\{\\}", "\\textbackslash{}")
    .replaceAll("~", "\\textasciitilde{}")
    .replaceAll("^", "\\textasciicircum{}");
}

/** Longest line of TeX that fits on a page, in characters of source. */
const LINE = 110;

/** A long sum over several lines, broken before plus and minus signs that stand in no bracket. */
function broken(tex: string): string {
  if (tex.length <= LINE) return tex;
  const lines: string[] = [];
  let depth = 0;
  let line = "";
  for (const c of tex) {
    if ("{([".includes(c)) depth += 1;
    if ("})]".includes(c)) depth -= 1;
    // Inside one pair of round brackets, the scalar's, a sum may be broken too.
    if ((c === "+" || c === "-") && depth <= 1 && line.length > LINE - 30) {
      lines.push(line);
      line = "";
    }
    line += c;
  }
  lines.push(line);
  // \left and \right must meet on one line; over several, plain brackets of fixed size do.
  const text =
    lines.length === 1
      ? tex
      : lines.join(" \\\\\n\\qquad {}").replaceAll("\\left(", "\\bigl(").replaceAll("\\right)", "\\bigr)");
  return text;
}

const aligned = (lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ["\\begin{gather*}", lines.map(broken).join(" \\\\\n"), "\\end{gather*}"];

function valueLines(doc: DeriveDocument): string[] {
  const { regularizer, at, why, evidence } = doc;
  if (regularizer === null) return [];
  const value =
    at === null
      ? []
      : [
          regularizer.value === null
            ? `${plain(why.value ?? "no value")}.`
            : `$R(${at.join(", ")}) = ${regularizer.value}$.`,
        ];
  const seen = regularizer.sampled === null ? "" : `: ${plain(regularizer.sampled)}`;
  return [...value, `Evidence: ${evidence.regularizer ?? "none"}${seen}.`, ""];
}

export function texDocument(doc: DeriveDocument): string {
  const { conserved, fourier, regularizer, kkt } = doc;
  const front =
    doc.scale === "1" ? "" : `${doc.scale.replace(/sqrt\(([^)]*)\)/g, "\\sqrt{$1}").replaceAll("*", "\\,")}\\,`;
  const coordinates = doc.coordinates.map(
    (c, d) => `\\beta_{${d}} = ${front}${front === "" ? c.tex : `\\left(${c.tex}\\right)`}`,
  );
  return `${[
    "\\documentclass{article}",
    "\\usepackage[T1]{fontenc}",
    "\\usepackage{amsmath}",
    "\\allowdisplaybreaks",
    "\\begin{document}",
    `\\section*{${plain(doc.network)}}`,
    `${doc.variables.length} parameters, ${doc.monomials} monomials. ${plain(doc.homogeneity.says)}.`,
    "\\paragraph{Predictor}",
    ...aligned(coordinates),
    ...(fourier === null ? [] : ["\\paragraph{In Fourier coordinates}", ...aligned([fourier.statement.tex])]),
    ...(conserved === null
      ? []
      : [
          `\\paragraph{Conserved under gradient flow: ${conserved.count} of degree at most 2}`,
          ...aligned(conserved.basis.map((q) => q.tex)),
        ]),
    ...(regularizer === null
      ? [`\\paragraph{Induced regularizer} ${plain(doc.why.regularizer ?? "")}.`]
      : [
          "\\paragraph{Induced regularizer}",
          ...aligned([`R(\\beta) = \\min\\{\\|w\\|_2^2 : P(w) = \\beta\\} = ${regularizer.tex}`]),
          ...regularizer.where.map((w) => `${plain(w)}.`),
          ...valueLines(doc),
          "\\begin{enumerate}",
          ...regularizer.derivation.map((s) => `\\item ${plain(s.says)}${s.times > 1 ? ` (${s.times} times)` : ""}.`),
          "\\end{enumerate}",
        ]),
    "\\paragraph{Stationarity} With $z = \\sum_n \\alpha_n y_n x_n$, $\\alpha \\ge 0$, $\\alpha_n (m_n - 1) = 0$:",
    ...aligned(["w = J(w)^\\top z", ...kkt.parameters.map((p) => p.tex)]),
    ...(kkt.predictor === null ? [] : aligned(kkt.predictor.map((p) => p.tex))),
    "\\end{document}",
  ].join("\n")}\n`;
}
