/**
 * The summary for a pull request, in GitHub-flavored Markdown. Text from outside is inert: every character with a meaning
 * in Markdown or HTML becomes a numeric entity (which never starts a structure), and mentions, issue numbers and bare
 * addresses are broken by a zero-width space. Commands stand in fences longer than any run of backticks in them.
 */
import type { CaseRow, ReachedPart, RunDocument, TheoremPart, VerifyDocument } from "../kernel/document.js";
import type { VerdictWord } from "../kernel/verdict.js";
import { DASH, showBound, showCount, showNumber, showSeconds, showUpper, showVector, unitVector } from "./format.js";
import { limitWords, standsStill, weightWords } from "./limit-words.js";
import { besideResidual, columnName, MEASURES, measureOf, quantilesOf } from "./measure.js";
import { termsIn } from "./terms.js";
import { oneLine, replayCommand } from "./text.js";
import {
  caseWords,
  decidedWord,
  meaningOfRun,
  meaningOfTheorem,
  openCases,
  outcomeWord,
  RECHECK,
  seedWords,
  setupOf,
  words,
} from "./words.js";

const MARKS: Readonly<Record<VerdictWord, string>> = {
  holds: "\u2705",
  refuted: "\u274C",
  suspect: "\u26A0\uFE0F",
  inconclusive: "\u2754",
  "out-of-scope": "\u26AA",
};

/** Cases that are listed under a theorem; the page has all of them. */
const MOST_CASES = 20;

