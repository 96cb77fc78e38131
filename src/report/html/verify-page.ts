/**
 * The page of a campaign: the overall verdict, one table over all theorems, then a section a theorem with its statement,
 * its counts, the distribution of its bounds, the cases that do not hold (each with its reason and its replay line), the
 * worst case, and the certificates.
 */
import type { CaseRow, TheoremPart, VerifyDocument } from "../../kernel/document.js";
import { countOf, DASH, showAngle, showCount, showDegrees, showNumber, showSeconds, showUpper } from "../format.js";
import { type Markup, markup, when } from "../markup.js";
import { boundHistogram } from "../svg/bound-histogram.js";
import { replayCommand, shorten } from "../text.js";
import { caseWords, meaningOfTheorem, openCases, RECHECK, VERDICTS, words } from "../words.js";
import { certificateList } from "./certificates.js";
import {
  closing,
  command,
  evidenceLadders,
  figure,
  glossary,
  keyFigures,
  page,
  restsOn,
  section,
  statement,
  table,
  verdictBox,
  verdictWord,
} from "./parts.js";

/** Rows of a table of cases; report.json has all of them. */
const MOST_ROWS = 500;

const meaningOf = (doc: VerifyDocument): string => {
  const n = doc.theorems.length;
  if (n === 0) return "No theorem was verified, and a campaign over nothing is inconclusive.";
  const same = doc.theorems.filter((t) => t.verdict === doc.verdict).length;
  return `${VERDICTS[doc.verdict]}: ${same} of ${countOf(n, "theorem")} (${doc.verdict}).`;
};

function overview(doc: VerifyDocument): Markup {
  const heads = [
    { name: "theorem" },
    { name: "verdict" },
    { name: "claim" },
    { name: "hypotheses" },
    { name: "proof" },
    { name: "in scope / asked", number: true },
    { name: "inconclusive", number: true },
    { name: "worst angle", number: true },
    { name: "time", number: true },
  ];
  const rows = doc.theorems.map((t, i) => [
    markup`<a href="#t${String(i)}">${t.id}</a> <span class="muted">${words(t.dynamics)}</span>`,
    verdictWord(t.verdict),
    t.evidence.claim ?? DASH,
    t.evidence.hypotheses ?? DASH,
    t.evidence.proof ?? DASH,
    `${showCount(t.inScope)} / ${showCount(t.asked)}`,
    showCount(t.inconclusive),
    t.angleBounds === null ? DASH : `${showUpper(t.angleBounds.largest)} rad`,
    showSeconds(t.timing.seconds),
  ]);
  return markup`<div class="scroll">${table(heads, rows)}</div>`;
}

function figuresOf(t: TheoremPart): Markup {
  const b = t.angleBounds;
  const bound = (x: number | undefined): string => (x === undefined ? DASH : `\u2264 ${showUpper(x)} rad`);
  const aside = [
    `${showCount(t.ran)} ran`,
    `${showCount(t.outOfScope)} out of scope`,
    ...(t.refuted > 0 ? [`${showCount(t.refuted)} refuted`] : []),
    ...(t.suspect > 0 ? [`${showCount(t.suspect)} suspect`] : []),
  ].join(", ");
  return keyFigures([
    ["in scope / asked", `${showCount(t.inScope)} / ${showCount(t.asked)}`, aside],
    ["inconclusive", showCount(t.inconclusive), `of ${countOf(t.inScope, "case")}`],
    ["median angle", b === null ? DASH : `${showNumber(b.median)} rad`, `95 %: ${showUpper(b?.p95)} rad`],
    ["worst angle", bound(b?.largest), showDegrees(b?.largest)],
  ]);
}

function caseFold(c: CaseRow): Markup {
  return markup`<details><summary>Case ${showCount(c.index)} ${verdictWord(c.verdict)} <span class="muted">${caseWords(c)}</span></summary><p>${
    c.why ?? "No reason was given."
  }</p><p class="muted">certified angle ${showAngle(c.angleBound)}, log(1/loss) ${showNumber(c.logInverseLoss)}</p>${command(
    replayCommand(c.replay),
  )}</details>`;
}

function caseTable(t: TheoremPart): Markup {
  const heads = [
    { name: "case", number: true },
    { name: "verdict" },
    { name: "network and data" },
    { name: "angle, at most (rad)", number: true },
    { name: "log(1/loss)", number: true },
  ];
  const rows = t.cases
    .slice(0, MOST_ROWS)
    .map((c) => [
      showCount(c.index),
      verdictWord(c.verdict),
      caseWords(c),
      showUpper(c.angleBound),
      showNumber(c.logInverseLoss),
    ]);
  return markup`<details class="long"><summary>All cases (${showCount(t.cases.length)})</summary>${table(heads, rows)}${when(
    t.cases.length > MOST_ROWS,
    () => markup`<p class="small muted">The first ${showCount(MOST_ROWS)}; report.json has all of them.</p>`,
  )}</details>`;
}

function theoremSection(t: TheoremPart, index: number): Markup {
  const open = openCases(t);
  const inScope = t.cases.filter((c) => c.verdict !== "out-of-scope").map((c) => c.angleBound);
  const heads = [{ name: "hypothesis" }, { name: "evidence" }];
  return markup`<section id="t${String(index)}"><h2>${shorten(t.title, 120)}</h2><p class="muted">${t.id}, as stated for ${words(t.dynamics)}</p>${[
    verdictBox(t.verdict, meaningOfTheorem(t)),
    figuresOf(t),
    statement(t.statement, t.notClaimed),
    figure(
      `bounds${index}`,
      (o) => boundHistogram({ bounds: inScope, median: t.angleBounds?.median ?? null, tolerance: null }, o),
      "How far each network in scope ended from the predicted optimum, by its certified bound.",
    ),
    markup`<h3>Hypotheses</h3>${
      t.hypotheses.length === 0
        ? markup`<p>None was checked.</p>`
        : table(
            heads,
            t.hypotheses.map((h) => [markup`${h.statement} <code class="muted">${h.id}</code>`, h.evidence]),
          )
    }`,
    markup`<h3>Evidence</h3>${evidenceLadders(t.evidence)}${restsOn(t.restsOn, t.id)}`,
    markup`<h3>Cases</h3>`,
    ...(open.length === 0
      ? [markup`<p>None failed and none was left undecided.</p>`]
      : [markup`<p>${countOf(open.length, "case")} to look at:</p>`, ...open.slice(0, MOST_ROWS).map(caseFold)]),
    ...(t.worst === null || open.includes(t.worst) ? [] : [markup`<p>The largest angle:</p>`, caseFold(t.worst)]),
    caseTable(t),
    markup`<h3>Certificates</h3>`,
    certificateList(t.certificates),
  ]}</section>`;
}

export function verifyPage(doc: VerifyDocument): string {
  const ids = doc.theorems.map((t) => t.id);
  const name = ids.length === 1 ? (ids[0] ?? "") : countOf(ids.length, "theorem");
  return page(`${doc.verdict}: ${shorten(name, 100)}`, [
    markup`<header><p class="kicker">biasproof verify, seed ${doc.seed}, ${showSeconds(doc.timing.seconds)}</p><h1>${shorten(name, 100)} on random cases</h1>${verdictBox(doc.verdict, meaningOf(doc))}</header>`,
    overview(doc),
    glossary(),
    markup`${doc.theorems.map(theoremSection)}`,
    section("Check it again", [markup`<p>Every certificate, without any training:</p>`, command(RECHECK)]),
    closing(doc.versions, doc.timing),
  ]);
}
