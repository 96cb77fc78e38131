/**
 * `bridge-residual`: the residuals of first-order stationarity of a predictor and weights, enclosed again from the data
 * (exact/bridge.ts) in outward rounded fixed point; each stated upper bound must be at least the enclosure's, and the largest
 * residual must lie where it is said to. Cost: two transforms with 240-bit numbers.
 */
import { type BridgeEnclosure, bridgeReading, type Penalty } from "../../exact/bridge.js";
import { compare, type Q } from "../../exact/rational.js";
import type { BridgeParts } from "../../kernel/certificate.js";
import { hasExactKeys, isRecord, Refusal, readData, readRational, readVector, refuse } from "../reading.js";

const PARTS: readonly (keyof BridgeParts)[] = [
  "feasibility",
  "offSupport",
  "dualDomain",
  "complementarity",
  "stationarity",
];
/** Largest numerator and denominator of an exponent: roots and powers of that order are taken. */
const ORDER = 64n;
/** Longest transform: D^2 products of 240-bit numbers. */
const LONGEST = 2048;

type Part = Readonly<Record<string, unknown>>;

/** A point of the simplex, as a vector. */
export function readSimplex(value: unknown, length: number): ReturnType<typeof readVector> {
  const weights = readVector(value, length, "q");
  if (weights instanceof Refusal) return weights;
  return weights.n.some((x) => x < 0n) || weights.n.reduce((a, b) => a + b, 0n) !== weights.d
    ? refuse("q must be nonnegative and sum to 1")
    : weights;
}

function readPenalty(value: unknown): Penalty | Refusal {
  if (!isRecord(value) || !hasExactKeys(value, ["space", "p"])) return refuse("penalty must have space and p only");
  const { space } = value;
  if (space !== "fourier" && space !== "signal") return refuse('penalty.space must be "fourier" or "signal"');
  const p = readRational(value.p, "penalty.p");
  if (p instanceof Refusal) return p;
  if (p.n <= 0n || p.n > ORDER || p.d > ORDER) return refuse(`penalty.p must be n/d with n, d from 1 to ${ORDER}`);
  return { space, p: { n: Number(p.n), d: Number(p.d) } };
}

function readSupport(value: unknown, size: number): readonly number[] | Refusal {
  const fits =
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((k, i) => Number.isSafeInteger(k) && k >= 0 && k < size && (i === 0 || k > value[i - 1]));
  return fits ? value : refuse(`support must be ascending indices below ${size}, one or more`);
}

function checkBounds(c: Part, enclosure: BridgeEnclosure): Refusal | null {
  const { parts, largest } = c;
  if (!isRecord(parts) || !hasExactKeys(parts, PARTS)) return refuse(`parts must have ${PARTS.join(", ")} only`);
  if (!isRecord(largest) || !hasExactKeys(largest, ["lower", "upper"]))
    return refuse("largest must have lower and upper only");
  const [lower, upper] = [readRational(largest.lower, "largest.lower"), readRational(largest.upper, "largest.upper")];
  if (lower instanceof Refusal) return lower;
  if (upper instanceof Refusal) return upper;
  let least: Q | null = null;
  for (const name of PARTS) {
    const stated = readRational(parts[name], `parts.${name}`);
    if (stated instanceof Refusal) return stated;
    if (compare(stated, enclosure[name].upper) < 0) return refuse(`${name} may be larger than stated`);
    if (compare(stated, upper) > 0) return refuse(`${name} is above the upper bound of the largest`);
    const from = enclosure[name].lower;
    if (least === null || compare(from, least) > 0) least = from;
  }
  if (least === null || compare(lower, least) > 0) return refuse("no part is certainly as large as largest.lower");
  return null;
}

export function judgeBridgeResidual(c: Part): string | Refusal {
  const keys = ["kind", "data", "penalty", "reached", "q", "support", "parts", "largest"];
  if (!hasExactKeys(c, keys)) return refuse(`expected ${keys.join(", ")} only`);
  const data = readData(c.data);
  if (data instanceof Refusal) return data;
  if (data.D > LONGEST) return refuse(`more than ${LONGEST} coefficients`, "too-large");
  const penalty = readPenalty(c.penalty);
  if (penalty instanceof Refusal) return penalty;
  const reached = readVector(c.reached, data.D, "reached");
  if (reached instanceof Refusal) return reached;
  const weights = readSimplex(c.q, data.N);
  if (weights instanceof Refusal) return weights;
  const support = readSupport(c.support, penalty.space === "fourier" ? Math.floor(data.D / 2) + 1 : data.D);
  if (support instanceof Refusal) return support;
  const reading = bridgeReading(data, reached, weights, penalty, support);
  if (reading.enclosure === null) return refuse(reading.why);
  const fault = checkBounds(c, reading.enclosure);
  return (
    fault ??
    `with the weights q the reached predictor satisfies the first-order conditions of the ${penalty.space} bridge penalty p = ${penalty.p.n}/${penalty.p.d} up to the stated residuals`
  );
}
