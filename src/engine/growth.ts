/**
 * Is a KKT point of a network of degree 2 a strict saddle of min |w|^2 s.t. margins >= 1, which a run only passes? The velocity
 * J(v)^T z, z = sum q_n z_n, is linear in v there, and a direction v that changes no active margin (orthogonal to the rows
 * J_n(w) of the points with q_n > 0) grows at the rate v.J(v)^T z / |v|^2. One that is faster than w outgrows it, however
 * little of it there is: the second-order condition fails. Directions that do change active margins are held by the weights.
 * Found by powers of the projected map, shifted by the rate of w so that shrinking directions stay behind: what is found does
 * grow, and what is not found may. Source: second-order conditions; the growth-rate argument of Gunasekar et al. 2018.
 * Cost: POWERS pullbacks and projections on at most N rows.
 */
import { randomStream } from "../kernel/seed.js";
import type { Parameterization } from "../models/architecture.js";
import type { SignedData } from "../models/signed-data.js";
import { gaussian } from "../numeric/gaussian.js";
import { axpy, combineRows, dot, norm } from "../numeric/vec.js";

const POWERS = 100;
/** A weight below this share is no part of the limit. */
const ACTIVE = 1e-12;
/** What is left of a row after projection below this share is rounding. */
const LOST = 1e-10;

/** v minus its parts along orthonormal rows, twice, so that rounding leaves nothing of them. */
function project(basis: readonly Float64Array[], v: Float64Array): void {
  for (let pass = 0; pass < 2; pass++) for (const b of basis) axpy(-dot(b, v), b, v);
}

/** An orthonormal basis of the rows J_n(w) of the active points. */
function activeRows(P: Parameterization, { N, D, z }: SignedData, w: Float64Array, q: Float64Array): Float64Array[] {
  const basis: Float64Array[] = [];
  for (let n = 0; n < N && basis.length < w.length; n++) {
    if (!(q[n]! > ACTIVE)) continue;
    const row = new Float64Array(w.length);
    P.pullback(w, z.subarray(n * D, (n + 1) * D), row);
    const size = norm(row);
    project(basis, row);
    const left = norm(row);
    if (left > LOST * size) basis.push(row.map((x) => x / left));
  }
  return basis;
}

/** The largest rate found over that of w, minus 1; 0 where w has none or nothing is faster. `q` in the simplex. */
export function fasterGrowth(P: Parameterization, data: SignedData, w: Float64Array, q: Float64Array): number {
  const z = new Float64Array(data.D);
  combineRows(data.z, q, z);
  const pull = new Float64Array(P.parameters);
  const rateOf = (v: Float64Array): number => {
    P.pullback(v, z, pull);
    return dot(v, pull) / dot(v, v);
  };
  const own = rateOf(w);
  if (!(own > 0)) return 0;
  const basis = activeRows(P, data, w, q);
  if (basis.length >= w.length) return 0;
  const draw = gaussian(randomStream(0n, "growth"));
  const v = Float64Array.from(w, () => draw());
  let fastest = own;
  for (let i = 0; i < POWERS; i++) {
    project(basis, v);
    const size = norm(v);
    for (let k = 0; k < v.length; k++) v[k] = v[k]! / size;
    fastest = Math.max(fastest, rateOf(v));
    for (let k = 0; k < v.length; k++) v[k] = pull[k]! + own * v[k]!;
  }
  return fastest / own - 1;
}
