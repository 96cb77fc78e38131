/**
 * The table of a campaign: two lines a theorem, its name with the verdict and its numbers under the heads of the table,
 * then what its proof rests on and, for whatever does not hold, why and the line that replays it.
 */
import type { CaseRow, TheoremPart, VerifyDocument } from "../../kernel/document.js";
import { countOf, DASH, showCount, showNumber, showSeconds, showUpper } from "../format.js";
import { columnName, measureOf, quantilesOf } from "../measure.js";
import { columns, oneLine, padEnd, padStart, shorten } from "../text.js";
import { caseWords, meaningOfTheorem, openCases, seedWords, words } from "../words.js";
import { field, type Paint, painter, paragraph, replayLines, rule, termLines, WIDTH } from "./lines.js";

/** Cases that are listed under a theorem; the page and report.json have all of them. */
const MOST_CASES = 5;

const NUMBERS: readonly { readonly name: string; readonly width: number; readonly of: (t: TheoremPart) => string }[] = [
  { name: "claim", width: -9, of: (t) => t.evidence.claim ?? DASH },
  { name: "hypotheses", width: -10, of: (t) => t.evidence.hypotheses ?? DASH },
  { name: "proof", width: -9, of: (t) => t.evidence.proof ?? DASH },
  { name: "asked", width: 6, of: (t) => showCount(t.asked) },
  { name: "in scope", width: 8, of: (t) => showCount(t.inScope) },
  { name: "inconcl.", width: 8, of: (t) => showCount(t.inconclusive) },
  { name: "worst", width: 9, of: (t) => showUpper(quantilesOf(t, measureOf(t.claims))?.largest) },
  { name: "median", width: 9, of: (t) => showNumber(quantilesOf(t, measureOf(t.claims))?.median) },
  { name: "of", width: -10, of: (t) => columnName(measureOf(t.claims)) },
  { name: "time", width: 10, of: (t) => showSeconds(t.timing.seconds) },
];

/** A negative width is set flush left. */
const cell = (text: string, width: number): string => (width < 0 ? padEnd(text, -width) : padStart(text, width));

/** Two texts at the two ends of a line. */
function ends(
  left: string,
  right: string,
  paintLeft: (s: string) => string,
  paintRight: (s: string) => string,
): string {
  const short = shorten(left, WIDTH - columns(right) - 2);
  return `${paintLeft(short)}${" ".repeat(WIDTH - columns(short) - columns(right))}${paintRight(right)}`;
}

function caseLines(c: CaseRow, paint: Paint): readonly string[] {
  return [
    ...field(`case ${c.index}`, [`${c.verdict}: ${caseWords(c)}`, c.why ?? "no reason was given"], paint),
    ...replayLines(c.replay, paint),
  ];
}

function theoremLines(t: TheoremPart, paint: Paint): readonly string[] {
  const open = openCases(t);
  const aside = [
    ...(t.ran === t.inScope && t.outOfScope === 0
      ? []
      : [`${showCount(t.ran)} ran, ${showCount(t.outOfScope)} out of scope`]),
    ...(t.refuted + t.suspect === 0 ? [] : [`${showCount(t.refuted)} refuted, ${showCount(t.suspect)} suspect`]),
  ];
  return [
    ends(`${t.id} (${words(t.dynamics)})`, t.verdict, paint.bold, (s) => paint.verdict(t.verdict, s)),
    `  ${NUMBERS.map((n) => cell(n.of(t), n.width)).join(" ")}`.trimEnd(),
    ...paragraph(meaningOfTheorem(t), 2),
    ...(aside.length === 0 ? [] : paragraph(`${aside.join("; ")}.`, 2)),
    ...field("rests on", [t.restsOn.length === 0 ? `${DASH} (no cited result)` : t.restsOn.join(", ")], paint),
    ...field("cases from", [t.drawnFrom], paint),
    ...open.slice(0, MOST_CASES).flatMap((c) => caseLines(c, paint)),
    ...(open.length > MOST_CASES
      ? paragraph(
          `and ${countOf(open.length - MOST_CASES, "more case")}; the report (--report DIR) lists all of them`,
          2,
        )
      : []),
    "",
  ];
}

/** All but the last lines: the theorems under the heads of the table. */
function bodyLines(doc: VerifyDocument, paint: Paint): readonly string[] {
  const named = NUMBERS.map((n) => cell(n.name, n.width)).join(" ");
  return [
    ends("theorem (dynamics)", "verdict", paint.dim, paint.dim),
    paint.dim(`  ${named}`),
    rule(),
    ...(doc.theorems.length === 0
      ? ["  no theorem was verified", ""]
      : doc.theorems.flatMap((t) => theoremLines(t, paint))),
  ];
}

export function verifyTable(doc: VerifyDocument, color: boolean): string {
  const paint = painter(color);
  const close = `seed ${oneLine(seedWords(doc))}, ${showSeconds(doc.timing.seconds)}`;
  return [
    ...bodyLines(doc, paint),
    ...(doc.theorems.length === 0 ? [] : termLines(bodyLines(doc, painter(false)), true, paint).slice(1)),
    rule(),
    ends(doc.verdict, close, (s) => paint.verdict(doc.verdict, s), paint.dim),
    paint.dim(oneLine(`again: ${doc.repeat}`)),
  ].join("\n");
}
