/**
 * The words of a campaign's document: counts, quantiles, the worst case, evidence and verdicts are computed again from the
 * case rows, and the rows are held to the certificates (campaign-cases.ts).
 */
import {
  ALWAYS_SUPPOSED,
  claimBacking,
  gradeBeside,
  gradeOf,
  hypothesisBacking,
  saidBy,
} from "../../kernel/backing.js";
import { type Evidence, weakest } from "../../kernel/evidence.js";
import { foldCampaign, type VerdictWord } from "../../kernel/verdict.js";
import { isRecord } from "../reading.js";
import { claimIds, judgeCases, measuredClaims, type Places } from "./campaign-cases.js";
import { judgeProof } from "./evidence.js";
import { type DocumentJudgment, isFiniteNumber, type Judged, type Part, recordsOf, statement } from "./finding.js";
import { atMost, gradeFits, isEvidence } from "./rows.js";

const ORDER: readonly VerdictWord[] = ["refuted", "suspect", "inconclusive", "out-of-scope", "holds"];
/** The worst case is the first in this order that is in scope. */
const WORST: readonly unknown[] = ["refuted", "suspect", "inconclusive", "holds"] satisfies VerdictWord[];

/** The value at the p-quantile of ascending numbers, as reports define it. */
export const quantile = (ascending: readonly number[], p: number): number =>
  ascending[Math.min(ascending.length - 1, Math.floor(p * ascending.length))]!;

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The in-scope case that decided the verdict; of several the one with the largest angle, none counting as infinite. */
function worstOf(scoped: readonly Part[]): Part | null {
  const rank = (row: Part): number => WORST.indexOf(row.verdict);
  const angle = (row: Part): number => [row.angleBound, row.residual].find(isFiniteNumber) ?? Number.POSITIVE_INFINITY;
  // Two infinite angles differ by NaN, which sorts as 0: the first case goes first.
  return [...scoped].sort((a, b) => rank(a) - rank(b) || angle(b) - angle(a))[0] ?? null;
}

/** The hypotheses as listed, each with the grade it reached; null where one is malformed or cannot have its grade. */
function gradesOf(theorem: Part, decided: boolean): Evidence[] | null {
  const rows = recordsOf(theorem.hypotheses);
  if (rows === null || new Set(rows.map((h) => h.id)).size < rows.length) return null;
  const supposed: readonly string[] = [...ALWAYS_SUPPOSED.beforeTraining, ...ALWAYS_SUPPOSED.alongTheRun];
  if (!supposed.every((id) => rows.some((h) => h.id === id))) return null;
  const grades = rows.flatMap(({ id, evidence }) => {
    const backing = hypothesisBacking(String(id));
    // Without a decided case nothing was decided, and any weaker grade may stand.
    const fits = isEvidence(evidence) && (decided ? gradeFits(backing, evidence) : atMost(evidence, gradeOf(backing)));
    return fits ? [evidence] : [];
  });
  return grades.length === rows.length ? grades : null;
}

type Decided = readonly [holding: number, refuted: number];

/**
 * The claim column: of the cases that were decided, and never above what stands behind the weakest of the claims; beside a
 * residual another certificate raises it where each case that holds has one.
 */
function claimFits(shown: unknown, [holding, refuted]: Decided, claims: readonly string[], nearby: boolean): boolean {
  if (holding + refuted === 0) return shown === null;
  if (holding === 0) return shown === "certified";
  const ceiling = weakest(claims.map((id) => (nearby ? gradeBeside : gradeOf)(claimBacking(id))));
  return isEvidence(shown) && ceiling !== null && atMost(shown, ceiling);
}

function judgeEvidence(theorem: Part, rows: readonly Part[], nearby: boolean, at: string): DocumentJudgment[] {
  const shown = isRecord(theorem.evidence) ? theorem.evidence : {};
  const count = (word: VerdictWord): number => rows.filter((row) => row.verdict === word).length;
  const [holding, refuted] = [count("holds"), count("refuted")];
  const grades = gradesOf(theorem, holding + refuted > 0);
  return [
    statement(
      `${at}.evidence.claim`,
      claimFits(shown.claim, [holding, refuted], claimIds(theorem) ?? [], nearby),
      "it is no stronger than what the decided cases can show",
      "it is stronger than what the decided cases can show, or said of none",
    ),
    statement(
      `${at}.evidence.hypotheses`,
      grades !== null && shown.hypotheses === (holding + refuted > 0 ? weakest(grades) : null),
      "the weakest of the hypotheses, none stronger than it can be",
      "it is not the weakest of the hypotheses, or one of these is missing or stronger than it can be",
    ),
    judgeProof(theorem, shown.proof, `${at}.evidence.proof`),
  ];
}

