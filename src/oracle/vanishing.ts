/**
 * A convex combination of rows that vanishes (Gordan 1873: then no b has all margins positive), from a guess of its support:
 * the first row that depends on those before it is expressed by them, exactly. Cost: one exact solve.
 */
import { solveCommon } from "../exact/linear.js";
import { independentModulo } from "../exact/modular.js";
import { gramOf } from "../exact/planes.js";
import { combineRows, dotIntegers, type QVector, reduced } from "../exact/vector.js";

/** The unique vanishing convex combination supported on `support`, if there is exactly one and it is nonnegative. */
export function farkasOn(rows: readonly (readonly bigint[])[], support: readonly number[]): QVector | null {
  const kept = independentModulo(support.map((n) => rows[n]!));
  const last = support.find((_, i) => kept[i] !== i);
  if (last === undefined) return null;
  const base = kept.map((i) => support[i]!);
  const c = solveCommon(
    gramOf(base.map((n) => rows[n]!)),
    base.map((n) => dotIntegers(rows[n]!, rows[last]!)),
  );
  if (c?.n.every((x) => x <= 0n) !== true) return null;
  const weights = new Array<bigint>(rows.length).fill(0n);
  base.forEach((n, i) => {
    weights[n] = -c.n[i]!;
  });
  weights[last] = c.d;
  const lambda = reduced({ n: weights, d: weights.reduce((a, b) => a + b, 0n) });
  return combineRows(lambda, rows, 1n).n.every((x) => x === 0n) ? lambda : null;
}
