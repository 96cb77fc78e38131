/** The document of `derive` in a few lines of Markdown, for a pull request. */
import type { DeriveDocument } from "../kernel/derive-document.js";
import { oneLine } from "./text.js";

const code = (text: string): string => `\`${oneLine(text).replaceAll("`", "'")}\``;

export function deriveSummary(doc: DeriveDocument): string {
  const { conserved, regularizer, fourier } = doc;
  const rows: (readonly [string, string, string])[] = [
    ["homogeneity", doc.homogeneity.says, doc.evidence.homogeneity],
    [
      "conserved",
      conserved === null ? (doc.why.conserved ?? "") : `${conserved.count} of degree at most 2`,
      doc.evidence.conserved ?? "none",
    ],
    ["Fourier", fourier === null ? (doc.why.fourier ?? "") : fourier.statement.text, doc.evidence.fourier ?? "none"],
    [
      "regularizer",
      regularizer === null ? (doc.why.regularizer ?? "") : `R(beta) = ${regularizer.formula}`,
      doc.evidence.regularizer ?? "none",
    ],
  ];
  return `${[
    `**${oneLine(doc.network)}**`,
    "",
    "| part | derived | evidence |",
    "|---|---|---|",
    ...rows.map(([part, says, evidence]) => `| ${part} | ${code(says).replaceAll("|", "\\|")} | ${evidence} |`),
    "",
  ].join("\n")}`;
}
