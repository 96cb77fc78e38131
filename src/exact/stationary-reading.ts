/**
 * Is there exactly one first-order stationary point of min sum_k |b_k|^p s.t. margins >= 1 (0 < p < 1) with a given support S
 * and active margins A in a box? Decided rigorously: an interval Newton step (krawczyk.ts) on the system of
 * stationary-system.ts encloses a zero, all b_k on S apart from 0; then the multipliers on A must be above 0 and all other
 * margins at least 1. A margin that its enclosure leaves open is decided exactly where its row depends on the active ones
 * over the rationals (a copy of a point, say), or where a rational point is given that proves to be the enclosed one
 * (stationary-exact.ts). The box is |b_k - c_k| <= r |c_k| and |alpha_n - c_n| <= r |c_n| in the largest
 * entry. And how far a rational predictor is from that point. Cost: that of one interval Newton step.
 */
import type { Penalty, Rows } from "./bridge.js";
import { type CoefficientReader, dependentSum, restrictedRows } from "./coefficient-rows.js";
import {
  addFixed,
  divFixed,
  FIXED_ONE,
  FIXED_ZERO,
  type Fixed,
  fixedBounds,
  fixedFrom,
  rootFixed,
  squareFixed,
  subFixed,
  timesFixed,
} from "./fixed-interval.js";
import { krawczyk } from "./krawczyk.js";
import { add, compare, mul, ONE, type Q, q, sub, ZERO } from "./rational.js";
import { exactMultipliers } from "./stationary-exact.js";
import { type StationarySystem, stationarySystem } from "./stationary-system.js";
import type { Interval } from "./turn.js";
import { dotIntegers, type QVector } from "./vector.js";

/** Most unknowns of a certificate: the interval Newton step then takes about a second. */
export const MOST_UNKNOWNS = 64;

export interface Candidate {
  readonly support: readonly number[];
  readonly active: readonly number[];
  /** Parts of the coefficients on the support, then multipliers on the active margins. */
  readonly center: readonly Q[];
  /** Of the box, relative. */
  readonly radius: Q;
  /** In the signal's own entries: a rational point that may be the enclosed one itself. */
  readonly exact?: QVector;
}

export interface StationaryEnclosure {
  readonly system: StationarySystem;
  readonly box: readonly Fixed[];
}

/**
 * `not`: the enclosed critical point is certainly not stationary; `open`: nothing is known, a multiplier may be 0 or another
 * margin exactly 1; `none`: no point was enclosed.
 */
export type StationaryReading =
  | { readonly answer: "stationary"; readonly found: StationaryEnclosure }
  | { readonly answer: "not" | "open" | "none"; readonly why: string };

const absolute = (x: Q): Q => (x.n < 0n ? { n: -x.n, d: x.d } : x);

/** The unknowns that share one radius: the parts of a block, or one multiplier. */
const groupsOf = ({ inside, parts, unknowns }: StationarySystem): number[][] => [
  ...inside.map(({ at, parts: own }) => Array.from({ length: own }, (_, i) => at + i)),
  ...Array.from({ length: unknowns - parts }, (_, j) => [parts + j]),
];

function boxAround(system: StationarySystem, { center, radius }: Candidate): Fixed[] {
  const box: Fixed[] = [];
  for (const group of groupsOf(system)) {
    const peak = group.map((i) => absolute(center[i]!)).reduce((a, b) => (compare(b, a) > 0 ? b : a));
    const reach = mul(radius, peak);
    for (const i of group) box[i] = fixedFrom(sub(center[i]!, reach), add(center[i]!, reach));
  }
  return box;
}

export function stationaryReading(
  data: Rows,
  penalty: Penalty,
  candidate: Candidate,
  reader?: CoefficientReader,
): StationaryReading {
  const { support, active } = candidate;
  const system = stationarySystem(data, penalty, support, active, reader);
  const center = candidate.center.map((x) => fixedFrom(x));
  const box = krawczyk(system, center, boxAround(system, candidate));
  if (box === null) return { answer: "none", why: "no point is enclosed by the interval Newton step" };
  const itself = isItself(data, penalty, candidate);
  let open: string | null = null;
  for (const [j, n] of active.entries()) {
    const alpha = box[system.parts + j]!;
    if (alpha.hi < 0n) return { answer: "not", why: `the multiplier of point ${n} is below 0` };
    if (alpha.lo <= 0n) open = `the multiplier of point ${n} may be 0`;
  }
  const others = data.rows.flatMap((_, n) => (active.includes(n) ? [] : [n]));
  const unclear = others.filter((n) => system.margin(n, box).lo < FIXED_ONE.lo);
  const restricted = unclear.length === 0 ? [] : restrictedRows(data.rows, penalty.space, support);
  for (const n of unclear) {
    if (system.margin(n, box).hi < FIXED_ONE.lo) return { answer: "not", why: `the margin of point ${n} is below 1` };
    const base = active.map((m) => restricted[m]!);
    const exact = itself === null ? dependentSum(base, restricted[n]!) : marginAt(data, n, itself);
    if (exact === null) open = `the margin of point ${n}, which is not active, may be 1 or below`;
    else if (compare(exact, ONE) < 0) return { answer: "not", why: `the margin of point ${n} is below 1` };
  }
  return open === null ? { answer: "stationary", found: { system, box } } : { answer: "open", why: open };
}

/** sum_k |b_k|^p. */
export const penaltyOf = ({ system, box }: StationaryEnclosure): Interval => fixedBounds(system.penalty(box));

/**
 * The rational point of the candidate, if it is the zero that the box encloses; in the signal's own entries only. A vertex is,
 * since margins of 1 on as many independent active rows fix b on S. So is a point that satisfies all equations and has the
 * signs of the box, since these and S and A leave one at most: there the equations are those of a strictly convex minimum.
 */
function isItself(data: Rows, { space }: Penalty, { support, active, center, exact }: Candidate): QVector | null {
  if (space !== "signal" || exact === undefined) return null;
  const { rows, scale } = data;
  const { n: b, d } = exact;
  const vertex = active.length === support.length;
  if (vertex && b.every((x, k) => x === 0n || support.includes(k)))
    return active.every((n) => dotIntegers(rows[n]!, b) === scale * d) ? exact : null;
  const signs = support.every((k, i) => b[k]! > 0n === center[i]!.n > 0n);
  return signs && exactMultipliers(data, support, active, exact) !== null ? exact : null;
}

const marginAt = ({ rows, scale }: Rows, n: number, { n: b, d }: QVector): Q => q(dotIntegers(rows[n]!, b), scale * d);

/** |v - b|_2 / |b|_2 from above, b the enclosed point; null where it cannot be told. */
export function distanceTo(
  data: Rows,
  penalty: Penalty,
  candidate: Candidate,
  { system, box }: StationaryEnclosure,
  v: QVector,
): Q | null {
  if (isItself(data, penalty, { ...candidate, exact: v }) !== null) return ZERO;
  let [away, whole] = [FIXED_ZERO, FIXED_ZERO];
  for (const block of system.reader.blocks) {
    const at = system.inside.find(({ index }) => index === block.index)?.at;
    const own = system.reader.read(v, block);
    const count = BigInt(block.count);
    own.forEach((x, i) => {
      const b = at === undefined ? FIXED_ZERO : box[at + i]!;
      away = addFixed(away, timesFixed(squareFixed(subFixed(x, b)), count));
      whole = addFixed(whole, timesFixed(squareFixed(b), count));
    });
  }
  const ratio = divFixed(rootFixed(away, 2), rootFixed(whole, 2));
  return ratio === null ? null : fixedBounds(ratio).upper;
}
