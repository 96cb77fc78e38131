/**
 * The claim "the predictor converges in direction to the l2 max-margin solution", judged through the named point b*:
 * (1) certified: b* satisfies the exact KKT conditions on this data; (2) certified: the reached predictor is within the
 * tolerance of b*; (3) observed: the run ends at b*, its angle falling over three octaves with a small remainder.
 * Contradicted when the run was seen to settle outside the tolerance, at a certified distance of ten times what it may
 * still turn or more (certificate `counterexample`). Otherwise silent, with what it would need.
 * Where the run was followed to its limit it is judged there (direction-at-limit.ts). Certificates: exact-kkt,
 * direction-bound, duality-gap.
 */
import { ofNumber, q, showQ, toNumber } from "../../exact/rational.js";
import type { Certificate, CounterexampleCertificate } from "../../kernel/certificate.js";
import { STOP_REASONS } from "../../kernel/stop.js";
import { CONTRADICTION_FACTOR, OCTAVES } from "../../kernel/tolerance.js";
import { norm } from "../../numeric/vec.js";
import { type Bench, snapshotsOf } from "../bench.js";
import { readAngles, settles } from "../goal.js";
import { neededLogInverseLoss } from "../octaves.js";
import {
  gradientOf,
  parametersOf,
  predictorOf,
  REMAINING,
  readCalming,
  readSettling,
  steadyRemaining,
} from "../settling.js";
import type { Claim, ClaimResult } from "../theorem.js";
import { certifiedAngle, dualityGap } from "./angle-certificates.js";
import { directionAtLimit, withoutLimit } from "./direction-at-limit.js";

/** Says so when the best margin is a small share of the largest point: descent needs its inverse square in steps. */
function conditioning(bench: Bench): string {
  const o = bench.optimum();
  if (!o.separable) return "";
  const { X, scale } = bench.dataset;
  const sizeOf = (row: readonly bigint[]): number => norm(Float64Array.from(row, (x) => toNumber(q(x, scale))));
  const largest = X.reduce((most, row) => Math.max(most, sizeOf(row)), 0);
  const share = 1 / (o.objective * largest);
  return share < SMALL_MARGIN
    ? `; the best margin is only ${share.toPrecision(2)} of the largest point, so descent is slow here`
    : "";
}

const SMALL_MARGIN = 1e-2;

/**
 * Where the run ends, if its limit was identified: predictor, parameters and gradient all settle. Knows no prediction.
 * The error bar is rounded up, so that ten of them are below the distance in exact rationals too.
 */
function settledElsewhere(bench: Bench, lower: number): number | null {
  const points = snapshotsOf(bench.run().trajectory);
  const { tolerance } = bench.case;
  if (!(lower > tolerance)) return null;
  if (!readSettling(points, parametersOf, REMAINING * tolerance).settled) return null;
  if (!readCalming(points, gradientOf, tolerance).settled) return null;
  const errorBar = steadyRemaining(points, predictorOf) * (1 + 1e-12);
  return lower >= CONTRADICTION_FACTOR.value * errorBar * (1 + 1e-12) ? errorBar : null;
}

export const limitIsL2MaxMargin: Claim = Object.freeze({
  id: "limit-direction",
  statement: "the predictor converges in direction to the l2 max-margin (hard-margin SVM) solution",
  async check(bench): Promise<ClaimResult> {
    const id = "limit-direction";
    const o = bench.optimum();
    const silent = (why: string, certificates: readonly Certificate[]): ClaimResult => ({
      finding: { claim: id, outcome: "silent", why },
      certificates,
    });
    if (!o.separable) return silent("the data are not separable", []);
    const limit = bench.limit();
    if (limit !== null && withoutLimit(limit) === null) return directionAtLimit(bench, limit, o);
    const { trajectory, angles } = bench.run();
    if (bench.reached().n.every((x) => x === 0n))
      return silent(`${STOP_REASONS[trajectory.stop]}; the predictor is 0`, [o.certificate]);
    if (limit !== null) return directionAtLimit(bench, limit, o);
    const bound = bench.directionBound();
    const gap = dualityGap(bench);
    const certificates: Certificate[] = [o.certificate, bound, ...(gap === null ? [] : [gap])];
    const upper = certifiedAngle(bound.angle.upper);
    const { tolerance } = bench.case;
    const reading = readAngles(angles, tolerance);
    const lower = certifiedAngle(bound.angle.lower);
    const errorBar = settledElsewhere(bench, lower);
    if (errorBar !== null) {
      const counterexample: CounterexampleCertificate = {
        kind: "counterexample",
        data: bound.data,
        claim: { kind: "max-margin", regularizer: "l2" },
        reached: bound.reached,
        distance: bound.angle.lower,
        errorBar: showQ(ofNumber(errorBar)),
        limit: null,
        proof: { by: "optimum", optimum: bound.optimum },
      };
      return {
        finding: {
          claim: id,
          outcome: "contradicts",
          certified: true,
          why:
            `the run was seen to settle, with at most ${errorBar.toPrecision(3)} rad still to turn, ` +
            `and is certifiably ${lower.toPrecision(3)} rad or more from the l2 optimum`,
        },
        certificates: [counterexample, ...certificates],
      };
    }
    if (upper > tolerance) {
      const needed = neededLogInverseLoss(reading, trajectory.logInverseLoss, tolerance);
      const need =
        needed === null
          ? "its angle is not falling yet, so no estimate of the loss it needs"
          : `as it falls now it would need log(1/loss) of about ${needed.toPrecision(2)}`;
      return silent(
        `the certified angle is ${upper.toPrecision(3)} rad at log(1/loss) = ${trajectory.logInverseLoss.toPrecision(3)}, ` +
          `above the tolerance ${tolerance}: ${STOP_REASONS[trajectory.stop]}; ${need}${conditioning(bench)}`,
        certificates,
      );
    }
    if (!settles(reading, tolerance))
      return silent(
        `the angle is within the tolerance, but it was seen to fall over ${reading.octaves} octaves of log(1/loss) only ` +
          `(${OCTAVES.value} are needed${reading.remainder !== null && reading.remainder >= tolerance ? `, and it extrapolates to ${reading.remainder.toPrecision(3)} rad` : ""}): ${STOP_REASONS[trajectory.stop]}`,
        certificates,
      );
    return {
      finding: {
        claim: id,
        outcome: "supports",
        evidence: "certified",
        why: `certified within ${upper.toPrecision(3)} rad of the exact optimum, falling over ${reading.octaves} octaves of log(1/loss)`,
      },
      certificates,
    };
  },
} satisfies Claim);
