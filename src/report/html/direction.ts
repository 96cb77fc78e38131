/**
 * Where a run went: the pictures, and folded below them the same in numbers. Directions are unit vectors; the exact optimum
 * and the limit of a run stand beside them as they are, scaled to least margin 1.
 */
import type { ReachedPart, RunDocument } from "../../kernel/document.js";
import { STOP_REASONS } from "../../kernel/stop.js";
import {
  coordinateNames,
  DASH,
  showBound,
  showCount,
  showDegrees,
  showNumber,
  showUpper,
  showVector,
  unitVector,
} from "../format.js";
import { standsStill } from "../limit-words.js";
import { type Markup, markup, when } from "../markup.js";
import { angleChart } from "../svg/angle-chart.js";
import { coefficientChart } from "../svg/coefficient-chart.js";
import { oneLine, shorten } from "../text.js";
import { limitPairs, spectrumFigure } from "./limit.js";
import { figure, type Head, pairs, section, table } from "./parts.js";

/** Rows of a table; report.json has all of them. */
const MOST_ROWS = 512;

/** Every coordinate in numbers, with the exact optimum beside it. */
function coordinateTable(doc: RunDocument): Markup | null {
  const predicted = doc.predicted === null ? null : unitVector(doc.predicted.beta);
  const reached = doc.reached === null ? null : unitVector(doc.reached.beta);
  const count = Math.max(doc.predicted?.beta.length ?? 0, doc.reached?.beta.length ?? 0);
  if (count === 0) return null;
  const names = coordinateNames(count, doc.data.shape, doc.data.features);
  const shown = Math.min(count, MOST_ROWS);
  const limit = doc.reached?.limit != null;
  const rows = Array.from({ length: shown }, (_, i) => [
    oneLine(names[i] ?? ""),
    ...(reached === null ? [] : [showNumber(reached[i])]),
    ...(limit ? [showNumber(doc.reached?.beta[i])] : []),
    ...(doc.predicted === null ? [] : [showNumber(predicted?.[i]), shorten(doc.predicted.betaExact[i] ?? DASH, 60)]),
  ]);
  const heads: readonly Head[] = [
    { name: "coordinate" },
    ...(reached === null ? [] : [{ name: limit ? "limit, direction" : "reached", kind: "number" as const }]),
    ...(limit ? [{ name: "limit, least margin 1", kind: "number" as const }] : []),
    ...(doc.predicted === null
      ? []
      : [{ name: "predicted", kind: "number" as const }, { name: "optimum, exact, least margin 1" }]),
  ];
  return markup`<details class="long"><summary>The coordinates in numbers</summary>${table(heads, rows)}${when(
    shown < count,
    () =>
      markup`<p class="small muted">The first ${showCount(shown)} of ${showCount(count)}; report.json has all of them.</p>`,
  )}</details>`;
}

function pathTable(reached: ReachedPart): Markup | null {
  if (reached.path.length === 0) return null;
  const shown = reached.path.slice(-MOST_ROWS);
  const heads: readonly Head[] = [
    { name: "log(1/loss)", kind: "number" },
    { name: "angle, at most (rad)", kind: "number" },
    { name: "(deg)", kind: "number" },
  ];
  return markup`<details><summary>The run in numbers</summary>${table(
    heads,
    shown.map((p) => [
      showNumber(p.logInverseLoss),
      showUpper(p.angleBound),
      showDegrees(p.angleBound).replace(" deg", ""),
    ]),
  )}${when(
    shown.length < reached.path.length,
    () =>
      markup`<p class="small muted">The last ${showCount(shown.length)} of ${showCount(reached.path.length)} points.</p>`,
  )}</details>`;
}

/** The vectors in short: as directions, or, beside a limit, scaled to least margin 1. */
function factsOf(doc: RunDocument): readonly (readonly [string, string])[] {
  const { predicted, reached } = doc;
  const limit = reached?.limit != null;
  const shown = (beta: readonly number[]): string =>
    limit ? `${showVector(beta)}, scaled to least margin 1` : showVector(unitVector(beta));
  const facts: (readonly [string, string])[] = [];
  if (predicted !== null)
    facts.push(
      ["predicted", shown(predicted.beta)],
      ["least norm", `${showNumber(predicted.objective)} (${oneLine(predicted.regularizer)}, least margin 1)`],
    );
  if (reached === null) return facts;
  facts.push([limit ? "limit" : "reached", shown(reached.beta)]);
  if (limit) return [...facts, ...limitPairs(doc)];
  return [...facts, ["the run ended", STOP_REASONS[reached.stop]]];
}

export function directionSection(doc: RunDocument): Markup {
  const { predicted } = doc;
  const still = standsStill(doc.reached);
  const reached = still === null ? doc.reached : null;
  return section("Where the run went", [
    reached === null ? markup`<p>${still ?? "Nothing was trained."}</p>` : null,
    reached !== null && predicted !== null && reached.path.length > 0
      ? figure(
          "angle",
          (o) =>
            angleChart({ path: reached.path, tolerance: doc.settings.tolerance, limit: reached.limit !== null }, o),
          `Each point bounds the angle between the network's predictor and the predicted optimum, at the loss it had then.${
            reached.angleBound === null ? "" : ` The last certified bound is ${showBound(reached.angleBound)}.`
          }`,
        )
      : null,
    predicted !== null || reached !== null
      ? figure(
          "coefficients",
          (o) =>
            coefficientChart(
              {
                predicted: predicted?.beta ?? null,
                reached: reached?.beta ?? null,
                shape: doc.data.shape,
                features: doc.data.features,
                limit: reached?.limit != null,
              },
              o,
            ),
          `${predicted === null || reached === null ? "The direction as a unit vector" : "Both directions as unit vectors"}; only the direction of a predictor has a limit, its length grows without end.`,
        )
      : null,
    spectrumFigure(doc),
    pairs(factsOf({ ...doc, reached })),
    coordinateTable({ ...doc, reached }),
    reached === null ? null : pathTable(reached),
  ]);
}
