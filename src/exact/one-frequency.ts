/**
 * A stationary point with one frequency k and one active point a: there b_k = t z_ak with t > 0 whatever the exponent, so that
 * the margin of another point n is <z_n, P z_a> / <z_a, P z_a>, P the projection on the frequencies k and D - k. It is exactly 1
 * where sum_ij (z_n - z_a)_i (z_a)_j cos(2 pi k (i - j) / D) is 0: an integer combination of powers of a root of unity, which
 * vanishes only with its residue modulo a cyclotomic polynomial (coefficient-rows.ts). Enclosures leave such a margin open.
 * Cost: D^2 products of integers.
 */
import { restriction } from "./coefficient-rows.js";

/** Is the margin of row n exactly 1 at the point of frequency k with margin 1 on row a? */
export function isOneOn(k: number, active: readonly bigint[], other: readonly bigint[]): boolean {
  const D = active.length;
  const sums = new Array<bigint>(D).fill(0n);
  for (let i = 0; i < D; i++) {
    const away = other[i]! - active[i]!;
    if (away === 0n) continue;
    for (let j = 0; j < D; j++) {
      const product = away * active[j]!;
      for (const turn of [(i - j + D) % D, (j - i + D) % D]) sums[turn] = sums[turn]! + product;
    }
  }
  return restriction("fourier", D, [k])
    .of(sums)
    .every((x) => x === 0n);
}
