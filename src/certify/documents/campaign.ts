/**
 * The words of a campaign's document against its certificates: counts, quantiles and verdicts are computed again from the
 * case rows, and each case that shows an angle must own one accepted direction-bound with that very angle.
 */
import { foldCampaign, type VerdictWord } from "../../kernel/verdict.js";
import { type DocumentJudgment, type Judged, type Part, records, statement, upperOf } from "./finding.js";
import { LARGEST_TOLERANCE } from "./run.js";

const ORDER: readonly VerdictWord[] = ["refuted", "suspect", "inconclusive", "out-of-scope", "holds"];

/** The value at the p-quantile of ascending numbers, as reports define it. */
export const quantile = (ascending: readonly number[], p: number): number =>
  ascending[Math.min(ascending.length - 1, Math.floor(p * ascending.length))]!;

function judgeTheorem(theorem: Part, at: string, judged: readonly Judged[]): DocumentJudgment[] {
  const rows = records(theorem.cases);
  const own = judged.filter((j) => j.where.startsWith(`${at}.`) && j.judgment.accepted);
  // Copies of one certificate back one case.
  const bounding = own.filter((j) => j.judgment.kind === "direction-bound").map((j) => j.certificate);
  const uppers = [...new Map(bounding.map((c) => [JSON.stringify(c), upperOf(c)])).values()];
  const tolerance = typeof theorem.tolerance === "number" ? Math.min(theorem.tolerance, LARGEST_TOLERANCE) : 0;
  const far = rows.filter(
    (row) => row.verdict === "holds" && !(typeof row.angleBound === "number" && row.angleBound <= tolerance),
  );
  const unbacked = rows.filter((row) => {
    if (row.verdict !== "holds" && row.angleBound === null) return false;
    const index = uppers.findIndex((u) => u !== null && u === row.angleBound);
    if (index >= 0) uppers.splice(index, 1); // each certificate backs one case
    return index < 0;
  });
  const refutations = own.filter((j) => j.judgment.kind === "counterexample").length;
  const count = (word: VerdictWord): number => rows.filter((row) => row.verdict === word).length;
  const counts = {
    asked: typeof theorem.asked === "number" ? theorem.asked : 0,
    ran: rows.length,
    inScope: rows.length - count("out-of-scope"),
    refuted: count("refuted"),
    suspect: count("suspect"),
    inconclusive: count("inconclusive"),
  };
  const shown =
    counts.ran === theorem.ran && counts.inScope === theorem.inScope && count("out-of-scope") === theorem.outOfScope;
  const same =
    shown &&
    theorem.refuted === counts.refuted &&
    theorem.suspect === counts.suspect &&
    theorem.inconclusive === counts.inconclusive;
  const bounds = rows
    .filter((row) => row.verdict !== "out-of-scope")
    .flatMap((row) => (typeof row.angleBound === "number" ? [row.angleBound] : []))
    .sort((a, b) => a - b);
  const expected =
    bounds.length === 0
      ? null
      : { median: quantile(bounds, 0.5), p95: quantile(bounds, 0.95), largest: bounds[bounds.length - 1] };
  const folded = foldCampaign(counts);
  return [
    statement(
      `${at}.cases`,
      unbacked.length === 0 && far.length === 0 && counts.refuted <= refutations,
      `each angle of the ${rows.length} cases has its own accepted direction-bound`,
      `${unbacked.length} cases show an angle, or a refutation, without an accepted certificate of their own`,
    ),
    statement(`${at}.counts`, same, "the counts are those of the cases", "the counts are not those of the cases"),
    statement(
      `${at}.angleBounds`,
      JSON.stringify(theorem.angleBounds) === JSON.stringify(expected),
      "the quantiles are those of the cases",
      "the quantiles are not those of the cases",
    ),
    statement(
      `${at}.worst`,
      theorem.worst === null
        ? rows.length === 0 || counts.inScope === 0
        : rows.some((row) => JSON.stringify(row) === JSON.stringify(theorem.worst)),
      "the worst case is one of the cases",
      "the worst case is none of the cases",
    ),
    statement(
      `${at}.verdict`,
      theorem.verdict === folded,
      `${folded}: it follows from the cases`,
      `the cases fold to ${folded}`,
    ),
  ];
}

export function judgeCampaign(doc: Part, judged: readonly Judged[]): DocumentJudgment[] {
  const theorems = records(doc.theorems);
  const worst = ORDER.find((w) => theorems.some((t) => t.verdict === w)) ?? "inconclusive";
  return [
    ...theorems.flatMap((theorem, t) => judgeTheorem(theorem, `theorems[${t}]`, judged)),
    statement(
      "verdict",
      doc.verdict === worst,
      "the document's verdict is that of its theorems",
      "the document's verdict is not that of its theorems",
    ),
  ];
}
