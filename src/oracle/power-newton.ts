/**
 * Newton's method for min |b|_p s.t. margins >= 1 as a sequence of least distances (least-distance.ts), for p >= 2 from
 * predictor to predictor, sum |b_d|^p / p in its second order; for p < 2 from z to z, where b = |z|^(q-1) sign z is smooth,
 * q = p / (p - 1): both ask for b = s + v^2 z with v^2 ~ |z|^(q-2) and s = (2 - q) b, and a search along the way to the
 * answer keeps it from overshooting. Margins and z keep their digits where points nearly cancel, so the end is good to
 * rounding. From the l2 optimum, at once or, where that does not get there, by exponents between.
 * Cost: a least distance a step; 1 to 10 steps for p from 1.1 to 8, some dozens at 64/63 or 64.
 */

import { pow } from "../numeric/elementary.js";
import { halfSquareGradient, powerLength } from "../numeric/half-square.js";
import { dotAt } from "../numeric/vec.js";
import { type LeastDistance, leastDistance, numbersOf } from "./least-distance.js";

export interface NewtonState {
  /** Margins of 1 or more. */
  readonly b: Float64Array;
  /** sum a_n z_n, for total = sum a_n. */
  readonly z: Float64Array;
  readonly total: number;
}

export interface NewtonEnd {
  /** The best pair on the way. */
  readonly found: LeastDistance;
  /** Its gap in doubles. */
  readonly gap: number;
  readonly state: NewtonState;
}

const MOST_STEPS = 60;
/** So many steps without a better gap end it. */
const PATIENCE = 8;
const ROUNDING = 3e-16;
/** Steps beyond the gap that doubles tell from none: of the predictor it is the square of the error. */
const BEYOND = 2;
/** A gap that will do for the next exponent, and one that needs no other way. */
const ON_THE_WAY = 1e-3;
const ARRIVED = 1e-13;
const FARTHER = 1.5;
/** Ranges of a metric: with a wider one steps are longer, and doubles have less to propose with. */
const WIDTHS = [1e9, 1e6, 1e3, 30] as const;

const sum = (x: Float64Array): number => x.reduce((s, v) => s + v, 0);
const between = (x: Float64Array, y: Float64Array, t: number): Float64Array => x.map((v, i) => v + t * (y[i]! - v));

/** Where in (0, 1] a slope that is negative at first gets positive, or 1. */
function stepTo(slope: (t: number) => number): number {
  if (slope(1) <= 0) return 1;
  let [low, high] = [0, 1];
  for (let i = 0; i < 50 && high - low > 1e-4 * high; i++) {
    const t = 0.5 * (low + high);
    if (slope(t) <= 0) low = t;
    else high = t;
  }
  return low > 0 ? low : high;
}

/** The derivative of log |x + t (y - x)|_e. */
function growth(x: Float64Array, y: Float64Array, e: number, t: number): number {
  const now = between(x, y, t);
  const gradient = halfSquareGradient(now, e);
  const length = powerLength(now, e);
  return (dotAt(gradient, 0, y, 0, y.length) - dotAt(gradient, 0, x, 0, x.length)) / (length * length);
}

/** Of the size at which sum a = |z|_q^q, so that b(z) has margins near 1. */
function sized({ z, total }: NewtonState, q: number): NewtonState {
  const grow = pow(total / pow(powerLength(z, q), q), 1 / (q - 1));
  const next = z.map((x) => x * grow);
  return { z: next, total: total * grow, b: next.map((x) => (x < 0 ? -1 : 1) * pow(Math.abs(x), q - 1)) };
}

/** v, up to a factor, of a range at most `width`. */
function metricOf({ b, z }: NewtonState, p: number, q: number, width: number): Float64Array {
  if (p < 2) {
    const parts = z.map((x) => pow(Math.abs(x), q / 2 - 1));
    const least = parts.reduce((a, x) => Math.max(a, x), 0) / width;
    return width === WIDTHS[0] ? parts : parts.map((x) => Math.max(x, least));
  }
  const length = powerLength(b, p);
  const parts = b.map((x) => pow(Math.abs(x) / length, 1 - p / 2));
  const most = width * parts.reduce((a, x) => Math.min(a, x), Number.POSITIVE_INFINITY);
  return parts.map((x) => Math.min(x, most));
}

