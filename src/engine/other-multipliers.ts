/**
 * Are there other multipliers at the end of a run? Its weights q solve w = c J(w)^T sum_n q_n z_n; where the rows J(w)^T z_n of
 * points with q_n > 0 combine to 0, or to that of another point of least margin, so do others near q, and the conditions of
 * the limit do not say which of them the softmax of the run tends to. Then no condition is refuted with the weights shown.
 * Cost: A^2 m for A points of least margin and m parameters, times those that carry nothing.
 */
import type { Parameterization } from "../models/architecture.js";
import type { SignedData } from "../models/signed-data.js";
import { independentRows } from "./independent-rows.js";

/** Weights and relative slacks below this are none. */
const NONE = 1e-9;

/** How many directions of weights are free, at least. `w` in the coordinates of `data`, separating them. */
export function freeWeights(P: Parameterization, { D, z }: SignedData, w: Float64Array, q: Float64Array): number {
  const m = P.parameters;
  const beta = new Float64Array(D);
  P.apply(w, beta);
  const margins = Array.from(q, (_, n) => beta.reduce((s, b, d) => s + b * z[n * D + d]!, 0));
  const least = margins.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const carrying = margins.map((_, n) => n).filter((n) => q[n]! > NONE);
  const idle = margins.map((_, n) => n).filter((n) => !(q[n]! > NONE) && margins[n]! <= least * (1 + NONE));
  const dependent = (points: readonly number[]): number => {
    const rows = new Float64Array(points.length * m);
    points.forEach((n, i) => {
      P.pullback(w, z.subarray(n * D, (n + 1) * D), rows.subarray(i * m, (i + 1) * m));
    });
    const places = Array.from({ length: m }, (_, i) => i);
    const weights = Float64Array.from(points, (n) => q[n]!);
    return independentRows({ N: points.length, D: m, z: rows }, Array.from(points.keys()), places, weights).dropped;
  };
  const own = dependent(carrying);
  // An idle point whose row those of the others combine could carry something in their place.
  return own + idle.filter((n) => dependent([...carrying, n]) > own).length;
}

/** A sentence for a reader of the weights. */
export const otherMultipliers = (free: number): string =>
  `the limit has other multipliers as well (${free} direction${free === 1 ? "" : "s"} of weights ${free === 1 ? "is" : "are"} free): those shown are one choice, and the softmax of the run may tend to another`;
