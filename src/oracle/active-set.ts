/**
 * The dual active-set method of Goldfarb and Idnani 1983 for min |b|^2/2 s.t. <z_n, b> >= 1, with identity
 * Hessian and in exact rationals: it ends after finitely many steps, with the optimum and its multipliers or with a
 * Farkas vector, and never with "maybe". It is the decider behind the floating-point proposals.
 * It may begin at the optimum over independent rows of which all multipliers are positive.
 * Rows are integers over one scale. Cost: one exact k x k solve a step, k the number of active rows (<= D).
 */
import { solveExact } from "../exact/linear.js";
import { gramOf } from "../exact/planes.js";
import { add, compare, div, mul, neg, ONE, type Q, q, sign, sub, ZERO } from "../exact/rational.js";
import { combineRows, dotIntegers, entriesOf, marginsOf, type QVector, vectorOf } from "../exact/vector.js";

export type ActiveSetResult =
  | { readonly feasible: true; readonly dual: QVector; readonly beta: QVector }
  | { readonly feasible: false; readonly lambda: QVector };

/** Coefficients r of the projection of row p onto the span of the active rows: (Z_A Z_A^T) r = Z_A z_p. */
function project(rows: readonly (readonly bigint[])[], active: readonly number[], p: number): Q[] {
  const gram = gramOf(active.map((i) => rows[i]!));
  const right = active.map((i) => dotIntegers(rows[i]!, rows[p]!));
  const r = solveExact(gram, right);
  // Active rows are kept linearly independent, so their Gram matrix is regular.
  if (r === null) throw new Error("active-set: dependent active rows (an internal fault)");
  return r;
}

/** `start` holds the multipliers of such an optimum. */
export function exactActiveSet(
  rows: readonly (readonly bigint[])[],
  scale: bigint,
  start: QVector | null = null,
): ActiveSetResult {
  const N = rows.length;
  let active = start === null ? [] : start.n.flatMap((a, n) => (a === 0n ? [] : [n]));
  let dual = start === null ? [] : entriesOf(start).filter((a) => a.n !== 0n);
  const dense = (indices: readonly number[], values: readonly Q[]): QVector => {
    const full = new Array<Q>(N).fill(ZERO);
    indices.forEach((n, i) => {
      full[n] = values[i]!;
    });
    return vectorOf(full);
  };
  for (;;) {
    const beta = combineRows(dense(active, dual), rows, scale);
    const margins = marginsOf(rows, scale, beta);
    let p = 0;
    margins.n.forEach((m, n) => {
      if (m < margins.n[p]!) p = n;
    });
    if (margins.n[p]! >= margins.d) return { feasible: true, dual: dense(active, dual), beta };
    let margin = q(margins.n[p]!, margins.d);
    let weight = ZERO;
    for (;;) {
      const r = project(rows, active, p);
      // |z_p|^2 minus the squared norm of its projection: the room that the active constraints leave.
      let room = q(dotIntegers(rows[p]!, rows[p]!), scale * scale);
      r.forEach((c, i) => {
        room = sub(room, mul(c, q(dotIntegers(rows[active[i]!]!, rows[p]!), scale * scale)));
      });
      const full = sign(room) > 0 ? div(sub(ONE, margin), room) : null;
      let blocking = -1;
      let partial: Q | null = null;
      r.forEach((c, i) => {
        if (sign(c) <= 0) return;
        const ratio = div(dual[i]!, c);
        if (partial === null || compare(ratio, partial) < 0) {
          partial = ratio;
          blocking = i;
        }
      });
      const blocked: Q | null = partial;
      if (full === null && blocked === null) {
        // z_p = sum r_i z_i with all r_i <= 0: a nonnegative combination of rows that vanishes.
        const lambda = [...r.map(neg), ONE];
        const total = lambda.reduce(add);
        return {
          feasible: false,
          lambda: dense(
            [...active, p],
            lambda.map((l) => div(l, total)),
          ),
        };
      }
      const takeFull = full !== null && (blocked === null || compare(full, blocked) <= 0);
      const step: Q = takeFull ? full : blocked!;
      dual = dual.map((u, i) => sub(u, mul(step, r[i]!)));
      weight = add(weight, step);
      if (full !== null) margin = add(margin, mul(step, room));
      if (takeFull) {
        active = [...active, p];
        dual = [...dual, weight];
        break;
      }
      active = active.filter((_, i) => i !== blocking);
      dual = dual.filter((_, i) => i !== blocking);
    }
  }
}
