/**
 * The page of one case: verdict, the theorem and what it does not claim, where the run went in two pictures, hypotheses
 * and claims, the three columns of evidence, the certificates, and how to check all of it again.
 */
import type { ReachedPart, RunDocument } from "../../kernel/document.js";
import { STOP_REASONS } from "../../kernel/stop.js";
import {
  coordinateNames,
  countOf,
  DASH,
  showAngle,
  showCount,
  showDegrees,
  showNumber,
  showSeconds,
  showUpper,
  showVector,
  unitVector,
} from "../format.js";
import { type Markup, markup, when } from "../markup.js";
import { angleChart } from "../svg/angle-chart.js";
import { coefficientChart } from "../svg/coefficient-chart.js";
import { oneLine, replayCommand, shorten } from "../text.js";
import { decidedWord, meaningOfRun, RECHECK, setupOf, words } from "../words.js";
import { certificateList } from "./certificates.js";
import {
  closing,
  command,
  evidenceLadders,
  figure,
  glossary,
  keyFigures,
  list,
  page,
  pairs,
  restsOn,
  section,
  statement,
  table,
  verdictBox,
} from "./parts.js";

const LONGEST_TITLE = 100;
/** Rows of a table of coordinates; report.json has all of them. */
const MOST_ROWS = 512;

function figuresOf(doc: RunDocument): Markup {
  const { reached, settings } = doc;
  const bound = (x: number | null | undefined): string => (x == null ? DASH : `\u2264 ${showUpper(x)} rad`);
  return keyFigures([
    ["certified angle", bound(reached?.angleBound), showDegrees(reached?.angleBound)],
    ["solver-free angle", bound(reached?.solverFreeBound), showDegrees(reached?.solverFreeBound)],
    [
      "log(1/loss)",
      showNumber(reached?.logInverseLoss),
      reached === null ? "nothing was trained" : countOf(reached.steps, "step"),
    ],
    ["tolerance", `${showUpper(settings.tolerance)} rad`, showDegrees(settings.tolerance)],
  ]);
}

function theoremSection(doc: RunDocument): Markup {
  if (doc.theorem === null)
    return section("No theorem", [
      markup`<p>No theorem of the catalogue speaks of the architecture <code>${doc.settings.architecture}</code>. The network was trained and nothing is claimed about its limit.</p>`,
    ]);
  return section("The theorem", [
    markup`<p class="muted">${doc.theorem}, as stated for ${words(doc.dynamics)}</p>`,
    statement(doc.statement ?? DASH, doc.notClaimed),
  ]);
}

/** Every coordinate in numbers, with the exact optimum beside it. */
function coordinateTable(doc: RunDocument): Markup | null {
  const predicted = doc.predicted === null ? null : unitVector(doc.predicted.beta);
  const reached = doc.reached === null ? null : unitVector(doc.reached.beta);
  const count = Math.max(doc.predicted?.beta.length ?? 0, doc.reached?.beta.length ?? 0);
  if (count === 0) return null;
  const names = coordinateNames(count, doc.data.shape, doc.data.features);
  const shown = Math.min(count, MOST_ROWS);
  const rows = Array.from({ length: shown }, (_, i) => [
    oneLine(names[i] ?? ""),
    showNumber(predicted?.[i]),
    showNumber(reached?.[i]),
    shorten(doc.predicted?.betaExact[i] ?? DASH, 60),
  ]);
  const heads = [
    { name: "coordinate" },
    { name: "predicted", number: true },
    { name: "reached", number: true },
    { name: "optimum, exact, least margin 1" },
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
  const heads = [
    { name: "log(1/loss)", number: true },
    { name: "angle, at most (rad)", number: true },
    { name: "(deg)", number: true },
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

function directionSection(doc: RunDocument): Markup {
  const { predicted, reached } = doc;
  const facts = pairs([
    ["predicted", showVector(predicted === null ? null : unitVector(predicted.beta))],
    ...(predicted === null
      ? []
      : ([
          ["least norm", `${showNumber(predicted.objective)} (${oneLine(predicted.regularizer)}, least margin 1)`],
        ] as const)),
    ["reached", showVector(reached === null ? null : unitVector(reached.beta))],
    ...(reached === null ? [] : ([["the run ended", STOP_REASONS[reached.stop]]] as const)),
  ]);
  return section("Where the run went", [
    reached === null ? markup`<p>Nothing was trained.</p>` : null,
    reached !== null && (reached.path.length > 0 || predicted !== null)
      ? figure(
          "angle",
          (o) => angleChart({ path: reached.path, tolerance: doc.settings.tolerance }, o),
          `Each point bounds the angle between the network's predictor and the predicted optimum, at the loss it had then. The last certified bound is ${showAngle(reached.angleBound)}.`,
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
              },
              o,
            ),
          "Both directions as unit vectors; only the direction of a predictor has a limit, its length grows without end.",
        )
      : null,
    facts,
    coordinateTable(doc),
    reached === null ? null : pathTable(reached),
  ]);
}

function hypothesesSection(doc: RunDocument): Markup {
  if (doc.hypotheses.length === 0) return section("Hypotheses", [markup`<p>None was checked.</p>`]);
  const heads = [{ name: "met" }, { name: "hypothesis" }, { name: "evidence" }, { name: "why" }];
  const rows = doc.hypotheses.map((h) => [
    markup`<strong>${decidedWord(h.decided)}</strong>`,
    markup`${h.statement} <code class="muted">${h.id}</code>`,
    h.evidence,
    h.why,
  ]);
  return section("Hypotheses", [table(heads, rows)]);
}

function claimsSection(doc: RunDocument): Markup {
  if (doc.claims.length === 0) return section("Claims", [markup`<p>None was checked.</p>`]);
  const heads = [{ name: "outcome" }, { name: "claim" }, { name: "why" }];
  const rows = doc.claims.map((c) => [markup`<strong>${c.outcome}</strong>`, markup`<code>${c.id}</code>`, c.why]);
  return section("Claims", [table(heads, rows)]);
}

export function runPage(doc: RunDocument): string {
  const name = `${doc.theorem ?? "No theorem"} on ${doc.data.name}`;
  return page(`${doc.verdict}: ${shorten(name, LONGEST_TITLE)}`, [
    markup`<header><p class="kicker">biasproof ${doc.command}, ${showSeconds(doc.timing.seconds)}</p><h1>${shorten(name, LONGEST_TITLE)}</h1>${verdictBox(doc.verdict, meaningOfRun(doc))}</header>`,
    figuresOf(doc),
    markup`${doc.notes.length === 0 ? null : list(doc.notes)}`,
    theoremSection(doc),
    directionSection(doc),
    hypothesesSection(doc),
    claimsSection(doc),
    section("Evidence", [evidenceLadders(doc.evidence), restsOn(doc.restsOn, doc.theorem), glossary()]),
    section("The case", [pairs(setupOf(doc))]),
    section("Certificates", [
      markup`<p>Plain JSON with exact fractions. A judge that trusts neither the engine nor the solver re-accepts or refuses them.</p>`,
      certificateList(doc.certificates),
    ]),
    section("Check it again", [
      markup`<p>Every certificate, without any training:</p>`,
      command(RECHECK),
      markup`<p>The whole case, from one line:</p>`,
      command(replayCommand(doc.replay)),
    ]),
    closing(doc.versions, doc.timing),
  ]);
}
