/**
 * The sentences and formulas of a derivation that the table, the page, the summary and the TeX document share, so that they
 * say the same. Sentences are prose with formulas in it (report/math/prose typesets those); formulas are text beside TeX.
 */
import type { DerivationStep, DeriveDocument, Written } from "../../kernel/derive-document.js";
import { countOf, DASH } from "../format.js";
import { plainTex } from "../math/name.js";
import { formulaTex } from "../math/prose.js";

/** The flag that prints what is cut here. */
export const ALL = "--json -";

/** A number as a slide has it: 15 digits, of which the last of a double's 17 is no part. */
export function shown(x: number): string {
  return Number.isFinite(x) ? String(Number(x.toPrecision(15))) : DASH;
}

const numberTex = (text: string): string => text.replace(/e([+-]?\d+)$/, (_, e) => `\\cdot 10^{${Number(e)}}`);

/** What the derivation is about, where formulas are typeset: those of a typed predictor follow. */
export const headingOf = ({ network, input, coordinates }: DeriveDocument): string =>
  input.network.kind === "architecture" ? network : `typed predictor, D = ${coordinates.length}`;

/** Characters of a typed predictor that stand for it. */
const TITLE = 80;

/** The same in plain text. */
export const titleOf = (doc: DeriveDocument): string => (doc.network.length <= TITLE ? doc.network : headingOf(doc));

export const sizesOf = (doc: DeriveDocument): string =>
  `${countOf(doc.variables.length, "parameter")}, ${countOf(doc.monomials, "monomial")}`;

/** The coordinates with the scalar in front of them. */
export function coordinatesOf({ scale, coordinates, variables }: DeriveDocument): readonly Written[] {
  const fraction = /^(\d+)\/(\d+)$/.exec(scale);
  const front =
    fraction !== null
      ? `\\frac{${fraction[1]}}{${fraction[2]}}`
      : (formulaTex(scale) ?? (/^\d+$/.test(scale) ? scale : `\\text{${plainTex(scale)}}`));
  const only = coordinates.length === 1;
  // A parameter called beta would be taken for the predictor.
  const left = variables.some((v) => /^(beta|β)/.test(v)) ? ["P", "P"] : ["beta", "\\beta"];
  return coordinates.map(({ text, tex }, d) => {
    const bare = scale === "1" || text === "0";
    return {
      text: `${left[0]}${only ? "" : `_${d}`} = ${bare ? text : `${scale} * (${text})`}`,
      tex: `${left[1]}${only ? "" : `_{${d}}`} = ${bare ? tex : `${front}\\,\\left(${tex}\\right)`}`,
    };
  });
}

/** The regularizer by its definition, which holds with and without a closed form. */
export const DEFINITION: Written = {
  text: "R(beta) = min { |w|^2 : P(w) = beta }",
  tex: "R(\\beta) = \\min\\{\\|w\\|_2^2 : P(w) = \\beta\\}",
};

export const formulaOf = ({ regularizer }: DeriveDocument): Written | null =>
  regularizer === null ? null : { text: `R(beta) = ${regularizer.formula}`, tex: `R(\\beta) = ${regularizer.tex}` };

/** Characters of a predictor that are shown. */
const POINT = 60;

/** R(1, 1/3, -2), as it was asked. */
function askedOf({ input }: DeriveDocument): string {
  const all = (input.at ?? []).join(", ");
  if (all.length <= POINT) return `R(${all})`;
  const head = all.slice(0, POINT);
  return `R(${head.slice(0, head.lastIndexOf(",") + 1) || "beta,"} ...)`;
}

/** What R is at the predictor of --at: its value, or why there is none, and a bound; each with its grounds. */
export interface AtPoint {
  readonly formula: Written | null;
  readonly says: string;
}

export function atPoint(doc: DeriveDocument): readonly AtPoint[] {
  const { regularizer, upperBound, why, at } = doc;
  if (at === null) return [];
  const asked = askedOf(doc);
  const askedTex = asked.replace("...", "\\dots").replace("beta", "\\beta");
  const relation = (sign: string, tex: string, x: number): Written => ({
    text: `${asked} ${sign} ${shown(x)}`,
    tex: `${askedTex} ${tex} ${numberTex(shown(x))}`,
  });
  const value = regularizer?.value ?? null;
  const found: AtPoint[] = [];
  if (value !== null)
    found.push({ formula: relation("=", shown(value).length > 6 ? "\\approx" : "=", value), says: "" });
  else if (why.value !== undefined) found.push({ formula: null, says: why.value });
  if (upperBound !== null)
    found.push({ formula: relation("<=", "\\le", upperBound.value), says: `observed: ${upperBound.says}` });
  else if (why.upperBound !== undefined) found.push({ formula: null, says: why.upperBound });
  return found;
}

