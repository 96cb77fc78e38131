/**
 * What the page of a run shows of its limit: how far it was followed, what carries it, the five residuals of a stationary
 * point one by one, and, for circular convolutions, its Fourier moduli beside those of the dual.
 */
import type { RunDocument } from "../../kernel/document.js";
import { kktWords, limitWords, weightWords } from "../limit-words.js";
import { type Markup, markup } from "../markup.js";
import { besideResidual, residualParts } from "../measure.js";
import { dualOf, moduli } from "../spectrum.js";
import { spectrumChart } from "../svg/spectrum-chart.js";
import { figure, table } from "./parts.js";

/** Names and values beside the vectors. */
export function limitPairs(doc: RunDocument): readonly (readonly [string, string])[] {
  const { reached } = doc;
  if (reached === null || reached.limit === null) return [];
  const [far, ...finer] = limitWords(reached, reached.limit);
  return [
    ["followed to", far ?? ""],
    ...finer.map((text) => ["steps", text] as const),
    ["weights", weightWords(reached.limit)],
    ["residuals of the network", kktWords(reached.limit)],
  ];
}

/** What stationarity asks of the dual, by the depth. */
function asked(depth: number): string {
  if (depth === 1) return "at depth 1 it be proportional to the limit";
  if (depth === 2) return "at depth 2 it be equally large wherever the limit is not 0, and nowhere larger";
  return `at depth ${depth} it be proportional to the power 2/${depth} - 1 of the limit wherever that is not 0, and nothing elsewhere`;
}

/** Full circles only, whose coefficients the theorems speak of. */
export function spectrumFigure(doc: RunDocument): Markup | null {
  const { reached, settings, data } = doc;
  if (reached === null || reached.limit === null) return null;
  if (settings.architecture !== "convolutional" || data.shape.length !== 1) return null;
  const limit = moduli(reached.beta);
  if (limit === null) return null;
  const z = dualOf(doc);
  const dual = z === null ? null : moduli(z);
  const caption = "The network is diagonal in these coordinates.";
  return figure(
    "spectrum",
    (o) => spectrumChart({ limit, dual }, o),
    dual === null
      ? caption
      : `${caption} The dual is the sum of the signed points by the run's own weights; stationarity asks that ${asked(settings.depth)}.`,
  );
}

/** What makes the claim certified beside them, or that nothing does. */
function besideWords(doc: RunDocument): string {
  const beside = besideResidual(doc);
  if (beside !== null) return `${beside[0].charAt(0).toUpperCase()}${beside[0].slice(1)}: ${beside[1]}.`;
  return doc.evidence.claim === "sampled"
    ? "Small residuals are no proof that a stationary point is near, so the claim counts as sampled."
    : "";
}

export function residualTable(doc: RunDocument): Markup | null {
  const parts = residualParts(doc);
  if (parts.length === 0) return null;
  return markup`<h3>The five residuals</h3>${table(
    [{ name: "residual", kind: "word" }, { name: "at most", kind: "number" }, { name: "what it is" }],
    parts,
  )}<p class="small muted">Relative, without unit, certified. ${besideWords(doc)}</p>`;
}
