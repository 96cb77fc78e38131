/**
 * The document of `derive` as a TeX document that stands alone. What stands in its environment `slide` is complete without
 * the rest: the network, R and its value, what is conserved, and how all that is known. Made for pdfLaTeX with packages that
 * every TeX has; letters that pdfLaTeX does not know are declared in the preamble.
 */
import type { DeriveDocument, Written } from "../kernel/derive-document.js";
import { conditionsOf, kktWords } from "./derive/kkt.js";
import {
  ALL,
  absenceOf,
  atPoint,
  certified,
  comparedOf,
  conservedWords,
  coordinatesOf,
  DEFINITION,
  formulaOf,
  fourierWords,
  groundsOf,
  headingOf,
  markOf,
  RECHECKED,
  sizesOf,
  timesOf,
} from "./derive/words.js";
import { countOf } from "./format.js";
import { displayed, gathered } from "./math/display.js";
import { declarations, plainTex } from "./math/name.js";
import { proseTex, sentence } from "./math/prose.js";

/** Lines of one display before the rest is left to --json. */
const MOST = 10;

/** Prose of the document: as it is, or as a sentence. */
type Say = (text: string, whole?: "sentence") => string;

const JSON_TEX = `\\texttt{${plainTex(ALL)}}`;

/** A display as short as asked, and how many are left out. */
function shownOf(list: readonly string[], most = MOST): readonly string[] {
  const { lines, shown } = displayed(list, most);
  const more = list.length - shown;
  return more === 0 ? lines : [...lines, `And ${more} more, with ${JSON_TEX}.`];
}

/** All of them in a few lines, or their number: the first of many say little. */
function allOf(list: readonly string[], noun: string): readonly string[] {
  const { lines, shown } = displayed(list, MOST);
  return shown === list.length ? lines : [`${countOf(list.length, noun)}, in full with ${JSON_TEX}.`];
}

const texOf = (list: readonly Written[]): readonly string[] => list.map((w) => w.tex);

function slide(doc: DeriveDocument, say: Say): readonly string[] {
  const { inLayers, regularizer, conserved, fourier } = doc;
  const coordinates = coordinatesOf(doc);
  const network = inLayers === null ? texOf(coordinates) : [inLayers.tex];
  const formula = formulaOf(doc);
  const points = atPoint(doc);
  const R = formula === null ? DEFINITION.tex : `${DEFINITION.tex} ${formula.tex.slice("R(\\beta) ".length)}`;
  const values = points.flatMap((p) => (p.formula === null ? [] : [p.formula.tex]));
  const words = [
    ...(inLayers === null ? [] : [inLayers.where]),
    ...(regularizer?.where ?? [doc.why.regularizer ?? "no closed form derived"]),
    ...points.map((p) => p.says).filter((s) => s !== ""),
  ];
  const fit = displayed([...network, R, ...values], MOST);
  const short = fit.shown === network.length + 1 + values.length;
  return [
    "\\begin{slide}",
    ...(short ? fit.lines : [...shownOf(network, 4), ...displayed([R, ...values], MOST).lines]),
    words.map((w) => say(w, "sentence")).join(" "),
    "\\begin{itemize}",
    `\\item ${say(doc.homogeneity.says, "sentence")}`,
    ...(conserved === null ? [] : [`\\item Conserved ${conservedWords(conserved.count)}.`]),
    ...(fourier === null ? [] : [`\\item In Fourier coordinates $${fourier.statement.tex}$.`]),
    `\\item Evidence: ${groundsOf(doc)
      .map((g) => `${g.part} \\emph{${g.evidence}}`)
      .join(", ")}.`,
    "\\end{itemize}",
    "\\end{slide}",
  ];
}

const bracketed = (mark: string): string => (mark === "" ? "" : ` {\\small ${mark}}`);

function derivation(doc: DeriveDocument, say: Say): readonly string[] {
  const { regularizer } = doc;
  if (regularizer === null) return [];
  return [
    "\\paragraph{Derivation of $R$}",
    "\\begin{enumerate}",
    ...regularizer.derivation.map(
      (s) => `\\item \\emph{${say(s.rule)}}: ${say(s.says)}${timesOf(s)}${bracketed(markOf(doc, s))}`,
    ),
    "\\end{enumerate}",
  ];
}

