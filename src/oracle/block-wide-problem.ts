/**
 * The problem of block-problem.ts in double-double numbers, from the exact data: columns of 1e8 beside columns of 1 leave
 * nothing of the small ones in doubles once a transform has mixed them. Points are scaled by powers of two to a dual norm
 * of 1 to 2, so that the scales are exact; the transform is a matrix of cosines rounded from rigorous ones.
 * Cost: P cosines of 240 bits, P^2 products of wide numbers a point and channel.
 */
import { add, ofNumber, type Q, q, sub, toNumber } from "../exact/rational.js";
import { binsOf, turnsOf } from "../exact/spectrum.js";
import { type QVector, vectorOf } from "../exact/vector.js";
import { type Dataset, signedRows, sizesOf } from "../kernel/dataset.js";
import { divWide, mulWide, negWide, rootWide, type Wide, wide } from "../numeric/double-double.js";
import { dotWide, narrowed, setWide, type WideArray, wideAt, wideFrom, wideZeros } from "../numeric/wide-dense.js";
import { dualNorm } from "./block-problem.js";
import type { Block, BlockSpace } from "./block-space.js";

export interface WideProblem {
  readonly N: number;
  readonly D: number;
  readonly blocks: readonly Block[];
  /** N rows of D in the coordinates of the space, each over `scales`. */
  readonly rows: WideArray;
  /** Powers of two. */
  readonly scales: Float64Array;
  /** The margins asked for, least scale / scale: powers of two. */
  readonly c: Float64Array;
  /** The predictor of coordinates, exactly the sums of doubles found. */
  readonly signalOf: (b: WideArray) => QVector;
}

export function wideOf(x: Q): Wide {
  const hi = toNumber(x);
  return { hi, lo: toNumber(sub(x, ofNumber(hi))) };
}

export const exactOf = ({ hi, lo }: Wide): Q => add(ofNumber(hi), ofNumber(lo));

/** The isometry from a grid to the half spectrum, P rows of P in the order of block-space.ts. */
function transformOf(grid: readonly number[]): WideArray {
  const P = grid.reduce((a, n) => a * n, 1);
  const { cos, sin } = turnsOf(P);
  const root = rootWide(wide(P));
  const middle = ({ lo, hi }: { readonly lo: bigint; readonly hi: bigint }): Wide =>
    divWide(wideOf(q(lo + hi, 1n << 241n)), root);
  const [cosines, sines] = [cos.map(middle), sin.map(middle)];
  const digits = Array.from({ length: P }, (_, j) => {
    let rest = j;
    return grid.map((_, i) => {
      const after = grid.slice(i + 1).reduce((a, n) => a * n, 1);
      const digit = Math.floor(rest / after);
      rest %= after;
      return digit;
    });
  });
  const turn = (j: number, k: number): number =>
    grid.reduce((sum, n, i) => sum + digits[j]![i]! * digits[k]![i]! * (P / n), 0) % P;
  const rootTwo = rootWide(wide(2));
  const rows: Wide[][] = binsOf(grid).flatMap(({ k, count }) => {
    const along = (waves: readonly Wide[], factor: Wide): Wide[] =>
      Array.from({ length: P }, (_, j) => mulWide(factor, waves[turn(j, k)]!));
    return count === 1 ? [along(cosines, wide(1))] : [along(cosines, rootTwo), along(sines, negWide(rootTwo))];
  });
  return wideFrom(rows.flat());
}

/** The power of two below x > 0, or equal. */
function powerBelow(x: number): number {
  let power = 1;
  while (power > x) power /= 2;
  while (2 * power <= x) power *= 2;
  return power;
}

/** `exponent` as in signedData: the data are taken times 2^-exponent. */
export function wideProblem(data: Dataset, exponent: number, space: BlockSpace): WideProblem {
  const { N, D } = sizesOf(data);
  const { blocks, grid, channels } = space;
  const P = D / channels;
  const F = grid === null ? null : transformOf(grid);
  const [up, down] = [BigInt(Math.max(0, -exponent)), BigInt(Math.max(0, exponent))];
  const scale = data.scale << down;
  // Rows r P ... of the transform belong to channel r; both index maps keep channels of a position together.
  const places = placesOf(blocks, P, channels);
  const forward = (x: WideArray): WideArray => {
    if (F === null) return x;
    const out = wideZeros(D);
    for (let r = 0; r < channels; r++) {
      const own = wideZeros(P);
      for (let g = 0; g < P; g++) setWide(own, g, wideAt(x, g * channels + r));
      for (let i = 0; i < P; i++) setWide(out, places[i]! + r, dotWide(F, i * P, own, 0, P));
    }
    return out;
  };
  const transposed = F === null ? null : wideZeros(P * P);
  if (F !== null)
    for (let i = 0; i < P; i++) for (let g = 0; g < P; g++) setWide(transposed!, g * P + i, wideAt(F, i * P + g));
  const backward = (b: WideArray): WideArray => {
    if (transposed === null) return b;
    const out = wideZeros(D);
    for (let r = 0; r < channels; r++) {
      const own = wideZeros(P);
      for (let i = 0; i < P; i++) setWide(own, i, wideAt(b, places[i]! + r));
      for (let g = 0; g < P; g++) setWide(out, g * channels + r, dotWide(transposed, g * P, own, 0, P));
    }
    return out;
  };
  const [rows, scales] = [wideZeros(N * D), new Float64Array(N)];
  signedRows(data).forEach((row, n) => {
    const point = forward(wideFrom(row.map((x) => wideOf(q(x << up, scale)))));
    const power = powerBelow(dualNorm(narrowed(point), blocks));
    scales[n] = power;
    rows.set(
      point.map((x) => x / power),
      2 * n * D,
    );
  });
  const least = scales.reduce((x, y) => Math.min(x, y), Number.POSITIVE_INFINITY);
  return {
    N,
    D,
    blocks,
    rows,
    scales,
    c: scales.map((x) => least / x),
    signalOf: (b) => {
      const signal = backward(b);
      return vectorOf(Array.from({ length: D }, (_, d) => exactOf(wideAt(signal, d))));
    },
  };
}

/** Where channel 0 of each row of the transform stands among the coordinates. */
function placesOf(blocks: readonly Block[], P: number, channels: number): number[] {
  const places = blocks.flatMap(({ at, size }) =>
    Array.from({ length: size / channels }, (_, part) => at + part * channels),
  );
  return places.length === P ? places : [];
}
