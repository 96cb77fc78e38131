/**
 * A campaign: one theorem over a stream of cases. Pure: the stream, the runner of a case (a pool or a plain call) and the
 * listener are handed in. Out-of-scope cases are counted and set aside; the campaign ends when as many in-scope cases
 * were decided as asked, or the stream ends, or it is told to stop. Counts are asked / ran / in scope / inconclusive.
 */
import type { Case } from "../kernel/case.js";
import { type Evidence, weaker, weakest } from "../kernel/evidence.js";
import { foldCampaign, type VerdictWord } from "../kernel/verdict.js";
import type { CaseVerdict } from "./verify-case.js";

export interface CampaignCase {
  readonly index: number;
  readonly case: Case;
  readonly result: CaseVerdict;
}

export interface CampaignResult {
  readonly verdict: VerdictWord;
  readonly evidence: { readonly claim: Evidence | null; readonly hypotheses: Evidence | null };
  /** By hypothesis: the weakest grade it has in a case that holds or is refuted; empty where there is none. */
  readonly hypotheses: Readonly<Record<string, Evidence>>;
  readonly asked: number;
  readonly ran: number;
  readonly inScope: number;
  readonly outOfScope: number;
  readonly refuted: number;
  readonly suspect: number;
  readonly inconclusive: number;
  /** Certified angle bounds of the in-scope cases that have one, ascending. */
  readonly angleBounds: readonly number[];
  /** Certified residuals of what is claimed, where that is no angle, ascending. */
  readonly residuals: readonly number[];
  /** The in-scope case with the largest certified angle bound, or the first that decided the verdict. */
  readonly worst: CampaignCase | null;
  readonly cases: readonly CampaignCase[];
}

export interface CampaignOptions {
  readonly asked: number;
  readonly cases: Iterable<Case>;
  readonly run: (c: Case, index: number) => Promise<CaseVerdict>;
  readonly onCase?: (done: CampaignCase, inScope: number) => void;
  readonly stopped?: () => boolean;
}

const rank = (c: CampaignCase): number => {
  const order: readonly VerdictWord[] = ["refuted", "suspect", "inconclusive", "holds", "out-of-scope"];
  return order.indexOf(c.result.verdict);
};

export async function runCampaign(o: CampaignOptions): Promise<CampaignResult> {
  const cases: CampaignCase[] = [];
  let inScope = 0;
  let index = 0;
  for (const c of o.cases) {
    if (inScope >= o.asked || o.stopped?.() === true) break;
    const done = { index, case: c, result: await o.run(c, index) };
    if (done.result.reached?.stop === "interrupted") break; // cut short from outside: it says nothing
    index += 1;
    cases.push(done);
    if (done.result.verdict !== "out-of-scope") inScope += 1;
    o.onCase?.(done, inScope);
  }
  const scoped = cases.filter((c) => c.result.verdict !== "out-of-scope");
  const count = (word: VerdictWord): number => cases.filter((c) => c.result.verdict === word).length;
  const counts = {
    asked: o.asked,
    ran: cases.length,
    inScope,
    refuted: count("refuted"),
    suspect: count("suspect"),
    inconclusive: count("inconclusive"),
  };
  const decided = scoped.filter((c) => c.result.verdict === "holds" || c.result.verdict === "refuted");
  const claims = decided.flatMap((c) => (c.result.evidence.claim === null ? [] : [c.result.evidence.claim]));
  const hypotheses = decided.flatMap((c) =>
    c.result.evidence.hypotheses === null ? [] : [c.result.evidence.hypotheses],
  );
  const grades: Record<string, Evidence> = {};
  for (const c of decided)
    for (const h of c.result.hypotheses) grades[h.id] = weaker(grades[h.id] ?? "exact", h.evidence);
  const bound = (c: CampaignCase): number =>
    c.result.reached?.angleBound ?? c.result.reached?.residual ?? Number.POSITIVE_INFINITY;
  const worst = [...scoped].sort((a, b) => rank(a) - rank(b) || bound(b) - bound(a) || a.index - b.index)[0] ?? null;
  return {
    verdict: foldCampaign(counts),
    evidence: { claim: weakest(claims), hypotheses: weakest(hypotheses) },
    hypotheses: grades,
    ...counts,
    outOfScope: count("out-of-scope"),
    angleBounds: scoped.flatMap((c) => c.result.reached?.angleBound ?? []).sort((a, b) => a - b),
    residuals: scoped.flatMap((c) => c.result.reached?.residual ?? []).sort((a, b) => a - b),
    worst,
    cases,
  };
}