/** How a step is known, the same words everywhere; nothing where its own words end with it. */
export function markOf(doc: DeriveDocument, step: DerivationStep): string {
  if (step.certificate !== null) return "[certificate]";
  if (step.says.endsWith(": assumed)")) return "";
  return doc.regularizer?.argued.includes(step.rule) === true
    ? "[argued in words]"
    : "[certificate too long to be shown]";
}

export const timesOf = (step: DerivationStep): string => (step.times > 1 ? ` (${step.times} times)` : "");

/** A certificate or not, in brackets behind a statement. */
export const certified = (certificate: unknown): string => (certificate === null ? "" : "[certificate]");

export const conservedWords = (count: number): string =>
  count === 0
    ? "by gradient flow: none of degree at most 2"
    : `by gradient flow: ${count} independent, of degree at most 2, and no more`;

export const fourierWords = ({ shape, frequencies }: NonNullable<DeriveDocument["fourier"]>): string =>
  `unitary transform on Z_${shape.join(" x Z_")}, decided at ${countOf(frequencies, "frequency", "frequencies")}, up to conjugation`;

/** Why a part is missing, unless that says no more than that it is. */
export function absenceOf(doc: DeriveDocument, part: string): string | null {
  const why = doc.why[part];
  return why === undefined || why === "the network is not given as circular convolutions" ? null : why;
}

export interface Ground {
  readonly part: string;
  readonly evidence: string;
  /** What of it anyone can recheck. */
  readonly certificate: string;
}

const held = (certificate: unknown): string => (certificate === null ? "too long to be shown" : "yes");

/** Every part that was derived, how it is known, and what carries a certificate. */
export function groundsOf(doc: DeriveDocument): readonly Ground[] {
  const { evidence, conserved, fourier, regularizer, homogeneous, parts, upperBound } = doc;
  const rows: Ground[] = [
    {
      part: homogeneous ? "homogeneous" : parts.length === 0 ? "the zero map" : "not homogeneous",
      evidence: evidence.homogeneity,
      certificate: homogeneous ? held(doc.homogeneity.certificate) : "none needed: the degrees are read off",
    },
  ];
  if (conserved !== null && evidence.conserved !== null)
    rows.push({ part: "conserved", evidence: evidence.conserved, certificate: held(conserved.certificate) });
  if (fourier !== null && evidence.fourier !== null)
    rows.push({ part: "Fourier", evidence: evidence.fourier, certificate: held(fourier.certificate) });
  if (regularizer !== null && evidence.regularizer !== null) {
    const marks = regularizer.derivation.map((step) => markOf(doc, step));
    const count = (mark: string): number => marks.filter((m) => m === mark).length;
    const others = [
      [count("[argued in words]"), "argued in words"],
      [count(""), "assumed"],
    ] as const;
    rows.push({
      part: "regularizer",
      evidence: evidence.regularizer,
      certificate: `${count("[certificate]")} of ${countOf(marks.length, "step")}${others
        .filter(([n]) => n > 0)
        .map(([n, words]) => `; ${n} ${words}`)
        .join("")}`,
    });
  }
  if (upperBound !== null) rows.push({ part: "upper bound", evidence: "observed", certificate: "none" });
  return rows;
}

export const evidenceLine = (doc: DeriveDocument): string =>
  groundsOf(doc)
    .map((g) => `${g.part}: ${g.evidence}`)
    .join("; ");

/** Where the certificates are. */
export const RECHECKED = "certificates are in the JSON document, which biasproof recheck judges";

/** What comparing the formula with the network showed. */
export const comparedOf = ({ regularizer }: DeriveDocument): string | null =>
  regularizer === null
    ? null
    : regularizer.sampled === null
      ? "not compared with the network: the formula has no value that doubles can tell at some random point"
      : `sampled: ${regularizer.sampled}`;
