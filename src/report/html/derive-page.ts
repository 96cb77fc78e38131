/**
 * The document of `derive` as one page: the regularizer and the network first, then each part with its grounds. Formulas are
 * MathML; beside each list its text and TeX, to be copied. Long lists and certificates are folded.
 */
import type { DeriveDocument, Written } from "../../kernel/derive-document.js";
import { conditionsOf, kktWords } from "../derive/kkt.js";
import {
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
  groundsOf,
  headingOf,
  markOf,
  RECHECKED,
  sizesOf,
  timesOf,
  titleOf,
} from "../derive/words.js";
import { countOf, showCount } from "../format.js";
import { type Markup, markup, when } from "../markup.js";
import { texWidth } from "../math/lines.js";
import { sentence } from "../math/prose.js";
import { oneLine } from "../text.js";
import { certificateList } from "./certificates.js";
import { mathBlock, mathProse } from "./mathml.js";
import { closing, page, section, table } from "./parts.js";

/** Formulas that stand open, their width in em, and formulas that stand at all. */
const OPEN = 8;
const ROOM = 240;
/** A line of the page, in em. */
const WIDE = 36;
const MOST = 60;

/** Prose of the document: as it is, or as a sentence. */
type Say = (text: string, whole?: "sentence") => Markup;

const copies = (list: readonly Written[]): Markup =>
  markup`<details class="long" style="border: 0; padding: 0"><summary class="small muted">Text and TeX</summary><pre class="copy">${list
    .map((w) => w.text)
    .join("\n")}</pre><pre class="copy">${list.map((w) => w.tex).join(" \\\\\n")}</pre></details>`;

const items = (list: readonly Written[]): Markup =>
  markup`<ul style="list-style: none">${list.map((w) => markup`<li>${mathBlock(w.tex, w.text)}</li>`)}</ul>`;

/** Formulas one below the other: a few stand open, many in a fold, more than that in the document alone. */
function formulas(list: readonly Written[], noun: string): Markup | null {
  if (list.length === 0) return null;
  const width = list.reduce((sum, w) => sum + (texWidth(w.tex) ?? w.text.length), 0);
  if (list.length <= OPEN && width <= ROOM) return markup`${items(list)}${copies(list)}`;
  const first = list.slice(0, MOST);
  return markup`<details><summary>${countOf(list.length, noun)}</summary>${items(first)}${when(
    list.length > MOST,
    () => markup`<p class="small muted">The first ${showCount(MOST)}; report.json has all of them.</p>`,
  )}${copies(first)}</details>`;
}

const marked = (mark: string): Markup | null =>
  mark === "" ? null : markup` <span class="small muted">${mark}</span>`;

/** A typed predictor of a few coordinates stands beside R. */
const isShort = (doc: DeriveDocument): boolean =>
  doc.coordinates.length <= 4 && coordinatesOf(doc).every((c) => (texWidth(c.tex) ?? c.text.length) <= WIDE);

/** What a reader came for: R, its value, and the network that it is of. */
function result(doc: DeriveDocument, say: Say): readonly Markup[] {
  const { regularizer, inLayers, why } = doc;
  const formula = formulaOf(doc);
  const first: Written =
    formula === null
      ? DEFINITION
      : { text: formula.text, tex: `${DEFINITION.tex} ${formula.tex.slice("R(\\beta) ".length)}` };
  const layers = inLayers === null ? [] : [inLayers];
  const network = inLayers === null && isShort(doc) ? coordinatesOf(doc) : layers;
  const says = regularizer === null ? [why.regularizer ?? "no closed form derived"] : regularizer.where;
  return [
    markup`<blockquote>${[first, ...network].map((w) => markup`<p>${mathBlock(w.tex, w.text)}</p>`)}</blockquote>`,
    markup`<p>${[...says, ...layers.map((w) => w.where)].map((s) => markup`${say(s, "sentence")} `)}</p>`,
    ...atPoint(doc).map(
      (p) =>
        markup`<p>${p.formula === null ? null : mathBlock(p.formula.tex, p.formula.text)}${
          p.formula !== null && p.says !== "" ? ", " : ""
        }${p.formula === null ? say(p.says, "sentence") : say(p.says)}</p>`,
    ),
    markup`<p class="small muted">Evidence: ${evidenceLine(doc)}</p>`,
    copies([first, ...network]),
  ];
}

