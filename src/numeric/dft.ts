/**
 * The discrete Fourier transform of any length, F_kl = e^(-2 pi i k l / n) without a factor, on pairs of Float64Array:
 * mixed radix by the prime factors of n, with twiddle factors from one exact octant, so that the bits are the same on every
 * engine. Error: a few units in the last place times log n, times p for a prime factor p.
 * Cost: n times the sum of its prime factors; n^2 for a prime.
 */
import { cos, sin } from "./elementary.js";

export interface Dft {
  readonly length: number;
  /** Transforms (re, im) in place; `inverse` conjugates, and divides by nothing either. */
  transform(re: Float64Array, im: Float64Array, inverse?: boolean): void;
}

function primeFactors(n: number): number[] {
  const factors: number[] = [];
  let rest = n;
  for (let p = 2; p * p <= rest; p++)
    while (rest % p === 0) {
      factors.push(p);
      rest /= p;
    }
  return rest > 1 ? [...factors, rest] : factors;
}

/**
 * cos and sin of 2 pi k / n, from an angle of at most an eighth of a turn, so that symmetric ones are equal to the bit, and
 * those at multiples of an eighth the nearest doubles; elsewhere within 4 units in the last place.
 */
export function turnPart(k: number, n: number): readonly [cos: number, sin: number] {
  const j = ((k % n) + n) % n;
  if (2 * j > n) {
    const [c, s] = turnPart(n - j, n);
    return [c, -s];
  }
  if (4 * j > n) {
    // Half a turn minus the angle, over 2 n to stay with integers.
    const [c, s] = turnPart(n - 2 * j, 2 * n);
    return [-c, s];
  }
  if (8 * j > n) {
    // A quarter turn minus the angle.
    const [c, s] = turnPart(n - 4 * j, 4 * n);
    return [s, c];
  }
  if (8 * j === n) return [Math.SQRT1_2, Math.SQRT1_2];
  const angle = (2 * Math.PI * j) / n;
  return [cos(angle), sin(angle)];
}

export function createDft(length: number): Dft {
  const factors = primeFactors(length);
  const largest = factors.reduce((a, b) => Math.max(a, b), 1);
  const [c, s] = [new Float64Array(length), new Float64Array(length)];
  for (let k = 0; k < length; k++) [c[k], s[k]] = turnPart(k, length);
  const [workRe, workIm] = [new Float64Array(length), new Float64Array(length)];
  const [sumRe, sumIm] = [new Float64Array(largest), new Float64Array(largest)];

  /** From `n` entries of `from`, `stride` apart, to `n` in a row of `to`; the sign of the angle is -1 times `turn`. */
  function step(
    fromRe: Float64Array,
    fromIm: Float64Array,
    at: number,
    stride: number,
    toRe: Float64Array,
    toIm: Float64Array,
    out: number,
    n: number,
    level: number,
    turn: number,
  ): void {
    if (n === 1) {
      toRe[out] = fromRe[at]!;
      toIm[out] = fromIm[at]!;
      return;
    }
    const p = factors[level]!;
    const q = n / p;
    for (let r = 0; r < p; r++)
      step(fromRe, fromIm, at + r * stride, stride * p, toRe, toIm, out + r * q, q, level + 1, turn);
    const unit = length / n;
    for (let k = 0; k < q; k++) {
      for (let t = 0; t < p; t++) {
        let [re, im] = [0, 0];
        const target = k + t * q;
        for (let r = 0; r < p; r++) {
          const phase = (target * r * unit) % length;
          const [x, y] = [toRe[out + r * q + k]!, toIm[out + r * q + k]!];
          const [a, b] = [c[phase]!, -turn * s[phase]!];
          re += a * x - b * y;
          im += a * y + b * x;
        }
        sumRe[t] = re;
        sumIm[t] = im;
      }
      for (let t = 0; t < p; t++) {
        toRe[out + t * q + k] = sumRe[t]!;
        toIm[out + t * q + k] = sumIm[t]!;
      }
    }
  }

  return {
    length,
    transform(re, im, inverse = false) {
      step(re, im, 0, 1, workRe, workIm, 0, length, 0, inverse ? -1 : 1);
      re.set(workRe);
      im.set(workIm);
    },
  };
}
