/**
 * The claim "the limit maximizes the margin over the l1 norm of the Fourier coefficients" (convolution of depth 2), judged by
 * the relative gap r* - r of r(b) = min margin / sum |bhat_k|: from above solver-free with the run's own weights, so that
 * nothing but the data, the limit and the judge is trusted; where that leaves a gap, a witness tries to show from below that
 * another predictor has more margin. Supported, `certified`, where the gap is within RESIDUAL; contradicted where a witness
 * shows RESIDUAL_CONTRADICTION or more. The optimum need not be unique, so no angle is claimed.
 * Source: Gunasekar et al. 2018, Theorem 2; weak duality.
 */
import { solveRestricted } from "../../engine/restricted-dual.js";
import { marginGap, normNamed } from "../../exact/norms/index.js";
import { doubleAbove, doubleBelow, ofNumber, showQ } from "../../exact/rational.js";
import { type QVector, showVector, vectorOfNumbers } from "../../exact/vector.js";
import type { MarginGapCertificate } from "../../kernel/certificate.js";
import { dataToJSON, signedRows } from "../../kernel/dataset.js";
import { RESIDUAL, RESIDUAL_CONTRADICTION } from "../../kernel/tolerance.js";
import { coordinatewiseForm } from "../../models/coordinatewise.js";
import { signedData, unitExponent } from "../../models/signed-data.js";
import type { Bench } from "../bench.js";
import type { Claim, ClaimResult } from "../theorem.js";
import { simplexOf } from "./angle-certificates.js";
import { farAway, withoutLimit } from "./direction-at-limit.js";

/** The optimum over all frequencies, whatever the run forbids, as a proposal: the certificate trusts its margins only. */
function witnessFor(bench: Bench, weights: Float64Array): QVector | null {
  const form = coordinatewiseForm(bench.P);
  if (form === null) return null;
  const { N, D, z } = signedData(bench.dataset, unitExponent(bench.dataset));
  const own = Float64Array.from(z);
  for (let n = 0; n < N; n++) form.toCoordinates(own.subarray(n * D, (n + 1) * D));
  const solved = solveRestricted(
    {
      data: { N, D, z: own },
      blocks: form.blocks,
      costs: form.blocks.map(({ complex }) => (complex ? Math.SQRT2 : 1)),
      alive: form.blocks.map(() => "free"),
    },
    weights,
  );
  if (solved.found === null) return null;
  const beta = Float64Array.from(solved.found.beta);
  form.fromCoordinates(beta);
  return vectorOfNumbers(beta);
}

export const limitIsFourierL1MaxMargin: Claim = Object.freeze({
  id: "limit-is-fourier-l1-max-margin",
  statement: "the limit of the predictor maximizes the margin over the l1 norm of its Fourier coefficients",
  async check(bench: Bench): Promise<ClaimResult> {
    const claim = "limit-is-fourier-l1-max-margin";
    const silent = (why: string): ClaimResult => ({ finding: { claim, outcome: "silent", why }, certificates: [] });
    const limit = bench.limit();
    if (limit === null)
      return silent("plain descent with bounded steps is not followed to its limit; the entry for gradient flow is");
    const none = withoutLimit(limit);
    if (none !== null || limit.dual === null) return silent(`no limit of the run was reached: ${none ?? "none"}`);
    const data = { rows: signedRows(bench.dataset), scale: bench.dataset.scale };
    const [reached, weights] = [bench.reached(), simplexOf(limit.dual)];
    const norm = normNamed("fourier-l1", [bench.dataset.X[0]!.length])!;
    const direct = marginGap(data, reached, weights, null, norm);
    if (direct === null) return silent("the limit does not separate the data in exact arithmetic");
    const within = doubleAbove(direct.upper) <= RESIDUAL.value;
    const witness = within ? null : witnessFor(bench, limit.dual);
    const shown = witness === null ? null : marginGap(data, reached, weights, witness, norm);
    const gap = shown ?? direct;
    const [lower, upper] = [doubleBelow(gap.lower), doubleAbove(gap.upper)];
    const certificate: MarginGapCertificate = {
      kind: "margin-gap",
      data: dataToJSON(bench.dataset),
      regularizer: "fourier-l1",
      reached: showVector(reached),
      q: showVector(weights),
      witness: shown === null || witness === null ? null : showVector(witness),
      gap: { lower: showQ(ofNumber(lower)), upper: showQ(ofNumber(upper)) },
    };
    const where = `at the limit, ${farAway(limit)}`;
    if (within)
      return {
        finding: {
          claim,
          outcome: "supports",
          evidence: "certified",
          why: `${where}, the margin is the best one up to a relative gap of ${upper.toPrecision(2)} at most`,
        },
        certificates: [certificate],
      };
    if (lower >= RESIDUAL_CONTRADICTION.value)
      return {
        finding: {
          claim,
          outcome: "contradicts",
          certified: true,
          why: `${where}, the margin is certifiably ${(100 * lower).toPrecision(3)} % or more below the best one`,
        },
        certificates: [certificate],
      };
    return {
      finding: {
        claim,
        outcome: "silent",
        why: `${where}, the relative gap is at most ${upper.toPrecision(2)}, and no witness shows ${RESIDUAL_CONTRADICTION.value} or more`,
      },
      certificates: [certificate],
    };
  },
} satisfies Claim);
