/**
 * Whether a block norm's predictor of max margin and its multipliers are the only optimal ones, as observed in floating
 * point: true where even the relaxed conditions leave no direction, false where even the strict ones leave one, null between
 * (theory: full column rank of <z_k, r_nk> on the points of margin 1 and the blocks with |z_k| = w_k; for the multipliers,
 * independent points on the blocks that live). Cost: four eliminations.
 */
import { mulWide, narrow, wide } from "../numeric/double-double.js";
import { dotAt } from "../numeric/vec.js";
import {
  dotWide,
  narrowed,
  setWide,
  solveConsistentWide,
  type WideArray,
  wideAt,
  wideZeros,
} from "../numeric/wide-dense.js";
import { combine, type Pair } from "./block-barrier.js";
import { type BlockProblem, lengthAt, primalNorm } from "./block-problem.js";
import type { Block } from "./block-space.js";
import { combineWide, type WidePair } from "./block-wide-barrier.js";
import { slacksOf } from "./block-wide-polish.js";
import type { WideProblem } from "./block-wide-problem.js";

/** The rank of rows of `width`, by elimination with complete pivoting; below `least` of the largest entry is nothing. */
function rankOf(matrix: readonly (readonly number[])[], least: number): number {
  const M = matrix.map((row) => [...row]);
  const width = M[0]?.length ?? 0;
  const peak = M.flat().reduce((a, x) => Math.max(a, Math.abs(x)), 0);
  let rank = 0;
  for (; rank < Math.min(M.length, width); rank++) {
    let [row, column] = [rank, rank];
    for (let i = rank; i < M.length; i++)
      for (let j = rank; j < width; j++) if (Math.abs(M[i]![j]!) > Math.abs(M[row]![column]!)) [row, column] = [i, j];
    if (!(Math.abs(M[row]![column]!) > least * peak)) break;
    [M[rank], M[row]] = [M[row]!, M[rank]!];
    for (const r of M) [r[rank], r[column]] = [r[column]!, r[rank]!];
    for (let i = rank + 1; i < M.length; i++) {
      const f = M[i]![rank]! / M[rank]![rank]!;
      for (let j = rank; j < width; j++) M[i]![j] = M[i]![j]! - f * M[rank]![j]!;
    }
  }
  return rank;
}

/** What counts as tight, as alive, and as independent, in floating point. */
const TIGHT = 1e-9;
/** Rounding of a margin, relative to the norms of its factors. */
const NOISE = 1e-13;
/** Of double-double numbers less than this is rounding, and more than that is not. */
const [SURELY_NOTHING, SURELY_SOMETHING] = [1e-24, 1e-18];

export interface Unique {
  readonly beta: boolean | null;
  readonly dual: boolean | null;
}

/** At least and at most. */
interface Rank {
  readonly least: number;
  readonly most: number;
}

interface Sets {
  readonly tight: readonly Block[];
  readonly alive: readonly Block[];
  readonly active: readonly number[];
  readonly carriers: readonly number[];
}

function settled(
  { tight, alive, active, carriers }: Sets,
  radial: (points: readonly number[], on: readonly Block[]) => Rank,
  whole: (points: readonly number[], on: readonly Block[]) => Rank,
): Unique {
  const settle = (certain: boolean, refuted: boolean): boolean | null => (certain ? true : refuted ? false : null);
  return {
    beta: settle(radial(carriers, tight).least === tight.length, radial(active, alive).most < alive.length),
    dual: settle(whole(active, alive).least === active.length, whole(carriers, tight).most < carriers.length),
  };
}

/**
 * Predictor and multipliers count only up to a factor each. Where they are optimal <z, b> is the margin of the points that carry
 * times sum c_n a_n, and the norm of b times the dual one of z: both are taken from it, since single ones may be noise.
 */