function conservedPart(doc: DeriveDocument, say: Say): readonly string[] {
  const { conserved } = doc;
  const why = absenceOf(doc, "conserved");
  if (conserved === null) return why === null ? [] : [`\\paragraph{Conserved quantities} Not derived: ${say(why)}.`];
  return [
    `\\paragraph{Conserved quantities} ${say(conservedWords(conserved.count), "sentence")}${bracketed(certified(conserved.certificate))}`,
    ...shownOf(texOf(conserved.basis), 6),
    ...(conserved.count === 0
      ? []
      : [`${say(conserved.defect.says, "sentence")}${bracketed(certified(conserved.defect.certificate))}`]),
  ];
}

function kktPart(doc: DeriveDocument, say: Say): readonly string[] {
  const { kkt, why } = doc;
  const { parameters, stationarity, predictor } = kktWords(doc);
  const conditions = texOf(conditionsOf(doc));
  return [
    `\\paragraph{KKT system of the parameters, with multiplier $${stationarity[1]!.tex.split(" =")[0]}$}`,
    ...gathered([[parameters.tex], texOf(stationarity)]),
    ...(kkt.parameters.length === 0
      ? why.kkt === undefined
        ? []
        : [say(why.kkt, "sentence")]
      : ["\\noindent Written out:", ...allOf(texOf(kkt.parameters), "equation")]),
    ...(conditions.length > 0
      ? [
          `\\paragraph{KKT system of the predictor, with the same $${stationarity[1]!.tex.split(" =")[0]}$}`,
          ...gathered([[predictor.tex], ...conditions.map((c) => [c])]),
        ]
      : why.predictorKkt === undefined
        ? []
        : [say(why.predictorKkt, "sentence")]),
  ];
}

function grounds(doc: DeriveDocument, say: Say): readonly string[] {
  const compared = comparedOf(doc);
  return [
    "\\paragraph{Evidence}\\mbox{}\\par\\smallskip",
    "\\noindent\\begin{tabular}{@{}lll@{}}",
    "part & evidence & certificate \\\\ \\hline",
    ...groundsOf(doc).map((g) => `${g.part} & ${g.evidence} & ${g.certificate} \\\\`),
    "\\end{tabular}",
    ...(compared === null ? [] : ["\\par\\smallskip", `\\noindent ${say(compared, "sentence")}`]),
    `\\par\\smallskip\\noindent ${say(RECHECKED, "sentence")}`,
  ];
}

export function texDocument(doc: DeriveDocument): string {
  const { inLayers, fourier, variables, notes } = doc;
  const names = new Set(variables);
  const say: Say = (text, whole) => proseTex(whole === undefined ? text : sentence(text, names), names);
  const coordinates = texOf(coordinatesOf(doc));
  const body = [
    `\\section*{${say(headingOf(doc), "sentence").replace(/[.]$/, "")}}`,
    ...slide(doc, say),
    ...derivation(doc, say),
    ...(inLayers === null
      ? []
      : [`\\paragraph{In coordinates} ${say(sizesOf(doc), "sentence")}`, ...allOf(coordinates, "coordinate")]),
    ...(fourier === null
      ? []
      : [
          `\\paragraph{In Fourier coordinates} ${say(fourierWords(fourier), "sentence")}${bracketed(certified(fourier.certificate))}`,
          ...gathered([[fourier.statement.tex]]),
        ]),
    ...conservedPart(doc, say),
    ...kktPart(doc, say),
    ...grounds(doc, say),
    ...notes.map((n) => `\\par\\noindent ${say(n, "sentence")}`),
  ].join("\n");
  return `${[
    "\\documentclass[11pt,a4paper]{article}",
    "\\usepackage[T1]{fontenc}",
    "\\usepackage[utf8]{inputenc}",
    "\\usepackage[margin=25mm]{geometry}",
    "\\usepackage{amsmath,amssymb}",
    ...(declarations(body).length === 0 ? [] : ["\\ifdefined\\DeclareUnicodeCharacter", ...declarations(body), "\\fi"]),
    "\\allowdisplaybreaks",
    "\\setlength{\\emergencystretch}{10em}",
    "% What stands in this environment goes on a slide as it is; it needs amsmath and amssymb.",
    "\\newenvironment{slide}{}{}",
    "\\begin{document}",
    body,
    "\\end{document}",
  ].join("\n")}\n`;
}
