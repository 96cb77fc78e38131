/** One theorem's campaign as its part of the document. */
import { quantile } from "../../certify/documents/campaign.js";
import type { TheoremPart } from "../../kernel/document.js";
import type { CampaignResult } from "../../verify/campaign.js";
import { readProof } from "../../verify/proof-node.js";
import { type Dynamics, type Theorem, toleranceOf } from "../../verify/theorem.js";
import type { Counted } from "./decided-case.js";

const quantilesOf = (ascending: readonly number[]): TheoremPart["residuals"] =>
  ascending.length === 0
    ? null
    : {
        median: quantile(ascending, 0.5),
        p95: quantile(ascending, 0.95),
        largest: ascending[ascending.length - 1]!,
      };

export function theoremPart(
  theorem: Theorem,
  dynamics: Dynamics,
  drawnFrom: string,
  campaign: CampaignResult<Counted>,
  seconds: number,
): TheoremPart {
  const proof = readProof(theorem.proof);
  const entry = theorem.entries[dynamics];
  return {
    id: theorem.id,
    title: theorem.title,
    statement: theorem.statement,
    dynamics,
    verdict: campaign.verdict,
    evidence: { ...campaign.evidence, proof: proof.evidence },
    asked: campaign.asked,
    ran: campaign.ran,
    inScope: campaign.inScope,
    outOfScope: campaign.outOfScope,
    refuted: campaign.refuted,
    suspect: campaign.suspect,
    inconclusive: campaign.inconclusive,
    drawnFrom,
    tolerance: toleranceOf(theorem, dynamics),
    angleBounds: quantilesOf(campaign.angleBounds),
    residuals: quantilesOf(campaign.residuals),
    worst: campaign.worst?.result.decided.row ?? null,
    restsOn: proof.restsOn,
    cited: proof.cited,
    hypotheses: entry.hypotheses.map((h) => ({
      id: h.id,
      statement: h.statement,
      evidence: campaign.hypotheses[h.id] ?? "assumed",
    })),
    claims: entry.claims.map(({ id, statement }) => ({ id, statement })),
    notClaimed: theorem.notClaimed,
    cases: campaign.cases.map((c) => c.result.decided.row),
    certificates: campaign.cases.flatMap((c) => c.result.decided.certificates),
    timing: { seconds },
  };
}
