/**
 * From a predictor back to parameters of a run, R^D -> R^m, scaled to |w| = 1: where a run has been polished, the parameters of
 * its limit. In block coordinates L layers of equal moduli, all phases but the last as in the run; for fully connected
 * networks rank-one layers of equal norms, their inner vectors as in the run. Cost: one pass over the parameters.
 */
import type { Parameterization } from "../models/architecture.js";
import type { CoordinatewiseForm } from "../models/coordinatewise.js";
import { pow } from "../numeric/elementary.js";
import { dotAt, length2, norm } from "../numeric/vec.js";

const toUnit = (w: Float64Array): Float64Array => {
  const length = norm(w);
  return w.map((x) => x / length);
};

/** In block coordinates; `v` is the direction of the run there. */
export function balancedLift(
  { blocks, P, depth: L }: CoordinatewiseForm,
  beta: Float64Array,
  v: Float64Array,
): Float64Array {
  const D = P.dimensions.dim;
  if (L === 1) return toUnit(beta);
  const w = new Float64Array(L * D);
  const top = blocks.reduce((most, { at, complex }) => {
    return Math.max(most, Math.abs(beta[at]!), complex ? Math.abs(beta[at + 1]!) : 0);
  }, 0);
  const root = (x: number): number => (L === 2 ? Math.sqrt(x) : pow(x, 1 / L));
  for (const { at, complex } of blocks) {
    const [x, y] = [beta[at]! / top, complex ? beta[at + 1]! / top : 0];
    const size = length2(x, y);
    if (size === 0) continue;
    if (!complex) {
      const r = root(size);
      let sign = x < 0 ? -1 : 1;
      for (let l = 0; l < L - 1; l++) {
        const own = v[l * D + at]! < 0 ? -1 : 1;
        w[l * D + at] = own * r;
        sign *= own;
      }
      w[(L - 1) * D + at] = sign * r;
      continue;
    }
    // beta_b = 2^((1-L)/2) prod w_l,b: moduli r with r^L = 2^((L-1)/2) |beta_b|.
    const r = root(size * (L === 2 ? Math.SQRT2 : pow(2, (L - 1) / 2)));
    let [c, s] = [x / size, y / size];
    for (let l = 0; l < L - 1; l++) {
      const [a, b] = [v[l * D + at]!, v[l * D + at + 1]!];
      const run = length2(a, b);
      const [e, f] = run > 0 ? [a / run, b / run] : [1, 0];
      w[l * D + at] = r * e;
      w[l * D + at + 1] = r * f;
      [c, s] = [c * e + s * f, s * e - c * f];
    }
    w[(L - 1) * D + at] = r * c;
    w[(L - 1) * D + at + 1] = r * s;
  }
  return toUnit(w);
}

/** Layers (out x in), input side first, along `beta`; null where the run's own layers do not lead there. */
export function rankOneLift(P: Parameterization, beta: Float64Array, v: Float64Array): Float64Array | null {
  const w = new Float64Array(P.parameters);
  let from = toUnit(beta);
  let at = 0;
  for (const [l, { rows, columns }] of P.layers.entries()) {
    const to = new Float64Array(rows);
    for (let i = 0; i < rows; i++) to[i] = dotAt(v, at + i * columns, from, 0, columns);
    const length = norm(to);
    if (!(length > 0) || (l === P.layers.length - 1 && rows === 1 && !(to[0]! > 0))) return null;
    for (let i = 0; i < rows; i++) {
      to[i] = to[i]! / length;
      for (let j = 0; j < columns; j++) w[at + i * columns + j] = to[i]! * from[j]!;
    }
    from = to;
    at += rows * columns;
  }
  return toUnit(w);
}
