/**
 * From half the digits to all of them: Newton's method on the optimality conditions of a block norm's max margin once the
 * blocks S that live and the points A that carry are known: block_k(z(a)) = w_k b_k / |b_k| on S, <r_n, b> = c_n on A, the
 * rest 0. Several guesses of S and A are tried and that of the least gap is taken; dependent equations are left out. Cost: (2 |S| + |A|)^3 products a step, few steps.
 */
import { solveConsistent } from "../numeric/dense.js";
import { dotAt } from "../numeric/vec.js";
import { combine, gapOf, type Pair } from "./block-barrier.js";
import { type BlockProblem, lengthAt, primalNorm } from "./block-problem.js";
import type { Block } from "./block-space.js";

interface Guess {
  readonly S: readonly Block[];
  readonly A: readonly number[];
}

/** What lives: a block (point) whose share of the norm (objective) exceeds `bias` times its relative slack. */
function guess(p: BlockProblem, c: Float64Array, { a, b }: Pair, bias: number): Guess {
  const { N, D, blocks, rows } = p;
  const z = combine(p, a);
  const norm = primalNorm(b, blocks);
  return {
    S: blocks.filter(
      (block) => (block.weight * lengthAt(b, block)) / norm > bias * Math.abs(1 - lengthAt(z, block) / block.weight),
    ),
    A: Array.from({ length: N }, (_, n) => n).filter(
      (n) => a[n]! > bias * Math.abs(dotAt(rows, n * D, b, 0, D) / c[n]! - 1),
    ),
  };
}

/** One step from (a, b), the predictor in units of its norm; null where nothing is left to solve. */
function newton(p: BlockProblem, c: Float64Array, { S, A }: Guess, { a, b }: Pair): Pair | null {
  const { D, rows } = p;
  const own = S.flatMap(({ at, size }) => Array.from({ length: size }, (_, i) => at + i));
  const n = own.length + A.length;
  if (own.length === 0 || A.length === 0) return null;
  const norm = primalNorm(b, p.blocks);
  const [M, right] = [new Float64Array(n * n), new Float64Array(n)];
  const z = combine(p, a);
  let row = 0;
  for (const { at, size, weight } of S) {
    const length = lengthAt(b, { at, size, weight });
    if (!(length > 0)) return null;
    for (let i = 0; i < size; i++) {
      right[row + i] = (weight * b[at + i]!) / length - z[at + i]!;
      for (let j = 0; j < size; j++)
        M[(row + i) * n + row + j] =
          size === 1
            ? 0
            : ((-weight * norm) / length) * ((i === j ? 1 : 0) - (b[at + i]! * b[at + j]!) / (length * length));
      A.forEach((point, k) => {
        M[(row + i) * n + own.length + k] = rows[point * D + at + i]!;
        M[(own.length + k) * n + row + i] = rows[point * D + at + i]!;
      });
    }
    row += size;
  }
  A.forEach((point, k) => {
    right[own.length + k] = (c[point]! - dotAt(rows, point * D, b, 0, D)) / norm;
  });
  solveConsistent(M, right, n);
  const next = { a: a.slice(), b: b.slice() };
  own.forEach((i, k) => {
    next.b[i] = next.b[i]! + norm * right[k]!;
  });
  A.forEach((point, k) => {
    next.a[point] = next.a[point]! + right[own.length + k]!;
  });
  return next.a.every(Number.isFinite) && next.b.every(Number.isFinite) ? next : null;
}

const BIASES = [1, 1e-2, 1e2, 1e-4, 1e4];
const MOST_STEPS = 12;
/** A gap that rounding explains: nothing more to gain. */
const ROUNDING = 1e-15;

export interface Polished extends Pair {
  readonly gap: number;
}

export function polish(p: BlockProblem, c: Float64Array, start: Pair): Polished {
  let best: Polished = { ...start, gap: gapOf(p, c, start) };
  for (const bias of BIASES) {
    const found = guess(p, c, start, bias);
    const [lives, carries] = [new Set(found.S), new Set(found.A)];
    const b = start.b.slice();
    for (const block of p.blocks) if (!lives.has(block)) b.fill(0, block.at, block.at + block.size);
    let pair: Pair | null = { b, a: start.a.map((x, n) => (carries.has(n) ? x : 0)) };
    for (let i = 0; i < MOST_STEPS && best.gap > ROUNDING; i++) {
      pair = newton(p, c, found, pair);
      if (pair === null) break;
      const whole = { b: pair.b, a: pair.a.map((x) => Math.max(0, x)) };
      const gap = gapOf(p, c, whole);
      if (gap < best.gap) best = { ...whole, gap };
    }
    if (best.gap <= 1e-13) break;
  }
  return best;
}