/** Plain words, whatever is in them. */
export function inert(text: string): string {
  return oneLine(text)
    .replace(/[&<>|\\`*_[\]~$!{}]/g, (c) => (c === "_" ? c : `&#${c.charCodeAt(0)};`))
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "&#95;")
    .replace(/@/g, "@\u200B")
    .replace(/(?<!&)#(?=\d)/g, "#\u200B")
    .replace(/:\/\//g, ":\u200B//")
    .replace(/www\./gi, (w) => `${w.slice(0, 3)}\u200B.`);
}

function fence(text: string): readonly string[] {
  const longest = [...text.matchAll(/`+/g)].reduce((a, m) => Math.max(a, m[0].length), 2);
  const bar = "`".repeat(longest + 1);
  return [`${bar}sh`, text, bar];
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
  rows.length === 0 ? [] : ["", row(head), row(head.map(() => "---")), ...rows.map(row), ""];

const restsOn = (ids: readonly string[]): string =>
  `Rests on cited results: ${ids.length === 0 ? "none" : ids.map(inert).join(", ")}.`;

/** What the words above stand for. */
function termList(lines: readonly string[]): readonly string[] {
  const terms = termsIn(lines.join(" "), true);
  if (terms.length === 0) return [];
  return ["", "What the words mean:", "", ...terms.map((t) => `- ${inert(t.name)}: ${inert(t.means)}`)];
}

/** Where the run went: its limit, or its end. */
function reachedFacts(reached: ReachedPart | null): readonly (readonly [string, string])[] {
  if (reached === null) return [["reached", "nothing was trained"]];
  const { limit } = reached;
  const still = standsStill(reached);
  if (still !== null) return [["reached", inert(still)]];
  if (limit !== null)
    return [
      ["limit, least margin 1", inert(showVector(reached.beta))],
      ["followed to", inert(limitWords(reached, limit).join("; "))],
      ["weights", inert(weightWords(limit))],
    ];
  return [
    ["reached", inert(showVector(unitVector(reached.beta)))],
    ["log(1/loss)", `${showNumber(reached.logInverseLoss)} after ${showCount(reached.steps)} steps`],
  ];
}

/** The certified numbers that there are. */
function boundFacts(doc: RunDocument): readonly (readonly [string, string])[] {
  const { claims, reached } = doc;
  if (reached === null) return [];
  const beside = besideResidual(doc);
  const { angleBound, solverFreeBound, residual } = reached;
  return [
    ...(angleBound === null ? [] : [["certified angle, at most", showBound(angleBound)] as const]),
    ...(solverFreeBound === null
      ? []
      : [["the same with no solver trusted, at most", showBound(solverFreeBound)] as const]),
    ...(residual === null
      ? []
      : [[`certified ${MEASURES[measureOf(claims)].name}, at most`, `${showUpper(residual)} (no unit)`] as const]),
    ...(beside === null ? [] : [beside]),
  ];
}

function runSummary(doc: RunDocument): readonly string[] {
  const { reached, predicted, evidence: e } = doc;
  const facts: (readonly [string, string])[] = [
    ["theorem", doc.theorem === null ? "none was checked" : `${inert(doc.theorem)} (${inert(words(doc.dynamics))})`],
    ...setupOf(doc).map(([name, value]) => [name, inert(value)] as const),
    ...(predicted === null
      ? []
      : [
          [
            "predicted",
            inert(showVector(reached?.limit == null ? unitVector(predicted.beta) : predicted.beta)),
          ] as const,
        ]),
    ...reachedFacts(reached),
    ...(doc.theorem === null
      ? []
      : ([
          ...boundFacts(doc),
          ["evidence", `claim ${e.claim ?? DASH}, hypotheses ${e.hypotheses ?? DASH}, proof ${e.proof ?? DASH}`],
        ] as const)),
  ];
  const lines = [
    `## ${MARKS[doc.verdict]} biasproof: ${doc.verdict}`,
    "",
    inert(meaningOfRun(doc)),
    ...table(["", ""], facts),
    ...table(
      ["hypothesis", "met", "evidence", "why"],
      doc.hypotheses.map((h) => [inert(h.id), decidedWord(h.decided), h.evidence, inert(h.why)]),
    ),
    ...table(
      ["claim", "outcome", "why"],
      doc.claims.map((c) => [inert(c.id), outcomeWord(c.outcome), inert(c.why)]),
    ),
    ...(doc.theorem === null ? [] : [restsOn(doc.restsOn)]),
    ...doc.notes.flatMap((n) => ["", `Note: ${inert(n)}`]),
  ];
  return [...lines, ...termList(lines), "", ...fence(`${RECHECK}\n${replayCommand(doc.replay)}`)];
}

function caseLines(c: CaseRow): readonly string[] {
  return [
    "",
    `Case ${c.index}, ${inert(caseWords(c))}: ${c.verdict}. ${inert(c.why ?? "")}`,
    "",
    ...fence(replayCommand(c.replay)),
  ];
}

function theoremSummary(t: TheoremPart): readonly string[] {
  const open = openCases(t);
  return [
    "",
    `### ${MARKS[t.verdict]} ${inert(t.id)} (${inert(words(t.dynamics))}): ${t.verdict}`,
    "",
    inert(meaningOfTheorem(t)),
    "",
    restsOn(t.restsOn),
    ...open.slice(0, MOST_CASES).flatMap(caseLines),
    ...(open.length > MOST_CASES ? ["", `and ${open.length - MOST_CASES} more in report.html`] : []),
  ];
}

function verifySummary(doc: VerifyDocument): readonly string[] {
  const head = [
    "theorem",
    "dynamics",
    "verdict",
    "claim",
    "hypotheses",
    "proof",
    "asked",
    "in scope",
    "inconclusive",
    "worst",
    "median",
    "of",
    "time",
  ];
  const lines = [
    `## ${MARKS[doc.verdict]} biasproof: ${doc.verdict}`,
    ...table(
      head,
      doc.theorems.map((t) => [
        inert(t.id),
        inert(words(t.dynamics)),
        `${MARKS[t.verdict]} ${t.verdict}`,
        t.evidence.claim ?? DASH,
        t.evidence.hypotheses ?? DASH,
        t.evidence.proof ?? DASH,
        showCount(t.asked),
        showCount(t.inScope),
        showCount(t.inconclusive),
        showUpper(quantilesOf(t, measureOf(t.claims))?.largest),
        showNumber(quantilesOf(t, measureOf(t.claims))?.median),
        columnName(measureOf(t.claims)),
        showSeconds(t.timing.seconds),
      ]),
    ),
    ...(doc.theorems.length === 0 ? ["", "No theorem was verified."] : doc.theorems.flatMap(theoremSummary)),
    "",
    `Seed ${inert(seedWords(doc))}.`,
  ];
  return [...lines, ...(doc.theorems.length === 0 ? [] : termList(lines)), "", ...fence(RECHECK)];
}

export function summaryOf(doc: RunDocument | VerifyDocument): string {
  return `${(doc.command === "verify" ? verifySummary(doc) : runSummary(doc)).join("\n")}\n`;
}
