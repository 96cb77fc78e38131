/**
 * How far parameters w and weights q are from the first-order conditions of min |w|^2 s.t. margins >= 1, measured on the
 * network itself, in its own coordinates. Source: Lyu, Li 2020; Gunasekar et al. 2018. Cost: one apply and one pullback.
 */
import type { Parameterization } from "../models/architecture.js";
import type { SignedData } from "../models/signed-data.js";
import { combineRows, dot, norm, rowProducts } from "../numeric/vec.js";

export interface KktParts {
  /** Sine of the angle between w and J(w)^T sum q_n z_n. */
  readonly stationarity: number;
  /** (q.m - min m) / min m. */
  readonly complementarity: number;
  /** The largest of: 1 - least margin of the predictor reported, a weight below 0, and what the weights' sum is off 1. */
  readonly feasibility: number;
}

/** The residuals of the network itself, in its own coordinates. */
export function kktParts(
  P: Parameterization,
  data: SignedData,
  w: Float64Array,
  q: Float64Array,
): { readonly parts: KktParts; readonly beta: Float64Array } | null {
  const { N, D, z } = data;
  const beta = new Float64Array(D);
  const margins = new Float64Array(N);
  const combined = new Float64Array(D);
  const pull = new Float64Array(P.parameters);
  P.apply(w, beta);
  rowProducts(z, beta, margins);
  combineRows(z, q, combined);
  P.pullback(w, combined, pull);
  const least = leastMargin(beta, data);
  const size = norm(pull);
  if (!(least > 0) || size === 0) return null;
  const along = dot(w, pull) / norm(w);
  let off = 0;
  for (let i = 0; i < w.length; i++) {
    const x = pull[i]! - (along * w[i]!) / norm(w);
    off += x * x;
  }
  const scaled = beta.map((b) => b / least);
  const total = q.reduce((a, b) => a + b, 0);
  return {
    beta: scaled,
    parts: {
      stationarity: along > 0 ? Math.sqrt(off) / size : 1,
      complementarity: Math.max(0, (dot(q, margins) - least) / least), // below 0 by rounding only
      feasibility: Math.max(
        0,
        1 - leastMargin(scaled, data),
        -q.reduce((a, b) => Math.min(a, b), 0),
        Math.abs(total - 1),
      ),
    },
  };
}

export function leastMargin(beta: Float64Array, { N, z }: SignedData): number {
  const m = new Float64Array(N);
  rowProducts(z, beta, m);
  return m.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}
