/**
 * min sum_k w_k |block_k(b)| s.t. <z_n, b> >= 1 in the coordinates of a block space (block-space.ts): the dual ball is
 * |block_k(z)| <= w_k. Points are scaled to dual norm 1. Cost: one transform a point.
 */
import type { SignedData } from "../models/signed-data.js";
import { dotAt } from "../numeric/vec.js";
import type { Block, BlockSpace } from "./block-space.js";

export interface BlockProblem {
  readonly N: number;
  readonly D: number;
  readonly blocks: readonly Block[];
  /** N rows of D: the points in these coordinates, each over its dual norm. */
  readonly rows: Float64Array;
  /** The dual norms max_k |block_k(z_n)| / w_k. */
  readonly norms: Float64Array;
  /** The predictor of coordinates. */
  readonly signalOf: (b: Float64Array) => Float64Array;
}

/** The length of a block of v. */
export const lengthAt = (v: Float64Array, { at, size }: Block, from = 0): number =>
  size === 1 ? Math.abs(v[from + at]!) : Math.sqrt(dotAt(v, from + at, v, from + at, size));

export const dualNorm = (v: Float64Array, blocks: readonly Block[], from = 0): number =>
  blocks.reduce((most, block) => Math.max(most, lengthAt(v, block, from) / block.weight), 0);

export const primalNorm = (v: Float64Array, blocks: readonly Block[]): number =>
  blocks.reduce((sum, block) => sum + block.weight * lengthAt(v, block), 0);

/** No point may be 0. */
export function blockProblem({ N, D, z }: SignedData, { blocks, forward, backward }: BlockSpace): BlockProblem {
  const rows = new Float64Array(N * D);
  const norms = new Float64Array(N);
  for (let n = 0; n < N; n++) {
    const point = z.slice(n * D, n * D + D);
    const peak = point.reduce((a, x) => Math.max(a, Math.abs(x)), 0);
    const row = forward(point.map((x) => x / peak));
    const norm = dualNorm(row, blocks);
    rows.set(
      row.map((x) => x / norm),
      n * D,
    );
    norms[n] = norm * peak;
  }
  return { N, D, blocks, rows, norms, signalOf: backward };
}
