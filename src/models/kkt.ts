/**
 * The KKT system in parameter space of min |w|^2 / 2 s.t. m_n = y_n <x_n, P(w)> >= 1: w = J(w)^T z with
 * z = sum_n alpha_n y_n x_n, alpha >= 0, alpha_n (m_n - 1) = 0. As polynomials in w and z, and compiled: a fast residual
 * on Float64Array that a law holds to the exact one.
 */
import { variableKey } from "../exact/monomial.js";
import type { PolyMap } from "../exact/polymap.js";
import { fromTerms, gradient, type Polynomial, product, sumOf } from "../exact/polynomial.js";
import { ONE, type Q } from "../exact/rational.js";
import { rationals } from "../exact/ring.js";
import type { Parameterization } from "./architecture.js";
import type { SignedData } from "./signed-data.js";

/**
 * (J~(w)^T z)_i for each parameter, over the parameters followed by z_0 ... z_(D-1) (or another letter): the right sides of w_i = ..., without
 * the scalar in front of the map.
 */
export function pulledBack(
  P: PolyMap<Q>,
  letter = "z",
): {
  readonly names: readonly string[];
  readonly sides: readonly Polynomial<Q>[];
} {
  const m = P.names.length;
  const total = m + P.coordinates.length;
  const z = (d: number): Polynomial<Q> => fromTerms(rationals, total, [[variableKey(m + d), ONE]]);
  const slopes = P.coordinates.map((p) => gradient(p));
  const sides = P.names.map((_, i) => {
    const parts = slopes.map((row, d) => product({ ...row[i]!, variables: total }, z(d)));
    return sumOf(parts);
  });
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
