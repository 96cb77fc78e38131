/** Signals for the tests of convolutional networks: drawn numbers, complex vectors, naive transforms on any torus. */
import FFT from "fft.js";
import { randomStream } from "../../../src/kernel/seed.js";
import { cos, sin } from "../../../src/numeric/elementary.js";

export type Complex = readonly [re: number, im: number];
export const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
export const conjugate = ([a, b]: Complex): Complex => [a, -b];
export const gap = (a: readonly Complex[], b: readonly Complex[]): number =>
  Math.max(...a.map(([re, im], k) => Math.abs(re - b[k]![0]) + Math.abs(im - b[k]![1])));

/** The unitary DFT by its definition. */
export function transform(a: ArrayLike<number>): Complex[] {
  const D = a.length;
  return Array.from({ length: D }, (_, k): Complex => {
    let [re, im] = [0, 0];
    for (let d = 0; d < D; d++) {
      const angle = (2 * Math.PI * ((k * d) % D)) / D;
      re += a[d]! * cos(angle);
      im -= a[d]! * sin(angle);
    }
    return [re / Math.sqrt(D), im / Math.sqrt(D)];
  });
}

/** The same by fft.js, for powers of two. */
export function transformByFft(a: ArrayLike<number>): Complex[] {
  const D = a.length;
  const fft = new FFT(D);
  const out = new Float64Array(2 * D);
  fft.transform(out, fft.toComplexArray(Array.from(a), null));
  return Array.from({ length: D }, (_, k): Complex => [out[2 * k]! / Math.sqrt(D), out[2 * k + 1]! / Math.sqrt(D)]);
}

export const productOf = (factors: readonly (readonly Complex[])[]): Complex[] =>
  factors.reduce<Complex[]>(
    (p, f) => p.map((x, k) => times(x, f[k]!)),
    factors[0]!.map((): Complex => [1, 0]),
  );

export function drawn(length: number, seed: number): Float64Array {
  const stream = randomStream(BigInt(seed), "composition");
  return Float64Array.from({ length }, () => 2 * stream.uniform() - 1);
}

/** The unitary DFT on the torus Z_a x Z_b by its definition, row major. */
export function transform2d(v: ArrayLike<number>, [a, b]: readonly [number, number]): Complex[] {
  return Array.from({ length: a * b }, (_, k): Complex => {
    let [re, im] = [0, 0];
    for (let r = 0; r < a; r++)
      for (let c = 0; c < b; c++) {
        const angle = 2 * Math.PI * (((Math.floor(k / b) * r) % a) / a + (((k % b) * c) % b) / b);
        re += v[r * b + c]! * cos(angle);
        im -= v[r * b + c]! * sin(angle);
      }
    return [re / Math.sqrt(a * b), im / Math.sqrt(a * b)];
  });
}
