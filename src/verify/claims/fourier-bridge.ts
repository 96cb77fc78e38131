/**
 * The claim "the limit is a first-order stationary point of min sum |b_k|^p s.t. margins >= 1", b the Fourier (or signal)
 * coefficients of the predictor, judged with the run's own multipliers: fitted ones would let nearly every p pass. The limit
 * is a KKT point of the network itself to 1e-10 (engine), and the residuals of the claimed conditions are enclosed in rigorous
 * arithmetic (certificate `bridge-residual`). Supported where all are within RESIDUAL: `sampled`, since a small residual is
 * no proof that a stationary point is near. Contradicted where one is certainly RESIDUAL_CONTRADICTION or more.
 * Source: Gunasekar et al. 2018, Theorem 2a.
 */
import { type BridgeEnclosure, bridgeReading, type Penalty } from "../../exact/bridge.js";
import { compare, doubleAbove, doubleBelow, ofNumber, type Q, showQ, ZERO } from "../../exact/rational.js";
import { showVector } from "../../exact/vector.js";
import type { BridgeParts, BridgeResidualCertificate } from "../../kernel/certificate.js";
import { dataToJSON, signedRows } from "../../kernel/dataset.js";
import { RESIDUAL, RESIDUAL_CONTRADICTION } from "../../kernel/tolerance.js";
import type { Bench } from "../bench.js";
import { supportOf } from "../bridge-kkt.js";
import type { Claim, ClaimResult } from "../theorem.js";
import { simplexOf } from "./angle-certificates.js";
import { farAway, withoutLimit } from "./direction-at-limit.js";

const above = (x: Q): string => showQ(ofNumber(doubleAbove(x)));

/** The largest of the residuals, from below and above. */
function largestOf(e: BridgeEnclosure): readonly [lower: number, upper: number] {
  const all = [e.feasibility, e.offSupport, e.dualDomain, e.complementarity, e.stationarity];
  const most = (side: "lower" | "upper"): Q =>
    all.map((x) => x[side]).reduce((a, b) => (compare(b, a) > 0 ? b : a), ZERO);
  return [doubleBelow(most("lower")), doubleAbove(most("upper"))];
}

const partsOf = (e: BridgeEnclosure): BridgeParts => ({
  feasibility: above(e.feasibility.upper),
  offSupport: above(e.offSupport.upper),
  dualDomain: above(e.dualDomain.upper),
  complementarity: above(e.complementarity.upper),
  stationarity: above(e.stationarity.upper),
});

const show = (x: Q): string => doubleAbove(x).toPrecision(2);

export interface BridgeClaim {
  readonly id: string;
  readonly statement: string;
  /** The penalty at this depth. */
  readonly penalty: (depth: number) => Penalty;
}

export function limitIsStationaryFor({ id, statement, penalty }: BridgeClaim): Claim {
  return Object.freeze({
    id,
    statement,
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
      const support = supportOf(limit.beta, asked);
      const [reached, weights] = [bench.reached(), simplexOf(limit.dual)];
      const data = { rows: signedRows(bench.dataset), scale: bench.dataset.scale };
      const reading = bridgeReading(data, reached, weights, asked, support);
      if (reading.enclosure === null) return silent(`the conditions cannot be enclosed here: ${reading.why}`);
      const { enclosure } = reading;
      const { n, d } = asked.p;
      const [lower, upper] = largestOf(enclosure);
      const certificate: BridgeResidualCertificate = {
        kind: "bridge-residual",
        data: dataToJSON(bench.dataset),
        penalty: { space: asked.space, p: showQ({ n: BigInt(n), d: BigInt(d) }) },
        reached: showVector(reached),
        q: showVector(weights),
        support,
        parts: partsOf(enclosure),
        largest: { lower: showQ(ofNumber(lower)), upper: showQ(ofNumber(upper)) },
      };
      const figures =
        `stationarity ${show(enclosure.stationarity.upper)}, dual domain ${show(enclosure.dualDomain.upper)}, ` +
        `complementarity ${show(enclosure.complementarity.upper)}, feasibility ${show(enclosure.feasibility.upper)}`;
      if (upper <= RESIDUAL.value)
        return {
          finding: {
            claim: id,
            outcome: "supports",
            evidence: "sampled",
            why: `at the limit, ${farAway(limit)}, with the run's own weights: ${figures}`,
          },
          certificates: [certificate],
        };
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
