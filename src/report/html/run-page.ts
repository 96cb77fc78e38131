/**
 * The page of one case: verdict, the theorem and what it does not claim, where the run went in two pictures, hypotheses
 * and claims, the three columns of evidence, the certificates, and how to check all of it again.
 */
import type { RunDocument } from "../../kernel/document.js";
import { countOf, DASH, showFar, showLower, showNumber, showSeconds, showUpper } from "../format.js";
import { standsStill } from "../limit-words.js";
import { type Markup, markup } from "../markup.js";
import { asideOf, leastResidual, MEASURES, type Measure, measureOf, toleranceFor } from "../measure.js";
import { replayCommand, shorten } from "../text.js";
import { decidedWord, meaningOfRun, outcomeWord, RECHECK, setupOf, words } from "../words.js";
import { certificateList } from "./certificates.js";
import { directionSection } from "./direction.js";
import { residualTable } from "./limit.js";
import {
  closing,
  command,
  evidenceLadders,
  glossary,
  type Head,
  keyFigures,
  page,
  pairs,
  restsOn,
  section,
  statement,
  table,
  verdictBox,
} from "./parts.js";

const LONGEST_TITLE = 100;

/** From below where the certificate shows that the tolerance is missed, else from above. */
function residualFigure(doc: RunDocument, measure: Measure): readonly (readonly [string, string, string])[] {
  const residual = doc.reached?.residual ?? null;
  if (residual === null) return [];
  const { name, unit } = MEASURES[measure];
  const least = leastResidual(doc);
  return [
    least === null
      ? [`certified ${name}`, `\u2264 ${showUpper(residual)}`, unit]
      : [`certified ${name}`, `\u2265 ${showLower(least)}`, `${unit}, at most ${showUpper(residual)}`],
  ];
}

function figuresOf(doc: RunDocument): Markup | null {
  const { reached, settings } = doc;
  if (reached === null || standsStill(reached) !== null) return null;
  const { limit } = reached;
  const progress =
    limit === null
      ? (["log(1/loss)", showNumber(reached.logInverseLoss), countOf(reached.steps, "step")] as const)
      : ([
          "log(1/loss), limit",
          showFar(reached.logInverseLoss, limit.logLogInverseLoss),
          `${countOf(reached.steps, "step")} of descent first`,
        ] as const);
  if (doc.theorem === null) return keyFigures([progress]);
  const measure = measureOf(doc.claims);
  const bound = (name: string, x: number | null): readonly (readonly [string, string, string])[] =>
    x === null ? [] : [[name, `\u2264 ${showUpper(x)}`, asideOf("angle", x)]];
  return keyFigures([
    ...(measure === "angle"
      ? [...bound("certified angle", reached.angleBound), ...bound("no solver trusted", reached.solverFreeBound)]
      : residualFigure(doc, measure)),
    progress,
    [
      "tolerance",
      showNumber(toleranceFor(measure, settings.tolerance)),
      asideOf(measure, settings.tolerance, showNumber),
    ],
  ]);
}

function theoremSection(doc: RunDocument): Markup {
  if (doc.theorem === null)
    return section("No theorem was checked", [
      markup`<p>A verdict compares a run with what a theorem predicts. No theorem of the catalogue speaks of the architecture <code>${doc.settings.architecture}</code>, so nothing is predicted, and hypotheses, claims and evidence, which belong to a theorem, are not on this page. What follows shows where the network went, for information.</p>`,
    ]);
  return section("The theorem", [
    markup`<p class="muted">${doc.theorem}, as stated for ${words(doc.dynamics)}</p>`,
    statement(doc.statement ?? DASH, doc.notClaimed),
  ]);
}

function hypothesesSection(doc: RunDocument): Markup {
  if (doc.hypotheses.length === 0) return section("Hypotheses", [markup`<p>None was checked.</p>`]);
  const heads: readonly Head[] = [
    { name: "met", kind: "word" },
    { name: "hypothesis" },
    { name: "evidence", kind: "word" },
    { name: "why" },
  ];
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
  const heads: readonly Head[] = [{ name: "outcome", kind: "word" }, { name: "claim", kind: "word" }, { name: "why" }];
  const rows = doc.claims.map((c) => [
    markup`<strong>${outcomeWord(c.outcome)}</strong>`,
    markup`<code>${c.id}</code>`,
    c.why,
  ]);
  return section("Claims", [table(heads, rows), residualTable(doc)]);
}

export function runPage(doc: RunDocument): string {
  const name = `${doc.theorem ?? "No theorem"} on ${doc.data.name}`;
  return page(`${doc.verdict}: ${shorten(name, LONGEST_TITLE)}`, [
    markup`<header><p class="kicker">biasproof ${doc.command}, ${showSeconds(doc.timing.seconds)}</p><h1>${shorten(name, LONGEST_TITLE)}</h1>${verdictBox(doc.verdict, meaningOfRun(doc))}</header>`,
    markup`${figuresOf(doc)}`,
    markup`${doc.notes.map((n) => markup`<p class="small"><span class="muted">Note:</span> ${n}</p>`)}`,
    glossary(),
    theoremSection(doc),
    directionSection(doc),
    ...(doc.theorem === null
      ? []
      : [
          hypothesesSection(doc),
          claimsSection(doc),
          section("Evidence", [evidenceLadders(doc.evidence), restsOn(doc.cited)]),
        ]),
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
