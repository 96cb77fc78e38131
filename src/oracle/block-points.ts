/**
 * Barrier and polish on few points at first, those below their margin joining until there are none: the optimum over some of
 * the points that is feasible for all is optimal for all. So the cost is that of the points that matter, not of all N.
 */
import { dotAt } from "../numeric/vec.js";
import { type Pair, solveBarrier } from "./block-barrier.js";
import { polish } from "./block-polish.js";
import type { BlockProblem } from "./block-problem.js";

/** So many points join at most. */
const FEW = 100;
/** A margin below 1 by less is rounding. */
const SHORT = 1e-13;
/** Above this gap the numbers are lost in rounding, and more points would not find them. */
const LOST = 1e-6;

function subset(p: BlockProblem, chosen: readonly number[]): BlockProblem {
  const rows = new Float64Array(chosen.length * p.D);
  chosen.forEach((n, i) => {
    rows.set(p.rows.subarray(n * p.D, n * p.D + p.D), i * p.D);
  });
  return { ...p, N: chosen.length, rows, norms: Float64Array.from(chosen, (n) => p.norms[n]!) };
}

/**
 * From `first` of N points, evenly. `marginsOf` gives those of all points, relative to what
 * is asked. The last solution, and the points that it is of, ascending.
 */
export function byPoints<Found extends { readonly gap: number }>(
  N: number,
  first: number,
  solve: (chosen: readonly number[]) => Found,
  marginsOf: (found: Found) => readonly number[],
): { readonly chosen: readonly number[]; readonly found: Found } {
  const step = Math.max(1, N / first);
  const all = new Set(Array.from({ length: Math.min(N, first) }, (_, i) => Math.floor(i * step)));
  for (;;) {
    const chosen = [...all].sort((x, y) => x - y);
    const found = solve(chosen);
    if (found.gap > LOST) return { chosen, found };
    const margins = marginsOf(found);
    const below = margins.flatMap((m, n) => (all.has(n) || m >= 1 - SHORT ? [] : [n]));
    if (below.length === 0) return { chosen, found };
    below.sort((x, y) => margins[x]! - margins[y]! || x - y);
    for (const n of below.slice(0, FEW)) all.add(n);
  }
}

/** Null where the dual objective passes `most`. */
export function solveByPoints(p: BlockProblem, c: Float64Array, most?: number): Pair | null {
  const { N, D, rows } = p;
  const { chosen, found } = byPoints(
    N,
    FEW,
    (own) => {
      const some = own.length === N ? p : subset(p, own);
      const ownC = Float64Array.from(own, (n) => c[n]!);
      const pair = solveBarrier(some, ownC, most);
      const polished = pair === null ? null : polish(some, ownC, pair);
      return { pair: polished, gap: polished?.gap ?? Number.POSITIVE_INFINITY };
    },
    ({ pair }) => Array.from({ length: N }, (_, n) => dotAt(rows, n * D, pair!.b, 0, D) / c[n]!),
  );
  const { pair } = found;
  if (pair === null) return null;
  const a = new Float64Array(N);
  chosen.forEach((n, i) => {
    a[n] = pair.a[i]!;
  });
  return { a, b: pair.b };
}
