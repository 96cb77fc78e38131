/**
 * Margins of a predictor of a block norm's max margin beyond the digits of a double: the residuals of the points that carry
 * are taken in exact rationals, the least correction on the living blocks in floating point, and the sum is exact again.
 * Rows of 1e8 beside rows of 1 need it. Cost: |A|^2 D products and |A| exact margins a round.
 */
import { add, div, ONE, ofNumber, type Q, sub, toNumber } from "../exact/rational.js";
import { entriesOf, marginsOf, type QVector, vectorOf, vectorOfNumbers } from "../exact/vector.js";
import { solveConsistent } from "../numeric/dense.js";
import { dotAt } from "../numeric/vec.js";
import type { Pair } from "./block-barrier.js";
import { type BlockProblem, lengthAt } from "./block-problem.js";

/** Two gain all the digits there are; the third costs little. */
const ROUNDS = 3;

/** `unit` is the margin, in exact data, that c stands for: m_n(signal of b) = unit where <r_n, b> = c_n. */
export function refineMargins(
  p: BlockProblem,
  c: Float64Array,
  { a, b }: Pair,
  rows: readonly (readonly bigint[])[],
  scale: bigint,
  unit: Q,
): QVector {
  const { D, blocks } = p;
  const carriers = Array.from(a.keys()).filter((n) => a[n]! > 0);
  const size = carriers.length;
  const masked = new Float64Array(size * D);
  carriers.forEach((n, i) => {
    for (const block of blocks)
      if (lengthAt(b, block) > 0)
        for (let d = block.at; d < block.at + block.size; d++) masked[i * D + d] = p.rows[n * D + d]!;
  });
  const exact = carriers.map((n) => rows[n]!);
  let beta = vectorOfNumbers(p.signalOf(b));
  for (let round = 0; round < ROUNDS; round++) {
    const margins = entriesOf(marginsOf(exact, scale, beta));
    const right = Float64Array.from(carriers, (n, i) => c[n]! * toNumber(sub(ONE, div(margins[i]!, unit))));
    const gram = new Float64Array(size * size);
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) gram[i * size + j] = dotAt(masked, i * D, masked, j * D, D);
    solveConsistent(gram, right, size);
    const move = new Float64Array(D);
    for (let i = 0; i < size; i++) for (let d = 0; d < D; d++) move[d] = move[d]! + right[i]! * masked[i * D + d]!;
    const step = p.signalOf(move);
    if (!step.every(Number.isFinite)) break;
    beta = vectorOf(entriesOf(beta).map((x, d) => add(x, ofNumber(step[d]!))));
  }
  return beta;
}
