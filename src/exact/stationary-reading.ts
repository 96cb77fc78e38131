/**
 * Is there exactly one first-order stationary point of min sum_k |b_k|^p s.t. margins >= 1 (0 < p < 1) with a given support S
 * and active margins A in a box? Decided rigorously: an interval Newton step (krawczyk.ts) on the system of
 * stationary-system.ts encloses a zero, all b_k on S apart from 0; then the multipliers on A must be above 0 and all other
 * margins at least 1. A margin that its enclosure leaves open is decided exactly where its row depends on the active ones
 * over the rationals (a copy of a point, say), where a rational point is given that proves to be the enclosed one
 * (stationary-exact.ts), or where one frequency and one active point are all there is (one-frequency.ts). All have bounds (row-span.ts), and so have the margins, beyond which the answer is that.
 * The box is |b_k - c_k| <= r |c_k| and |alpha_n - c_n| <= r |c_n| in the largest entry. And how far a rational predictor is
 * from that point. Cost: that of one interval Newton step, and of the margins.
 */
import type { Penalty, Rows } from "./bridge.js";
import { type CoefficientReader, restriction } from "./coefficient-rows.js";
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
import { isOneOn } from "./one-frequency.js";
import { add, compare, mul, ONE, type Q, q, sub, ZERO } from "./rational.js";
import { type Combined, paid, rowSpan, WORK } from "./row-span.js";
import { isExactlyCritical } from "./stationary-exact.js";
import { type StationarySystem, stationarySystem } from "./stationary-system.js";
import type { Interval } from "./turn.js";
import { dotIntegers, type QVector } from "./vector.js";

/** Most unknowns of a certificate: the interval Newton step then takes about a second. */
export const MOST_UNKNOWNS = 64;

/** Most products that the margins of all points take, with the transforms of their rows: a second. */
export const MOST_MARGINS = 4_000_000;
/** The price of one product in a remainder modulo a cyclotomic polynomial, in the units of `Work`. */
const REMAINDER = 3e5;

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
  /** The candidate's rational point, and whether it is the enclosed one. */
  readonly asked: QVector | undefined;
  readonly itself: boolean;
}

/**
 * `not`: the enclosed critical point is certainly not stationary; `open`: nothing is known, a multiplier may be 0 or another
 * margin exactly 1; `large`: it was not found out, as numbers are too many or too long; `none`: no point was enclosed.
 */
export type StationaryReading =
  | { readonly answer: "stationary"; readonly found: StationaryEnclosure }
  | { readonly answer: "not" | "open" | "large" | "none"; readonly why: string };

const absolute = (x: Q): Q => (x.n < 0n ? { n: -x.n, d: x.d } : x);

