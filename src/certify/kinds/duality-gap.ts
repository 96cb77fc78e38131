/**
 * `duality-gap`: trusts no solver. For b* the SVM solution with multipliers a, <reached, b*> = sum a_n m_n(reached) >=
 * margin(reached) |b*|^2 when margin(reached) >= 0 (sum a = |b*|^2), and |b*| >= 1/|z(q)| for any q in the simplex,
 * z(q) = sum q_n y_n x_n, by weak duality. Hence cos(angle) >= margin(reached) / (|reached| |z(q)|), and the judge
 * checks that this is at least cos(upper). Weaker than direction-bound by a square root. Cost: 2 N D products.
 */
import { ANGLE_LIMIT, angleAtMost, angleOfCosine } from "../../exact/angle.js";
import { compare, mul, sign } from "../../exact/rational.js";
import { combineRows, leastEntry, marginsOf, normSquared } from "../../exact/vector.js";
import { hasExactKeys, isRecord, Refusal, readData, readRational, readVector, refuse } from "../reading.js";

export function judgeDualityGap(c: Readonly<Record<string, unknown>>): string | Refusal {
  if (!hasExactKeys(c, ["kind", "data", "regularizer", "reached", "q", "angle"]))
    return refuse("expected kind, data, regularizer, reached, q, angle only");
  if (c.regularizer !== "l2") return refuse('regularizer must be "l2"');
  const data = readData(c.data);
  if (data instanceof Refusal) return data;
  const reached = readVector(c.reached, data.D, "reached");
  if (reached instanceof Refusal) return reached;
  if (reached.n.every((x) => x === 0n)) return refuse("reached must not be all 0");
  const weights = readVector(c.q, data.N, "q");
  if (weights instanceof Refusal) return weights;
  if (weights.n.some((x) => x < 0n) || weights.n.reduce((a, b) => a + b, 0n) !== weights.d)
    return refuse("q must be nonnegative and sum to 1");
  const angle = c.angle;
  if (!isRecord(angle) || !hasExactKeys(angle, ["upper"])) return refuse("angle must have upper only");
  const upper = readRational(angle.upper, "angle.upper");
  if (upper instanceof Refusal) return upper;
  if (sign(upper) < 0 || compare(upper, ANGLE_LIMIT) > 0)
    return refuse("the angle's upper bound must be a rational in [0, 22/7]");
  const margin = leastEntry(marginsOf(data.rows, data.scale, reached)).value;
  if (sign(margin) < 0) return refuse("the bound needs a nonnegative margin of the reached predictor");
  const z = combineRows(weights, data.rows, data.scale);
  if (z.n.every((x) => x === 0n)) return refuse("sum q_n y_n x_n vanishes: the data are not separable");
  // A separable data set is presumed by the words "SVM direction"; a positive margin of `reached` shows it.
  if (sign(margin) === 0) return refuse("the reached predictor does not separate the data strictly");
  if (!angleAtMost(angleOfCosine(margin, mul(normSquared(reached), normSquared(z))), upper))
    return refuse("margin / (|reached| |z(q)|) is below the cosine of the stated angle");
  return "the angle between the reached predictor and the hard-margin SVM direction is at most the stated bound (no solver trusted)";
}
