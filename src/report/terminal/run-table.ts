/**
 * The table of one case: the verdict with its meaning, what was predicted and reached, how near they are, the hypotheses
 * one by one, the claims, the three columns of evidence, what the proof rests on, and the line that replays it all.
 */
import type { RunDocument } from "../../kernel/document.js";
import type { Evidence } from "../../kernel/evidence.js";
import { DASH, showSeconds } from "../format.js";
import { columns, shorten } from "../text.js";
import { decidedWord, EVIDENCE_WORDS, meaningOfRun, outcomeWord, setupOf, words } from "../words.js";
import {
  type Column,
  field,
  type Paint,
  painter,
  paragraph,
  replayLines,
  row,
  rule,
  termLines,
  WIDTH,
} from "./lines.js";
import { measureLines, predictedLines, reachedLines } from "./reached-lines.js";

/** An id is broken only beyond this. */
const LONGEST_ID = 36;

/** A word of its own width, an id, and prose in what is left. */
function layoutOf(ids: readonly string[], first: number, evidence: number, paint: Paint): readonly Column[] {
  const id = Math.min(LONGEST_ID, Math.max(0, ...ids.map(columns)));
  const used = 2 + first + 2 + id + 2 + (evidence > 0 ? evidence + 2 : 0);
  const shade = (text: string, cell: string): string =>
    paint.verdict(
      cell === "no" || cell === "contradicts"
        ? "refuted"
        : cell === "yes" || cell === "supports"
          ? "holds"
          : "inconclusive",
      text,
    );
  return [
    { width: first, paint: shade },
    { width: id },
    ...(evidence > 0 ? [{ width: evidence }] : []),
    { width: WIDTH - used },
  ];
}

function hypothesisLines(doc: RunDocument, paint: Paint): readonly string[] {
  if (doc.hypotheses.length === 0) return paragraph("none was checked", 2);
  const layout = layoutOf(
    doc.hypotheses.map((h) => h.id),
    8,
    9,
    paint,
  );
  return doc.hypotheses.flatMap((h) => row([decidedWord(h.decided), h.id, h.evidence, h.why], layout));
}

function claimLines(doc: RunDocument, paint: Paint): readonly string[] {
  if (doc.claims.length === 0) return paragraph("none was checked", 2);
  const layout = layoutOf(
    doc.claims.map((c) => c.id),
    11,
    0,
    paint,
  );
  return doc.claims.flatMap((c) => row([outcomeWord(c.outcome), c.id, c.why], layout));
}

const graded = (grade: Evidence | null): string =>
  grade === null ? `${DASH} (nothing was established)` : `${grade} (${EVIDENCE_WORDS[grade]})`;

/** What a theorem says and what was checked of it; nothing of it is there where no theorem speaks of the network. */
function checkedLines(doc: RunDocument, paint: Paint): readonly string[] {
  const { evidence } = doc;
  const head = (text: string): readonly string[] => ["", paint.bold(text)];
  if (doc.theorem === null)
    return [...head("hypotheses, claims, evidence"), ...paragraph("none: they belong to a theorem", 2)];
  return [
    ...head("hypotheses"),
    ...hypothesisLines(doc, paint),
    ...head("claims"),
    ...claimLines(doc, paint),
    ...head("evidence"),
    ...field("claim", [graded(evidence.claim)], paint),
    ...field("hypotheses", [graded(evidence.hypotheses)], paint),
    ...field("proof", [graded(evidence.proof)], paint),
    ...field("rests on", [doc.restsOn.length === 0 ? `${DASH} (no cited result)` : doc.restsOn.join(", ")], paint),
  ];
}

function bodyLines(doc: RunDocument, paint: Paint): readonly string[] {
  const theorem = doc.theorem === null ? `${DASH} (none was checked)` : shorten(doc.theorem, 80);
  return [
    paint.verdict(doc.verdict, doc.verdict),
    ...paragraph(meaningOfRun(doc), 2),
    rule(),
    ...field("theorem", [theorem], paint),
    ...field("dynamics", [words(doc.dynamics)], paint),
    ...setupOf(doc).flatMap(([name, value]) => field(name, [value], paint)),
    "",
    ...predictedLines(doc, paint),
    ...reachedLines(doc.reached, paint),
    ...(doc.theorem === null ? [] : measureLines(doc, paint)),
    ...checkedLines(doc, paint),
    ...(doc.notes.length === 0 ? [] : ["", ...doc.notes.flatMap((n) => field("note", [n], paint))]),
  ];
}

export function runTable(doc: RunDocument, color: boolean): string {
  const paint = painter(color);
  return [
    ...bodyLines(doc, paint),
    ...termLines(bodyLines(doc, painter(false)), false, paint),
    "",
    ...field("time", [showSeconds(doc.timing.seconds)], paint),
    ...replayLines(doc.replay, paint),
  ].join("\n");
}
