/**
 * The claim "the limit is a first-order stationary point of min sum |b_k|^p s.t. margins >= 1", b the Fourier (or signal)
 * coefficients of the predictor, judged with the run's own multipliers: fitted ones would let nearly every p pass. The limit
 * is a KKT point of the network itself to 1e-10 (engine), and the residuals of the claimed conditions are enclosed in rigorous
 * arithmetic (certificate `bridge-residual`). Supported where all are within RESIDUAL: `certified` where a second certificate
 * shows that an exact point satisfying them is near (nearby.ts), else `sampled`, since a small residual is no proof of that.
 * Contradicted where one is certainly RESIDUAL_CONTRADICTION or more.
 * Source: Gunasekar et al. 2018, Theorem 2a.
 */
import type { Penalty } from "../../exact/bridge.js";
import { RESIDUAL, RESIDUAL_CONTRADICTION } from "../../kernel/tolerance.js";
import type { Bench } from "../bench.js";
import { type BridgeFound, bridgeCertificate } from "../bridge-certificate.js";
import { FINER_SUPPORT, supportOf } from "../bridge-kkt.js";
import { nearby } from "../nearby.js";
import type { Claim, ClaimResult } from "../theorem.js";
import { simplexOf } from "./angle-certificates.js";
import { farAway, ownWeights, withoutLimit } from "./direction-at-limit.js";

/** p = 2/L in lowest terms. */
export const bridgeExponent = (L: number): Penalty["p"] => (L % 2 === 0 ? { n: 1, d: L / 2 } : { n: 2, d: L });

export interface BridgeClaim {
  readonly id: string;
  readonly statement: string;
  /** The penalty at this depth. */
  readonly penalty: (depth: number) => Penalty;
}

/** Completes a statement: a certificate excludes one choice of multipliers only, and with others it may be true. */
export const WITH_OWN_WEIGHTS =
  ", with the run's own weights q = lim e^(-m_n) / sum e^(-m_k), up to a factor, as multipliers";

export function limitIsStationaryFor({ id, statement, penalty }: BridgeClaim): Claim {
  return Object.freeze({
    id,
    statement: `${statement}${WITH_OWN_WEIGHTS}`,
    async check(bench: Bench): Promise<ClaimResult> {
      const silent = (why: string): ClaimResult => ({
        finding: { claim: id, outcome: "silent", why },
        certificates: [],
      });
      const limit = bench.limit();
      if (limit === null)
        return silent("plain descent with bounded steps is not followed to its limit; the entry for gradient flow is");
      const none = withoutLimit(limit);
      if (none !== null || limit.beta === null || limit.dual === null)
        return silent(`no limit of the run was reached: ${none ?? "none"}`);
      const asked = penalty(bench.case.depth);
      const [reached, weights] = [bench.reached(), simplexOf(limit.dual)];
      const read = (share?: number): { readonly support: number[]; readonly found: BridgeFound } => {
        const support = supportOf(limit.beta!, asked, share);
        return { support, found: bridgeCertificate(bench.dataset, reached, weights, asked, support) };
      };
      const coarse = read();
      // A small coefficient may be part of the limit after all: then the conditions hold with it.
      const open = coarse.found.certificate !== null && coarse.found.upper > RESIDUAL.value;
      const finer = open ? read(FINER_SUPPORT) : coarse;
      const better = finer.found.certificate !== null && finer.found.upper <= RESIDUAL.value;
      const { support, found } = better ? finer : coarse;
      if (found.certificate === null) return silent(`the conditions cannot be enclosed here: ${found.why}`);
      const { certificate, lower, upper, figures } = found;
      if (upper <= RESIDUAL.value) {
        const exact = nearby({ dataset: bench.dataset, penalty: asked, support, reached, weights });
        const shown = exact.certificate === null ? `no exact point was enclosed near it: ${exact.why}` : exact.says;
        return {
          finding: {
            claim: id,
            outcome: "supports",
            evidence: exact.certificate === null ? "sampled" : "certified",
            why: `at the limit, ${farAway(limit)}, ${ownWeights(limit)}: ${figures}; ${shown}`,
          },
          certificates: exact.certificate === null ? [certificate] : [certificate, exact.certificate],
        };
      }
      // Other multipliers may meet the conditions, and which ones are the run's is not known.
      if (lower >= RESIDUAL_CONTRADICTION.value && limit.freeWeights > 0)
        return silent(`a residual is ${lower.toPrecision(3)} or more ${ownWeights(limit)}: ${figures}`);
      if (lower >= RESIDUAL_CONTRADICTION.value)
        return {
          finding: {
            claim: id,
            outcome: "contradicts",
            certified: true,
            why: `at the limit, ${farAway(limit)}, a residual is certifiably ${lower.toPrecision(3)} or more: ${figures}`,
          },
          certificates: [certificate],
        };
      return {
        finding: { claim: id, outcome: "silent", why: `neither within ${RESIDUAL.value} nor far away: ${figures}` },
        certificates: [certificate],
      };
    },
  } satisfies Claim);
}