/** The widest step that doubles can propose. */
function stepFrom(
  rows: readonly (readonly bigint[])[],
  scale: bigint,
  state: NewtonState,
  p: number,
  q: number,
): LeastDistance | null {
  const shift = state.b.map((x) => (2 - q) * x);
  if (!shift.every(Number.isFinite)) return null;
  for (const width of WIDTHS) {
    const metric = metricOf(state, p, q, width);
    const found = metric.every(Number.isFinite) ? leastDistance(rows, scale, shift, metric) : null;
    if (found?.settled === true) return found;
  }
  return null;
}

/** On the way from `state` to the answer, as far as it helps. */
function moved(state: NewtonState, to: NewtonState, p: number, q: number): NewtonState {
  if (p >= 2) {
    const t = stepTo((u) => growth(state.b, to.b, p, u));
    return { ...to, b: between(state.b, to.b, t) };
  }
  // Both z of length 1: the largest sum of multipliers wins.
  const unit = ({ z, total, b }: NewtonState): NewtonState => {
    const size = powerLength(z, q);
    return { b, z: z.map((x) => x / size), total: total / size };
  };
  const [x, y] = [unit(state), unit(to)];
  const change = y.total - x.total;
  const t = stepTo((u) => growth(x.z, y.z, q, u) - change / (x.total + u * change));
  return { b: to.b, z: between(x.z, y.z, t), total: x.total + t * change };
}

function atExponent(
  rows: readonly (readonly bigint[])[],
  scale: bigint,
  p: number,
  start: NewtonState,
  goal: number,
): NewtonEnd | null {
  const q = p / (p - 1);
  let state = start;
  let best: NewtonEnd | null = null;
  let beyond = p === 2 || goal > ROUNDING ? 0 : BEYOND;
  for (let i = 0, since = 0; i < MOST_STEPS && since < PATIENCE; i++, since++) {
    if (p < 2) state = sized(state, q);
    const found = stepFrom(rows, scale, state, p, q);
    if (found === null) break;
    const least = numbersOf(found.margins).reduce((a, x) => Math.min(a, x), Number.POSITIVE_INFINITY);
    const [b, z, total] = [numbersOf(found.b), numbersOf(found.z), sum(numbersOf(found.a))];
    const gap = Math.abs(1 - (least * total) / (powerLength(b, p) * powerLength(z, q)));
    if (least > 0 && (gap < (best?.gap ?? 1) || gap <= ROUNDING)) {
      best = { found, gap, state: { b: b.map((x) => x / Math.min(1, least)), z, total } };
      since = 0;
    }
    if (!(least > 0) || (gap <= goal && beyond-- === 0)) break;
    state = moved(state, { b: b.map((x) => x / Math.min(1, least)), z, total }, p, q);
  }
  return best;
}

/** From the optimum of p = 2; null where nothing was found. */
export function newtonPower(
  rows: readonly (readonly bigint[])[],
  scale: bigint,
  p: number,
  start: NewtonState,
): NewtonEnd | null {
  let best = atExponent(rows, scale, p, start, ROUNDING);
  if (best !== null && best.gap <= ARRIVED) return best;
  const farthest = p < 2 ? p / (p - 1) : p;
  let state = start;
  for (let r = 2 * FARTHER; r < farthest; r *= FARTHER)
    state = atExponent(rows, scale, p < 2 ? r / (r - 1) : r, state, ON_THE_WAY)?.state ?? state;
  const last = atExponent(rows, scale, p, state, ROUNDING);
  if (last !== null && (best === null || last.gap < best.gap)) best = last;
  return best;
}
