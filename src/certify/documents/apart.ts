/**
 * Contradictions by something that is elsewhere: another run on the same data that ends apart (`two-limits`), or a predictor with
 * a smaller penalty (`smaller-penalty`). Both are about the predictor that the document shows, by more than what the claim is held
 * to; that the other run ended there, and both error bars, no certificate shows. Source: verify/claims/same-limit, global-minimum.
 */
import { isSameLimitClaim, minimumOf } from "../../kernel/backing.js";
import { RESIDUAL_CONTRADICTION } from "../../kernel/tolerance.js";
import { isRecord } from "../reading.js";
import { acceptedOf, isFiniteNumber, type Judged, nearest, type Part, sameNumbers } from "./finding.js";
import { isPenalty } from "./residual.js";

interface About {
  readonly beta: unknown;
  readonly depth: unknown;
  readonly tolerance: unknown;
}

function endsApart(c: Part, { beta, tolerance }: About): boolean {
  const distance = nearest(c.distance);
  return (
    isRecord(c.first) &&
    sameNumbers(beta, c.first.reached) &&
    isFiniteNumber(tolerance) &&
    distance !== null &&
    distance > tolerance
  );
}

function isLarger(c: Part, claim: string, { beta, depth }: About): boolean {
  const gap = nearest(isRecord(c.gap) ? c.gap.lower : null);
  return (
    isPenalty(c.penalty, minimumOf(claim), depth) &&
    sameNumbers(beta, c.reached) &&
    gap !== null &&
    gap >= RESIDUAL_CONTRADICTION.value
  );
}

/** Does an accepted certificate of these kinds contradict the claim? */
export const contradictedApart = (claim: string, about: About, judged: readonly Judged[]): boolean =>
  isSameLimitClaim(claim)
    ? acceptedOf(judged, "two-limits").some((c) => endsApart(c, about))
    : acceptedOf(judged, "smaller-penalty").some((c) => isLarger(c, claim, about));
