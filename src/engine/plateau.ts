/**
 * Past a plateau of the loss, R^m -> R^m: near a saddle a part of the parameters as small as 1e-30 grows exponentially while
 * the loss stands still to the last bit, so that a descent which asks every step to lower it must end there. Plain gradient
 * steps of half the inverse of the largest curvature seen, without asking, until the loss has fallen visibly. The steps are
 * those of a discretized flow as before. Cost: one apply and one pullback a step; at most MOST steps.
 * Source of the estimate: Malitsky, Mishchenko 2020.
 */
import type { Parameterization } from "../models/architecture.js";
import type { LossFunction } from "../models/loss.js";
import type { SignedData } from "../models/signed-data.js";
import { combineRows, norm, rowProducts } from "../numeric/vec.js";

const MOST = 100_000;
const LOOK = 64;
/** A fall of log(loss) that is no rounding. */
const VISIBLE = 1e-6;
/** Relative length of the first step. */
const FIRST = 1e-6;

export interface PlateauOptions {
  readonly P: Parameterization;
  readonly data: SignedData;
  readonly loss: LossFunction;
  readonly start: Float64Array;
  readonly stepFactor: number;
  /** Asked now and then; true ends it. */
  readonly cancelled: () => boolean;
}

/** Parameters behind the plateau, or null where the loss stayed where it was. */
export function passPlateau(o: PlateauOptions): { readonly parameters: Float64Array; readonly steps: number } | null {
  const { P, data, loss } = o;
  const beta = new Float64Array(data.D);
  const combined = new Float64Array(data.D);
  const margins = new Float64Array(data.N);
  const weights = new Float64Array(data.N);
  const w = Float64Array.from(o.start);
  let [u, next] = [new Float64Array(w.length), new Float64Array(w.length)];
  const look = (out: Float64Array): number => {
    P.apply(w, beta);
    rowProducts(data.z, beta, margins);
    const logLoss = loss.evaluate(margins, weights);
    combineRows(data.z, weights, combined);
    P.pullback(w, combined, out);
    return logLoss;
  };
  const standing = look(u);
  const size = norm(u);
  if (!(size > 0) || !Number.isFinite(standing)) return null;
  let h = (FIRST * norm(w)) / size;
  let curvature = 0;
  for (let step = 1; step <= MOST; step++) {
    let moved = 0;
    for (let i = 0; i < w.length; i++) {
      w[i] = w[i]! + h * u[i]!;
      moved += h * h * u[i]! * u[i]!;
    }
    const logLoss = look(next);
    let turned = 0;
    for (let i = 0; i < w.length; i++) turned += (next[i]! - u[i]!) * (next[i]! - u[i]!);
    [u, next] = [next, u];
    if (moved > 0) curvature = Math.max(curvature, Math.sqrt(turned / moved));
    if (curvature > 0) h = Math.min(2 * h, o.stepFactor / (2 * curvature));
    if (step % LOOK !== 0) continue;
    if (!Number.isFinite(logLoss) || o.cancelled()) return null;
    if (logLoss < standing - VISIBLE) return { parameters: w, steps: step };
  }
  return null;
}
