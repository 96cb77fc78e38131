/**
 * The document of `derive` for a terminal: a slide, each line with its grounds. The network in its layers and the regularizer
 * come first; what is long is cut and counted, `--json -` has all of it.
 */
import type { DeriveDocument } from "../../kernel/derive-document.js";
import { conditionsOf, kktWords } from "../derive/kkt.js";
import {
  ALL,
  absenceOf,
  atPoint,
  certified,
  comparedOf,
  conservedWords,
  coordinatesOf,
  DEFINITION,
  evidenceLine,
  formulaOf,
  fourierWords,
  markOf,
  sizesOf,
  timesOf,
  titleOf,
} from "../derive/words.js";
import { countOf } from "../format.js";
import { columns, oneLine, shorten, wrap } from "../text.js";
import { field, painter, paragraph, rule } from "./lines.js";

/** Columns beside the names of the fields. */
const WIDE = 84;
/** Lines on the screen of one list. */
const MOST = 4;
/** Lines of the derivation. */
const STEPS = 8;

const linesIn = (list: readonly string[]): number => list.reduce((n, text) => n + wrap(text, WIDE).length, 0);

/** All where they fit, else as many as do, at least one, and how many more there are. */
function some(list: readonly string[]): readonly string[] {
  if (linesIn(list) <= MOST) return list;
  const kept = list.filter((_, i) => i === 0 || linesIn(list.slice(0, i + 1)) < MOST);
  const more = list.length - kept.length;
  return more === 0 ? kept : [...kept, `... and ${more} more (${ALL} has all)`];
}

/** All of them where they fit; else the first of them say little, and they are counted. */
const allOf = (list: readonly string[], noun: string): readonly string[] =>
  linesIn(list) <= MOST ? list : [`${countOf(list.length, noun)} (${ALL} has all)`];

function predictorLines(doc: DeriveDocument): readonly string[] {
  const { inLayers } = doc;
  const coordinates = coordinatesOf(doc).map((c) => c.text);
  return inLayers === null ? some(coordinates) : [inLayers.text, inLayers.where, ...allOf(coordinates, "coordinate")];
}

function regularizerLines(doc: DeriveDocument): readonly string[] {
  const { regularizer } = doc;
  const points = atPoint(doc).map(({ formula, says }) =>
    [formula?.text ?? "", says].filter((t) => t !== "").join(", "),
  );
  if (regularizer === null) return [DEFINITION.text, doc.why.regularizer ?? "no closed form derived", ...points];
  return [
    `${formulaOf(doc)!.text}${regularizer.where.length === 0 ? "" : ", where"}`,
    ...some(regularizer.where),
    ...points,
  ];
}

/** In full while that is short, else a line for each step. */
function derivationLines(doc: DeriveDocument): readonly string[] {
  const steps = (doc.regularizer?.derivation ?? []).map((s, i) => ({
    words: `${i + 1}. ${s.rule}: ${s.says}${timesOf(s)}`,
    mark: markOf(doc, s),
  }));
  const full = steps.map(({ words, mark }) => joined(words, mark));
  if (linesIn(full) <= STEPS) return full;
  const each = steps.map(({ words, mark }) => joined(shorten(words, WIDE - 1 - columns(mark)), mark));
  return each.length <= STEPS
    ? each
    : [...each.slice(0, STEPS - 1), `... and ${each.length - STEPS + 1} more (${ALL} has all)`];
}

const joined = (...parts: readonly string[]): string => parts.filter((p) => p !== "").join(" ");

function kktLines(doc: DeriveDocument): readonly string[] {
  const { kkt, why } = doc;
  const { parameters, stationarity, predictor } = kktWords(doc);
  const conditions = conditionsOf(doc).map((c) => c.text);
  return [
    `parameters: ${parameters.text}`,
    stationarity.map((s) => s.text).join(", "),
    ...(kkt.parameters.length === 0
      ? [why.kkt ?? ""]
      : allOf(
          kkt.parameters.map((p) => p.text),
          "equation",
        )
    ).filter((line) => line !== ""),
    ...(conditions.length > 0
      ? [`predictor: ${predictor.text}, the same ${kkt.multiplier}`, ...conditions]
      : why.predictorKkt === undefined
        ? []
        : [why.predictorKkt]),
  ];
}

export function deriveTable(doc: DeriveDocument, color: boolean): string {
  const paint = painter(color);
  const { conserved, fourier, homogeneity } = doc;
  const part = (name: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : field(name, lines, paint);
  const absent = (name: string): readonly string[] => {
    const why = absenceOf(doc, name);
    return why === null ? [] : [`not derived: ${why}`];
  };
  const compared = comparedOf(doc);
  return [
    ...paragraph(paint.bold(oneLine(titleOf(doc))), 0),
    ...paragraph(sizesOf(doc), 0),
    rule(),
    ...part("predictor", predictorLines(doc)),
    ...part("regularizer", regularizerLines(doc)),
    ...part("derivation", derivationLines(doc)),
    ...part("degree", [joined(homogeneity.says, certified(homogeneity.certificate))]),
    ...part(
      "Fourier",
      fourier === null
        ? absent("fourier")
        : [fourier.statement.text, joined(fourierWords(fourier), certified(fourier.certificate))],
    ),
    ...part(
      "conserved",
      conserved === null
        ? absent("conserved")
        : [
            joined(conservedWords(conserved.count), certified(conserved.certificate)),
            ...some(conserved.basis.map((q) => q.text)),
            ...(conserved.count > 0 ? [joined(conserved.defect.says, certified(conserved.defect.certificate))] : []),
          ],
    ),
    ...part("KKT", kktLines(doc)),
    ...part("evidence", [evidenceLine(doc), ...(compared === null ? [] : [compared])]),
    ...doc.notes.flatMap((n) => paragraph(n, 0)),
    rule(),
  ].join("\n");
}
