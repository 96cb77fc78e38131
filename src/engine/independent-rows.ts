/**
 * Of active data rows, restricted to the coordinates of a support, those that are linearly independent: a pivoted Cholesky
 * factorization by the rows' weights, the heaviest first. Cost: A^2 S for A rows of S coordinates.
 */
import type { SignedData } from "../models/signed-data.js";
import { norm } from "../numeric/vec.js";

/** What a row has of its own, relative to its length, below which it depends on those before it. */
const OWN = 1e-9;

export function independentRows(
  { D, z }: SignedData,
  rows: readonly number[],
  places: readonly number[],
  weights: Float64Array,
): { readonly kept: number[]; readonly dropped: number } {
  const basis: Float64Array[] = [];
  const kept: number[] = [];
  for (const n of [...rows].sort((a, b) => weights[b]! - weights[a]!)) {
    const row = Float64Array.from(places, (d) => z[n * D + d]!);
    const whole = norm(row);
    if (basis.length === places.length || whole === 0) continue;
    // Twice, so that rounding of the first pass does not count as its own.
    for (let pass = 0; pass < 2; pass++)
      for (const e of basis) {
        let along = 0;
        for (let i = 0; i < row.length; i++) along += e[i]! * row[i]!;
        for (let i = 0; i < row.length; i++) row[i] = row[i]! - along * e[i]!;
      }
    const own = norm(row);
    if (!(own > OWN * whole)) continue;
    basis.push(row.map((x) => x / own));
    kept.push(n);
  }
  return { kept: kept.sort((a, b) => a - b), dropped: rows.length - kept.length };
}
