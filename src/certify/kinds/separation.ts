/** `separation`: y_n <x_n, beta> >= margin > 0 for every n, in exact rationals. Cost: N D products. */
import { compare, sign } from "../../exact/rational.js";
import { leastEntry, marginsOf } from "../../exact/vector.js";
import { hasExactKeys, Refusal, readData, readRational, readVector, refuse } from "../reading.js";

export function judgeSeparation(c: Readonly<Record<string, unknown>>): string | Refusal {
  if (!hasExactKeys(c, ["kind", "data", "beta", "margin"])) return refuse("expected kind, data, beta, margin only");
  const data = readData(c.data);
  if (data instanceof Refusal) return data;
  const beta = readVector(c.beta, data.D, "beta");
  if (beta instanceof Refusal) return beta;
  const margin = readRational(c.margin, "margin");
  if (margin instanceof Refusal) return margin;
  if (sign(margin) <= 0) return refuse("margin must be positive");
  const least = leastEntry(marginsOf(data.rows, data.scale, beta));
  if (compare(least.value, margin) < 0) return refuse(`the margin of point ${least.index} is below the stated one`);
  return `the ${data.N} points are strictly separable through the origin: beta has all margins at least the stated one`;
}
