/**
 * The critical point of a cell in the signal's own entries. With g = Z_A^T alpha on the support S and signs s, a stationary
 * point has b_d = s_d (s_d g_d / p)^(-1/(1-p)), so that its margins are 1 on A where the gradient of
 * F(alpha) = c sum_d (s_d g_d)^-e + sum_n alpha_n, e = p/(1-p), c = p^(1/(1-p)) / e, is 0. F is strictly convex on the cell
 * s_d g_d > 0 and grows without bound at its walls: one such point at most, and damped Newton finds it. Doubles: it proposes.
 * Cost: |A|^2 |S| a step.
 */
import { q, toNumber } from "../../exact/rational.js";
import { factorDefinite, solveFactored } from "../../numeric/dense.js";
import { pow } from "../../numeric/elementary.js";
import type { Cell } from "./cells.js";
import { blockSize, coordinatesOf, type Proposal, type StationaryProblem } from "./problem.js";

const STEPS = 200;
const SETTLED = 1e-26;
/** A decrement, relative to F, from which Newton's method alone goes on. */
const NEAR = 1e-6;
const RIDGES = [0, 1e-14, 1e-12, 1e-10, 1e-8, 1e-6];
/** Exponents e on the way from the first to the last, where the direct way fails. */
const STAGES = 12;
const FIRST = 0.05;

/** Rows over their largest entry, times the signs; weights are multipliers times those entries. */
interface Scaled {
  readonly Z: readonly (readonly number[])[];
  readonly peaks: readonly number[];
}

const pullsOf = ({ Z }: Scaled, w: readonly number[]): number[] =>
  Z[0]!.map((_, i) => w.reduce((sum, x, j) => sum + x * Z[j]![i]!, 0));

/** x <- H^-1 x, with the least part of its diagonal added that lets rounding factor it: still a way down. */
function solveRidged(H: Float64Array, x: Float64Array, n: number): boolean {
  for (const ridge of RIDGES) {
    const L = H.slice();
    for (let i = 0; i < n; i++) L[i * n + i] = L[i * n + i]! * (1 + ridge);
    if (factorDefinite(L, n) < n) continue;
    solveFactored(L, x, n);
    return x.every((v) => Math.abs(v) < Number.POSITIVE_INFINITY);
  }
  return false;
}

/** The minimizer of F for an exponent p, from weights in the cell; null where floating point does not reach it. */
function minimizer(cell: Scaled, p: number, start: readonly number[]): readonly number[] | null {
  const { Z, peaks } = cell;
  const size = peaks.length;
  const e = p / (1 - p);
  const c = pow(p, 1 / (1 - p)) / e;
  const linear = (w: readonly number[]): number => w.reduce((sum, x, j) => sum + x / peaks[j]!, 0);
  const powers = (g: readonly number[]): number => g.reduce((sum, x) => sum + pow(x, -e), 0);
  const value = (w: readonly number[]): number => {
    const g = pullsOf(cell, w);
    return g.every((x) => x > 0) ? c * powers(g) + linear(w) : Number.POSITIVE_INFINITY;
  };
  // The best multiple of the start.
  const multiple = pow((e * c * powers(pullsOf(cell, start))) / linear(start), 1 - p);
  let weights = multiple > 0 ? start.map((x) => x * multiple) : start;
  for (let step = 0; step < STEPS; step++) {
    const g = pullsOf(cell, weights);
    const b = g.map((x) => pow(x / p, -1 / (1 - p)));
    if (!b.every((x) => x > 0 && x < Number.POSITIVE_INFINITY)) return null;
    const gradient = peaks.map((peak, j) => 1 / peak - b.reduce((sum, x, i) => sum + x * Z[j]![i]!, 0));
    const H = new Float64Array(size * size);
    for (let j = 0; j < size; j++)
      for (let k = 0; k <= j; k++)
        H[j * size + k] = b.reduce((sum, x, i) => sum + (Z[j]![i]! * Z[k]![i]! * x) / ((1 - p) * g[i]!), 0);
    const move = Float64Array.from(gradient, (x) => -x);
    if (!solveRidged(H, move, size)) return null;
    const decrement = -move.reduce((sum, x, j) => sum + x * gradient[j]!, 0);
    const now = value(weights);
    const near = decrement <= NEAR * Math.abs(now);
    let next: readonly number[] | null = null;
    for (let part = 1; part > 1e-12 && next === null; part /= 2) {
      const there = weights.map((x, j) => x + part * move[j]!);
      const reached = value(there);
      // rounding hides the descent at the end, where whole steps are good
      if (reached <= now - 0.25 * part * decrement || (near && part > 0.5 && reached < now * (1 + NEAR))) next = there;
    }
    if (next === null) return near ? weights : null;
    weights = next;
    if (decrement <= SETTLED * Math.abs(now)) return weights;
  }
  return weights;
}

