/**
 * Barrier and polish on few points at first, those below their margin joining until there are none: the optimum over some of
 * the points that is feasible for all is optimal for all. So the cost is that of the points that matter, not of all N.
 */
import { dotAt } from "../numeric/vec.js";
import { type Pair, solveBarrier } from "./block-barrier.js";
import { polish } from "./block-polish.js";
import type { BlockProblem } from "./block-problem.js";

/** So many points are solved at once, and so many join at most. */
const FEW = 100;
/** A margin below 1 by less is rounding. */
const SHORT = 1e-13;

function subset(p: BlockProblem, chosen: readonly number[]): BlockProblem {
  const rows = new Float64Array(chosen.length * p.D);
  chosen.forEach((n, i) => {
    rows.set(p.rows.subarray(n * p.D, n * p.D + p.D), i * p.D);
  });
  return { ...p, N: chosen.length, rows, norms: Float64Array.from(chosen, (n) => p.norms[n]!) };
}

export function solveByPoints(p: BlockProblem, c: Float64Array): Pair {
  const { N, D, rows } = p;
  const step = Math.max(1, N / FEW);
  const chosen = new Set(Array.from({ length: Math.min(N, FEW) }, (_, i) => Math.floor(i * step)));
  for (;;) {
    const own = [...chosen].sort((x, y) => x - y);
    const some = own.length === N ? p : subset(p, own);
    const ownC = Float64Array.from(own, (n) => c[n]!);
    const found = polish(some, ownC, solveBarrier(some, ownC));
    const margins = Array.from({ length: N }, (_, n) => dotAt(rows, n * D, found.b, 0, D) / c[n]!);
    const below = margins.flatMap((m, n) => (chosen.has(n) || m >= 1 - SHORT ? [] : [n]));
    if (below.length === 0) {
      const a = new Float64Array(N);
      own.forEach((n, i) => {
        a[n] = found.a[i]!;
      });
      return { a, b: found.b };
    }
    below.sort((x, y) => margins[x]! - margins[y]! || x - y);
    for (const n of below.slice(0, FEW)) chosen.add(n);
  }
}
