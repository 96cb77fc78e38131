/**
 * The logarithmic barrier of block-barrier.ts in double-double numbers, its Newton steps without normal equations: with
 * T = diag(a) (rows) H^(1/2), H the Hessian of the blocks, a step m in the variables a_n e^t solves (1 + T T^T) m = g, that is, m is
 * the residual of the least squares of (g, 0) on the columns of (T; 1). Nothing is squared, so that mu may fall to where the
 * gap is below the goal whatever the data's scales. Line search in doubles on a slope without cancellation.
 * Cost: 2 D^2 (N + D) products of wide numbers a step, 2 N^2 (N + D) where N <= D; 50 to 200 steps.
 */
import { addWide, divWide, mulWide, narrow, rootWide, type Wide, wide } from "../numeric/double-double.js";
import { axpyWide, dotWide, narrowed, setWide, type WideArray, wideAt, wideZeros } from "../numeric/wide-dense.js";
import { factorLeastSquares, residualOf, solveGramOf } from "../numeric/wide-qr.js";
import { lengthAt, primalNorm } from "./block-problem.js";
import type { Block } from "./block-space.js";
import type { WideProblem } from "./block-wide-problem.js";

export interface WidePair {
  /** Half-spectrum coordinates of the predictor. */
  readonly b: WideArray;
  readonly a: WideArray;
}

/** z = sum a_n r_n. */
export function combineWide({ N, D, rows }: WideProblem, a: WideArray): WideArray {
  const z = wideZeros(D);
  for (let n = 0; n < N; n++) if (a[2 * n] !== 0) axpyWide(wideAt(a, n), rows, n * D, z, 0, D);
  return z;
}

/** w^2 is 1 or 2, exactly. */
export const weightSquared = ({ weight }: Block): number => Math.round(weight * weight);

const FASTER = 0.1;
/** Newton steps a center; a few do, more only help nothing. */
const MOST_STEPS = 60;
/** Squared decrements at which a center on the way, and the last one, is near enough. */
const NEAR = 0.1;
const THERE = 1e-8;

/** mu over the objective where the objective no longer counts. */
const FAR = 1e6;

/** The root in (0, limit) of a slope that rises along the step, from below; the whole step where it stays negative. */
function lineSearch(slope: (t: number) => number, feasible: (t: number) => boolean): number {
  let [low, high] = [0, 1];
  while (feasible(high) && slope(high) < 0 && high < 64) [low, high] = [high, 2 * high];
  for (let i = 0; i < 60 && high - low > 1e-3 * high; i++) {
    const t = 0.5 * (low + high);
    if (feasible(t) && slope(t) < 0) low = t;
    else high = t;
  }
  return low;
}

/** (1 + T T^T)^-1 g for N rows of D, by the shorter side. */
function solveStep(T: WideArray, N: number, D: number, g: WideArray): WideArray {
  const m = N + D;
  if (N <= D) {
    const A = wideZeros(m * N);
    for (let n = 0; n < N; n++) {
      A.set(T.subarray(2 * n * D, 2 * n * D + 2 * D), 2 * n * m);
      A[2 * (n * m + D + n)] = 1;
    }
    return solveGramOf(factorLeastSquares(A, m, N), g);
  }
  const A = wideZeros(m * D);
  for (let d = 0; d < D; d++) {
    for (let n = 0; n < N; n++) setWide(A, d * m + n, wideAt(T, n * D + d));
    A[2 * (d * m + N + d)] = 1;
  }
  const right = wideZeros(m);
  right.set(g);
  return residualOf(factorLeastSquares(A, m, D), right).slice(0, 2 * N);
}

