/**
 * How far a predictor beta with weights q in the simplex is from a first-order stationary point of min sum_k |b_k|^p s.t.
 * margins >= 1, b = the coefficients of beta (Fourier or signal), in rigorous enclosures. With z = sum_n q_n y_n x_n and a
 * given support S (the other coefficients count as 0), up to one positive scalar kappa, <z,g>/<g,g> for g = |b|^(p-2) b on S:
 *   z_k = kappa |b_k|^(p-2) b_k on S; for p = 1 also |z_k| <= kappa off S; for p < 1 nothing there; for p = 2 S is all.
 * Parts: feasibility max(0, 1 - least margin of beta); offSupport, the largest |b_k| off S over the largest of all;
 * dualDomain max(0, |z_k|/kappa - 1) off S (p = 1); complementarity (q.m - min m)/min m; stationarity, the sine of the angle
 * between z and |b|^(p-2) b on S. The weights are the run's own: with fitted ones nearly every p would pass.
 * And the relative gap of a norm's max margin, solver-free. Source: Gunasekar et al. 2018. Cost: two transforms.
 */
import {
  addFixed,
  divFixed,
  FIXED_ONE,
  FIXED_ZERO,
  type Fixed,
  fixedBounds,
  fixedFrom,
  maxFixed,
  mulFixed,
  powerFixed,
  rootFixed,
  squareFixed,
  subFixed,
  timesFixed,
} from "./fixed-interval.js";
import { compare, div, mul, ONE, type Q, q, sub, ZERO } from "./rational.js";
import { type Coefficient, type CoefficientSpace, coefficients, modulus, peakBits, turnsOf } from "./spectrum.js";
import type { Interval } from "./turn.js";
import { combineRows, dot, leastEntry, marginsOf, type QVector } from "./vector.js";

export interface Rows {
  /** y_n X_n, integers over `scale`. */
  readonly rows: readonly (readonly bigint[])[];
  readonly scale: bigint;
}

export interface Penalty {
  readonly space: CoefficientSpace;
  /** p = n/d in (0, 1], or 2. */
  readonly p: { readonly n: number; readonly d: number };
}

export interface BridgeEnclosure {
  readonly feasibility: Interval;
  readonly offSupport: Interval;
  readonly dualDomain: Interval;
  readonly complementarity: Interval;
  readonly stationarity: Interval;
}

export type BridgeReading =
  | { readonly enclosure: BridgeEnclosure }
  | { readonly enclosure: null; readonly why: string };

const exactly = (x: Q): Interval => ({ lower: x, upper: x });
const positive = (x: Q): Q => (compare(x, ZERO) > 0 ? x : ZERO);

/** |b|^(p-2) for |b| > 0; null where |b| may be 0. */
function weightOf(size: Fixed, { n, d }: Penalty["p"]): Fixed | null {
  if (n === 2 * d) return FIXED_ONE;
  return divFixed(FIXED_ONE, powerFixed(rootFixed(size, d), 2 * d - n));
}

const inner = (a: Coefficient, b: Coefficient): Fixed =>
  timesFixed(addFixed(mulFixed(a.re, b.re), mulFixed(a.im, b.im)), BigInt(a.count));
const squared = (a: Coefficient): Fixed => timesFixed(addFixed(squareFixed(a.re), squareFixed(a.im)), BigInt(a.count));
const times = (a: Coefficient, c: Fixed): Coefficient => ({ ...a, re: mulFixed(a.re, c), im: mulFixed(a.im, c) });

/** coefficients() of vectors of one length, which share their cosines. */
function transformOf(space: CoefficientSpace, D: number): (v: QVector) => Coefficient[] {
  const turns = space === "fourier" ? turnsOf(D) : null;
  return (v) => coefficients(v, space, turns);
}