/** Unknowns share a radius in groups of these sizes: the parts of a coefficient, one multiplier. */
export function boxAround(
  sizes: readonly number[],
  { center, radius }: Pick<Candidate, "center" | "radius">,
): readonly Fixed[] {
  const box: Fixed[] = [];
  for (const size of sizes) {
    const group = center.slice(box.length, box.length + size);
    const peak = group.map(absolute).reduce((a, b) => (compare(b, a) > 0 ? b : a));
    const reach = mul(radius, peak);
    for (const c of group) box.push(fixedFrom(sub(c, reach), add(c, reach)));
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
  const perRow = system.parts * (penalty.space === "signal" ? 1 : data.rows[0]!.length);
  if (data.rows.length * perRow > MOST_MARGINS)
    return { answer: "large", why: `the margins take more than ${MOST_MARGINS} products` };
  const center = candidate.center.map((x) => fixedFrom(x));
  const sizes = [...system.inside.map(({ parts }) => parts), ...active.map(() => 1)];
  const box = krawczyk(system, center, boxAround(sizes, candidate));
  if (box === null) return { answer: "none", why: "no point is enclosed by the interval Newton step" };
  const asked = candidate.exact;
  const itself = asked === undefined ? false : isItself(data, penalty, candidate, asked);
  if (itself === "long")
    return { answer: "large", why: "to tell exactly what the reached predictor is takes too long" };
  let open: string | null = null;
  for (const [j, n] of active.entries()) {
    const alpha = box[system.parts + j]!;
    if (alpha.hi < 0n) return { answer: "not", why: `the multiplier of point ${n} is below 0` };
    if (alpha.lo <= 0n) open = `the multiplier of point ${n} may be 0`;
  }
  let large: string | null = null;
  let following: ((n: number) => Combined) | null = null;
  for (let n = 0; n < data.rows.length; n++) {
    if (active.includes(n)) continue;
    const margin = system.margin(n, box);
    if (margin.lo >= FIXED_ONE.lo) continue;
    if (margin.hi < FIXED_ONE.lo) return { answer: "not", why: `the margin of point ${n} is below 1` };
    following ??= followingMargins(data, penalty, support, active);
    const exact = itself ? marginAt(data, n, asked!) : isOneAlone(data, penalty, candidate, n) ? ONE : following(n);
    if (exact === null) open = `the margin of point ${n}, which is not active, may be 1 or below`;
    else if (exact === "long") large = `to tell exactly whether the margin of point ${n} is 1 takes too long`;
    else if (compare(exact, ONE) < 0) return { answer: "not", why: `the margin of point ${n} is below 1` };
  }
  if (open !== null) return { answer: "open", why: open };
  if (large !== null) return { answer: "large", why: large };
  return { answer: "stationary", found: { system, box, asked, itself } };
}

/** Is the margin of row n seen to be exactly 1, where the point has one frequency and one active point? */
function isOneAlone({ rows }: Rows, { space }: Penalty, { support, active }: Candidate, n: number): boolean {
  const D = rows[0]!.length;
  if (space !== "fourier" || support.length > 1 || active.length > 1 || rows.length * D * D > MOST_MARGINS)
    return false;
  return isOneOn(support[0]!, rows[active[0]!]!, rows[n]!);
}

/**
 * The margins of rows that depend over the rationals on the active ones, in coefficients on the support, where those are 1. In
 * Fourier coefficients a row that depends on them as it stands is seen first.
 */
export function followingMargins(
  { rows }: Rows,
  { space }: Penalty,
  support: readonly number[],
  active: readonly number[],
): (n: number) => Combined {
  const work = { left: WORK };
  const base = active.map((n) => rows[n]!);
  const D = rows[0]!.length;
  const inside = restriction(space, D, support);
  if (space === "signal") {
    const span = rowSpan(base.map(inside.of), work);
    return (n) => span.sum(inside.of(rows[n]!));
  }
  const whole = rowSpan(base, work);
  const price = REMAINDER * D * inside.length;
  let restricted: ReturnType<typeof rowSpan> | null = null;
  return (n) => {
    const sum = whole.sum(rows[n]!);
    if (sum !== null) return sum;
    if (!paid(work, price * (restricted === null ? active.length + 1 : 1))) return "long";
    restricted ??= rowSpan(base.map(inside.of), work);
    return restricted.sum(inside.of(rows[n]!));
  };
}

/** sum_k |b_k|^p. */
export const penaltyOf = ({ system, box }: StationaryEnclosure): Interval => fixedBounds(system.penalty(box));

/**
 * Is this rational point the zero that the box encloses, as far as that is seen? In the signal's own entries only. A vertex is,
 * since margins of 1 on as many independent active rows fix b on S. So is a point that satisfies all equations and has the
 * signs of the box, since these and S and A leave one at most: there the equations are those of a strictly convex minimum.
 */
function isItself(
  data: Rows,
  { space }: Penalty,
  { support, active, center }: Candidate,
  exact: QVector,
): boolean | "long" {
  if (space !== "signal") return false;
  const { rows, scale } = data;
  const { n: b, d } = exact;
  const vertex = active.length === support.length;
  if (vertex && b.every((x, k) => x === 0n || support.includes(k)))
    return active.every((n) => dotIntegers(rows[n]!, b) === scale * d);
  const signs = support.every((k, i) => b[k]! > 0n === center[i]!.n > 0n);
  return signs && isExactlyCritical(data, support, active, exact);
}

const marginAt = ({ rows, scale }: Rows, n: number, { n: b, d }: QVector): Q => q(dotIntegers(rows[n]!, b), scale * d);

/** |v - b|_2 / |b|_2 from above, b the enclosed point; null where it cannot be told. */
export function distanceTo(
  data: Rows,
  penalty: Penalty,
  candidate: Candidate,
  { system, box, asked, itself }: StationaryEnclosure,
  v: QVector,
): Q | null {
  if (v === asked ? itself : isItself(data, penalty, candidate, v) === true) return ZERO;
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