function judgeCounts(theorem: Part, rows: readonly Part[], at: string): DocumentJudgment[] {
  const scoped = rows.filter((row) => row.verdict !== "out-of-scope");
  const count = (word: VerdictWord): number => rows.filter((row) => row.verdict === word).length;
  const shown = {
    ran: rows.length,
    inScope: scoped.length,
    refuted: count("refuted"),
    suspect: count("suspect"),
    inconclusive: count("inconclusive"),
  };
  const asked = Number.isInteger(theorem.asked) ? Number(theorem.asked) : 0;
  const quantilesOf = (shown: (row: Part) => unknown): object | null => {
    const bounds = scoped
      .map(shown)
      .filter(isFiniteNumber)
      .sort((a, b) => a - b);
    return bounds.length === 0
      ? null
      : { median: quantile(bounds, 0.5), p95: quantile(bounds, 0.95), largest: bounds[bounds.length - 1] };
  };
  const folded = foldCampaign({ ...shown, asked });
  return [
    statement(
      `${at}.counts`,
      Object.entries(shown).every(([key, n]) => theorem[key] === n) && theorem.outOfScope === count("out-of-scope"),
      "the counts are those of the cases",
      "the counts are not those of the cases",
    ),
    statement(
      `${at}.asked`,
      asked > 0 && shown.inScope <= asked,
      "cases were asked for, and no more were run",
      "a campaign asks for one case or more and ends with the last of them",
    ),
    statement(
      `${at}.angleBounds`,
      sameJson(
        theorem.angleBounds,
        quantilesOf((row) => row.angleBound),
      ) &&
        sameJson(
          theorem.residuals,
          quantilesOf((row) => row.residual),
        ),
      "the quantiles are those of the cases",
      "the quantiles are not those of the cases",
    ),
    statement(
      `${at}.worst`,
      sameJson(theorem.worst, worstOf(scoped)),
      "the worst case is the worst of the cases",
      "the worst case is not the worst of the cases",
    ),
    statement(
      `${at}.verdict`,
      theorem.verdict === folded,
      `${folded}: it follows from the cases`,
      `the cases fold to ${folded}`,
    ),
  ];
}

/** What is claimed and supposed: of a theorem of the catalogue what it says itself, and one claim that the numbers are about. */
function judgeSaid(theorem: Part, at: string): DocumentJudgment[] {
  const ids = claimIds(theorem) ?? [];
  const supposed = (recordsOf(theorem.hypotheses) ?? []).map((h) => String(h.id));
  const computed = supposed.filter((id) => hypothesisBacking(id).by === "computation");
  const said = saidBy(theorem.id);
  const descent = theorem.dynamics === "gradient-descent";
  return [
    statement(
      `${at}.dynamics`,
      (descent || theorem.dynamics === "gradient-flow") && (descent || !supposed.includes("bounded-steps")),
      "a dynamics that theorems speak of",
      "it must be gradient-flow or gradient-descent, and of the two only descent has bounded steps",
    ),
    statement(
      `${at}.claims`,
      measuredClaims(ids).length <= 1 && ids.join() === ((descent ? said?.descent : said?.flow) ?? ids).join(),
      "the claims are those of the theorem",
      "a claim of the theorem is missing or there is one that it has not, or the numbers of the cases are about several",
    ),
    statement(
      `${at}.hypotheses`,
      said === null || computed.join() === said.computed.join(),
      "the computed hypotheses are those of the theorem",
      "what no certificate can show may be supposed by the theorem only, and no less than it supposes",
    ),
  ];
}

/** The places of the cases, and how many a theorem asks for; null where that is said of no shard. */
function sharedBy(doc: Part): { readonly places: Places; readonly asked: number | null } | null {
  if (doc.shard === undefined) return { places: { first: 0, step: 1 }, asked: null };
  const { part, of, cases } = isRecord(doc.shard) ? doc.shard : {};
  const whole = [part, of, cases].every((n) => Number.isSafeInteger(n) && Number(n) >= 1);
  if (!whole || Number(part) > Number(of)) return null;
  const asked = Math.ceil((Number(cases) - Number(part) + 1) / Number(of));
  return { places: { first: Number(part) - 1, step: Number(of) }, asked };
}

function judgeTheorem(theorem: Part, at: string, judged: readonly Judged[], places: Places): DocumentJudgment[] {
  const rows = recordsOf(theorem.cases);
  if (rows === null) return [statement(`${at}.cases`, false, "", "the cases are malformed")];
  const own = judged.filter((j) => j.where.startsWith(`${at}.`));
  const { judgments, nearby } = judgeCases(theorem, rows, at, own, places);
  return [
    ...judgeSaid(theorem, at),
    ...judgments,
    ...judgeCounts(theorem, rows, at),
    ...judgeEvidence(theorem, rows, nearby, at),
  ];
}

export function judgeCampaign(doc: Part, judged: readonly Judged[]): DocumentJudgment[] {
  const theorems = recordsOf(doc.theorems);
  if (theorems === null || theorems.length === 0)
    return [statement("theorems", false, "", "a campaign is about one theorem or more")];
  const worst = ORDER.find((w) => theorems.some((t) => t.verdict === w));
  const shared = sharedBy(doc);
  const places = shared?.places ?? { first: 0, step: 1 };
  return [
    ...theorems.flatMap((theorem, t) => judgeTheorem(theorem, `theorems[${t}]`, judged, places)),
    ...(doc.shard === undefined
      ? []
      : [
          statement(
            "shard",
            shared !== null && theorems.every((t) => t.asked === shared.asked),
            "each theorem is asked for the shard's share of the cases",
            "a shard is part I of N, and a theorem is asked for its share of the cases",
          ),
        ]),
    statement(
      "verdict",
      doc.verdict === worst,
      "the document's verdict is that of its theorems",
      "the document's verdict is not that of its theorems",
    ),
  ];
}
