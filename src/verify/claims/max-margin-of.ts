/**
 * The claim "the limit maximizes the margin over the norm R", for every norm that has rigorous enclosures (exact/norms), on any
 * network whose limit the engine finds. It is judged by the relative gap r* - r of r(b) = min margin / R(b): from above
 * solver-free with the run's own weights, so that nothing but the data, the limit and the judge is trusted; where that
 * leaves a gap, a witness (the oracle's optimum) tries to show from below that another predictor has more margin. Supported,
 * `certified`, where the gap is within RESIDUAL; contradicted where a witness shows RESIDUAL_CONTRADICTION or more, and ten
 * times what the limit may still move. The optimum need not be unique, so no angle is claimed. Source: weak duality.
 */
import { marginGap, normNamed } from "../../exact/norms/index.js";
import { doubleAbove, doubleBelow, ofNumber, showQ } from "../../exact/rational.js";
import { type QVector, showVector, vectorOfNumbers } from "../../exact/vector.js";
import { marginClaimId } from "../../kernel/backing.js";
import type { MarginGapCertificate } from "../../kernel/certificate.js";
import { dataToJSON, signedRows } from "../../kernel/dataset.js";
import { CONTRADICTION_FACTOR, RESIDUAL, RESIDUAL_CONTRADICTION } from "../../kernel/tolerance.js";
import { UseError } from "../../kernel/use-error.js";
import { signedData, unitExponent } from "../../models/signed-data.js";
import { norm as length } from "../../numeric/vec.js";
import { type NamedOracle, oracleNamed, type RegularizerOracle } from "../../oracle/regularizers/index.js";
import type { Bench } from "../bench.js";
import type { Claim, ClaimResult } from "../theorem.js";
import { simplexOf } from "./angle-certificates.js";
import { farAway, withoutLimit } from "./direction-at-limit.js";

/** The optimum, whatever the run forbids, as a proposal: the certificate trusts its margins only. */
async function witnessFor(
  { dataset }: Bench,
  { oracle, regularizer, parameter }: NamedOracle,
): Promise<QVector | null> {
  const asked = { regularizer, parameter, data: dataset, all: false, start: null, seed: 0n };
  const { beta } = await oracle.predict(asked);
  return beta === null ? null : vectorOfNumbers(Float64Array.from(beta.flat()));
}

/** How much the gap may be off where the limit is off by its error bar, to first order: of margins and norm, relative. */
function slack(bench: Bench, beta: Float64Array): number {
  const { N, D, z } = signedData(bench.dataset, unitExponent(bench.dataset));
  let longest = 0;
  for (let n = 0; n < N; n++) longest = Math.max(longest, length(z.subarray(n * D, (n + 1) * D)));
  // The limit has least margin 1 in the engine's unit; a norm moves by less than D times its share.
  return bench.limitError() * (longest * length(beta) + D);
}

/** These are of a predictor's shape, and a case's data are plain vectors. */
const OF_A_SHAPE: readonly string[] = ["fourier-l1", "group-l21", "fourier-l21"];

/** Of an oracle of somebody's own (defineRegularizer) only the witness is taken: its name must be that of a norm. */
function namedOf(regularizer: string | RegularizerOracle): NamedOracle {
  if (typeof regularizer === "string") return oracleNamed("limitIsMaxMarginOf", regularizer);
  const { name } = regularizer;
  return { oracle: regularizer, regularizer: name, parameter: name.split(":")[1] ?? "" };
}

/** Throws UseError for a regularizer that is no norm with rigorous enclosures. */
export function limitIsMaxMarginOf(norm: string | RegularizerOracle, statement?: string): Claim {
  const named = namedOf(norm);
  const { regularizer } = named;
  if (normNamed(regularizer, [1]) === null)
    throw new UseError(
      `limitIsMaxMarginOf: expected a norm whose gap can be certified (l2, l1, linf, lp:P, fourier-l1, group-l21, fourier-l21), got ${regularizer}`,
    );
  const claim = marginClaimId(regularizer);
  return Object.freeze({
    id: claim,
    statement: statement ?? `the limit of the predictor maximizes the margin over the ${regularizer} norm`,
    async check(bench: Bench): Promise<ClaimResult> {
      const silent = (why: string): ClaimResult => ({ finding: { claim, outcome: "silent", why }, certificates: [] });
      const limit = bench.limit();
      if (limit === null)
        return silent("plain descent with bounded steps is not followed to its limit; the entry for gradient flow is");
      const none = withoutLimit(limit);
      if (none !== null || limit.dual === null || limit.beta === null)
        return silent(`no limit of the run was reached: ${none ?? "none"}`);
      if (bench.P.shape.length > 1 && OF_A_SHAPE.includes(regularizer))
        return silent(`predictors of shape ${bench.P.shape.join(" x ")} are not judged over the ${regularizer} norm`);
      const { dataset } = bench;
      const data = { rows: signedRows(dataset), scale: dataset.scale };
      const [reached, weights] = [bench.reached(), simplexOf(limit.dual)];
      const norm = normNamed(regularizer, dataset.shape)!;
      const direct = marginGap(data, reached, weights, null, norm);
      if (direct === null) return silent("the limit does not separate the data in exact arithmetic");
      const within = doubleAbove(direct.upper) <= RESIDUAL.value;
      const witness = within ? null : await witnessFor(bench, named);
      const shown = witness === null ? null : marginGap(data, reached, weights, witness, norm);
      const gap = shown ?? direct;
      const [lower, upper] = [doubleBelow(gap.lower), doubleAbove(gap.upper)];
      const certificate: MarginGapCertificate = {
        kind: "margin-gap",
        data: dataToJSON(dataset),
        regularizer,
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
      if (lower >= RESIDUAL_CONTRADICTION.value && lower >= CONTRADICTION_FACTOR.value * slack(bench, limit.beta))
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
          why: `${where}, the relative gap is at most ${upper.toPrecision(2)}, and no witness shows ${RESIDUAL_CONTRADICTION.value} or more, ten times what the limit may still move`,
        },
        certificates: [certificate],
      };
    },
  } satisfies Claim);
}
