/**
 * Margins beyond double-double numbers (block-refine.ts, for rows of 1e10 and more beside rows of 1): residuals of the points
 * that carry in exact rationals, the least correction on the living blocks by orthogonal factors, the sum exact again.
 * Cost: |A|^2 D products of wide numbers, and |A| exact margins a round.
 */
import { add, div, mul, ONE, ofNumber, type Q, sub } from "../exact/rational.js";
import { entriesOf, marginsOf, type QVector, vectorOf } from "../exact/vector.js";
import { axpyWide, setWide, wideAt, wideZeros } from "../numeric/wide-dense.js";
import { factorLeastSquares, solveGramOf } from "../numeric/wide-qr.js";
import type { WidePair } from "./block-wide-barrier.js";
import { type WideProblem, wideOf } from "./block-wide-problem.js";

const ROUNDS = 2;

/** `unit` is the margin, in exact data, that c stands for. Null where more points carry than there are coordinates. */
export function refineWideMargins(
  p: WideProblem,
  { a, b }: WidePair,
  rows: readonly (readonly bigint[])[],
  scale: bigint,
  unit: Q,
): QVector | null {
  const { N, D } = p;
  const carriers = Array.from({ length: N }, (_, n) => n).filter((n) => a[2 * n]! > 0);
  const size = carriers.length;
  if (size > D) return null;
  // Columns of the carriers, on the coordinates that live.
  const masked = wideZeros(size * D);
  carriers.forEach((n, i) => {
    for (let d = 0; d < D; d++) if (b[2 * d] !== 0) setWide(masked, i * D + d, wideAt(p.rows, n * D + d));
  });
  const factors = factorLeastSquares(masked, D, size);
  const exact = carriers.map((n) => rows[n]!);
  let beta = p.signalOf(b);
  for (let round = 0; round < ROUNDS; round++) {
    const margins = entriesOf(marginsOf(exact, scale, beta));
    const right = wideZeros(size);
    carriers.forEach((n, i) => {
      setWide(right, i, wideOf(mul(ofNumber(p.c[n]!), sub(ONE, div(margins[i]!, unit)))));
    });
    const shares = solveGramOf(factors, right);
    const move = wideZeros(D);
    for (let i = 0; i < size; i++) axpyWide(wideAt(shares, i), masked, i * D, move, 0, D);
    if (!move.every(Number.isFinite)) return null;
    const [old, step] = [entriesOf(beta), entriesOf(p.signalOf(move))];
    beta = vectorOf(old.map((x, d) => add(x, step[d]!)));
  }
  return beta;
}