/** `support` lists indices of coefficients(): 0 ... floor(D/2), or 0 ... D-1 in the signal's own. */
export function bridgeReading(
  { rows, scale }: Rows,
  beta: QVector,
  weights: QVector,
  penalty: Penalty,
  support: readonly number[],
): BridgeReading {
  const no = (why: string): BridgeReading => ({ enclosure: null, why });
  const { n, d } = penalty.p;
  const convex = n === d;
  const smooth = n === 2 * d;
  if (!(n > 0 && d > 0 && (n <= d || smooth))) return no("the exponent must be in (0, 1], or 2");
  const margins = marginsOf(rows, scale, beta);
  const least = leastEntry(margins).value;
  if (compare(least, ZERO) <= 0) return no("the predictor does not separate the data");
  const transform = transformOf(penalty.space, beta.n.length);
  const [b, z] = [transform(beta), transform(combineRows(weights, rows, scale))];
  const inside = b.map((_, k) => support.includes(k));
  if (smooth && inside.includes(false)) return no("for p = 2 every coefficient belongs to the support");
  let [along, targets, gradients] = [FIXED_ZERO, FIXED_ZERO, FIXED_ZERO];
  let [outside, largest, outer] = [FIXED_ZERO, FIXED_ZERO, FIXED_ZERO];
  for (const [k, c] of b.entries()) {
    const size = modulus(c);
    largest = maxFixed(largest, size);
    if (inside[k] !== true) {
      outside = maxFixed(outside, size);
      outer = maxFixed(outer, modulus(z[k]!));
      continue;
    }
    const weight = weightOf(size, penalty.p);
    if (weight === null) return no(`coefficient ${k} of the support may be 0`);
    const target = times(c, weight);
    along = addFixed(along, inner(target, z[k]!));
    targets = addFixed(targets, squared(target));
    gradients = addFixed(gradients, squared(z[k]!));
  }
  const product = mulFixed(targets, gradients);
  if (along.lo <= 0n) return no("on the support the combined points do not point along the penalty's gradient");
  const cosine = divFixed(squareFixed(along), product);
  const share = divFixed(outside, largest);
  const kappa = divFixed(along, targets);
  const ratio = kappa === null ? null : divFixed(outer, kappa);
  if (cosine === null || share === null || ratio === null) return no("a norm of the support may be 0");
  return {
    enclosure: {
      feasibility: exactly(positive(sub(ONE, least))),
      offSupport: fixedBounds(share),
      dualDomain: convex ? fixedBounds(maxFixed(FIXED_ZERO, subFixed(ratio, FIXED_ONE))) : exactly(ZERO),
      complementarity: exactly(sub(div(dot(weights, margins), least), ONE)),
      stationarity: fixedBounds(rootFixed(maxFixed(FIXED_ZERO, subFixed(FIXED_ONE, cosine)), 2)),
    },
  };
}

/** sum of all |b_k|, and the largest, of the transform without its factor D^(-1/2), over `unit`. */
function norms(
  v: QVector,
  transform: (v: QVector) => Coefficient[],
): { readonly sum: Fixed; readonly largest: Fixed; readonly unit: Q } {
  let [sum, largest] = [FIXED_ZERO, FIXED_ZERO];
  for (const c of transform(v)) {
    const size = modulus(c);
    sum = addFixed(sum, timesFixed(size, BigInt(c.count)));
    largest = maxFixed(largest, size);
  }
  return { sum, largest, unit: q(1n << peakBits(v), v.d) };
}

/**
 * Upper bound of 1 - r(beta)/r* for r(b) = min_n m_n(b) / sum_k |bhat_k|, r* its maximum: m(b) <= <z(q), b> <=
 * max |zhat_k| sum |bhat_k| for every q in the simplex. With a witness v also a lower bound, 1 - r(beta)/r(v).
 * Null where beta (or v) does not separate the data.
 */
export function marginGap(
  { rows, scale }: Rows,
  beta: QVector,
  weights: QVector,
  witness: QVector | null,
  space: CoefficientSpace,
): { readonly lower: Q; readonly upper: Q } | null {
  const marginOf = (v: QVector): Q => leastEntry(marginsOf(rows, scale, v)).value;
  const own = marginOf(beta);
  const z = combineRows(weights, rows, scale);
  if (compare(own, ZERO) <= 0 || z.n.every((x) => x === 0n)) return null;
  const transform = transformOf(space, beta.n.length);
  const [b, c] = [norms(beta, transform), norms(z, transform)];
  // unit_b unit_z sum |b| max |z|, over D for the two factors D^(-1/2) of the unitary transform.
  const D = space === "fourier" ? BigInt(beta.n.length) : 1n;
  const scaleOf = q(b.unit.n * c.unit.n, b.unit.d * c.unit.d * D);
  const bound = mulFixed(b.sum, c.largest);
  const ratio = divFixed(fixedFrom(div(own, scaleOf)), bound);
  if (ratio === null) return null;
  const upper = positive(sub(ONE, fixedBounds(ratio).lower));
  if (witness === null) return { lower: ZERO, upper };
  const other = marginOf(witness);
  if (compare(other, ZERO) <= 0) return null;
  const v = norms(witness, transform);
  // r(beta)/r(v) = own sum|v| unit_v / (other sum|b| unit_b).
  const relative = div(q(own.n * v.unit.n * other.d, own.d * v.unit.d * other.n), b.unit);
  const quotient = divFixed(mulFixed(fixedFrom(relative), v.sum), b.sum);
  return quotient === null ? null : { lower: positive(sub(ONE, fixedBounds(quotient).upper)), upper };
}

/** Encloses sum_k |bhat_k| over all D bins of the unitary transform. */
export function fourierNorm(b: QVector): Interval {
  const { sum, unit } = norms(b, transformOf("fourier", b.n.length));
  const root = rootFixed(fixedFrom(q(1n, BigInt(b.n.length))), 2);
  const { lower, upper } = fixedBounds(mulFixed(sum, root));
  return { lower: mul(lower, unit), upper: mul(upper, unit) };
}
