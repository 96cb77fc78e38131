/**
 * Phase 3 where p = 2/L < 1: from where a run on a coordinatewise network stands to the stationary point beside it, to
 * rounding. Support, signs and active margins are read off the run; then, in predictor space, the square system
 *   c_b |b|^(p-2) b = sum over active n of alpha_n z_n on each block b of the support,  margin_n = 1 for active n,
 * is solved by Newton, both parts of a complex block unknown. It may not change a sign, the support, or the active points, nor
 * move further than it is allowed. Dependent active rows are left out, and said. The blocks' unknowns are relative to their
 * size, so that small ones are not lost. Source: stationarity of the bridge penalty, Gunasekar et al. 2018; c_b = 1, or
 * 2^((L-1)/L) for a complex block, is |w|^2 of a balanced lift over L. Cost: some LU factorizations of support + active rows.
 */
import type { Block } from "../models/coordinatewise.js";
import type { SignedData } from "../models/signed-data.js";
import { solveSquare } from "../numeric/dense.js";
import { pow } from "../numeric/elementary.js";
import { angle, dotAt, length2, norm } from "../numeric/vec.js";
import { independentRows } from "./independent-rows.js";

export interface PolishProblem {
  readonly data: SignedData;
  readonly blocks: readonly Block[];
  readonly depth: number;
  /** Where the run stands, least margin 1, and its own weights. */
  readonly beta: Float64Array;
  readonly weights: Float64Array;
  /** The largest move allowed, rad. */
  readonly most: number;
  readonly checkpoint?: () => void;
}

export interface Polished {
  /** Least margin 1. */
  readonly beta: Float64Array;
  /** In the simplex. */
  readonly dual: Float64Array;
  readonly support: readonly number[];
  readonly active: readonly number[];
  /** Coordinates of the support. */
  readonly unknowns: number;
  /** Angle between before and after, rad. */
  readonly moved: number;
  /** Size of the last correction of Newton, relative: what rounding and conditioning leave. */
  readonly correction: number;
  /** What is not as in a regular point, in words. */
  readonly degenerate: string | null;
}

export type PolishAttempt = { readonly polished: Polished } | { readonly polished: null; readonly why: string };

/** |w_l,b| relative to the largest: what has not decayed to this is part of the direction. */
const SHARE = 1e-11;
const NEWTON = 20;
/** Margins may be below 1 by this, from rounding. */
const BELOW = 1e-12;
/** A weight or a slack below this is nearly none. */
const NEARLY = 1e-9;

/** Complementary pairs, split by which of the two is larger; all of it relative. */
export function readActive(weights: Float64Array, margins: Float64Array): { active: number[]; weak: number } {
  const active: number[] = [];
  let weak = 0;
  weights.forEach((q, n) => {
    const slack = margins[n]! - 1;
    if (q > slack) active.push(n);
    if (Math.max(q, slack) < NEARLY) weak += 1;
  });
  return { active, weak };
}

/**
 * Where they are determined the weights stay those of the run: at a vertex the equations could be met by others, and a limit with
 * those would satisfy what is claimed because it was claimed.
 */
export const WEIGHTS = 1e-6;
export const changedBy = (dual: Float64Array, weights: Float64Array): number => {
  const total = weights.reduce((a, b) => a + b, 0);
  return dual.reduce((s, q, n) => s + Math.abs(q - weights[n]! / total), 0) / 2;
};