function conservedPart(doc: DeriveDocument, say: Say): Markup | null {
  const { conserved } = doc;
  const why = absenceOf(doc, "conserved");
  if (conserved === null)
    return why === null ? null : section("Conserved quantities", [markup`<p>${say(why, "sentence")}</p>`]);
  return section("Conserved quantities", [
    markup`<p>${say(conservedWords(conserved.count), "sentence")}${marked(certified(conserved.certificate))}</p>`,
    formulas(conserved.basis, "conserved quantity"),
    conserved.count === 0
      ? null
      : markup`<p>${say(conserved.defect.says, "sentence")}${marked(certified(conserved.defect.certificate))}</p>`,
  ]);
}

function kktPart(doc: DeriveDocument, say: Say): Markup {
  const { kkt, why } = doc;
  const { parameters, stationarity, predictor } = kktWords(doc);
  const conditions = conditionsOf(doc);
  const z = stationarity[0]!.tex.split(" ").at(-1)!;
  return section("KKT systems", [
    markup`<h3>Of the parameters, with multiplier ${mathBlock(z, kkt.multiplier)}</h3>`,
    items([parameters, ...stationarity]),
    kkt.parameters.length === 0
      ? markup`<p>${say(why.kkt ?? "not written out", "sentence")}</p>`
      : formulas(kkt.parameters, "equation"),
    conditions.length === 0
      ? why.predictorKkt === undefined
        ? null
        : markup`<p>${say(why.predictorKkt, "sentence")}</p>`
      : markup`<h3>Of the predictor, with the same ${mathBlock(z, kkt.multiplier)}</h3>${items([predictor, ...conditions])}${copies([predictor, ...conditions])}`,
  ]);
}

function grounds(doc: DeriveDocument, say: Say): Markup {
  const compared = comparedOf(doc);
  return section("Evidence", [
    table(
      [{ name: "Part" }, { name: "Evidence", kind: "word" }, { name: "Certificate" }],
      groundsOf(doc).map((g) => [g.part, g.evidence, g.certificate]),
    ),
    compared === null ? null : markup`<p>${say(compared, "sentence")}</p>`,
    markup`<p class="small muted">${say(RECHECKED, "sentence")}</p>`,
  ]);
}

export function derivePage(doc: DeriveDocument): string {
  const { conserved, fourier, regularizer, homogeneity } = doc;
  const names = new Set(doc.variables);
  const say: Say = (text, whole) => mathProse(whole === undefined ? text : sentence(text, names), names);
  const certificates = [
    homogeneity.certificate,
    conserved?.certificate ?? null,
    conserved?.defect.certificate ?? null,
    fourier?.certificate ?? null,
    ...(regularizer?.derivation.map((s) => s.certificate) ?? []),
  ].filter((c) => c !== null);
  const whyFourier = absenceOf(doc, "fourier");
  const parts: readonly (Markup | null)[] = [
    markup`<header><h1>${mathProse(sentence(headingOf(doc), names).replace(/[.]$/, ""), names)}</h1><p class="muted">${sizesOf(doc)}</p></header>`,
    ...result(doc, say),
    ...doc.notes.map((n) => markup`<p>${say(n, "sentence")}</p>`),
    regularizer === null
      ? null
      : section("Derivation of the regularizer", [
          markup`<ol>${regularizer.derivation.map(
            (s) => markup`<li><strong>${s.rule}</strong>: ${say(s.says)}${timesOf(s)}${marked(markOf(doc, s))}</li>`,
          )}</ol>`,
        ]),
    when(doc.inLayers !== null || !isShort(doc), () =>
      section("Predictor in coordinates", [formulas(coordinatesOf(doc), "coordinate")]),
    ),
    section("Homogeneity", [
      markup`<p>${say(homogeneity.says, "sentence")}${marked(certified(homogeneity.certificate))}</p>`,
    ]),
    fourier === null
      ? whyFourier === null
        ? null
        : section("Fourier coordinates", [markup`<p>${say(whyFourier, "sentence")}</p>`])
      : section("Fourier coordinates", [
          items([fourier.statement]),
          markup`<p>${say(fourierWords(fourier), "sentence")}${marked(certified(fourier.certificate))}</p>`,
        ]),
    conservedPart(doc, say),
    kktPart(doc, say),
    grounds(doc, say),
    certificates.length === 0
      ? null
      : section("Certificates", [
          markup`<details><summary>${countOf(certificates.length, "certificate")}</summary>${certificateList(certificates)}</details>`,
        ]),
    closing(doc.versions, doc.timing),
  ];
  return page(
    `biasproof derive: ${oneLine(titleOf(doc))}`,
    parts.filter((p) => p !== null),
  );
}
