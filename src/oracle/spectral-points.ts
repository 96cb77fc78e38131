/**
 * Barrier and polish on few points at first, those below their margin joining until there are none: the optimum over some of
 * the points that is feasible for all is optimal for all. So the cost is that of the points that matter, not of all N.
 */
import { solveSpectralBarrier } from "./spectral-barrier.js";
import { polishSpectral } from "./spectral-polish.js";
import { marginsOfFrames, type SpectralPair, type SpectralProblem } from "./spectral-problem.js";
import { plainWeights } from "./spectral-weights.js";

/** So many points are solved at once, and so many join at most. */
const FEW = 60;
/** A margin below 1 by less is rounding. */
const SHORT = 1e-13;

function subset(p: SpectralProblem, chosen: readonly number[]): SpectralProblem {
  const size = p.shape.D * p.shape.R;
  const rows = new Float64Array(chosen.length * size);
  for (const [i, n] of chosen.entries()) rows.set(p.rows.subarray(n * size, n * size + size), i * size);
  const norms = Float64Array.from(chosen, (n) => p.norms[n]!);
  return { ...p, N: chosen.length, rows, points: chosen.map((n) => p.points[n]!), norms };
}

export function solveSpectral(p: SpectralProblem, c: Float64Array): SpectralPair {
  const { N } = p;
  const step = Math.max(1, N / FEW);
  const chosen = new Set(Array.from({ length: Math.min(N, FEW) }, (_, i) => Math.floor(i * step)));
  for (;;) {
    const own = [...chosen].sort((x, y) => x - y);
    const some = own.length === N ? p : subset(p, own);
    const ownC = Float64Array.from(own, (n) => c[n]!);
    const found = polishSpectral(some, ownC, solveSpectralBarrier(some, ownC));
    const margins = marginsOfFrames(p, found.primal).map((m, n) => m / c[n]!);
    const below = Array.from(margins.keys()).filter((n) => !chosen.has(n) && margins[n]! < 1 - SHORT);
    if (below.length === 0) {
      const a = plainWeights(new Float64Array(N));
      for (const [i, n] of own.entries()) [a.hi[n], a.lo[n]] = [found.a.hi[i]!, found.a.lo[i]!];
      return { a, primal: found.primal };
    }
    below.sort((x, y) => margins[x]! - margins[y]! || x - y);
    for (const n of below.slice(0, FEW)) chosen.add(n);
  }
}
