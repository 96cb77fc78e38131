/**
 * The document of `derive` in a few lines of Markdown, for a pull request: formulas as code, since not every reader of
 * Markdown sets mathematics, and for each part how it is known and whether it carries a certificate.
 */
import type { DeriveDocument } from "../kernel/derive-document.js";
import {
  absenceOf,
  atPoint,
  comparedOf,
  conservedWords,
  coordinatesOf,
  formulaOf,
  groundsOf,
  markOf,
  timesOf,
  titleOf,
} from "./derive/words.js";
import { oneLine, shorten } from "./text.js";

/** Characters of a cell. */
const CELL = 160;

/** A span of code in a cell: no backquote ends it, no bar ends the cell, and nothing in it is obeyed. */
const code = (text: string): string => `\`${shorten(text, CELL).replaceAll("`", "'").replaceAll("|", "\\|")}\``;

/** Words that come from the document: what Markdown or HTML would obey is escaped. */
const plain = (text: string): string => oneLine(text).replace(/[\\`*_{}[\]<>#|&~]/g, "\\$&");

/** What a row shows for a part of the grounds. */
function derivedOf(doc: DeriveDocument, part: string): string {
  const { conserved, fourier } = doc;
  if (part === "conserved") return conservedWords(conserved?.count ?? 0);
  if (part === "Fourier") return code(fourier?.statement.text ?? "");
  if (part === "regularizer") return code(formulaOf(doc)?.text ?? "");
  if (part === "upper bound")
    return atPoint(doc)
      .flatMap(({ formula }) => (formula?.text.includes("<=") === true ? [code(formula.text)] : []))
      .join("");
  return doc.homogeneous ? code(doc.homogeneity.says) : plain(doc.homogeneity.says);
}

export function deriveSummary(doc: DeriveDocument): string {
  const { inLayers, regularizer } = doc;
  const [first, ...others] = coordinatesOf(doc);
  const predictor = inLayers === null ? `${first?.text ?? ""}${others.length === 0 ? "" : ", ..."}` : inLayers.text;
  const rows = [
    ["predictor", code(predictor), "", ""],
    ...groundsOf(doc).map((g) => [g.part, derivedOf(doc, g.part), g.evidence, g.certificate]),
  ];
  const value = atPoint(doc).flatMap(({ formula, says }) =>
    formula === null ? [plain(says)] : formula.text.includes("<=") ? [] : [code(formula.text)],
  );
  const steps = (regularizer?.derivation ?? []).map((s) => `${s.rule}${timesOf(s)} ${markOf(doc, s)}`.trimEnd());
  const compared = comparedOf(doc);
  const absent = ["regularizer", "conserved", "fourier"].flatMap((part) => {
    const why = absenceOf(doc, part);
    return why === null ? [] : [part === "regularizer" ? why : `${part}: not derived: ${why}`];
  });
  const after = [
    ...value,
    ...absent.map(plain),
    ...(steps.length === 0 ? [] : [`Derivation: ${plain(steps.join(", "))}`]),
    ...(compared === null ? [] : [plain(compared)]),
    ...doc.notes.map(plain),
  ];
  return `${[
    `**${plain(titleOf(doc))}**`,
    "",
    "| part | derived | evidence | certificate |",
    "|---|---|---|---|",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    "",
    ...after.map((line) => `- ${line}`),
    "",
  ].join("\n")}`;
}
