/**
 * `stationary-point`: an exact first-order stationary point of a bridge penalty, 0 < p < 1, proved to exist in a stated box by
 * an interval Newton step that is made again here from the data (exact/stationary-reading.ts), and how far the reached
 * predictor is from it. The uniqueness is that of the conditions with this support and these active margins, in this box.
 * Cost: n^3 products of 240-bit numbers for n unknowns,
 * the margins, and exact work within the bounds of exact/row-span.ts.
 */
import { blocksOf } from "../../exact/coefficient-rows.js";
import { compare } from "../../exact/rational.js";
import { distanceTo, MOST_UNKNOWNS, penaltyOf, stationaryReading } from "../../exact/stationary-reading.js";
import { entriesOf } from "../../exact/vector.js";
import { hasExactKeys, isRecord, Refusal, readRational, refuse } from "../reading.js";
import { readPenalty, readShortData, readShortVector, readSupport } from "./bridge-residual.js";

type Part = Readonly<Record<string, unknown>>;

export function judgeStationaryPoint(c: Part): string | Refusal {
  const keys = ["kind", "data", "penalty", "support", "active", "center", "radius", "reached", "distance", "objective"];
  if (!hasExactKeys(c, keys)) return refuse(`expected ${keys.join(", ")} only`);
  const data = readShortData(c.data);
  if (data instanceof Refusal) return data;
  const penalty = readPenalty(c.penalty);
  if (penalty instanceof Refusal) return penalty;
  const { space, p } = penalty;
  if (p.n >= p.d) return refuse("penalty.p must be below 1");
  if (space === "fourier" && data.shape.length > 1) return refuse("frequencies are those of one circle here");
  const blocks = blocksOf(space, data.D);
  const support = readSupport(c.support, blocks.length, "support");
  if (support instanceof Refusal) return support;
  const active = readSupport(c.active, data.N, "active");
  if (active instanceof Refusal) return active;
  const unknowns = support.reduce((sum, k) => sum + blocks[k]!.parts, active.length);
  if (unknowns > MOST_UNKNOWNS) return refuse(`more than ${MOST_UNKNOWNS} unknowns`, "too-large");
  const center = readShortVector(c.center, unknowns, "center");
  if (center instanceof Refusal) return center;
  const radii = readShortVector([c.radius], 1, "radius");
  if (radii instanceof Refusal) return radii;
  const radius = entriesOf(radii)[0]!;
  if (radius.n <= 0n) return refuse("radius must be positive");
  const reached = readShortVector(c.reached, data.D, "reached");
  if (reached instanceof Refusal) return reached;
  const candidate = { support, active, center: entriesOf(center), radius, exact: reached };
  const reading = stationaryReading(data, penalty, candidate);
  if (reading.answer !== "stationary") return refuse(reading.why, reading.answer === "large" ? "too-large" : "refuted");
  const distance = distanceTo(data, penalty, candidate, reading.found, reached);
  const fault = checkStated(c, distance, penaltyOf(reading.found));
  return (
    fault ??
    `a first-order stationary point of the ${space} bridge penalty p = ${p.n}/${p.d} with this support and these active margins exists in this box and is the only one there; the reached predictor and the penalty are within the stated bounds of it`
  );
}

function checkStated(
  c: Part,
  distance: ReturnType<typeof distanceTo>,
  enclosed: ReturnType<typeof penaltyOf>,
): Refusal | null {
  if (!isRecord(c.distance) || !hasExactKeys(c.distance, ["upper"])) return refuse("distance must have upper only");
  if (!isRecord(c.objective) || !hasExactKeys(c.objective, ["lower", "upper"]))
    return refuse("objective must have lower and upper only");
  const most = readRational(c.distance.upper, "distance.upper");
  if (most instanceof Refusal) return most;
  const lower = readRational(c.objective.lower, "objective.lower");
  if (lower instanceof Refusal) return lower;
  const upper = readRational(c.objective.upper, "objective.upper");
  if (upper instanceof Refusal) return upper;
  if (distance === null || compare(distance, most) > 0) return refuse("the distance may be larger than stated");
  if (compare(lower, enclosed.lower) > 0) return refuse("the penalty may be below objective.lower");
  if (compare(upper, enclosed.upper) < 0) return refuse("the penalty may be above objective.upper");
  return null;
}