export function criticalPoint(problem: StationaryProblem, { support, signs, active, alpha }: Cell): Proposal | null {
  const { N, D, rows, p } = problem;
  const peaks = active.map((n) => support.reduce((a, k) => Math.max(a, Math.abs(rows[n * D + k]!)), 0));
  const Z = active.map((n, j) => support.map((k, i) => (signs[i]! * rows[n * D + k]!) / peaks[j]!));
  const cell: Scaled = { Z, peaks };
  const largest = alpha.reduce((a, x) => (x > a ? x : a), 1n);
  const start = alpha.map((x, j) => toNumber(q(x, largest)) * peaks[j]!);
  let weights = minimizer(cell, p, start);
  if (weights === null) {
    // From a wide barrier to the steep one.
    const e = p / (1 - p);
    const first = Math.min(FIRST, e / 2);
    const ratio = pow(e / first, 1 / STAGES);
    weights = start;
    for (let k = 0, at = first; k <= STAGES && weights !== null; k++, at *= ratio)
      weights = minimizer(cell, k === STAGES ? p : at / (1 + at), weights);
  }
  if (weights === null) return null;
  const g = pullsOf(cell, weights);
  const [x, dual] = [new Float64Array(D), new Float64Array(N)];
  support.forEach((k, i) => {
    x[k] = signs[i]! * pow(g[i]! / p, -1 / (1 - p));
  });
  active.forEach((n, j) => {
    dual[n] = weights[j]! / peaks[j]!;
  });
  return { x, alpha: dual };
}

/**
 * A vertex: as many active margins as coordinates in the support determine x there, and then the multipliers. Any blocks.
 * Null where the active points depend, or nearly.
 */
export function vertexPoint(
  problem: StationaryProblem,
  support: readonly number[],
  active: readonly number[],
): Proposal | null {
  const { N, D, rows, p, blocks } = problem;
  const own = coordinatesOf(problem, support);
  const size = active.length;
  const inside = eliminated(
    active.map((n) => [...own.map((k) => rows[n * D + k]!), 1]),
    size,
  );
  if (inside.some((v) => !(Math.abs(v) < Number.POSITIVE_INFINITY))) return null;
  const x = new Float64Array(D);
  own.forEach((k, i) => {
    x[k] = inside[i]!;
  });
  // sum_n alpha_n z_n = p c |x|^(p-2) x, with each unknown times its point's largest entry.
  const peaks = active.map((n) => own.reduce((a, k) => Math.max(a, Math.abs(rows[n * D + k]!)), 0));
  const A = support.flatMap((k) => {
    const block = blocks[k]!;
    const factor = p * block.weight * pow(blockSize(x, block), p - 2);
    return Array.from({ length: block.parts }, (_, i) => {
      const at = block.at + i;
      return [...active.map((n, j) => rows[n * D + at]! / peaks[j]!), factor * x[at]!];
    });
  });
  const alpha = new Float64Array(N);
  const solution = eliminated(A, size);
  active.forEach((n, j) => {
    alpha[n] = solution[j]! / peaks[j]!;
  });
  return solution.every((v) => Math.abs(v) < Number.POSITIVE_INFINITY) ? { x, alpha } : null;
}

/** Gauss with row pivots relative to their rows; what is singular in floating point gives no finite numbers. */
function eliminated(given: readonly (readonly number[])[], n: number): number[] {
  const A = given.map((row) => {
    const peak = row.slice(0, n).reduce((a, x) => Math.max(a, Math.abs(x)), 0);
    return row.map((x) => x / peak);
  });
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(A[i]![k]!) > Math.abs(A[best]![k]!)) best = i;
    [A[k], A[best]] = [A[best]!, A[k]!];
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const f = A[i]![k]! / A[k]![k]!;
      for (let j = k; j <= n; j++) A[i]![j] = A[i]![j]! - f * A[k]![j]!;
    }
  }
  return A.map((row, i) => row[n]! / row[i]!);
}
