/**
 * Krawczyk's inclusion (1969), an interval Newton step: for f: R^n -> R^n, a point x, a box X around it and any matrix Y,
 * K = x - Y f(x) + (I - Y f'(X)) (X - x). Where K lies strictly inside X, f has exactly one zero in X, and K contains it.
 * Y is the inverse of the middle of f'(x), rounded: it is checked through the inclusion alone. Also the chord method that
 * brings x near the zero beforehand. Cost: n^3 products of 240-bit integers for Y, and those of Y f'(X) that are not 0.
 */
import { addFixed, FIXED_ONE, FIXED_ZERO, type Fixed, mulFixed, subFixed } from "./fixed-interval.js";

export interface System {
  readonly unknowns: number;
  /** Encloses f over a box; null where f is not smooth all over it. */
  value(box: readonly Fixed[]): readonly Fixed[] | null;
  jacobian(box: readonly Fixed[]): readonly (readonly Fixed[])[] | null;
}

const BITS = 240n;
const UNIT = FIXED_ONE.lo;
const middle = ({ lo, hi }: Fixed): bigint => (lo + hi) >> 1n;
const size = (a: bigint): bigint => (a < 0n ? -a : a);
const isZero = ({ lo, hi }: Fixed): boolean => lo === 0n && hi === 0n;
const point = (x: bigint): Fixed => ({ lo: x, hi: x });

/** About the inverse of a square matrix in units of 2^-240, by Gauss and Jordan with row pivots; null where a pivot is 0. */
function inverseOf(matrix: readonly (readonly bigint[])[]): bigint[][] | null {
  const n = matrix.length;
  const M = matrix.map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => (i === j ? UNIT : 0n))]);
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (size(M[i]![k]!) > size(M[best]![k]!)) best = i;
    const pivot = M[best]![k]!;
    if (pivot === 0n) return null;
    [M[k], M[best]] = [M[best]!, M[k]!];
    const lead = M[k]!.map((x) => (x === 0n ? 0n : (x << BITS) / pivot));
    M[k] = lead;
    for (let i = 0; i < n; i++) {
      const row = M[i]!;
      const factor = row[k]!;
      if (i === k || factor === 0n) continue;
      for (let j = k; j < 2 * n; j++) if (lead[j] !== 0n) row[j] = row[j]! - ((factor * lead[j]!) >> BITS);
    }
  }
  return M.map((row) => row.slice(n));
}

/** The approximate inverse of the Jacobian at x. */
function preconditioner(system: System, x: readonly Fixed[]): bigint[][] | null {
  const J = system.jacobian(x);
  return J === null ? null : inverseOf(J.map((row) => row.map(middle)));
}

/** Y v for an interval vector v. */
const applied = (Y: readonly (readonly bigint[])[], v: readonly Fixed[]): Fixed[] =>
  Y.map((row) =>
    row.reduce((sum, y, j) => (y === 0n || isZero(v[j]!) ? sum : addFixed(sum, mulFixed(point(y), v[j]!))), FIXED_ZERO),
  );

/** A step below this part of x, 2^-180, ends the chord method. */
const STILL = 180n;

/** x after some steps of Newton's method with the inverse at the start; null where f or the inverse breaks down. */
export function chord(system: System, start: readonly bigint[], steps: number): readonly bigint[] | null {
  let x = start;
  const Y = preconditioner(system, x.map(point));
  if (Y === null) return null;
  for (let i = 0; i < steps; i++) {
    const f = system.value(x.map(point));
    if (f === null) return null;
    const step = applied(
      Y,
      f.map((v) => point(middle(v))),
    );
    x = x.map((v, j) => v - middle(step[j]!));
    if (step.every((s, j) => size(middle(s)) <= size(x[j]!) >> STILL)) break;
  }
  return x;
}

/** K, where it lies strictly inside the box around `center`; else null, and nothing is known. */
export function krawczyk(system: System, center: readonly Fixed[], box: readonly Fixed[]): readonly Fixed[] | null {
  const Y = preconditioner(system, center);
  const f = system.value(center);
  const J = system.jacobian(box);
  if (Y === null || f === null || J === null) return null;
  const newton = applied(Y, f);
  const away = box.map((b, j) => subFixed(b, center[j]!));
  const K = Y.map((row, i) => {
    let sum = subFixed(center[i]!, newton[i]!);
    for (let j = 0; j < system.unknowns; j++) {
      let slope = i === j ? FIXED_ONE : FIXED_ZERO;
      for (let k = 0; k < system.unknowns; k++)
        if (row[k] !== 0n && !isZero(J[k]![j]!)) slope = subFixed(slope, mulFixed(point(row[k]!), J[k]![j]!));
      sum = addFixed(sum, mulFixed(slope, away[j]!));
    }
    return sum;
  });
  const inside = K.every(({ lo, hi }, i) => lo > box[i]!.lo && hi < box[i]!.hi);
  return inside ? K : null;
}
