/**
 * How far a predictor beta with weights q in the simplex is from a first-order stationary point of min sum_k |b_k|^p s.t.
 * margins >= 1, b = the coefficients of beta (Fourier or signal), in rigorous enclosures. With z = sum_n q_n y_n x_n and a
 * given support S (the other coefficients count as 0), up to one positive scalar kappa, <z,g>/<g,g> for g = |b|^(p-2) b on S:
 *   z_k = kappa |b_k|^(p-2) b_k on S; for p = 1 also |z_k| <= kappa off S; for p < 1 nothing there; for p = 2 S is all.
 * Parts: feasibility max(0, 1 - least margin of beta); offSupport, the largest |b_k| off S over the largest of all;
 * dualDomain max(0, |z_k|/kappa - 1) off S (p = 1); complementarity (q.m - min m)/min m; stationarity, the sine of the angle
 * between z and |b|^(p-2) b on S. The weights are the run's own: with fitted ones nearly every p would pass.
 * Source: Gunasekar et al. 2018. Cost: two transforms.
 */
import {
  addFixed,
  divFixed,
  FIXED_ONE,
  FIXED_ZERO,
  type Fixed,
  fixedBounds,
  maxFixed,
  mulFixed,
  powerFixed,
  rootFixed,
  squareFixed,
  subFixed,
  timesFixed,
} from "./fixed-interval.js";
import { positive, type Rows } from "./norms/enclosed.js";
import { compare, div, ONE, type Q, sub, ZERO } from "./rational.js";
import { type Coefficient, type CoefficientSpace, coefficients, modulus, turnsOf } from "./spectrum.js";
import type { Interval } from "./turn.js";
import { combineRows, dot, leastEntry, marginsOf, type QVector } from "./vector.js";

export type { Rows } from "./norms/enclosed.js";

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
