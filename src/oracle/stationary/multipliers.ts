/**
 * Stationary points as zeros of few equations: multipliers alpha on the active margins A make g = sum alpha_n z_n, and with it
 * x_k = (|g_k| / (p c_k))^(-1/(1-p)) g_k / |g_k| on the support; wanted are margins 1 on A. Newton's method with steps that
 * keep alpha above 0 and are halved until the residual falls. Cost: |A|^2 coordinates a step.
 */
import { solveSquare } from "../../numeric/dense.js";
import { pow } from "../../numeric/elementary.js";
import { blockSize, coordinatesOf, type Proposal, type StationaryProblem } from "./problem.js";

const STEPS = 60;
const SETTLED = 1e-11;

/** x of multipliers; null where a g_k is 0. */
function pointOf(
  problem: StationaryProblem,
  support: readonly number[],
  g: Float64Array,
): { readonly x: Float64Array; readonly sizes: readonly number[] } | null {
  const x = new Float64Array(problem.D);
  const sizes: number[] = [];
  for (const k of support) {
    const block = problem.blocks[k]!;
    const length = blockSize(g, block);
    const size = pow(length / (problem.p * block.weight), -1 / (1 - problem.p));
    if (!(length > 0 && size > 0 && size < Number.POSITIVE_INFINITY)) return null;
    for (let i = 0; i < block.parts; i++) x[block.at + i] = (size / length) * g[block.at + i]!;
    sizes.push(size / length);
  }
  return { x, sizes };
}

interface Evaluated {
  readonly g: Float64Array;
  readonly x: Float64Array;
  readonly sizes: readonly number[];
  readonly margins: readonly number[];
}

/** `start` > 0: multipliers times the largest entry of their points, up to one scalar. */
export function pointOnMargins(
  problem: StationaryProblem,
  support: readonly number[],
  active: readonly number[],
  start: readonly number[],
): Proposal | null {
  const { N, D, rows, blocks, p } = problem;
  const own = coordinatesOf(problem, support);
  const n = active.length;
  const peaks = active.map((m) => own.reduce((a, k) => Math.max(a, Math.abs(rows[m * D + k]!)), 0));
  if (peaks.some((x) => !(x > 0))) return null;
  const z = (j: number, d: number): number => rows[active[j]! * D + d]! / peaks[j]!;
  const gradient = (w: readonly number[]): Float64Array => {
    const g = new Float64Array(D);
    for (const d of own) for (let j = 0; j < n; j++) g[d] = g[d]! + w[j]! * z(j, d);
    return g;
  };
  const margins = (x: Float64Array): number[] =>
    active.map((_, j) => peaks[j]! * own.reduce((sum, d) => sum + x[d]! * z(j, d), 0));
  const off = (m: readonly number[]): number => Math.sqrt(m.reduce((sum, v) => sum + (v - 1) * (v - 1), 0));
  const evaluate = (w: readonly number[]): Evaluated | null => {
    const g = gradient(w);
    const point = pointOf(problem, support, g);
    return point === null ? null : { g, margins: margins(point.x), ...point };
  };

  // x scales with the power -1/(1-p) of the multipliers: the mean margin first.
  let w = [...start];
  const first = evaluate(w);
  if (first === null) return null;
  const mean = first.margins.reduce((a, v) => a + v, 0) / n;
  if (mean > 0) w = w.map((v) => v * pow(mean, 1 - p));
  let at: Evaluated | null = evaluate(w);
  for (let step = 0; step < STEPS && at !== null; step++) {
    const now = off(at.margins);
    if (now < SETTLED) {
      const alpha = new Float64Array(N);
      active.forEach((m, j) => {
        alpha[m] = w[j]! / peaks[j]!;
      });
      return { x: at.x, alpha };
    }
    // dx/dg = |x|/|g| (1 - (1 + 1/(1-p)) g g^T / |g|^2) on each block; unknowns relative to their sizes
    const J = new Float64Array(n * n);
    const { g, sizes } = at;
    support.forEach((k, i) => {
      const { at: from, parts } = blocks[k]!;
      const length = blockSize(g, blocks[k]!);
      const along = active.map((_, j) => {
        let sum = 0;
        for (let r = 0; r < parts; r++) sum += (z(j, from + r) * g[from + r]!) / length;
        return sum;
      });
      for (let a = 0; a < n; a++)
        for (let b = 0; b < n; b++) {
          let inner = 0;
          for (let r = 0; r < parts; r++) inner += z(a, from + r) * z(b, from + r);
          const slope = sizes[i]! * (inner - (1 + 1 / (1 - p)) * along[a]! * along[b]!);
          J[a * n + b] = J[a * n + b]! + peaks[a]! * slope * w[b]!;
        }
    });
    const move = Float64Array.from(at.margins, (v) => 1 - v);
    if (!solveSquare(J, move, n)) return null;
    const lowest = move.reduce((a, v) => Math.min(a, v), 0);
    let part = lowest < -0.9 ? -0.9 / lowest : 1;
    let next: Evaluated | null = null;
    let there = w;
    for (; part > 1e-4; part /= 2) {
      there = w.map((v, j) => v * (1 + part * move[j]!));
      next = evaluate(there);
      if (next !== null && off(next.margins) < now * (1 - part / 10)) break;
      next = null;
    }
    w = there;
    at = next;
  }
  return null;
}
