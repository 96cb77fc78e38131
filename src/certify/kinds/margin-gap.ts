/**
 * `margin-gap`: how much of the best margin over a norm R the reached predictor has. From above no solver is trusted:
 * m(b) <= <z(q), b> <= R*(z(q)) R(b) for every q in the simplex, z(q) = sum q_n y_n x_n; from below a witness has as much
 * margin as it has. All norms are enclosed again (exact/norms). Cost: two or three transforms.
 */
import { marginGap, normNamed } from "../../exact/norms/index.js";
import { compare, sign } from "../../exact/rational.js";
import { hasExactKeys, isRecord, Refusal, readRational, refuse } from "../reading.js";
import { readShortData, readShortVector, readSimplex } from "./bridge-residual.js";

export function judgeMarginGap(c: Readonly<Record<string, unknown>>): string | Refusal {
  const keys = ["kind", "data", "regularizer", "reached", "q", "witness", "gap"];
  if (!hasExactKeys(c, keys)) return refuse(`expected ${keys.join(", ")} only`);
  const data = readShortData(c.data);
  if (data instanceof Refusal) return data;
  const R = c.regularizer;
  const norm = typeof R === "string" ? normNamed(R, data.shape) : null;
  if (norm === null) return refuse("regularizer must name a norm that has a gap");
  const reached = readShortVector(c.reached, data.D, "reached");
  if (reached instanceof Refusal) return reached;
  const weights = readSimplex(c.q, data.N);
  if (weights instanceof Refusal) return weights;
  const witness = c.witness === null ? null : readShortVector(c.witness, data.D, "witness");
  if (witness instanceof Refusal) return witness;
  const { gap } = c;
  if (!isRecord(gap) || !hasExactKeys(gap, ["lower", "upper"])) return refuse("gap must have lower and upper only");
  const [lower, upper] = [readRational(gap.lower, "gap.lower"), readRational(gap.upper, "gap.upper")];
  if (lower instanceof Refusal) return lower;
  if (upper instanceof Refusal) return upper;
  const found = marginGap(data, reached, weights, witness, norm);
  if (found === null) return refuse("reached and witness must separate the data");
  if (sign(lower) < 0 || compare(lower, found.lower) > 0) return refuse("the witness does not show a gap that large");
  if (compare(upper, found.upper) < 0) return refuse("the gap may be larger than stated");
  return witness === null
    ? `the reached predictor has the best margin over the ${R} norm up to the stated relative gap (no solver trusted)`
    : `the reached predictor's margin over the ${R} norm is below the best one by a relative gap within the stated bounds`;
}
