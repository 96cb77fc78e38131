/**
 * Moduli of the unitary Fourier coefficients of a real vector, |xhat_k| = |sum_j x_j e^(-2 pi i j k / D)| / sqrt(D), for
 * k = 0 ... D/2 (the others are their mirror images): for pictures, from + and * alone, so that the bits are the same
 * everywhere. Error about 1e-13 of the largest. Cost: D^2 / 2. And the dual of a limit, sum q_n y_n x_n, from the document.
 */
import type { DataJSON } from "../kernel/certificate.js";
import type { RunDocument } from "../kernel/document.js";

/** Beyond this nobody could see a coefficient, and the plain transform would take its time. */
export const MOST_FREQUENCIES = 512;

/** Doublings from a 32nd of the angle. */
const DOUBLINGS = 5;

/** cos and sin of 2 pi k / n: the series at a small angle, which is then doubled. */
function turn(k: number, n: number): readonly [cos: number, sin: number] {
  const t = (2 * Math.PI * (k / n - Math.round(k / n))) / 32;
  const u = t * t;
  let c = 1 - (u / 2) * (1 - (u / 12) * (1 - (u / 30) * (1 - u / 56)));
  let s = t * (1 - (u / 6) * (1 - (u / 20) * (1 - (u / 42) * (1 - u / 72))));
  for (let i = 0; i < DOUBLINGS; i++) [c, s] = [1 - 2 * s * s, 2 * s * c];
  return [c, s];
}

/** Null where there is nothing to transform or too much of it. */
export function moduli(x: readonly number[]): readonly number[] | null {
  const D = x.length;
  const frequencies = Math.floor(D / 2) + 1;
  if (D === 0 || frequencies > MOST_FREQUENCIES || !x.every(Number.isFinite)) return null;
  const turns = Array.from({ length: D }, (_, k) => turn(k, D));
  return Array.from({ length: frequencies }, (_, k) => {
    let [re, im] = [0, 0];
    for (const [j, value] of x.entries()) {
      const [c, s] = turns[(j * k) % D]!;
      re += value * c;
      im -= value * s;
    }
    return Math.sqrt((re * re + im * im) / D);
  });
}

/** The data that the certificates of a run are about. */
function dataOf(doc: RunDocument): DataJSON | null {
  for (const c of doc.certificates) if ("data" in c) return c.data;
  return null;
}

/** sum q_n y_n x_n with the run's own weights q; null where the data or the weights are not there. */
export function dualOf(doc: RunDocument): readonly number[] | null {
  const data = dataOf(doc);
  const weights = doc.reached?.limit?.dual;
  if (data === null || weights === undefined || weights.length !== data.X.length) return null;
  const scale = Number(data.scale);
  const z: number[] = (data.X[0] ?? []).map(() => 0);
  for (const [n, q] of weights.entries()) {
    const row = data.X[n] ?? [];
    if (q !== 0) for (const [d, x] of row.entries()) z[d] = (z[d] ?? 0) + (q * (data.y[n] ?? 0) * Number(x)) / scale;
  }
  return z.every(Number.isFinite) ? z : null;
}
