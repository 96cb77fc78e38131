/**
 * Verdict words and how they fold. The conscience of the project: nothing folds to `holds` by default.
 * On a case, in order: a hypothesis decided false, a certified contradiction, an uncertified one, a silent claim, holds.
 */
import type { Certificate } from "./certificate.js";
import type { Evidence } from "./evidence.js";

export type VerdictWord = "out-of-scope" | "refuted" | "suspect" | "inconclusive" | "holds";

/** How a hypothesis was decided. `false` may only be said with certified or exact evidence. */
export interface HypothesisDecision {
  readonly id: string;
  readonly statement: string;
  /** `true`, `false`, or `null` when it could not be decided. */
  readonly decided: boolean | null;
  readonly evidence: Evidence;
  readonly why: string;
  readonly certificate: Certificate | null;
}

/** What a claim's checks found on a case. */
export type Finding =
  | { readonly claim: string; readonly outcome: "supports"; readonly evidence: Evidence; readonly why: string }
  | { readonly claim: string; readonly outcome: "contradicts"; readonly certified: boolean; readonly why: string }
  | { readonly claim: string; readonly outcome: "silent"; readonly why: string };

/** Folds one case. An empty list of findings is inconclusive: a claim nobody checked is not true. */
export function foldCase(hypotheses: readonly HypothesisDecision[], findings: readonly Finding[]): VerdictWord {
  const strong = (e: Evidence): boolean => e === "certified" || e === "exact";
  if (hypotheses.some((h) => h.decided === false && strong(h.evidence))) return "out-of-scope";
  const contradictions = findings.filter((f) => f.outcome === "contradicts");
  // A refutation presumes the hypotheses: while one is undecided, the case tests nothing.
  const undecided = hypotheses.some((h) => h.decided !== true);
  if (contradictions.some((f) => f.certified) && !undecided) return "refuted";
  if (contradictions.some((f) => !f.certified)) return "suspect";
  if (undecided || findings.length === 0 || findings.some((f) => f.outcome === "silent")) return "inconclusive";
  return "holds";
}

/** Share of inconclusive cases that a campaign may contain and still hold (design: at most 1 %). */
export const INCONCLUSIVE_SHARE = { numerator: 1, denominator: 100 } as const;

export interface CampaignCounts {
  readonly asked: number;
  readonly ran: number;
  readonly inScope: number;
  readonly refuted: number;
  readonly suspect: number;
  readonly inconclusive: number;
}

/** Folds a campaign: `holds` needs as many decided cases as were asked and at most 1 % inconclusive. */
export function foldCampaign(c: CampaignCounts): VerdictWord {
  if (c.refuted > 0) return "refuted";
  if (c.suspect > 0) return "suspect";
  if (c.asked <= 0 || c.inScope < c.asked) return "inconclusive";
  if (c.inconclusive * INCONCLUSIVE_SHARE.denominator > c.inScope * INCONCLUSIVE_SHARE.numerator) return "inconclusive";
  return "holds";
}

/** Exit codes of the command line (README, "Exit codes"). */
export const EXIT = {
  holds: 0,
  refuted: 1,
  suspect: 1,
  use: 2,
  inconclusive: 3,
  "out-of-scope": 4,
  fault: 70,
  interrupted: 130,
} as const;

/** The exit code of several verdicts: 1 before 3 before 4 before 0. No verdict at all is inconclusive. */
export function exitCodeOf(words: readonly VerdictWord[]): number {
  if (words.length === 0) return EXIT.inconclusive;
  const codes = words.map((w) => EXIT[w]);
  for (const code of [1, 3, 4]) if (codes.includes(code as (typeof codes)[number])) return code;
  return 0;
}
