/**
 * `direction-bound`: the optimum is checked as in exact-kkt, then the angle between it and `reached` is enclosed in
 * [lower, upper] radians by exact comparison of cosines. Cost: that of exact-kkt and two cosines of 256 bits.
 */
import { ANGLE_LIMIT, angleAtLeast, angleAtMost, angleData } from "../../exact/angle.js";
import { compare, sign } from "../../exact/rational.js";
import { hasExactKeys, isRecord, Refusal, readData, readRational, readVector, refuse } from "../reading.js";
import { judgeOptimum } from "./exact-kkt.js";

export const OPTIMUM_KEYS = ["regularizer", "beta", "dual", "objectiveSquared"] as const;

export function judgeDirectionBound(c: Readonly<Record<string, unknown>>): string | Refusal {
  if (!hasExactKeys(c, ["kind", "data", "optimum", "reached", "angle"]))
    return refuse("expected kind, data, optimum, reached, angle only");
  const data = readData(c.data);
  if (data instanceof Refusal) return data;
  const optimum = c.optimum;
  if (!isRecord(optimum) || !hasExactKeys(optimum, OPTIMUM_KEYS))
    return refuse("optimum must have its four entries only");
  const beta = judgeOptimum(optimum, data);
  if (beta instanceof Refusal) return beta;
  const reached = readVector(c.reached, data.D, "reached");
  if (reached instanceof Refusal) return reached;
  if (reached.n.every((x) => x === 0n)) return refuse("reached must not be all 0");
  const angle = c.angle;
  if (!isRecord(angle) || !hasExactKeys(angle, ["lower", "upper"]))
    return refuse("angle must have lower and upper only");
  const lower = readRational(angle.lower, "angle.lower");
  if (lower instanceof Refusal) return lower;
  const upper = readRational(angle.upper, "angle.upper");
  if (upper instanceof Refusal) return upper;
  if (sign(lower) < 0 || compare(lower, upper) > 0 || compare(upper, ANGLE_LIMIT) > 0)
    return refuse("angle bounds must satisfy 0 <= lower <= upper <= 22/7");
  const pair = angleData(reached, beta);
  if (!angleAtMost(pair, upper)) return refuse("the angle is larger than the stated upper bound");
  if (!angleAtLeast(pair, lower)) return refuse("the angle is smaller than the stated lower bound");
  return "the angle between the reached predictor and the hard-margin SVM direction lies within the stated bounds";
}
