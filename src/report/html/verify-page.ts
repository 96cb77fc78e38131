/**
 * The page of a campaign: the overall verdict, one table over all theorems, then a section a theorem with its statement,
 * its counts, the distribution of its bounds, the cases that do not hold (each with its reason and its replay line), the
 * worst case, and the certificates.
 */
import type { CaseRow, TheoremPart, VerifyDocument } from "../../kernel/document.js";
import type { VerdictWord } from "../../kernel/verdict.js";
import { countOf, DASH, showCount, showNumber, showSeconds, showUpper } from "../format.js";
import { type Markup, markup, when } from "../markup.js";
import {
  asideOf,
  boundOf,
  columnName,
  MEASURES,
  type Measure,
  measureOf,
  quantilesOf,
  showMeasure,
} from "../measure.js";
import { boundHistogram } from "../svg/bound-histogram.js";
import { replayCommand, shorten } from "../text.js";
import { caseWords, meaningOfTheorem, openCases, RECHECK, seedWords, VERDICTS, words } from "../words.js";
import { certificateList } from "./certificates.js";
import {
  closing,
  command,
  evidenceLadders,
  figure,
  glossary,
  type Head,
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

function meaningOf(doc: VerifyDocument): string {
  const [first, ...others] = doc.theorems;
  if (first === undefined) return "No theorem was verified, and a campaign over nothing is inconclusive.";
  if (others.length === 0) return meaningOfTheorem(first);
  const counts = (Object.keys(VERDICTS) as VerdictWord[])
    .map((v) => [doc.theorems.filter((t) => t.verdict === v).length, v] as const)
    .filter(([n]) => n > 0)
    .map(([n, v]) => `${n} ${v}`);
  return `${countOf(doc.theorems.length, "theorem")}: ${counts.join(", ")}. The worst of them stands for all.`;
}

const COLUMNS: readonly (Head & { readonly of: (t: TheoremPart) => string })[] = [
  { name: "claim", kind: "word", of: (t) => t.evidence.claim ?? DASH },
  { name: "hypotheses", kind: "word", of: (t) => t.evidence.hypotheses ?? DASH },
  { name: "proof", kind: "word", of: (t) => t.evidence.proof ?? DASH },
  { name: "asked", kind: "number", of: (t) => showCount(t.asked) },
  { name: "in scope", kind: "number", of: (t) => showCount(t.inScope) },
  { name: "inconclusive", kind: "number", of: (t) => showCount(t.inconclusive) },
  { name: "worst", kind: "number", of: (t) => showUpper(quantilesOf(t, measureOf(t.claims))?.largest) },
  { name: "of", kind: "word", of: (t) => columnName(measureOf(t.claims)) },
  { name: "time", kind: "number", of: (t) => showSeconds(t.timing.seconds) },
];

/** Two rows a theorem: its name with the verdict, and its numbers. */
function overview(doc: VerifyDocument): Markup {
  const span = String(COLUMNS.length);
  return markup`<table class="stack overview"><thead><tr>${COLUMNS.map(
    (c) => markup`<th scope="col" class="${c.kind ?? ""}">${c.name}</th>`,
  )}</tr></thead>${doc.theorems.map(
    (t, i) =>
      markup`<tbody><tr><th scope="rowgroup" colspan="${span}"><a href="#t${String(i)}">${shorten(t.id, 80)}</a> <span class="muted">(${words(t.dynamics)})</span> ${verdictWord(t.verdict)}</th></tr><tr>${COLUMNS.map(
        (c) => markup`<td class="${c.kind ?? ""}" data-name="${c.name}">${c.of(t)}</td>`,
      )}</tr></tbody>`,
  )}</table>`;
}

function figuresOf(t: TheoremPart): Markup {
  const measure = measureOf(t.claims);
  const { name, unit } = MEASURES[measure];
  const b = quantilesOf(t, measure);
  const aside = [
    `${showCount(t.ran)} ran`,
    `${showCount(t.outOfScope)} out of scope`,
    ...(t.refuted > 0 ? [`${showCount(t.refuted)} refuted`] : []),
    ...(t.suspect > 0 ? [`${showCount(t.suspect)} suspect`] : []),
  ].join(", ");
  return keyFigures([
    ["in scope / asked", `${showCount(t.inScope)} / ${showCount(t.asked)}`, aside],
    ["inconclusive", showCount(t.inconclusive), `of ${countOf(t.inScope, "case")}`],
    ...(b === null
      ? []
      : ([
          [`median ${name}`, showNumber(b.median), `${unit}; 95 % within ${showUpper(b.p95)}`],
          [`worst ${name}`, `\u2264 ${showUpper(b.largest)}`, asideOf(measure, b.largest)],
        ] as const)),
  ]);
}

/** What is known of a case in numbers; nothing where nothing is. */
function numbersOf(c: CaseRow, measure: Measure): string {
  const bound = boundOf(c, measure);
  return [
    ...(bound === null ? [] : [`certified ${MEASURES[measure].name} at most ${showMeasure(measure, bound)}`]),
    ...(c.logInverseLoss === null ? [] : [`log(1/loss) ${showNumber(c.logInverseLoss)}`]),
  ].join(", ");
}

function caseFold(c: CaseRow, measure: Measure): Markup {
  const numbers = numbersOf(c, measure);
  return markup`<details><summary>Case ${showCount(c.index)} ${verdictWord(c.verdict)} <span class="muted">${caseWords(c)}</span></summary>${when(
    c.verdict !== "holds",
    () => markup`<p>${c.why ?? "No reason was given."}</p>`,
  )}${when(numbers !== "", () => markup`<p class="muted">${numbers}</p>`)}${command(replayCommand(c.replay))}</details>`;
}

function caseTable(t: TheoremPart, measure: Measure): Markup {
  const heads: readonly Head[] = [
    { name: "case", kind: "number" },
    { name: "verdict", kind: "word" },
    { name: "network and data" },
    { name: `${MEASURES[measure].name}, at most${measure === "angle" ? " (rad)" : ""}`, kind: "number" },
    { name: "log(1/loss)", kind: "number" },
  ];
  const rows = t.cases
    .slice(0, MOST_ROWS)
    .map((c) => [
      showCount(c.index),
      verdictWord(c.verdict),
      caseWords(c),
      showUpper(boundOf(c, measure)),
      showNumber(c.logInverseLoss),
    ]);
  return markup`<details class="long"><summary>All cases (${showCount(t.cases.length)})</summary>${table(heads, rows)}${when(
    t.cases.length > MOST_ROWS,
    () => markup`<p class="small muted">The first ${showCount(MOST_ROWS)}; report.json has all of them.</p>`,
  )}</details>`;
}

function theoremSection(t: TheoremPart, index: number, all: readonly TheoremPart[]): Markup {
  const open = openCases(t);
  const measure = measureOf(t.claims);
  const inScope = t.cases.filter((c) => c.verdict !== "out-of-scope").map((c) => boundOf(c, measure));
  const median = quantilesOf(t, measure)?.median ?? null;
  const heads: readonly Head[] = [{ name: "hypothesis" }, { name: "evidence", kind: "word" }];
  return markup`<section id="t${String(index)}"><h2>${shorten(t.title, 120)}</h2><p class="muted">${t.id}, as stated for ${words(t.dynamics)}</p>${[
    ...(all.length === 1 ? [] : [verdictBox(t.verdict, meaningOfTheorem(t))]),
    figuresOf(t),
    statement(t.statement, t.notClaimed),
    markup`<p>Cases drawn from: ${t.drawnFrom}.</p>`,
    figure(
      `bounds${index}`,
      (o) => boundHistogram({ measure, bounds: inScope, median, tolerance: t.tolerance }, o),
      `Of each case in scope: ${MEASURES[measure].means}.`,
    ),
    markup`<h3>Hypotheses</h3>${
      t.hypotheses.length === 0
        ? markup`<p>None was checked.</p>`
        : table(
            heads,
            t.hypotheses.map((h) => [markup`${h.statement} <code class="muted">${h.id}</code>`, h.evidence]),
          )
    }`,
    markup`<h3>Evidence</h3>${evidenceLadders(t.evidence)}${restsOn(t.cited)}`,
    markup`<h3>Cases</h3>`,
    ...(open.length === 0
      ? [markup`<p>None failed and none was left undecided.</p>`]
      : [
          markup`<p>${countOf(open.length, "case")} to look at:</p>`,
          ...open.slice(0, MOST_ROWS).map((c) => caseFold(c, measure)),
        ]),
    ...(t.worst === null || open.some((c) => c.index === t.worst?.index)
      ? []
      : [markup`<p>The largest ${MEASURES[measure].name}:</p>`, caseFold(t.worst, measure)]),
    caseTable(t, measure),
    markup`<h3>Certificates</h3>`,
    certificateList(t.certificates),
  ]}</section>`;
}

export function verifyPage(doc: VerifyDocument): string {
  const ids = doc.theorems.map((t) => t.id);
  const name = ids.length === 1 ? (ids[0] ?? "") : countOf(ids.length, "theorem");
  return page(`${doc.verdict}: ${shorten(name, 100)}`, [
    markup`<header><p class="kicker">biasproof verify, seed ${seedWords(doc)}, ${showSeconds(doc.timing.seconds)}</p><h1>${shorten(name, 100)} on random cases</h1>${verdictBox(doc.verdict, meaningOf(doc))}</header>`,
    ...(doc.theorems.length === 0 ? [] : [overview(doc)]),
    glossary(),
    markup`${doc.theorems.map(theoremSection)}`,
    section("Check it again", [
      markup`<p>Every certificate, without any training:</p>`,
      command(RECHECK),
      markup`<p>The same cases, trained again:</p>`,
      command(doc.repeat),
    ]),
    closing(doc.versions, doc.timing),
  ]);
}