export function polish(o: PolishProblem): PolishAttempt {
  const { data, blocks, depth: L } = o;
  const { N, D, z: Z } = data;
  const p = 2 / L;
  const fail = (why: string): PolishAttempt => ({ polished: null, why });
  const size = (x: Float64Array, { at, complex }: Block): number =>
    complex ? length2(x[at]!, x[at + 1]!) : Math.abs(x[at]!);
  const margin = (x: Float64Array, n: number): number => dotAt(Z, n * D, x, 0, D);
  const largest = blocks.reduce((most, b) => Math.max(most, size(o.beta, b)), 0);
  const support = blocks.map((_, b) => b).filter((b) => size(o.beta, blocks[b]!) > pow(SHARE, L) * largest);
  const places = support.flatMap((b) => {
    const { at, complex } = blocks[b]!;
    return complex ? [at, at + 1] : [at];
  });
  const read = readActive(
    o.weights,
    Float64Array.from({ length: N }, (_, n) => margin(o.beta, n)),
  );
  const rows = independentRows(data, read.active, places, o.weights);
  const active = rows.kept;
  const [S, A] = [places.length, active.length];
  const n = S + A;
  const cost = (b: Block): number => (b.complex ? pow(2, (L - 1) / L) : 1);
  const beta = new Float64Array(D);
  for (const d of places) beta[d] = o.beta[d]!;
  const alpha = new Float64Array(A);
  const level = support.reduce((s, b) => s + cost(blocks[b]!) * pow(size(beta, blocks[b]!), p), 0);
  const total = active.reduce((s, k) => s + o.weights[k]!, 0);
  active.forEach((k, j) => {
    alpha[j] = (o.weights[k]! / total) * level;
  });
  const matrix = new Float64Array(n * n);
  const rhs = new Float64Array(n);
  let correction = Number.POSITIVE_INFINITY;
  for (let i = 0; i < NEWTON; i++) {
    o.checkpoint?.();
    matrix.fill(0);
    // Row of a block: e - |b|^(1-p)/c Z'alpha = 0 with e = b/|b|; unknowns: change of b over |b|, then of alpha over `level`.
    let row = 0;
    for (const b of support) {
      const block = blocks[b]!;
      const length = size(beta, block);
      const flat = pow(length, 1 - p) / cost(block);
      const e = block.complex ? [beta[block.at]! / length, beta[block.at + 1]! / length] : [Math.sign(beta[block.at]!)];
      for (let r = 0; r < e.length; r++) {
        let pulled = 0;
        for (let j = 0; j < A; j++) {
          const entry = flat * Z[active[j]! * D + block.at + r]!;
          pulled += entry * alpha[j]!;
          matrix[(row + r) * n + S + j] = -entry * level;
          matrix[(S + j) * n + row + r] = Z[active[j]! * D + block.at + r]! * length;
        }
        rhs[row + r] = pulled - e[r]!;
        for (let s = 0; s < e.length; s++)
          matrix[(row + r) * n + row + s] = (r === s ? 1 : 0) + (p - 2) * e[r]! * e[s]!;
      }
      row += e.length;
    }
    active.forEach((k, j) => {
      rhs[S + j] = 1 - margin(beta, k);
    });
    if (!solveSquare(matrix, rhs, n))
      return fail("its equations are dependent: the stationary point is degenerate, or not isolated");
    const before = correction;
    let [change, whole] = [0, 0];
    row = 0;
    for (const b of support) {
      const block = blocks[b]!;
      const length = size(beta, block);
      for (let r = 0; r < (block.complex ? 2 : 1); r++, row++) {
        change += length * length * rhs[row]! * rhs[row]!;
        whole += beta[block.at + r]! * beta[block.at + r]!;
        beta[block.at + r] = beta[block.at + r]! + length * rhs[row]!;
      }
    }
    for (let j = 0; j < A; j++) alpha[j] = alpha[j]! + level * rhs[S + j]!;
    correction = Math.sqrt(change / whole);
    if (!(correction < 0.1)) return fail("Newton leaves the neighborhood of the run");
    if (correction === 0 || (i > 0 && correction < 1e-10 && correction >= before / 2)) break;
  }
  const old = o.beta;
  for (const b of support) {
    const { at, complex } = blocks[b]!;
    const along = beta[at]! * old[at]! + (complex ? beta[at + 1]! * old[at + 1]! : 0);
    if (!(along > 0)) return fail(`Newton changed the sign of block ${b}`);
  }
  if (alpha.some((a) => !(a > 0)))
    return fail("Newton made a weight negative: the active points are not those of the run");
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < N; k++) least = Math.min(least, margin(beta, k));
  if (!(least > 1 - BELOW)) return fail("a margin that was not active fell below the others");
  const moved = angle(beta, old);
  if (!(moved <= o.most))
    return fail(`Newton moved ${moved.toPrecision(2)} rad, further than the run's own error bar allows`);
  const sum = alpha.reduce((a, b) => a + b, 0);
  const dual = new Float64Array(N);
  active.forEach((k, j) => {
    dual[k] = alpha[j]! / sum;
  });
  const change = rows.dropped === 0 ? changedBy(dual, o.weights) : 0;
  if (change > WEIGHTS) return fail(`Newton changed the weights of the run by ${change.toPrecision(2)}`);
  return {
    polished: {
      beta: beta.map((x) => x / least),
      dual,
      support,
      active,
      unknowns: S,
      moved,
      correction: Math.max(correction, norm(beta) > 0 ? 2.3e-16 : 0),
      degenerate: wordsOf(rows.dropped, read.weak),
    },
  };
}

/** In words, what a regular point does not have. */
export function wordsOf(dropped: number, weak: number): string | null {
  const words = [
    ...(dropped > 0 ? [`${dropped} active margins depend on the others, and their weights are not unique`] : []),
    ...(weak > 0 ? [`${weak} margins are active with a weight of nearly 0`] : []),
  ];
  return words.length === 0 ? null : words.join("; ");
}
