/**
 * The KKT system in parameter space of min |w|^2 / 2 s.t. m_n = y_n <x_n, P(w)> >= 1: w = J(w)^T z with
 * z = sum_n alpha_n y_n x_n, alpha >= 0, alpha_n (m_n - 1) = 0. As polynomials in w and z, and compiled: a fast residual
 * on Float64Array that a law holds to the exact one.
 */
import { factorsOf, variableKey, withoutOne } from "../exact/monomial.js";
import type { PolyMap } from "../exact/polymap.js";
import { fromTerms, type Polynomial } from "../exact/polynomial.js";
import { mul, type Q, q } from "../exact/rational.js";
import { rationals } from "../exact/ring.js";
import type { Parameterization } from "./architecture.js";
import type { SignedData } from "./signed-data.js";

/** Terms of all right sides together, without making them. */
export const pulledBackTerms = (P: PolyMap<Q>): number =>
  P.coordinates.reduce((n, p) => [...p.terms.keys()].reduce((s, key) => s + factorsOf(key).length, n), 0);

/**
 * (J~(w)^T z)_i for each parameter, over the parameters followed by z_0 ... z_(D-1) (or another letter): the right sides of
 * w_i = ..., without the scalar in front of the map. Cost: their terms.
 */
export function pulledBack(
  P: PolyMap<Q>,
  letter = "z",
): {
  readonly names: readonly string[];
  readonly sides: readonly Polynomial<Q>[];
} {
  const m = P.names.length;
  const terms = P.names.map((): [string, Q][] => []);
  // No two terms of a side are alike: each names its coordinate by z_d, which comes last in a key.
  P.coordinates.forEach((p, d) => {
    for (const [key, c] of p.terms)
      for (const [v, k] of factorsOf(key))
        terms[v]!.push([withoutOne(key, v) + variableKey(m + d), k === 1 ? c : mul(c, q(BigInt(k)))]);
  });
  const sides = terms.map((side) => fromTerms(rationals, m + P.coordinates.length, side));
  return { names: [...P.names, ...P.coordinates.map((_, d) => `${letter}_${d}`)], sides };
}

export interface KktResidual {
  /** |w - J(w)^T z|_2 / |w|_2. */
  readonly stationarity: number;
  /** max_n alpha_n |m_n - 1|. */
  readonly complementarity: number;
  /** max(0, 1 - least margin). */
  readonly feasibility: number;
}

/** The residual as a function of w and alpha; allocates once. */
export function compileKkt(
  P: Parameterization,
  data: SignedData,
): (w: Float64Array, alpha: Float64Array) => KktResidual {
  const D = P.dimensions.dim;
  const [beta, z] = [new Float64Array(D), new Float64Array(D)];
  const back = new Float64Array(P.parameters);
  return (w, alpha) => {
    P.apply(w, beta);
    z.fill(0);
    let complementarity = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let n = 0; n < data.N; n++) {
      let margin = 0;
      for (let d = 0; d < D; d++) {
        margin += data.z[n * D + d]! * beta[d]!;
        z[d] = z[d]! + alpha[n]! * data.z[n * D + d]!;
      }
      least = Math.min(least, margin);
      complementarity = Math.max(complementarity, Math.abs(alpha[n]! * (margin - 1)));
    }
    P.pullback(w, z, back);
    let [distance, size] = [0, 0];
    for (let i = 0; i < w.length; i++) {
      distance += (w[i]! - back[i]!) * (w[i]! - back[i]!);
      size += w[i]! * w[i]!;
    }
    return {
      stationarity: size === 0 ? Math.sqrt(distance) : Math.sqrt(distance / size),
      complementarity,
      feasibility: Math.max(0, 1 - least),
    };
  };
}
