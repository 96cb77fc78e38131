/**
 * A theorem whose claims may be anybody's, each held to what stands behind it as the judge of documents holds it: support by a
 * claim that certificates back needs an accepted one about the limit of this run, and so does a certified contradiction; a
 * claim that nothing backs is observed at best, and alone carries no verdict. A hypothesis that is said more strongly than
 * anything shows it is undecided. Nobody writes "certified" by hand.
 */

import type { Judged } from "../certify/documents/finding.js";
import { claimFault, hypothesisFault } from "../certify/documents/rows.js";
import { judge } from "../certify/judge.js";
import { toNumber } from "../exact/rational.js";
import { entriesOf } from "../exact/vector.js";
import { claimBacking, gradeOf } from "../kernel/backing.js";
import type { Certificate } from "../kernel/certificate.js";
import { weaker } from "../kernel/evidence.js";
import type { Finding, HypothesisDecision } from "../kernel/verdict.js";
import type { Bench } from "./bench.js";
import { type Claim, dynamicsOf, type Entry, type Hypothesis, type Theorem } from "./theorem.js";

const judgedOf = (certificates: readonly Certificate[]): Judged[] =>
  certificates.map((certificate) => {
    const { kind, accepted } = judge(certificate);
    return { where: "", certificate: { ...certificate }, judgment: { where: "", kind, accepted, says: "" } };
  });

/** What the judge of documents would say of this row, or null. */
function faultOf({ claim, outcome }: Finding, bench: Bench, certificates: readonly Certificate[]): string | null {
  const { depth, tolerance } = bench.case;
  const about = {
    ...{ depth, tolerance, dual: bench.limit()?.dual == null ? null : [...bench.limit()!.dual!] },
    beta: entriesOf(bench.reached()).map(toNumber),
  };
  return claimFault({ id: claim, outcome }, about, judgedOf(certificates));
}

function decidedBy(decision: HypothesisDecision, bench: Bench): HypothesisDecision {
  const { certificate, why, decided } = decision;
  if (decided === null) return decision;
  const judged = judgedOf(certificate === null ? [] : [certificate]);
  const fault = hypothesisFault(decision, dynamicsOf(bench.optimizer.facts), judged);
  if (fault === null) return decision;
  return { ...decision, decided: null, evidence: "assumed", why: `${why} (undecided: ${fault})` };
}

function held(finding: Finding, bench: Bench, certificates: readonly Certificate[], alone: boolean): Finding {
  const { claim, outcome, why } = finding;
  if (outcome === "silent" || (outcome === "contradicts" && !finding.certified)) return finding;
  const fault = faultOf(finding, bench, certificates);
  if (outcome === "contradicts")
    return fault === null
      ? finding
      : { ...finding, certified: false, why: `${why} (no accepted certificate: ${fault})` };
  if (fault !== null) return { claim, outcome: "silent", why: `${why} (no accepted certificate: ${fault})` };
  if (alone)
    return { claim, outcome: "silent", why: `${why} (observed, and no certificate backs a claim of this theorem)` };
  return { ...finding, evidence: weaker(finding.evidence, gradeOf(claimBacking(claim))) };
}

export function backed(theorem: Theorem): Theorem {
  const entry = ({ hypotheses, claims }: Entry): Entry => {
    const alone = !claims.some((c) => claimBacking(c.id).by === "certificate");
    const claim = (c: Claim): Claim =>
      Object.freeze({
        ...c,
        async check(bench) {
          const { finding, certificates } = await c.check(bench);
          return { finding: held(finding, bench, certificates, alone), certificates };
        },
      } satisfies Claim);
    const hypothesis = (h: Hypothesis): Hypothesis =>
      Object.freeze({ ...h, decide: async (bench) => decidedBy(await h.decide(bench), bench) } satisfies Hypothesis);
    const [first, ...others] = claims;
    return Object.freeze({
      hypotheses: hypotheses.map(hypothesis),
      claims: [claim(first), ...others.map(claim)] as const,
    });
  };
  const { "gradient-flow": flow, "gradient-descent": descent } = theorem.entries;
  return Object.freeze({
    ...theorem,
    entries: Object.freeze({ "gradient-flow": entry(flow), "gradient-descent": entry(descent) }),
  });
}