/** A path that goes on where it stopped: each call follows it until mu is `least` of the objective. */
export function wideBarrier(p: WideProblem): (least: number) => WidePair {
  const { N, D, blocks, rows, c } = p;
  const a = wideZeros(N);
  for (let n = 0; n < N; n++) a[2 * n] = 0.5 / N / 2;
  const slacksOf = (z: WideArray): Wide[] =>
    blocks.map((block) => dotWide(z, block.at, z, block.at, block.size, wide(weightSquared(block)), -1));
  const primal = (z: WideArray, s: readonly Wide[], mu: number): WideArray => {
    const b = wideZeros(D);
    blocks.forEach(({ at, size }, k) => {
      const f = divWide(wide(2 * mu), s[k]!);
      for (let i = at; i < at + size; i++) setWide(b, i, mulWide(f, wideAt(z, i)));
    });
    return b;
  };
  const T = wideZeros(N * D);
  const g = wideZeros(N);

  /** One Newton step at mu; the squared decrement, in units of mu. */
  function step(mu: number): number {
    const z = combineWide(p, a);
    const s = slacksOf(z);
    const b = primal(z, s, mu);
    for (let n = 0; n < N; n++) {
      const short = dotWide(rows, n * D, b, 0, D, wide(c[n]!), -1);
      setWide(g, n, wide((a[2 * n]! * narrow(addWide(short, divWide(wide(mu), wideAt(a, n))))) / mu));
    }
    blocks.forEach(({ at, size }, k) => {
      const ratio = divWide(wide(2), s[k]!);
      const root = rootWide(ratio);
      const stretch = rootWide(addWide(wide(1), mulWide(ratio, dotWide(z, at, z, at, size))));
      const bend = divWide(ratio, addWide(wide(1), stretch));
      for (let n = 0; n < N; n++) {
        const f = mulWide(root, wideAt(a, n));
        const along = mulWide(bend, dotWide(z, at, rows, n * D + at, size));
        for (let i = at; i < at + size; i++)
          setWide(T, n * D + i, mulWide(f, addWide(wideAt(rows, n * D + i), mulWide(along, wideAt(z, i)))));
      }
    });
    const m = solveStep(T, N, D, g);
    if (!m.every(Number.isFinite)) return 0;
    const move = wideZeros(N);
    let decrement = 0;
    for (let n = 0; n < N; n++) {
      setWide(move, n, mulWide(wideAt(a, n), wideAt(m, n)));
      decrement += m[2 * n]! * g[2 * n]!;
    }
    if (!(decrement > 0)) return 0;
    const dz = combineWide(p, move);
    const quadratics = blocks.map(({ at, size }, k) => ({
      s: narrow(s[k]!),
      p: 2 * narrow(dotWide(z, at, dz, at, size)),
      q: narrow(dotWide(dz, at, dz, at, size)),
    }));
    const t = lineSearch(
      (u) => {
        let slope = -decrement;
        for (let n = 0; n < N; n++) slope += (u * m[2 * n]! * m[2 * n]!) / (1 + u * m[2 * n]!);
        for (const { s, p, q } of quadratics)
          slope += (u * (2 * q * s + p * p + u * p * q)) / (s * (s - u * (p + u * q)));
        return slope;
      },
      (u) => {
        for (let n = 0; n < N; n++) if (!(1 + u * m[2 * n]! > 0)) return false;
        return quadratics.every(({ s, p, q }) => s - u * (p + u * q) > 0);
      },
    );
    for (let n = 0; n < N; n++) setWide(a, n, addWide(wideAt(a, n), mulWide(wide(t), wideAt(move, n))));
    return t === 0 ? 0 : decrement;
  }

  const objective = (): number => c.reduce((sum, x, n) => sum + x * a[2 * n]!, 0);
  // The analytic center first: from there no multiplier grows by more than their number, so that mu starts high enough.
  for (let i = 0; i < MOST_STEPS && step(FAR * objective()) > NEAR; i++);
  let mu = objective();
  return (least) => {
    for (;;) {
      const last = mu <= least * objective();
      for (let i = 0; i < MOST_STEPS && step(mu) > (last ? THERE : NEAR); i++);
      if (last) break;
      mu = Math.max(mu * FASTER, 0.99 * least * objective());
    }
    const z = combineWide(p, a);
    return { a: a.slice(), b: primal(z, slacksOf(z), mu) };
  };
}

/** How much of the best margin b may lack by the bound of a; 1 where b does not separate. */
export function wideGapOf(p: WideProblem, { a, b }: WidePair): number {
  const { N, D, blocks, rows, c } = p;
  const z = combineWide(p, a);
  const doubles = narrowed(z);
  let [least, peak, total] = [Number.POSITIVE_INFINITY, 0, 0];
  for (let n = 0; n < N; n++) {
    least = Math.min(least, narrow(dotWide(rows, n * D, b, 0, D)) / c[n]!);
    total += c[n]! * a[2 * n]!;
  }
  for (const block of blocks) peak = Math.max(peak, lengthAt(doubles, block) / block.weight);
  const gap = 1 - (least * total) / (primalNorm(narrowed(b), blocks) * peak);
  return gap >= -1e-9 && least > 0 ? Math.abs(gap) : 1;
}
