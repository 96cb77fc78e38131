/**
 * A campaign: one theorem over a stream of cases. Pure: the stream, the runner of a case (a plain call, or a pool that takes
 * several at once), the journal and the listener are handed in. Out-of-scope cases are counted and set aside; the campaign
 * ends when as many in-scope cases were decided as asked, or the stream ends, or it is told to stop. No case is begun that
 * may not be needed, and cases are counted in the order of the stream: the result does not depend on how many run at once,
 * nor on how many came out of the journal. Counts are asked / ran / in scope / inconclusive.
 */
import type { Case } from "../kernel/case.js";
import { type Evidence, weaker, weakest } from "../kernel/evidence.js";
import { foldCampaign, type VerdictWord } from "../kernel/verdict.js";
import type { CaseVerdict } from "./verify-case.js";

/** What a campaign counts of a case. */
export interface CaseOutcome {
  readonly verdict: VerdictWord;
  readonly evidence: { readonly claim: Evidence | null; readonly hypotheses: Evidence | null };
  readonly hypotheses: readonly { readonly id: string; readonly evidence: Evidence }[];
  readonly reached: {
    readonly angleBound: number | null;
    readonly residual: number | null;
    readonly stop?: string;
  } | null;
}

export interface CampaignCase<R extends CaseOutcome = CaseVerdict> {
  readonly index: number;
  readonly case: Case;
  readonly result: R;
}

export interface CampaignResult<R extends CaseOutcome = CaseVerdict> {
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
  readonly worst: CampaignCase<R> | null;
  readonly cases: readonly CampaignCase<R>[];
}

/** Cases that were decided before, and where to keep those decided now. */
export interface Journal<R> {
  /** What was decided of the case with this index; undefined where nothing was. */
  known(index: number, c: Case): R | undefined;
  /** Called as soon as a case is decided, in the order in which they are. */
  keep(index: number, result: R): void;
}

export interface CampaignOptions<R extends CaseOutcome = CaseVerdict> {
  readonly asked: number;
  readonly cases: Iterable<Case>;
  /** Null, or a result whose run stopped as `interrupted`, where it was cut short from outside: that says nothing. */
  readonly run: (c: Case, index: number) => Promise<R | null>;
  /** How many cases the runner may be handed at once (default 1). */
  readonly atOnce?: number;
  /** Only the cases with index = part - 1 mod of. */
  readonly shard?: { readonly part: number; readonly of: number } | null;
  readonly journal?: Journal<R>;
  readonly onCase?: (done: CampaignCase<R>, inScope: number) => void;
  readonly stopped?: () => boolean;
}

const rank = (c: CampaignCase<CaseOutcome>): number => {
  const order: readonly VerdictWord[] = ["refuted", "suspect", "inconclusive", "holds", "out-of-scope"];
  return order.indexOf(c.result.verdict);
};

function* numbered({ cases, shard }: Pick<CampaignOptions, "cases" | "shard">): Generator<readonly [number, Case]> {
  let index = 0;
  for (const c of cases) {
    if (shard == null || index % shard.of === shard.part - 1) yield [index, c];
    index += 1;
  }
}

/** The decided cases in order, up to the end of the campaign or the first that was cut short. */
async function decide<R extends CaseOutcome>(o: CampaignOptions<R>): Promise<CampaignCase<R>[]> {
  const stream = numbered(o);
  const done: CampaignCase<R>[] = [];
  const begun: Promise<CampaignCase<R> | null>[] = [];
  let inScope = 0;
  const begin = async (index: number, c: Case): Promise<CampaignCase<R> | null> => {
    const before = o.journal?.known(index, c);
    if (before !== undefined) return { index, case: c, result: before };
    const result = o.stopped?.() === true ? null : await o.run(c, index);
    if (result === null || result.reached?.stop === "interrupted") return null;
    o.journal?.keep(index, result);
    return { index, case: c, result };
  };
  try {
    for (;;) {
      // Were all that have begun in scope, no more would be needed than are asked for.
      while (begun.length < (o.atOnce ?? 1) && inScope + begun.length < o.asked) {
        const next = stream.next();
        if (next.done === true) break;
        const one = begin(...next.value);
        one.catch(() => undefined); // thrown where it is awaited
        begun.push(one);
      }
      const first = await begun.shift();
      if (first === undefined || first === null) return done;
      done.push(first);
      if (first.result.verdict !== "out-of-scope") inScope += 1;
      o.onCase?.(first, inScope);
    }
  } finally {
    await Promise.allSettled(begun);
  }
}

export async function runCampaign<R extends CaseOutcome = CaseVerdict>(
  o: CampaignOptions<R>,
): Promise<CampaignResult<R>> {
  const cases = await decide(o);
  const scoped = cases.filter((c) => c.result.verdict !== "out-of-scope");
  const count = (word: VerdictWord): number => cases.filter((c) => c.result.verdict === word).length;
  const counts = {
    asked: o.asked,
    ran: cases.length,
    inScope: scoped.length,
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
  const bound = (c: CampaignCase<R>): number =>
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
