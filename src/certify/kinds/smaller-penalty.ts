/**
 * `smaller-penalty`: the witness separates the data, and has a smaller bridge penalty at least margin 1 than the reached predictor
 * and than every predictor within its error bar, by ten times what the error bar makes of it. So neither is a global minimizer.
 * Both penalties are enclosed again (exact/penalty-gap.ts). Cost: three transforms.
 */
import { penaltyGap } from "../../exact/penalty-gap.js";
import { compare, mul, q, sign } from "../../exact/rational.js";
import { hasExactKeys, isRecord, Refusal, readRational, refuse } from "../reading.js";
import { readPenalty, readShortData, readShortVector } from "./bridge-residual.js";

const FACTOR = q(10n);

export function judgeSmallerPenalty(c: Readonly<Record<string, unknown>>): string | Refusal {
  const keys = ["kind", "data", "penalty", "reached", "errorBar", "witness", "gap"];
  if (!hasExactKeys(c, keys)) return refuse(`expected ${keys.join(", ")} only`);
  const data = readShortData(c.data);
  if (data instanceof Refusal) return data;
  const penalty = readPenalty(c.penalty);
  if (penalty instanceof Refusal) return penalty;
  if (penalty.space === "fourier" && data.shape.length > 1) return refuse("frequencies are those of one circle here");
  const reached = readShortVector(c.reached, data.D, "reached");
  if (reached instanceof Refusal) return reached;
  const errorBar = readRational(c.errorBar, "errorBar");
  if (errorBar instanceof Refusal) return errorBar;
  if (sign(errorBar) < 0) return refuse("errorBar must not be negative");
  const witness = readShortVector(c.witness, data.D, "witness");
  if (witness instanceof Refusal) return witness;
  const { gap } = c;
  if (!isRecord(gap) || !hasExactKeys(gap, ["lower"])) return refuse("gap must have lower only");
  const lower = readRational(gap.lower, "gap.lower");
  if (lower instanceof Refusal) return lower;
  if (sign(lower) <= 0) return refuse("gap.lower must be positive");
  const found = penaltyGap(data, penalty, reached, errorBar, witness);
  if (found === null) return refuse("reached and witness must separate the data, and not be too small to be enclosed");
  if (compare(lower, found.gap) > 0) return refuse("the witness does not show a gap that large");
  if (compare(lower, mul(FACTOR, found.fall)) < 0)
    return refuse("the gap must be ten times what the error bar makes of the penalty");
  return `neither the reached predictor nor any within its error bar is a global minimizer of the ${penalty.space} bridge penalty p = ${penalty.p.n}/${penalty.p.d}: the witness has a smaller one`;
}
