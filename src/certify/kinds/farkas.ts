/** `farkas`: lambda in the simplex with sum lambda_n y_n x_n = 0, so no b has all margins positive. Cost: N D products. */
import { combineRows } from "../../exact/vector.js";
import { hasExactKeys, Refusal, readData, readVector, refuse } from "../reading.js";

export function judgeFarkas(c: Readonly<Record<string, unknown>>): string | Refusal {
  if (!hasExactKeys(c, ["kind", "data", "lambda"])) return refuse("expected kind, data, lambda only");
  const data = readData(c.data);
  if (data instanceof Refusal) return data;
  const lambda = readVector(c.lambda, data.N, "lambda");
  if (lambda instanceof Refusal) return lambda;
  if (lambda.n.some((x) => x < 0n)) return refuse("lambda must be nonnegative");
  if (lambda.n.reduce((a, b) => a + b, 0n) !== lambda.d) return refuse("lambda must sum to 1");
  if (combineRows(lambda, data.rows, data.scale).n.some((x) => x !== 0n))
    return refuse("sum lambda_n y_n x_n is not zero");
  return `the ${data.N} points are not strictly separable through the origin: a convex combination of the y_n x_n vanishes`;
}
