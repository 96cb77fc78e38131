/**
 * Newton's method of block-polish.ts in double-double numbers, from the pair of block-wide-barrier.ts: on the blocks S that
 * live and the points A that carry, block_k(z(a)) = w_k b_k / |b_k| and <r_n, b> = c_n, the rest 0. Several guesses of S and A
 * are tried and that of the least gap is taken; dependent equations are left out. Cost: (2 |S| + |A|)^3 / 3 products of wide
 * numbers a step, few steps.
 */
import {
  addWide,
  divWide,
  mulWide,
  narrow,
  negWide,
  rootWide,
  subWide,
  type Wide,
  wide,
} from "../numeric/double-double.js";
import { dotWide, narrowed, setWide, solveConsistentWide, wideAt, wideZeros } from "../numeric/wide-dense.js";
import { lengthAt, primalNorm } from "./block-problem.js";
import type { Block } from "./block-space.js";
import { combineWide, type WidePair, weightSquared, wideGapOf } from "./block-wide-barrier.js";
import type { WideProblem } from "./block-wide-problem.js";

export interface Active {
  readonly S: readonly Block[];
  readonly A: readonly number[];
}

/** 1 - |z_k| / w_k and <r_n, b> / c_n - 1. */
export function slacksOf(
  p: WideProblem,
  { a, b }: WidePair,
): { readonly ofBlocks: readonly number[]; readonly ofPoints: readonly number[] } {
  const { N, D, rows, c } = p;
  const z = combineWide(p, a);
  return {
    ofBlocks: p.blocks.map((block) => {
      const square = weightSquared(block);
      // 1 - |z|^2 / w^2 = (1 - |z| / w) (1 + |z| / w).
      return narrow(dotWide(z, block.at, z, block.at, block.size, wide(square), -1)) / square / 2;
    }),
    ofPoints: Array.from({ length: N }, (_, n) => narrow(dotWide(rows, n * D, b, 0, D, wide(-c[n]!))) / c[n]!),
  };
}

/** What lives: a block (point) whose share of the norm (objective) exceeds `bias` times its relative slack. */
function guess(p: WideProblem, pair: WidePair, bias: number): Active {
  const b = narrowed(pair.b);
  const norm = primalNorm(b, p.blocks);
  const total = p.c.reduce((sum, x, n) => sum + x * pair.a[2 * n]!, 0);
  const { ofBlocks, ofPoints } = slacksOf(p, pair);
  return {
    S: p.blocks.filter((block, k) => (block.weight * lengthAt(b, block)) / norm > bias * Math.abs(ofBlocks[k]!)),
    A: ofPoints.flatMap((slack, n) => ((p.c[n]! * pair.a[2 * n]!) / total > bias * Math.abs(slack) ? [n] : [])),
  };
}

/** What kept its size while mu fell by a thousand lives; the rest fell with it (the indicators of Tapia 1980). */
const KEPT = 0.03;

function kept(p: WideProblem, pair: WidePair, before: WidePair): Active {
  const [now, then] = [narrowed(pair.b), narrowed(before.b)];
  return {
    S: p.blocks.filter((block) => lengthAt(now, block) > KEPT * lengthAt(then, block)),
    A: Array.from({ length: p.N }, (_, n) => n).filter((n) => pair.a[2 * n]! > KEPT * before.a[2 * n]!),
  };
}

/** One step from (a, b), both in units of the norm; null where nothing is left to solve. */
export function newton(p: WideProblem, { S, A }: Active, { a, b }: WidePair, lost: number): WidePair | null {
  const { D, rows, c } = p;
  const own = S.flatMap(({ at, size }) => Array.from({ length: size }, (_, i) => at + i));
  const n = own.length + A.length;
  if (own.length === 0 || A.length === 0) return null;
  const norm = wide(primalNorm(narrowed(b), p.blocks));
  const [M, right] = [wideZeros(n * n), wideZeros(n)];
  const z = combineWide(p, a);
  let row = 0;
  for (const block of S) {
    const { at, size } = block;
    const square = dotWide(b, at, b, at, size);
    if (!(square.hi > 0)) return null;
    const weight = rootWide(wide(weightSquared(block)));
    const stretch = divWide(weight, rootWide(square));
    for (let i = 0; i < size; i++) {
      setWide(right, row + i, subWide(mulWide(stretch, wideAt(b, at + i)), wideAt(z, at + i)));
      const f = mulWide(negWide(stretch), norm);
      for (let j = 0; j < size; j++) {
        const outer = divWide(mulWide(wideAt(b, at + i), wideAt(b, at + j)), square);
        const entry: Wide = size === 1 ? wide(0) : mulWide(f, subWide(wide(i === j ? 1 : 0), outer));
        setWide(M, (row + i) * n + row + j, entry);
      }
      A.forEach((point, k) => {
        const x = wideAt(rows, point * D + at + i);
        setWide(M, (row + i) * n + own.length + k, x);
        setWide(M, (own.length + k) * n + row + i, x);
      });
    }
    row += size;
  }
  A.forEach((point, k) => {
    setWide(right, own.length + k, divWide(dotWide(rows, point * D, b, 0, D, wide(c[point]!), -1), norm));
  });
  solveConsistentWide(M, right, n, lost);
  const next = { a: a.slice(), b: b.slice() };
  own.forEach((i, k) => {
    setWide(next.b, i, addWide(wideAt(b, i), mulWide(norm, wideAt(right, k))));
  });
  A.forEach((point, k) => {
    setWide(next.a, point, addWide(wideAt(a, point), wideAt(right, own.length + k)));
  });
  return next.a.every(Number.isFinite) && next.b.every(Number.isFinite) ? next : null;
}

const BIASES = [1, 1e-2, 1e2, 1e-4, 1e4];
const MOST_STEPS = 12;
/** Nothing more to gain in what is stated as a double. */
const ROUNDING = 1e-15;
const ENOUGH = 1e-13;

export interface WidePolished extends WidePair {
  readonly gap: number;
}

/** The best of some steps with one guess, or what was best before. */
function follow(p: WideProblem, found: Active, start: WidePair, lost: number, before: WidePolished): WidePolished {
  let best = before;
  const [lives, carries] = [new Set(found.S), new Set(found.A)];
  const [a, b] = [start.a.slice(), start.b.slice()];
  for (const block of p.blocks) if (!lives.has(block)) b.fill(0, 2 * block.at, 2 * (block.at + block.size));
  for (let n = 0; n < p.N; n++) if (!carries.has(n)) a.fill(0, 2 * n, 2 * n + 2);
  let pair: WidePair | null = { a, b };
  for (let i = 0; i < MOST_STEPS && best.gap > ROUNDING; i++) {
    pair = newton(p, found, pair, lost);
    if (pair === null) break;
    const whole = { b: pair.b, a: pair.a.slice() };
    for (let n = 0; n < p.N; n++) if (whole.a[2 * n]! < 0) whole.a.fill(0, 2 * n, 2 * n + 2);
    const gap = wideGapOf(p, whole);
    if (gap < best.gap) best = { ...whole, gap };
  }
  return best;
}

/** `before` was the start at a thousand times mu; pivots below `lost` of the largest entry are none. */
export function polishWide(p: WideProblem, start: WidePair, before: WidePair, lost: number): WidePolished {
  let best: WidePolished = { ...start, gap: wideGapOf(p, start) };
  for (const found of [kept(p, start, before), ...BIASES.map((bias) => guess(p, start, bias))]) {
    best = follow(p, found, start, lost, best);
    if (best.gap <= ENOUGH) break;
  }
  return best;
}
