/**
 * min sum_k |bhat_k| (unitary DFT, all D bins) s.t. y_n <x_n, b> >= 1, in half-spectrum coordinates: R^D -> R^D, an isometry.
 * A block is one real bin (k = 0, and D/2 for even D) or the real and imaginary part of one of a pair, times sqrt 2; so
 * |b|_1 = sum w_k |block_k| with w = 1 or sqrt 2, and the dual ball is |block_k(z)| <= w_k. Points are scaled to dual norm 1.
 * Cost: one transform a point.
 */
import type { SignedData } from "../models/signed-data.js";
import { createDft } from "../numeric/dft.js";

export interface Block {
  readonly at: number;
  readonly size: 1 | 2;
  readonly weight: number;
}

export interface FourierProblem {
  readonly N: number;
  readonly D: number;
  readonly blocks: readonly Block[];
  /** N rows of D: the points in these coordinates, each over its dual norm. */
  readonly rows: Float64Array;
  /** The dual norms max_k |zhat_nk|. */
  readonly norms: Float64Array;
}

export function blocksOf(D: number): Block[] {
  const blocks: Block[] = [];
  for (let k = 0, at = 0; 2 * k <= D; k++) {
    const real = k === 0 || 2 * k === D;
    blocks.push({ at, size: real ? 1 : 2, weight: real ? 1 : Math.SQRT2 });
    at += real ? 1 : 2;
  }
  return blocks;
}

/** The length of a block of v. */
export const lengthAt = (v: Float64Array, { at, size }: Block, from = 0): number =>
  size === 1
    ? Math.abs(v[from + at]!)
    : Math.sqrt(v[from + at]! * v[from + at]! + v[from + at + 1]! * v[from + at + 1]!);

export const dualNorm = (v: Float64Array, blocks: readonly Block[], from = 0): number =>
  blocks.reduce((most, block) => Math.max(most, lengthAt(v, block, from) / block.weight), 0);

export const primalNorm = (v: Float64Array, blocks: readonly Block[]): number =>
  blocks.reduce((sum, block) => sum + block.weight * lengthAt(v, block), 0);

/** No point may be 0. */
export function fourierProblem({ N, D, z }: SignedData): FourierProblem {
  const blocks = blocksOf(D);
  const dft = createDft(D);
  const rows = new Float64Array(N * D);
  const norms = new Float64Array(N);
  for (let n = 0; n < N; n++) {
    const [re, im] = [z.slice(n * D, n * D + D), new Float64Array(D)];
    const peak = re.reduce((a, x) => Math.max(a, Math.abs(x)), 0);
    for (let d = 0; d < D; d++) re[d] = re[d]! / peak;
    dft.transform(re, im);
    blocks.forEach(({ at, size, weight }, k) => {
      rows[n * D + at] = (weight * re[k]!) / Math.sqrt(D);
      if (size === 2) rows[n * D + at + 1] = (weight * im[k]!) / Math.sqrt(D);
    });
    const norm = dualNorm(rows, blocks, n * D);
    for (let d = 0; d < D; d++) rows[n * D + d] = rows[n * D + d]! / norm;
    norms[n] = norm * peak;
  }
  return { N, D, blocks, rows, norms };
}

/** The signal of half-spectrum coordinates. */
export function signalOf(b: Float64Array, blocks: readonly Block[]): Float64Array {
  const D = b.length;
  const [re, im] = [new Float64Array(D), new Float64Array(D)];
  blocks.forEach(({ at, size, weight }, k) => {
    re[k] = b[at]! / weight;
    if (size === 1) return;
    im[k] = b[at + 1]! / weight;
    re[D - k] = re[k]!;
    im[D - k] = -im[k]!;
  });
  createDft(D).transform(re, im, true);
  return re.map((x) => x / Math.sqrt(D));
}
