/**
 * Newton's method in floating point on the square system of a support S and active margins A:
 * p c_k |x_k|^(p-2) x_k = sum_n alpha_n z_nk on S, margins 1 on A. Unknowns are taken relative to their sizes and equations to
 * theirs, so that ill-scaled data do no harm. Cost: (|S| + |A|)^3 a step.
 */
import { solveSquare } from "../../numeric/dense.js";
import { pow } from "../../numeric/elementary.js";
import { blockSize, coordinatesOf, type Proposal, type StationaryProblem } from "./problem.js";

const STEPS = 40;
/** A relative step below which rounding is left. */
const SETTLED = 1e-13;
/** No step turns a block or multiplier by more than this part of it, so that none passes through 0. */
const TRUST = 0.7;

interface Linear {
  readonly A: Float64Array;
  readonly b: Float64Array;
}

/** The scaled Newton system at a point. */
function linearized(
  problem: StationaryProblem,
  support: readonly number[],
  active: readonly number[],
  { x, alpha }: Proposal,
): Linear {
  const { D, rows, blocks, p } = problem;
  const own = coordinatesOf(problem, support);
  const n = own.length + active.length;
  const [A, b] = [new Float64Array(n * n), new Float64Array(n)];
  let i = 0;
  for (const k of support) {
    const block = blocks[k]!;
    const size = blockSize(x, block);
    const gradient = p * block.weight * pow(size, p - 1);
    for (let r = 0; r < block.parts; r++, i++) {
      const at = block.at + r;
      let along = 0;
      active.forEach((m, j) => {
        const z = (alpha[m]! * rows[m * D + at]!) / gradient;
        along += z;
        A[i * n + own.length + j] = -z;
      });
      b[i] = along - x[at]! / size;
      for (let s = 0; s < block.parts; s++) {
        const outer = (x[at]! * x[block.at + s]!) / (size * size);
        A[i * n + (i - r + s)] = (r === s ? 1 : 0) - (2 - p) * outer;
      }
    }
  }
  active.forEach((m, j) => {
    let margin = 0;
    let column = 0;
    for (const k of support) {
      const block = blocks[k]!;
      const size = blockSize(x, block);
      for (let r = 0; r < block.parts; r++, column++) {
        const z = rows[m * D + block.at + r]!;
        margin += z * x[block.at + r]!;
        A[(own.length + j) * n + column] = z * size;
      }
    }
    b[own.length + j] = 1 - margin;
  });
  return { A, b };
}

/** Null where the system is singular in floating point or the method does not settle. */
export function polished(
  problem: StationaryProblem,
  support: readonly number[],
  active: readonly number[],
  start: Proposal,
): Proposal | null {
  const own = coordinatesOf(problem, support);
  const [x, alpha] = [new Float64Array(problem.D), new Float64Array(problem.N)];
  for (const j of own) x[j] = start.x[j]!;
  for (const m of active) alpha[m] = start.alpha[m]!;
  let last = Number.POSITIVE_INFINITY;
  for (let step = 0; step < STEPS; step++) {
    const { A, b } = linearized(problem, support, active, { x, alpha });
    if (!solveSquare(A, b, b.length)) return null;
    const most = b.reduce((a, v) => Math.max(a, Math.abs(v)), 0);
    if (!(most < Number.POSITIVE_INFINITY)) return null;
    const part = most > TRUST ? TRUST / most : 1;
    let i = 0;
    for (const k of support) {
      const block = problem.blocks[k]!;
      const size = blockSize(x, block);
      for (let r = 0; r < block.parts; r++, i++) x[block.at + r] = x[block.at + r]! + part * size * b[i]!;
    }
    active.forEach((m, j) => {
      alpha[m] = alpha[m]! * (1 + part * b[own.length + j]!);
    });
    if (most < SETTLED || (most < 1e-9 && most >= last / 2)) return { x, alpha };
    last = most;
  }
  return null;
}
