/**
 * A proposed stationary point made certain: its coefficients and multipliers are refined by the chord method with 240-bit
 * numbers, rounded to rationals, and enclosed by an interval Newton step (exact/stationary-reading.ts), in the narrowest box
 * that succeeds. Written down as a certificate with the predictor in doubles, or in rationals for a vertex of the signal's own
 * entries. Cost: some interval Newton steps.
 */
import type { CoefficientReader } from "../../exact/coefficient-rows.js";
import { FIXED_ONE, type Fixed } from "../../exact/fixed-interval.js";
import { chord } from "../../exact/krawczyk.js";
import { solveExact } from "../../exact/linear.js";
import { doubleAbove, ofNumber, type Q, q, showQ, toNumber, ZERO } from "../../exact/rational.js";
import { isExactlyCritical, rationalNear } from "../../exact/stationary-exact.js";
import { distanceTo, penaltyOf, type StationaryReading, stationaryReading } from "../../exact/stationary-reading.js";
import { stationarySystem } from "../../exact/stationary-system.js";
import { type QVector, showVector, vectorOf, vectorOfNumbers } from "../../exact/vector.js";
import type { StationaryPointCertificate } from "../../kernel/certificate.js";
import { dataToJSON, signedRows } from "../../kernel/dataset.js";
import { blockSize, type Proposal, type StationaryProblem } from "./problem.js";

export interface StationaryPoint {
  /** Exact at a vertex of the signal's own entries, and where it is seen to be rational; else doubles, as near as the certificate says. */
  readonly beta: QVector;
  /** sum_k |b_k|^p. */
  readonly objective: number;
  /** Multipliers of all margins. */
  readonly dual: readonly number[];
  readonly support: readonly number[];
  readonly active: readonly number[];
  /** The active margins alone determine it. */
  readonly vertex: boolean;
  /** Encloses the coefficients' parts on the support, then the active multipliers, within the certificate's box. */
  readonly enclosure: readonly Fixed[];
  readonly certificate: StationaryPointCertificate;
}

export type Certified =
  | { readonly answer: "stationary"; readonly point: StationaryPoint }
  | Exclude<StationaryReading, { readonly answer: "stationary" }>;

export interface CertifyOptions {
  readonly reader?: CoefficientReader;
  /** The predictor that the certificate is about; without it, one as near the point as can be written. */
  readonly reached?: QVector;
}

/** Chord steps: each leaves about 1e-14 of the error. */
const STEPS = 8;
/** Significant bits of the center, and boxes to be tried, narrowest first. */
const CENTER_BITS = 150;
const RADII: readonly bigint[] = [100n, 80n, 60n, 40n, 24n];
/** A multiplier below this part of the largest, each times its point's length, may be 0. */
const VANISHING = 1e-12;

/** Below this size a number has few digits in units of 2^-240. */
const TINY = 1e-50;

const UNIT = FIXED_ONE.lo;

/** To the leading bits, in units of 2^-240. */
function leading(x: bigint): Q {
  const length = (x < 0n ? -x : x).toString(16).length * 4;
  const drop = BigInt(Math.max(0, length - CENTER_BITS));
  return q((x >> drop) << drop, UNIT);
}

const units = (x: number): bigint => {
  const { n, d } = ofNumber(x);
  return (n * UNIT) / d;
};

/** The point with margins 1 on `active`, as many as entries in the support, 0 elsewhere; null where they depend. */
export function vertexOf(
  rows: readonly (readonly bigint[])[],
  scale: bigint,
  support: readonly number[],
  active: readonly number[],
): QVector | null {
  const inside = solveExact(
    active.map((n) => support.map((k) => rows[n]![k]!)),
    active.map(() => scale),
  );
  if (inside === null) return null;
  const entries = new Array<Q>(rows[0]!.length).fill(ZERO);
  support.forEach((k, i) => {
    entries[k] = inside[i]!;
  });
  return vectorOf(entries);
}

/** The active point whose multiplier is next to 0. */
function vanishing({ D, rows }: StationaryProblem, active: readonly number[], alpha: readonly number[]): number | null {
  const pull = active.map((n, j) => {
    const peak = rows.subarray(n * D, n * D + D).reduce((a, x) => Math.max(a, Math.abs(x)), 0);
    return Math.abs(alpha[j]!) * peak;
  });
  const largest = pull.reduce((a, x) => Math.max(a, x), 0);
  const least = pull.findIndex((x) => !(x > VANISHING * largest));
  return least < 0 ? null : active[least]!;
}

