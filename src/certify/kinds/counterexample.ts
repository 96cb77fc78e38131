/**
 * `counterexample`: the reached predictor is at least `distance` (radians) from every limit that the claim allows, with
 * distance >= 10 errorBar; where a limit is named, it is a certified l2 optimum at most `errorBar` away.
 * The inequality behind the witness is derived in kernel/certificate.ts; it is checked squared, in exact rationals.
 * Cost: that of exact-kkt and a few passes more.
 */
import { angleAtLeast, angleAtMost, angleData } from "../../exact/angle.js";
import { polyhedralNorm, subgradient } from "../../exact/norm.js";
import { compare, div, mul, type Q, q, sign, sub } from "../../exact/rational.js";
import {
  combineRows,
  dot,
  entriesOf,
  leastEntry,
  marginsOf,
  normSquared,
  type QVector,
  vectorOf,
} from "../../exact/vector.js";
import {
  hasExactKeys,
  isRecord,
  type JudgedData,
  Refusal,
  readData,
  readRational,
  readVector,
  refuse,
} from "../reading.js";
import { OPTIMUM_KEYS } from "./direction-bound.js";
import { judgeOptimum } from "./exact-kkt.js";

const FACTOR = q(10n);
const KEYS = ["kind", "data", "claim", "reached", "distance", "errorBar", "limit", "proof"];

export function judgeCounterexample(c: Readonly<Record<string, unknown>>): string | Refusal {
  if (!hasExactKeys(c, KEYS)) return refuse(`expected ${KEYS.join(", ")} only`);
  const data = readData(c.data);
  if (data instanceof Refusal) return data;
  const { claim, limit, proof } = c;
  const reached = readVector(c.reached, data.D, "reached");
  if (reached instanceof Refusal) return reached;
  if (reached.n.every((x) => x === 0n)) return refuse("reached must not be all 0");
  const distance = readRational(c.distance, "distance");
  if (distance instanceof Refusal) return distance;
  const errorBar = readRational(c.errorBar, "errorBar");
  if (errorBar instanceof Refusal) return errorBar;
  if (sign(distance) <= 0 || sign(errorBar) < 0)
    return refuse("distance must be a positive and errorBar a nonnegative rational");
  if (compare(distance, mul(FACTOR, errorBar)) < 0) return refuse("distance must be at least ten error bars");
  if (limit !== null) {
    const optimum = readOptimum(limit, data, "limit");
    if (optimum instanceof Refusal) return optimum;
    if (!angleAtMost(angleData(reached, optimum), errorBar))
      return refuse("the reached predictor is farther from the stated limit than the error bar");
  }
  if (!isRecord(claim) || !isRecord(proof)) return refuse("claim and proof must be objects");
  const reason =
    claim.kind === "mean"
      ? judgeMean(claim, proof, data, reached, distance)
      : claim.kind === "max-margin"
        ? claim.regularizer === "l2"
          ? judgeL2(claim, proof, data, reached, distance)
          : judgeWitness(claim, proof, data, reached, distance)
        : refuse("claim.kind must be max-margin or mean");
  if (reason instanceof Refusal) return reason;
  return `the run is certifiably away from ${reason}, by at least ten times its error bar`;
}

type Part = Readonly<Record<string, unknown>>;

function readOptimum(value: unknown, data: JudgedData, name: string): QVector | Refusal {
  return isRecord(value) && hasExactKeys(value, OPTIMUM_KEYS)
    ? judgeOptimum(value, data)
    : refuse(`${name} must have its four entries only`);
}

/** The l2 max margin is attained in one direction only, the certified optimum. */
function judgeL2(claim: Part, proof: Part, data: JudgedData, reached: QVector, distance: Q): string | Refusal {
  if (!hasExactKeys(claim, ["kind", "regularizer"]) || !hasExactKeys(proof, ["by", "optimum"]))
    return refuse("a claim about the l2 max margin is refuted by its optimum, with no more entries");
  if (proof.by !== "optimum") return refuse("a claim about the l2 max margin is refuted by its optimum");
  const optimum = readOptimum(proof.optimum, data, "proof.optimum");
  if (optimum instanceof Refusal) return optimum;
  if (!angleAtLeast(angleData(reached, optimum), distance))
    return refuse("the angle to the l2 optimum is below the stated distance");
  return "the l2 max-margin direction";
}

function judgeMean(claim: Part, proof: Part, data: JudgedData, reached: QVector, distance: Q): string | Refusal {
  if (!hasExactKeys(claim, ["kind"]) || !hasExactKeys(proof, ["by"]) || proof.by !== "angle")
    return refuse("a claim about the mean is refuted by the angle, with no more entries");
  const mean = combineRows({ n: data.rows.map(() => 1n), d: BigInt(data.N) }, data.rows, data.scale);
  if (mean.n.every((x) => x === 0n)) return refuse("the mean of the y_n x_n is zero and has no direction");
  if (!angleAtLeast(angleData(reached, mean), distance))
    return refuse("the angle to the mean is below the stated distance");
  return "the mean of the y_n x_n";
}

function judgeWitness(claim: Part, proof: Part, data: JudgedData, reached: QVector, distance: Q): string | Refusal {
  const R = claim.regularizer;
  if (!hasExactKeys(claim, ["kind", "regularizer"]) || (R !== "l1" && R !== "linf"))
    return refuse("claim must name the regularizer l1 or linf");
  if (!hasExactKeys(proof, ["by", "v", "q"]) || proof.by !== "witness")
    return refuse("proof must be a witness v and q");
  const v = readVector(proof.v, data.D, "the witness v");
  if (v instanceof Refusal) return v;
  if (v.n.every((x) => x === 0n)) return refuse("the witness v must not be all 0");
  const weights = readVector(proof.q, data.N, "q");
  if (weights instanceof Refusal) return weights;
  if (weights.n.some((x) => x < 0n) || weights.n.reduce((a, b) => a + b, 0n) !== weights.d)
    return refuse("q must be nonnegative and sum to 1");
  const mu = div(leastEntry(marginsOf(data.rows, data.scale, v)).value, polyhedralNorm(R, v));
  if (sign(mu) <= 0) return refuse("the witness must separate the data: else h is not concave");
  const z = combineRows(weights, data.rows, data.scale);
  const deficit = sub(mul(mu, polyhedralNorm(R, reached)), dot(z, reached)); // -h(reached)
  if (sign(deficit) <= 0)
    return refuse("the witness has no larger margin than the reached predictor, as weighted by q");
  const s = subgradient(R, reached);
  const slope = vectorOf(entriesOf(z).map((x, d) => sub(x, mul(mu, s[d]!))));
  // |o - u| >= deficit / (|reached| |slope|), and an angle is at least its chord.
  const bound = mul(mul(normSquared(slope), normSquared(reached)), mul(distance, distance));
  if (compare(bound, mul(deficit, deficit)) > 0) return refuse("the witness does not reach the stated distance");
  return `every ${R} max-margin direction`;
}