export function observedUnique(p: BlockProblem, c: Float64Array, { a, b }: Pair): Unique {
  const { N, D, blocks, rows } = p;
  const z = combine(p, a);
  const norm = primalNorm(b, blocks);
  const margins = Array.from({ length: N }, (_, n) => dotAt(rows, n * D, b, 0, D) / c[n]!);
  const total = c.reduce((sum, x, n) => sum + x * a[n]!, 0);
  const [common, peak] = [dotAt(z, 0, b, 0, D) / total, dotAt(z, 0, b, 0, D) / norm];
  // A margin of 1 that is the rest of larger numbers is known less well.
  const active = margins.flatMap((m, n) =>
    Math.abs(m / common - 1) < Math.max(TIGHT, (NOISE * norm) / (common * c[n]!)) ? [n] : [],
  );
  const rank = (matrix: readonly (readonly number[])[]): Rank => {
    const found = rankOf(matrix, TIGHT);
    return { least: found, most: found };
  };
  return settled(
    {
      tight: blocks.filter((block) => Math.abs(1 - lengthAt(z, block) / block.weight / peak) < TIGHT),
      alive: blocks.filter((block) => (block.weight * lengthAt(b, block)) / norm > TIGHT),
      active,
      carriers: active.filter((n) => a[n]! > TIGHT),
    },
    (points, on) => rank(points.map((n) => on.map(({ at, size }) => dotAt(z, at, rows, n * D + at, size)))),
    (points, on) =>
      rank(points.map((n) => on.flatMap(({ at, size }) => Array.from(rows.subarray(n * D + at, n * D + at + size))))),
  );
}

/** Of a matrix of wide numbers, its rows and then its columns scaled by their largest entries. */
function wideRank(rows: number, width: number, given: WideArray): Rank {
  const n = Math.max(rows, width);
  const M = wideZeros(n * n);
  const scaled = (count: number, length: number, index: (i: number, j: number) => number, A: WideArray): void => {
    for (let i = 0; i < count; i++) {
      let peak = 0;
      for (let j = 0; j < length; j++) peak = Math.max(peak, Math.abs(A[2 * index(i, j)]!));
      if (peak === 0) continue;
      const factor = wide(1 / peak);
      for (let j = 0; j < length; j++) setWide(A, index(i, j), mulWide(factor, wideAt(A, index(i, j))));
    }
  };
  for (let i = 0; i < rows; i++) M.set(given.subarray(2 * i * width, 2 * (i + 1) * width), 2 * i * n);
  scaled(rows, width, (i, j) => i * n + j, M);
  scaled(width, rows, (j, i) => i * n + j, M);
  const rank = (lost: number): number => solveConsistentWide(M.slice(), wideZeros(n), n, lost);
  return { least: rank(SURELY_SOMETHING), most: rank(SURELY_NOTHING) };
}

export function observedUniqueWide(p: WideProblem, pair: WidePair): Unique {
  const { D, blocks, rows } = p;
  const z = combineWide(p, pair.a);
  const b = narrowed(pair.b);
  const norm = primalNorm(b, blocks);
  const { ofBlocks, ofPoints } = slacksOf(p, pair);
  const total = p.c.reduce((sum, x, n) => sum + x * pair.a[2 * n]!, 0);
  const inner = narrow(dotWide(z, 0, pair.b, 0, D));
  const [common, peak] = [inner / total, inner / norm];
  const active = ofPoints.flatMap((slack, n) => (Math.abs((1 + slack) / common - 1) < TIGHT ? [n] : []));
  return settled(
    {
      tight: blocks.filter((_, k) => Math.abs(1 - (1 - ofBlocks[k]!) / peak) < TIGHT),
      alive: blocks.filter((block) => (block.weight * lengthAt(b, block)) / norm > TIGHT),
      active,
      carriers: active.filter((n) => pair.a[2 * n]! > TIGHT),
    },
    (points, on) => {
      const M = wideZeros(points.length * on.length);
      points.forEach((n, i) => {
        on.forEach(({ at, size }, k) => {
          setWide(M, i * on.length + k, dotWide(z, at, rows, n * D + at, size));
        });
      });
      return wideRank(points.length, on.length, M);
    },
    (points, on) => {
      const own = on.flatMap(({ at, size }) => Array.from({ length: size }, (_, i) => at + i));
      const M = wideZeros(points.length * own.length);
      points.forEach((n, i) => {
        own.forEach((d, j) => {
          setWide(M, i * own.length + j, wideAt(rows, n * D + d));
        });
      });
      return wideRank(points.length, own.length, M);
    },
  );
}
