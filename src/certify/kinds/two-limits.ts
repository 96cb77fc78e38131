/**
 * `two-limits`: two predictors separate the same data and make an angle of at least `distance` with each other, at least ten times
 * what both error bars leave open. So two runs that end within their error bars of them do not end in one direction.
 * Cost: one angle in rationals.
 */
import { angleAtLeast, angleData } from "../../exact/angle.js";
import { add, compare, mul, type Q, q, sign } from "../../exact/rational.js";
import { leastEntry, marginsOf, type QVector } from "../../exact/vector.js";
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

const FACTOR = q(10n);

function readEnd(
  value: unknown,
  data: JudgedData,
  name: string,
): { readonly reached: QVector; readonly errorBar: Q } | Refusal {
  if (!isRecord(value) || !hasExactKeys(value, ["reached", "errorBar"]))
    return refuse(`${name} must have reached and errorBar only`);
  const reached = readVector(value.reached, data.D, `${name}.reached`);
  if (reached instanceof Refusal) return reached;
  if (leastEntry(marginsOf(data.rows, data.scale, reached)).value.n <= 0n)
    return refuse(`${name}.reached must separate the data`);
  const errorBar = readRational(value.errorBar, `${name}.errorBar`);
  if (errorBar instanceof Refusal) return errorBar;
  if (sign(errorBar) < 0) return refuse(`${name}.errorBar must not be negative`);
  return { reached, errorBar };
}

export function judgeTwoLimits(c: Readonly<Record<string, unknown>>): string | Refusal {
  const keys = ["kind", "data", "first", "second", "distance"];
  if (!hasExactKeys(c, keys)) return refuse(`expected ${keys.join(", ")} only`);
  const data = readData(c.data);
  if (data instanceof Refusal) return data;
  const first = readEnd(c.first, data, "first");
  if (first instanceof Refusal) return first;
  const second = readEnd(c.second, data, "second");
  if (second instanceof Refusal) return second;
  const distance = readRational(c.distance, "distance");
  if (distance instanceof Refusal) return distance;
  if (sign(distance) <= 0) return refuse("distance must be positive");
  if (compare(distance, mul(FACTOR, add(first.errorBar, second.errorBar))) < 0)
    return refuse("distance must be at least ten times both error bars");
  if (!angleAtLeast(angleData(first.reached, second.reached), distance))
    return refuse("the angle between the two is below the stated distance");
  return "the two predictors separate the data, and are certifiably apart by at least ten times both error bars";
}
