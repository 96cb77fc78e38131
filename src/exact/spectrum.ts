/**
 * Rigorous enclosures of a rational vector's coefficients, R^D -> C^(D/2+1) or R^D: the discrete Fourier transform on the
 * circle, not normalized (sum_j b_j e^(-2 pi i jk/D); the unitary one is D^(-1/2) times it), one of each conjugate pair with
 * its multiplicity, or the signal itself. The vector is first scaled by a power of two to entries of about 1, so that only
 * its direction is kept. Cost: D cosines of 240 bits and D^2 products.
 */
import {
  addFixed,
  FIXED_ZERO,
  type Fixed,
  fixedFrom,
  fixedInterval,
  mulFixed,
  rootFixed,
  squareFixed,
  subFixed,
} from "./fixed-interval.js";
import { q } from "./rational.js";
import { cosOfTurn, sinOfTurn } from "./turn.js";
import type { QVector } from "./vector.js";

export type CoefficientSpace = "fourier" | "signal";

export interface Coefficient {
  readonly re: Fixed;
  readonly im: Fixed;
  /** How many of all D coefficients are this one or its conjugate. */
  readonly count: 1 | 2;
}

/** Entries over a power of two near the largest, so that fixed point holds them. */
function scaledEntries({ n }: QVector): Fixed[] {
  const peak = n.reduce((a, x) => (x > a ? x : -x > a ? -x : a), 1n);
  const unit = 1n << BigInt(peak.toString(2).length);
  return n.map((x) => fixedFrom(q(x, unit)));
}

export function coefficients(b: QVector, space: CoefficientSpace): Coefficient[] {
  const entries = scaledEntries(b);
  if (space === "signal") return entries.map((re) => ({ re, im: FIXED_ZERO, count: 1 }));
  const D = entries.length;
  const N = BigInt(D);
  const cosines = entries.map((_, j) => fixedInterval(cosOfTurn(BigInt(j), N)));
  const sines = entries.map((_, j) => fixedInterval(sinOfTurn(BigInt(j), N)));
  return Array.from({ length: Math.floor(D / 2) + 1 }, (_, k) => {
    let [re, im] = [FIXED_ZERO, FIXED_ZERO];
    const own = (2 * k) % D === 0;
    entries.forEach((x, j) => {
      re = addFixed(re, mulFixed(x, cosines[(j * k) % D]!));
      if (!own) im = subFixed(im, mulFixed(x, sines[(j * k) % D]!));
    });
    return { re, im, count: own ? 1 : 2 };
  });
}

/** |c|. */
export const modulus = ({ re, im }: Coefficient): Fixed => rootFixed(addFixed(squareFixed(re), squareFixed(im)), 2);
