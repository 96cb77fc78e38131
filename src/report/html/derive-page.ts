/** The document of `derive` as one page: formulas as text beside their TeX, each part with its grounds and certificate. */
import type { Certificate } from "../../kernel/certificate.js";
import type { DeriveDocument, Written } from "../../kernel/derive-document.js";
import { showNumber } from "../format.js";
import { type Markup, markup, when } from "../markup.js";
import { oneLine } from "../text.js";
import { certificateList } from "./certificates.js";
import { page, section } from "./parts.js";

/** Formulas one below the other, and all of their TeX in one fold, to be copied. */
const formulas = (list: readonly Written[]): Markup =>
  list.length === 0
    ? markup``
    : markup`<ul>${list.map((w) => markup`<li><code>${w.text}</code></li>`)}</ul><details class="long"><summary class="small muted">TeX</summary><pre class="copy">${list
        .map((w) => w.tex)
        .join("\n")}</pre></details>`;

/** Words of the document as a sentence of the page. */
const sentence = (text: string): string =>
  text === "" ? text : `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;

const grounds = (evidence: string | null): Markup =>
  markup`<p class="small muted">Evidence: ${evidence ?? "none"}.</p>`;

function regularizerPart(doc: DeriveDocument): Markup {
  const { regularizer, upperBound, why, at } = doc;
  if (regularizer === null)
    return section("Induced regularizer", [
      markup`<p>${sentence(why.regularizer ?? "no closed form derived")}</p>`,
      upperBound === null
        ? why.upperBound === undefined
          ? null
          : markup`<p>${sentence(why.upperBound)}</p>`
        : markup`<p>At beta = (${at?.join(", ") ?? ""}): at most ${showNumber(upperBound.value)}, observed: ${upperBound.says}.</p>`,
    ]);
  return section("Induced regularizer", [
    markup`<p>The least cost |w|<sup>2</sup> of a predictor beta:</p>`,
    formulas([{ text: `R(beta) = ${regularizer.formula}`, tex: regularizer.tex }]),
    regularizer.where.length === 0 ? null : markup`<ul>${regularizer.where.map((w) => markup`<li>${w}</li>`)}</ul>`,
    at === null
      ? null
      : markup`<p>At beta = (${at.join(", ")}): ${regularizer.value === null ? (why.value ?? "no value") : String(regularizer.value)}.</p>`,
    markup`<h3>Derivation</h3><ol>${regularizer.derivation.map(
      (s) =>
        markup`<li><strong>${s.rule}</strong>: ${s.says}${s.times > 1 ? ` (${s.times} times)` : ""}${when(s.certificate === null, () => markup` <span class="muted">(argued in words)</span>`)}</li>`,
    )}</ol>`,
    regularizer.sampled === null ? null : markup`<p>Sampled: ${regularizer.sampled}.</p>`,
    grounds(doc.evidence.regularizer),
  ]);
}

export function derivePage(doc: DeriveDocument): string {
  const { conserved, fourier, kkt, why } = doc;
  const front = doc.scale === "1" ? "" : `${doc.scale} * `;
  const coordinates = doc.coordinates.map((c, d) => ({
    text: `beta_${d} = ${front === "" ? c.text : `${front}(${c.text})`}`,
    tex: c.tex,
  }));
  const certificates: (Certificate | null)[] = [
    doc.homogeneity.certificate,
    conserved?.certificate ?? null,
    conserved?.defect.certificate ?? null,
    fourier?.certificate ?? null,
    ...(doc.regularizer?.derivation.map((s) => s.certificate) ?? []),
  ];
  return page(`biasproof derive: ${oneLine(doc.network)}`, [
    markup`<header><h1>${oneLine(doc.network)}</h1><p>${String(doc.variables.length)} parameters, ${String(doc.monomials)} monomials.</p></header>`,
    section("Predictor", [formulas(coordinates), ...doc.notes.map((n) => markup`<p>${n}.</p>`)]),
    section("Homogeneity", [markup`<p>${sentence(doc.homogeneity.says)}</p>`, grounds(doc.evidence.homogeneity)]),
    section("Fourier coordinates", [
      fourier === null
        ? markup`<p>${sentence(why.fourier ?? "")}</p>`
        : markup`<p><code>${fourier.statement.text}</code>, with the unitary transform on Z_${fourier.shape.join(" x Z_")}, decided at ${String(fourier.frequencies)} frequencies, one of each conjugate pair.</p>`,
      fourier === null ? null : grounds(doc.evidence.fourier),
    ]),
    section("Conserved quantities", [
      conserved === null
        ? markup`<p>${sentence(why.conserved ?? "")}</p>`
        : markup`<p>${String(conserved.count)} polynomials of degree at most 2 are conserved by gradient flow, whatever the loss, and no others but their combinations. ${conserved.count === 0 ? "" : sentence(conserved.defect.says)}</p>`,
      conserved === null ? null : formulas(conserved.basis),
      grounds(doc.evidence.conserved),
    ]),
    regularizerPart(doc),
    section("KKT systems", [
      markup`<p>Parameters, min |w|<sup>2</sup>/2 with margins at least 1: w = J(w)<sup>T</sup> z with z = sum of alpha_n y_n x_n, alpha_n &#8805; 0, alpha_n = 0 where the margin is above 1.</p>`,
      kkt.parameters.length === 0 ? markup`<p>${sentence(why.kkt ?? "")}</p>` : formulas(kkt.parameters),
      kkt.predictor === null && why.predictorKkt !== undefined ? markup`<p>${sentence(why.predictorKkt)}</p>` : null,
      kkt.predictor === null ? null : markup`<p>Predictor, min R(beta)/2 with margins at least 1, with the same z:</p>`,
      kkt.predictor === null ? null : formulas(kkt.predictor),
    ]),
    section("Certificates", [certificateList(certificates.filter((c) => c !== null))]),
    markup`<footer><p class="small muted">biasproof ${doc.versions.biasproof}, Node ${doc.versions.node}, ${showNumber(doc.timing.seconds)} s.</p></footer>`,
  ]);
}
