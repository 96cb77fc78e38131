/**
 * min sum_k |b_k|^p s.t. y_n <x_n, beta> >= 1 in floating point, in coordinates x in which R^D keeps its inner product: the
 * signal's own entries, or the parts of the unitary Fourier coefficients on the circle, one of each conjugate pair times
 * sqrt 2. A block is one coefficient; with its count c the penalty is sum c^(1-p/2) |x_block|^p. These numbers only propose:
 * points are certified from the data. Source: Gunasekar et al. 2018. Cost: D^2 a transform.
 */
import type { Penalty } from "../../exact/bridge.js";
import { type Block, blocksOf } from "../../exact/coefficient-rows.js";
import type { Dataset } from "../../kernel/dataset.js";
import { signedData } from "../../models/signed-data.js";
import { turnPart } from "../../numeric/dft.js";
import { pow } from "../../numeric/elementary.js";
import { dotAt } from "../../numeric/vec.js";

export interface PlacedBlock extends Block {
  /** Where its parts stand in x. */
  readonly at: number;
  /** c^(1-p/2). */
  readonly weight: number;
  /** The largest size of this block in a point: times a coefficient, what it can add to a margin. */
  readonly reach: number;
}

export interface StationaryProblem {
  readonly data: Dataset;
  readonly penalty: Penalty;
  readonly p: number;
  readonly N: number;
  readonly D: number;
  readonly blocks: readonly PlacedBlock[];
  /** y_n x_n in the coordinates x, row major. */
  readonly rows: Float64Array;
  /** The coordinates of a signal, and back. */
  toCoordinates(signal: ArrayLike<number>): Float64Array;
  toSignal(x: Float64Array): Float64Array;
}

/** A point in coordinates x, with the multipliers of all N margins. */
export interface Proposal {
  readonly x: Float64Array;
  readonly alpha: Float64Array;
}

/** Rows of the orthogonal change of coordinates. */
function basisOf(blocks: readonly Block[], D: number): readonly Float64Array[] {
  const rows: Float64Array[] = [];
  for (const { index, parts, count } of blocks) {
    const size = Math.sqrt(count / D);
    rows.push(Float64Array.from({ length: D }, (_, j) => size * turnPart(index * j, D)[0]));
    if (parts === 2) rows.push(Float64Array.from({ length: D }, (_, j) => -size * turnPart(index * j, D)[1]));
  }
  return rows;
}

export function stationaryProblem(penalty: Penalty, data: Dataset): StationaryProblem {
  const { N, D, z } = signedData(data);
  const p = penalty.p.n / penalty.p.d;
  const placed: Omit<PlacedBlock, "reach">[] = [];
  let at = 0;
  for (const block of blocksOf(penalty.space, D)) {
    placed.push({ ...block, at, weight: pow(block.count, 1 - p / 2) });
    at += block.parts;
  }
  const basis = penalty.space === "signal" ? null : basisOf(placed, D);
  const toCoordinates = (signal: ArrayLike<number>): Float64Array => {
    const v = Float64Array.from(signal);
    return basis === null ? v : Float64Array.from(basis, (row) => dotAt(row, 0, v, 0, D));
  };
  const toSignal = (x: Float64Array): Float64Array => {
    if (basis === null) return x.slice();
    const out = new Float64Array(D);
    basis.forEach((row, i) => {
      for (let j = 0; j < D; j++) out[j] = out[j]! + x[i]! * row[j]!;
    });
    return out;
  };
  const rows = new Float64Array(N * D);
  for (let n = 0; n < N; n++) rows.set(toCoordinates(z.subarray(n * D, n * D + D)), n * D);
  const points = Array.from({ length: N }, (_, n) => rows.subarray(n * D, n * D + D));
  const blocks = placed.map((block) => ({
    ...block,
    reach: points.reduce((a, z) => Math.max(a, blockSize(z, block)), 0),
  }));
  return { data, penalty, p, N, D, blocks, rows, toCoordinates, toSignal };
}

/** |x_block|. */
export function blockSize(x: Float64Array, { at, parts }: Pick<PlacedBlock, "at" | "parts">): number {
  return parts === 1 ? Math.abs(x[at]!) : Math.sqrt(x[at]! * x[at]! + x[at + 1]! * x[at + 1]!);
}

/** Coordinates of the blocks in a support. */
export const coordinatesOf = ({ blocks }: StationaryProblem, support: readonly number[]): number[] =>
  support.flatMap((k) => Array.from({ length: blocks[k]!.parts }, (_, i) => blocks[k]!.at + i));
