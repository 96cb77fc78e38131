/** The document of `derive` for a terminal: what a lecturer would put on a slide, each line with its grounds. */
import type { DeriveDocument } from "../../kernel/derive-document.js";
import { showNumber } from "../format.js";
import { oneLine } from "../text.js";
import { field, painter, paragraph, rule } from "./lines.js";

/** Lines of one kind before the rest is left to --json and --report. */
const MOST = 8;

/** Characters of one kind likewise: a slide is short. */
const MOST_TEXT = 900;

function some(lines: readonly string[]): string[] {
  let length = 0;
  const shown = lines.slice(0, MOST).filter((line, i) => {
    length += line.length;
    return i === 0 || length <= MOST_TEXT;
  });
  const more = lines.length - shown.length;
  return [...shown, ...(more > 0 ? [`... and ${more} more (--json - has all)`] : [])];
}

const certified = (c: unknown): string => (c === null ? "" : " [certificate]");

export function deriveTable(doc: DeriveDocument, color: boolean): string {
  const paint = painter(color);
  const { conserved, fourier, regularizer, kkt, upperBound, why } = doc;
  const front = doc.scale === "1" ? "" : `${doc.scale} * `;
  const coordinates = doc.coordinates.map((c, d) => `beta_${d} = ${front === "" ? c.text : `${front}(${c.text})`}`);
  const parameters = some(doc.variables).join(", ");
  const lines: string[] = [
    ...paragraph(paint.bold(oneLine(doc.network)), 0),
    ...paragraph(`${doc.monomials} monomials in ${doc.variables.length} parameters: ${parameters}`, 0),
    rule(),
    ...field("predictor", some(coordinates), paint),
    ...field("degree", [`${doc.homogeneity.says}${certified(doc.homogeneity.certificate)}`], paint),
    ...(doc.dead.length === 0 ? [] : field("dead", [doc.dead.join(", ")], paint)),
  ];
  if (fourier !== null)
    lines.push(
      ...field(
        "Fourier",
        [
          `${fourier.statement.text}, unitary transform on Z_${fourier.shape.join(" x Z_")}, decided at ${fourier.frequencies} frequencies${certified(fourier.certificate)}`,
        ],
        paint,
      ),
    );
  lines.push(
    ...field(
      "conserved",
      conserved === null
        ? [`not derived: ${why.conserved}`]
        : [
            `${conserved.count} of degree at most 2 under gradient flow, and no others${certified(conserved.certificate)}`,
            ...some(conserved.basis.map((q) => q.text)),
            ...(conserved.count > 0 ? [`${conserved.defect.says}${certified(conserved.defect.certificate)}`] : []),
          ],
      paint,
    ),
  );
  if (regularizer !== null) {
    const value =
      doc.at === null
        ? []
        : [regularizer.value === null ? (why.value ?? "no value") : `R(${doc.at.join(", ")}) = ${regularizer.value}`];
    lines.push(
      ...field("regularizer", [`R(beta) = ${regularizer.formula}`, ...some(regularizer.where), ...value], paint),
      ...field(
        "",
        [
          regularizer.sampled === null
            ? "not compared with the network: the formula has no value at some random point"
            : `sampled: ${regularizer.sampled}`,
        ],
        paint,
      ),
      ...field(
        "derivation",
        regularizer.derivation.map(
          (s, i) =>
            `${i + 1}. ${s.rule}: ${s.says}${s.times > 1 ? ` (${s.times} times)` : ""}${certified(s.certificate)}`,
        ),
        paint,
      ),
    );
  } else
    lines.push(
      ...field(
        "regularizer",
        [
          why.regularizer ?? "no closed form derived",
          ...(upperBound === null
            ? why.upperBound === undefined
              ? []
              : [why.upperBound]
            : [`R(${doc.at?.join(", ")}) <= ${showNumber(upperBound.value)}, observed: ${upperBound.says}`]),
        ],
        paint,
      ),
    );
  lines.push(
    ...field(
      "KKT",
      [
        "parameters, min |w|^2/2 with margins >= 1: w = J(w)^T z, z = sum_n alpha_n y_n x_n, alpha >= 0, alpha_n (margin_n - 1) = 0",
        ...(kkt.parameters.length === 0 ? [why.kkt ?? ""] : some(kkt.parameters.map((p) => p.text))),
        ...(kkt.predictor === null
          ? why.predictorKkt === undefined
            ? []
            : [why.predictorKkt]
          : ["predictor, min R(beta)/2 with margins >= 1, the same z:", ...kkt.predictor.map((p) => p.text)]),
      ],
      paint,
    ),
    ...field(
      "evidence",
      [
        Object.entries(doc.evidence)
          .map(([part, e]) => `${part} ${e ?? "none"}`)
          .join(", "),
      ],
      paint,
    ),
    ...doc.notes.flatMap((n) => paragraph(n, 0)),
    rule(),
  );
  return lines.join("\n");
}
