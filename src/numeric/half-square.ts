/**
 * |u|_e and half its square for exponents e > 1 in floating point, with what Newton's method and searches ask of them.
 * Entries are taken over the largest, so that no power leaves the range of doubles. Cost: one power an entry.
 */
import { pow } from "./elementary.js";

/** |u|_e. */
export function powerLength(u: Float64Array, e: number): number {
  let peak = 0;
  for (const x of u) peak = Math.max(peak, Math.abs(x));
  if (peak === 0 || !Number.isFinite(peak)) return peak;
  let sum = 0;
  for (const x of u) sum += pow(Math.abs(x) / peak, e);
  return peak * pow(sum, 1 / e);
}

/** The gradient of |u|_e^2 / 2, e >= 2. */
export function halfSquareGradient(u: Float64Array, e: number): Float64Array {
  const length = powerLength(u, e);
  return u.map((x) => (x === 0 ? 0 : x * pow(Math.abs(x) / length, e - 2)));
}