export function certified(
  problem: StationaryProblem,
  support: readonly number[],
  active: readonly number[],
  proposal: Proposal,
  { reader, reached }: CertifyOptions = {},
): Certified {
  const { data, penalty, blocks } = problem;
  const rows = { rows: signedRows(data), scale: data.scale };
  const system = stationarySystem(rows, penalty, support, active, reader);
  const parts = support.flatMap((k) => {
    const { at, parts: own, count } = blocks[k]!;
    return Array.from({ length: own }, (_, i) => proposal.x[at + i]! / Math.sqrt(count));
  });
  const start = [...parts, ...active.map((n) => proposal.alpha[n]!)];
  if (start.some((x) => !Number.isFinite(x))) return { answer: "none", why: "the proposed point is not finite" };
  const tiny = support.find((k) => !(blockSize(proposal.x, blocks[k]!) > TINY));
  if (tiny !== undefined)
    return { answer: "none", why: `coefficient ${tiny} is about 0 or too small for 240-bit enclosures` };
  const refined = chord(system, start.map(units), STEPS);
  if (refined === null) return { answer: "none", why: "Newton's method breaks down at the proposed point" };
  const numbers = refined.map((x) => toNumber(q(x, UNIT)));
  // What lies in other orthants is another cell's.
  const turned = support.some((k) => {
    const at = system.inside.find(({ index }) => index === k)!.at;
    return blocks[k]!.parts === 1 && numbers[at]! > 0 !== start[at]! > 0;
  });
  if (turned) return { answer: "none", why: "Newton's method leaves the signs of the proposed point" };
  const zero = vanishing(problem, active, numbers.slice(system.parts));
  const vertex = active.length === system.parts;
  const simple = penalty.space === "fourier" ? null : vertex ? vertexOf(rows.rows, rows.scale, support, active) : null;
  const exact = simple ?? (penalty.space === "signal" ? rationalNear(problem.D, support, refined) : null);
  if (zero !== null) {
    // The active points of a cell are independent: weights without this one are all there are.
    const others = active.filter((n) => n !== zero);
    const nothing = exact !== null && isExactlyCritical(rows, support, active, exact, others) === true;
    return { answer: nothing ? "not" : "open", why: `the multiplier of point ${zero} ${nothing ? "is" : "may be"} 0` };
  }
  const known = exact === null ? {} : { exact };
  const center = refined.map(leading);
  let reading: StationaryReading = { answer: "none", why: "no box was tried" };
  let radius = ZERO;
  for (const bits of RADII) {
    radius = q(1n, 1n << bits);
    reading = stationaryReading(rows, penalty, { support, active, center, radius, ...known }, system.reader);
    if (reading.answer !== "none") break;
  }
  if (reading.answer !== "stationary") return reading;
  const { found } = reading;
  const x = new Float64Array(problem.D);
  system.inside.forEach(({ index, count, at, parts: own }) => {
    for (let i = 0; i < own; i++) x[blocks[index]!.at + i] = numbers[at + i]! * Math.sqrt(count);
  });
  const chosen = { support, active, center, radius };
  const to = (v: QVector): Q | null => distanceTo(rows, penalty, chosen, found, v);
  const own = exact !== null && to(exact)?.n === 0n ? exact : null;
  const beta = reached ?? own ?? vectorOfNumbers(problem.toSignal(x));
  const distance = to(beta);
  if (distance === null) return { answer: "none", why: "the distance to the enclosed point cannot be told" };
  const { lower, upper } = penaltyOf(found);
  const dual = new Array<number>(problem.N).fill(0);
  active.forEach((n, j) => {
    dual[n] = numbers[system.parts + j]!;
  });
  const point: StationaryPoint = {
    beta,
    objective: toNumber(lower),
    dual,
    support,
    active,
    vertex,
    enclosure: found.box,
    certificate: {
      kind: "stationary-point",
      data: dataToJSON(data),
      penalty: { space: penalty.space, p: showQ(q(BigInt(penalty.p.n), BigInt(penalty.p.d))) },
      support: [...support],
      active: [...active],
      center: center.map(showQ),
      radius: showQ(radius),
      reached: showVector(beta),
      distance: { upper: showQ(ofNumber(doubleAbove(distance))) },
      objective: { lower: outward(lower, -1n), upper: outward(upper, 1n) },
    },
  };
  return { answer: "stationary", point };
}

/** A short rational just beyond a bound: to 2^-160 of its size. */
function outward(x: Q, way: 1n | -1n): string {
  const k = 160n + BigInt(Math.max(0, x.d.toString(2).length - x.n.toString(2).length));
  const whole = (x.n << k) / x.d;
  return showQ(q(whole + (way > 0n ? 1n : 0n), 1n << k));
}
