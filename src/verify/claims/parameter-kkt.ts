/**
 * The claim "the limit direction of the parameters is a KKT point of min |w|^2 s.t. y_n <x_n, P(w)> >= 1" for a homogeneous
 * map P, judged with the run's own multipliers: the parameters and weights that the engine reached, against conditions that
 * are computed again in exact rationals from the network's polynomial map (certificate `kkt-residual`). Supported where all
 * residuals are within RESIDUAL: `sampled`, since a small residual is no proof that a KKT point is near. Contradicted where one
 * is certainly RESIDUAL_CONTRADICTION or more. Source: Gunasekar et al. 2018, homogeneous polynomial parameterizations.
 */
import { vectorOfNumbers } from "../../exact/vector.js";
import { RESIDUAL, RESIDUAL_CONTRADICTION } from "../../kernel/tolerance.js";
import type { Bench } from "../bench.js";
import { termsOf } from "../exact-map.js";
import { parameterCertificate } from "../parameter-certificate.js";
import type { Claim, ClaimResult } from "../theorem.js";
import { simplexOf } from "./angle-certificates.js";
import { farAway, ownWeights, withoutLimit } from "./direction-at-limit.js";
import { WITH_OWN_WEIGHTS } from "./fourier-bridge.js";

const ID = "limit-is-parameter-kkt";

/** Terms of a map that a certificate may hold: half a megabyte. */
const MOST_TERMS = 10_000;

export const limitIsParameterKkt: Claim = Object.freeze({
  id: ID,
  statement: `the limit direction of the parameters is a KKT point of least norm |w|^2 subject to margins y_n <x_n, P(w)> >= 1${WITH_OWN_WEIGHTS}`,
  async check(bench: Bench): Promise<ClaimResult> {
    const silent = (why: string): ClaimResult => ({ finding: { claim: ID, outcome: "silent", why }, certificates: [] });
    const limit = bench.limit();
    if (limit === null)
      return silent("plain descent with bounded steps is not followed to its limit; the entry for gradient flow is");
    const none = withoutLimit(limit);
    if (none !== null || limit.parameters === null || limit.dual === null)
      return silent(`no limit of the run was reached: ${none ?? "none"}`);
    const exact = bench.exactMap();
    if (exact.map === null) return silent(`the conditions cannot be computed exactly: ${exact.why}`);
    const terms = termsOf(exact.map);
    if (terms > MOST_TERMS)
      return silent(`the map has ${terms} terms, more than the ${MOST_TERMS} that a certificate may hold`);
    const w = vectorOfNumbers(limit.parameters);
    const found = parameterCertificate(bench.dataset, exact.map, w, simplexOf(limit.dual), bench.reached());
    if (found.certificate === null) return silent(`the conditions cannot be enclosed here: ${found.why}`);
    const { certificate, lower, upper, figures } = found;
    const certificates = [certificate];
    if (upper <= RESIDUAL.value)
      return {
        finding: {
          claim: ID,
          outcome: "supports",
          evidence: "sampled",
          why: `at the limit, ${farAway(limit)}, ${ownWeights(limit)}: ${figures}`,
        },
        certificates,
      };
    if (lower >= RESIDUAL_CONTRADICTION.value)
      return {
        finding: {
          claim: ID,
          outcome: "contradicts",
          certified: true,
          why: `at the limit, ${farAway(limit)}, a residual is certifiably ${lower.toPrecision(3)} or more: ${figures}`,
        },
        certificates,
      };
    return {
      finding: { claim: ID, outcome: "silent", why: `neither within ${RESIDUAL.value} nor far away: ${figures}` },
      certificates,
    };
  },
} satisfies Claim);
