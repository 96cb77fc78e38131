/**
 * Barrier and polish in double-double numbers on some points at first (block-points.ts), for data that doubles leave above
 * the goal. mu falls until the polish that starts from there ends with a gap of rounding.
 * Cost: about a hundred steps of the barrier a set of points.
 */
import { narrow } from "../numeric/double-double.js";
import { dotWide, setWide, type WideArray, wideAt, wideZeros } from "../numeric/wide-dense.js";
import { byPoints } from "./block-points.js";
import { type WidePair, wideBarrier } from "./block-wide-barrier.js";
import { polishWide, type WidePolished } from "./block-wide-polish.js";
import type { WideProblem } from "./block-wide-problem.js";

/** A step costs in proportion to the points, so that many may come at once. */
const FIRST = 600;
/** mu over the objective: the polish is tried from all but the first, a thousand apart. */
const STARTS = [1e-6, 1e-9, 1e-12, 1e-15, 1e-18, 1e-21];
/** Pivots below this part of the largest entry: rounding at most, and, of data worse than a double could hold, at least. */
const LOST = [1e-26, 1e-30];
const ENOUGH = 1e-14;

function subset(p: WideProblem, chosen: readonly number[]): WideProblem {
  const { D } = p;
  const rows = wideZeros(chosen.length * D);
  chosen.forEach((n, i) => {
    rows.set(p.rows.subarray(2 * n * D, 2 * n * D + 2 * D), 2 * i * D);
  });
  const some = (x: Float64Array): Float64Array => Float64Array.from(chosen, (n) => x[n]!);
  return { ...p, N: chosen.length, rows, scales: some(p.scales), c: some(p.c) };
}

function solve(p: WideProblem): WidePolished {
  const follow = wideBarrier(p);
  const path: WidePair[] = [];
  const at = (i: number): WidePair => {
    while (path.length <= i) path.push(follow(STARTS[path.length]!));
    return path[i]!;
  };
  let best: WidePolished | null = null;
  for (const lost of LOST)
    for (let i = 1; i < STARTS.length; i++) {
      const found = polishWide(p, at(i), at(i - 1), lost);
      if (best === null || found.gap < best.gap) best = found;
      if (best.gap <= ENOUGH) return best;
    }
  return best!;
}

export function solveWideByPoints(p: WideProblem): WidePolished {
  const { N, D, rows, c } = p;
  const { chosen, found } = byPoints(
    N,
    FIRST,
    (own) => solve(own.length === N ? p : subset(p, own)),
    ({ b }) => Array.from({ length: N }, (_, n) => narrow(dotWide(rows, n * D, b, 0, D)) / c[n]!),
  );
  const a: WideArray = wideZeros(N);
  chosen.forEach((n, i) => {
    setWide(a, n, wideAt(found.a, i));
  });
  return { a, b: found.b, gap: found.gap };
}
