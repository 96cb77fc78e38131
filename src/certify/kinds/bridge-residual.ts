/**
 * `bridge-residual`: the residuals of first-order stationarity of a predictor and weights, enclosed again from the data
 * (exact/bridge.ts) in outward rounded fixed point; each stated upper bound must be at least the enclosure's, and the largest
 * residual must lie where it is said to. Cost: two transforms with 240-bit numbers.
 */
import { bridgeReading, type Penalty } from "../../exact/bridge.js";
import { compare } from "../../exact/rational.js";
import type { Interval } from "../../exact/turn.js";
import type { QVector } from "../../exact/vector.js";
import type { BridgeParts } from "../../kernel/certificate.js";
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

const PARTS: readonly (keyof BridgeParts)[] = [
  "feasibility",
  "offSupport",
  "dualDomain",
  "complementarity",
  "stationarity",
];
/** Largest numerator and denominator of an exponent: roots and powers of that order are taken. */
const ORDER = 64n;
/** Longest transform: D^2 products of 240-bit numbers, a tenth of a second. */
const LONGEST = 1024;
/** Longest text of an entry, and most bits over the common denominator: room for all doubles at once, no long products. */
const ENTRY_LENGTH = 1500;
const ENTRY_BITS = 4096n;

export type Part = Readonly<Record<string, unknown>>;

const short = (x: bigint): boolean => (x < 0n ? -x : x) >> ENTRY_BITS === 0n;

/** Data that transforms are made of. */
export function readShortData(value: unknown): JudgedData | Refusal {
  const data = readData(value);
  if (data instanceof Refusal) return data;
  if (data.D > LONGEST) return refuse(`more than ${LONGEST} coefficients`, "too-large");
  if (!short(data.scale) || !data.rows.every((row) => row.every(short)))
    return refuse(`data hold a number of more than ${ENTRY_BITS} bits`, "too-large");
  return data;
}

/** A vector with short entries. */
export function readShortVector(value: unknown, length: number, name: string): QVector | Refusal {
  if (Array.isArray(value) && value.some((x) => typeof x === "string" && x.length > ENTRY_LENGTH))
    return refuse(`${name} holds a number of more than ${ENTRY_LENGTH} characters`, "too-large");
  const v = readVector(value, length, name);
  if (v instanceof Refusal) return v;
  if (!short(v.d) || !v.n.every(short))
    return refuse(`${name} is longer than ${ENTRY_BITS} bits over its common denominator`, "too-large");
  return v;
}

/** A point of the simplex, as a vector. */
export function readSimplex(value: unknown, length: number): QVector | Refusal {
  const weights = readShortVector(value, length, "q");
  if (weights instanceof Refusal) return weights;
  if (weights.n.some((x) => x < 0n) || weights.n.reduce((a, b) => a + b, 0n) !== weights.d)
    return refuse("q must be nonnegative and sum to 1");
  return weights;
}

export function readPenalty(value: unknown): Penalty | Refusal {
  if (!isRecord(value) || !hasExactKeys(value, ["space", "p"])) return refuse("penalty must have space and p only");
  const { space } = value;
  if (space !== "fourier" && space !== "signal") return refuse('penalty.space must be "fourier" or "signal"');
  const p = readRational(value.p, "penalty.p");
  if (p instanceof Refusal) return p;
  if (p.n <= 0n || p.n > ORDER || p.d > ORDER) return refuse(`penalty.p must be n/d with n, d from 1 to ${ORDER}`);
  return { space, p: { n: Number(p.n), d: Number(p.d) } };
}

/** Some of the indices below `size`. */
export function readSupport(value: unknown, size: number, name = "support"): readonly number[] | Refusal {
  const no = `${name} must be ascending indices below ${size}, one or more`;
  if (!Array.isArray(value) || value.length === 0) return refuse(no);
  const support = Array.from<unknown>(value);
  let last = -1;
  for (const k of support) {
    if (!Number.isSafeInteger(k) || (k as number) <= last || (k as number) >= size) return refuse(no);
    last = k as number;
  }
  return support as number[];
}

/** Each residual of `names` is at most what `parts` states of it, and the largest lies where `largest` says. */
export function checkBounds<K extends string>(
  c: Part,
  names: readonly K[],
  enclosure: Readonly<Record<K, Interval>>,
): Refusal | null {
  const { parts, largest } = c;
  if (!isRecord(parts) || !hasExactKeys(parts, names)) return refuse(`parts must have ${names.join(", ")} only`);
  if (!isRecord(largest) || !hasExactKeys(largest, ["lower", "upper"]))
    return refuse("largest must have lower and upper only");
  const [lower, upper] = [readRational(largest.lower, "largest.lower"), readRational(largest.upper, "largest.upper")];
  if (lower instanceof Refusal) return lower;
  if (upper instanceof Refusal) return upper;
  for (const name of names) {
    const stated = readRational(parts[name], `parts.${name}`);
    if (stated instanceof Refusal) return stated;
    if (compare(stated, enclosure[name].upper) < 0) return refuse(`${name} may be larger than stated`);
    if (compare(stated, upper) > 0) return refuse(`${name} is above the upper bound of the largest`);
  }
  const certain = names.some((name) => compare(lower, enclosure[name].lower) <= 0);
  if (!certain) return refuse("no part is certainly as large as largest.lower");
  return null;
}

export function judgeBridgeResidual(c: Part): string | Refusal {
  const keys = ["kind", "data", "penalty", "reached", "q", "support", "parts", "largest"];
  if (!hasExactKeys(c, keys)) return refuse(`expected ${keys.join(", ")} only`);
  const data = readShortData(c.data);
  if (data instanceof Refusal) return data;
  const penalty = readPenalty(c.penalty);
  if (penalty instanceof Refusal) return penalty;
  const reached = readShortVector(c.reached, data.D, "reached");
  if (reached instanceof Refusal) return reached;
  const weights = readSimplex(c.q, data.N);
  if (weights instanceof Refusal) return weights;
  const support = readSupport(c.support, penalty.space === "fourier" ? Math.floor(data.D / 2) + 1 : data.D);
  if (support instanceof Refusal) return support;
  const reading = bridgeReading(data, reached, weights, penalty, support);
  if (reading.enclosure === null) return refuse(reading.why);
  const fault = checkBounds(c, PARTS, reading.enclosure);
  return (
    fault ??
    `with the weights q the reached predictor satisfies the first-order conditions of the ${penalty.space} bridge penalty p = ${penalty.p.n}/${penalty.p.d} up to the stated residuals`
  );
}
