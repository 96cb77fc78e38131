/**
 * A claim that the predictor goes somewhere else than the l2 max margin: to a max-margin direction of another norm, or to
 * the mean of the y_n x_n. It is judged on a run that was identified: its end is certified close to the exact l2 optimum
 * and was seen to settle there. The claim is then contradicted when every limit it allows is certifiably at least ten
 * error bars away (certificate `counterexample`); otherwise it stays silent, since nothing here shows that it is true.
 */
import { angleBounds, angleData } from "../../exact/angle.js";
import { polyhedralNorm, subgradient } from "../../exact/norm.js";
import {
  compare,
  div,
  mul,
  ofNumber,
  type Q,
  q,
  showQ,
  sqrtBounds,
  sub,
  toNumber,
  ZERO,
} from "../../exact/rational.js";
import {
  combineRows,
  dot,
  entriesOf,
  leastEntry,
  marginsOf,
  normSquared,
  type QVector,
  showVector,
  vectorOf,
} from "../../exact/vector.js";
import type { ClaimedLimit, CounterexampleCertificate } from "../../kernel/certificate.js";
import { signedRows } from "../../kernel/dataset.js";
import { CONTRADICTION_FACTOR } from "../../kernel/tolerance.js";
import { normWitness } from "../../oracle/norm-witness.js";
import { type Bench, snapshotsOf } from "../bench.js";
import { readAngles, settles } from "../goal.js";
import { predictorOf, steadyRemaining } from "../settling.js";
import type { Claim, ClaimResult } from "../theorem.js";
import { certifiedAngle, simplexOf } from "./angle-certificates.js";
import { withoutLimit } from "./direction-at-limit.js";

interface Distance {
  /** A certified lower bound, as a double rounded down. */
  readonly value: number;
  readonly proof: CounterexampleCertificate["proof"];
}

/** The best distance that the inequality of kernel/certificate.ts gives for one q; 0 where it gives none. */
function witnessDistance(bench: Bench, R: "l1" | "linf", v: QVector, weights: QVector): number {
  const rows = signedRows(bench.dataset);
  const { scale } = bench.dataset;
  const u = bench.reached();
  const mu = div(leastEntry(marginsOf(rows, scale, v)).value, polyhedralNorm(R, v));
  if (compare(mu, ZERO) <= 0) return 0; // h would not be concave
  const z = combineRows(weights, rows, scale);
  const deficit = sub(mul(mu, polyhedralNorm(R, u)), dot(z, u));
  if (compare(deficit, ZERO) <= 0) return 0;
  const s = subgradient(R, u);
  const slope = vectorOf(entriesOf(z).map((x, d) => sub(x, mul(mu, s[d]!))));
  const square: Q = div(mul(deficit, deficit), mul(normSquared(slope), normSquared(u)));
  return toNumber(sqrtBounds(square).lower) * (1 - 1e-12); // rounded down, so that the judge's exact test passes
}

async function distanceTo(bench: Bench, claim: ClaimedLimit): Promise<Distance | null> {
  if (claim.kind === "mean") {
    const rows = signedRows(bench.dataset);
    const mean = combineRows({ n: rows.map(() => 1n), d: BigInt(rows.length) }, rows, bench.dataset.scale);
    if (mean.n.every((x) => x === 0n)) return null;
    return { value: angleBounds(angleData(bench.reached(), mean)).lower, proof: { by: "angle" } };
  }
  const witness = await normWitness(bench.dataset, claim.regularizer);
  if (witness === null) return null;
  const N = bench.dataset.X.length;
  const single = Array.from({ length: N }, (_, n) =>
    vectorOf(Array.from({ length: N }, (_x, k) => q(k === n ? 1n : 0n))),
  );
  let best: Distance | null = null;
  for (const weights of [witness.q, simplexOf(bench.limit()?.dual ?? bench.run().trajectory.last.weights), ...single]) {
    const value = witnessDistance(bench, claim.regularizer, witness.v, weights);
    if (value > (best?.value ?? 0))
      best = { value, proof: { by: "witness", v: showVector(witness.v), q: showVector(weights) } };
  }
  return best;
}

/** How far the run's limit may be from where it stands, from the run alone, which knows nothing of any prediction. */
function identified(bench: Bench): { readonly errorBar: number } | { readonly errorBar: null; readonly why: string } {
  const limit = bench.limit();
  if (limit !== null) {
    const none = withoutLimit(limit);
    if (none !== null) return { errorBar: null, why: `no limit of the run was reached: ${none}` };
    const errorBar = bench.limitError();
    return Number.isFinite(errorBar)
      ? { errorBar }
      : { errorBar: null, why: "a run with halved steps reached no limit to compare with" };
  }
  if (!settles(readAngles(bench.run().angles, bench.case.tolerance), bench.case.tolerance))
    return { errorBar: null, why: "the run was not seen to settle" };
  const errorBar = steadyRemaining(snapshotsOf(bench.run().trajectory), predictorOf);
  return Number.isFinite(errorBar)
    ? { errorBar }
    : { errorBar: null, why: "the run still turns, and not less from octave to octave" };
}

export function limitIs(claim: ClaimedLimit, statement: string): Claim {
  const id = claim.kind === "mean" ? "limit-is-mean" : `limit-is-${claim.regularizer}-max-margin`;
  return Object.freeze({
    id,
    statement,
    async check(bench: Bench): Promise<ClaimResult> {
      const silent = (why: string): ClaimResult => ({
        finding: { claim: id, outcome: "silent", why },
        certificates: [],
      });
      const optimum = bench.optimum();
      if (!optimum.separable || bench.reached().n.every((x) => x === 0n)) return silent("the run has no direction");
      const known = identified(bench);
      if (known.errorBar === null) return silent(known.why);
      const bound = bench.directionBound();
      const distance = await distanceTo(bench, claim);
      if (distance === null) return silent("no distance from what the claim allows can be shown");
      const errorBar = Math.max(certifiedAngle(bound.angle.upper), known.errorBar);
      if (distance.value < CONTRADICTION_FACTOR.value * errorBar || distance.value === 0)
        return silent(
          `the run ends ${distance.value.toPrecision(3)} rad or more from what the claim allows, ` +
            `less than ten times its error bar of ${errorBar.toPrecision(3)} rad`,
        );
      const certificate: CounterexampleCertificate = {
        kind: "counterexample",
        data: bound.data,
        claim,
        reached: bound.reached,
        distance: showQ(ofNumber(distance.value)),
        errorBar: showQ(ofNumber(errorBar)),
        limit: bound.optimum,
        proof: distance.proof,
      };
      return {
        finding: {
          claim: id,
          outcome: "contradicts",
          certified: true,
          why: `the run ends within ${errorBar.toPrecision(3)} rad of the l2 optimum, certifiably ${distance.value.toPrecision(3)} rad or more from every limit the claim allows`,
        },
        certificates: [certificate, bound, optimum.certificate],
      };
    },
  } satisfies Claim);
}
