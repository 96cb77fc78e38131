/**
 * Polynomial maps P: E^m -> E^D times one exact scalar r sqrt(s): coordinates, Jacobian, Hessian, degree, parts,
 * Euler's identity.
 * The scalar keeps a convolution's D^(-(L-1)/2) exact while its coordinates stay integer polynomials.
 */
import { degreeOf, runEnd, withoutUnit } from "./monomial.js";
import {
  compose,
  degreesOf,
  difference,
  evaluate,
  fromTerms,
  gradient,
  isZero,
  type Polynomial,
} from "./polynomial.js";
import { equals, ONE, type Q, sqrtBounds, toNumber } from "./rational.js";

/** rational * sqrt(radicand), radicand a positive integer. */
export interface SqrtScale {
  readonly rational: Q;
  readonly radicand: bigint;
}

export const UNIT_SCALE: SqrtScale = Object.freeze({ rational: ONE, radicand: 1n });

/** base^(-power/2) for a positive integer base, as a rational times at most one square root. */
export function inverseRootPower(base: bigint, power: number): SqrtScale {
  // base^(-power/2) = base^(-ceil(power/2)) * sqrt(base)^(power odd)
  let d = 1n;
  for (let i = 0; i < Math.ceil(power / 2); i++) d *= base;
  return { rational: { n: 1n, d }, radicand: power % 2 === 0 ? 1n : base };
}

export function scaleToNumber(s: SqrtScale): number {
  if (s.radicand === 1n) return toNumber(s.rational);
  const square = { n: s.rational.n * s.rational.n * s.radicand, d: s.rational.d * s.rational.d };
  const root = toNumber(sqrtBounds(square).lower);
  return s.rational.n < 0n ? -root : root;
}

export interface PolyMap<E> {
  /** Names of the m variables, in the order of the parameter vector. */
  readonly names: readonly string[];
  readonly coordinates: readonly Polynomial<E>[];
  readonly scale: SqrtScale;
}

/** The coordinates at a point, without the scale. */
export const evaluateMap = <E>(P: PolyMap<E>, w: readonly E[]): E[] => P.coordinates.map((p) => evaluate(p, w));

/** The Jacobian, D rows of m polynomials, without the scale. */
export const jacobian = <E>(P: PolyMap<E>): Polynomial<E>[][] => P.coordinates.map(gradient);

/** The second derivatives of each coordinate, D symmetric m x m matrices, without the scale. */
export const hessian = <E>(P: PolyMap<E>): Polynomial<E>[][][] =>
  P.coordinates.map((p) => gradient(p).map((slope) => gradient(slope)));

/** P with polynomials put in place of its parameters: P o G, without the scales, over the names of G's variables. */
export const composeMap = <E>(P: PolyMap<E>, by: readonly Polynomial<E>[], names: readonly string[]): PolyMap<E> => ({
  names,
  coordinates: P.coordinates.map((p) => compose(p, by)),
  scale: P.scale,
});

/** The homogeneous parts of P by degree, ascending; each part is a map of the same shape. */
export function homogeneousParts<E>(P: PolyMap<E>): { readonly degree: number; readonly part: PolyMap<E> }[] {
  const degrees = new Set(P.coordinates.flatMap((p) => [...degreesOf(p)]));
  return [...degrees]
    .sort((a, b) => a - b)
    .map((degree) => ({
      degree,
      part: {
        ...P,
        coordinates: P.coordinates.map((p) =>
          fromTerms(
            p.ring,
            p.variables,
            [...p.terms].filter(([k]) => degreeOf(k) === degree),
          ),
        ),
      },
    }));
}

/** Names of the parameters that occur in no coordinate: they cancelled out, or never were there. */
export function deadParameters<E>(P: PolyMap<E>): string[] {
  const alive = new Set<number>();
  for (const p of P.coordinates)
    for (const key of p.terms.keys()) for (let at = 0; at < key.length; at++) alive.add(key.charCodeAt(at));
  return P.names.filter((_, i) => !alive.has(i));
}

/** The common degree of all terms, or `null` when the map is not homogeneous (or is zero). */
export function homogeneousDegree<E>(P: PolyMap<E>): number | null {
  const degrees = new Set<number>();
  for (const p of P.coordinates) for (const d of degreesOf(p)) degrees.add(d);
  const [only] = degrees;
  return degrees.size === 1 && only !== undefined ? only : null;
}

/**
 * Whether sum_i w_i slopes_i = degree * p, for the derivatives of p: each of their terms is asked for at the terms of p it
 * contributes to, so that nothing is multiplied out, and none may be left that no term of p asked for.
 */
function eulerHolds<E>({ ring, terms }: Polynomial<E>, slopes: readonly Polynomial<E>[], degree: number): boolean {
  const factor = ring.ofInteger(BigInt(degree));
  let left = 0;
  for (const slope of slopes) left += slope.terms.size;
  for (const [key, c] of terms) {
    let radial: E | undefined;
    for (let at = 0; at < key.length; at = runEnd(key, at)) {
      const slope = slopes[key.charCodeAt(at)]!.terms.get(withoutUnit(key, at));
      if (slope === undefined) continue;
      radial = radial === undefined ? slope : ring.add(radial, slope);
      left -= 1;
    }
    if (!ring.equals(radial ?? ring.zero, ring.mul(c, factor))) return false;
  }
  return left === 0;
}

/**
 * Euler's identity sum_i w_i dP_k/dw_i = degree * P_k, decided as a polynomial identity in every coordinate: from the
 * derivatives, and not from the degrees of the terms. `slopes` is the Jacobian, for callers who have it already.
 */
export const satisfiesEuler = <E>(P: PolyMap<E>, degree: number, slopes?: readonly Polynomial<E>[][]): boolean =>
  P.coordinates.every((p, k) => eulerHolds(p, slopes?.[k] ?? gradient(p), degree));

/** Whether coordinates and scale are the same (a scale written with another radicand is not seen through). */
export const sameMap = <E>(A: PolyMap<E>, B: PolyMap<E>): boolean =>
  equals(A.scale.rational, B.scale.rational) &&
  A.scale.radicand === B.scale.radicand &&
  A.coordinates.length === B.coordinates.length &&
  A.coordinates.every((p, i) => isZero(difference(p, B.coordinates[i]!)));
