/**
 * Exact feasibility for the enumeration of stationary points in the signal's own entries, rows z_n in Z^D. A face is a set A
 * of points; labels say of each coordinate that it is above 0, below, exactly 0, or not yet known. Primal: is there a b with
 * these signs, <z_n, b> = s on A and >= s elsewhere, for an s > 0? Dual: are there alpha > 0 on A for which sum alpha_n z_n has
 * these signs where they are not 0? Both are cones, open in the signs, so each is one linear programme max t from 0 (exact
 * simplex method). Answers a witness in integers. Cost: one small exact simplex run.
 */
import { solveSimplex } from "../../exact/simplex.js";

export type Label = 1 | -1 | 0 | null;
type Rows = readonly (readonly bigint[])[];

const times = (label: 1 | -1, x: bigint): bigint => (label === 1 ? x : -x);

export function primalWitness(rows: Rows, active: readonly number[], labels: readonly Label[]): bigint[] | null {
  // Columns: |b_d| where the sign is known, b_d + m where it is not; then m, s and t.
  const used = labels.flatMap((label, d) => (label === 0 ? [] : [d]));
  const free = labels.includes(null);
  const width = used.length + (free ? 1 : 0) + 2;
  const [m, s, t] = [used.length, width - 2, width - 1];
  const unit = (entries: readonly (readonly [number, bigint])[]): bigint[] => {
    const row = new Array<bigint>(width).fill(0n);
    for (const [j, x] of entries) row[j] = x;
    return row;
  };
  const margin = (z: readonly bigint[], sign: 1n | -1n): bigint[] => {
    const row = new Array<bigint>(width).fill(0n);
    used.forEach((d, j) => {
      const label = labels[d]!;
      const x = sign * z[d]!;
      row[j] = label === null || label === 0 ? x : times(label, x);
      if (label === null) row[m] = row[m]! - x;
    });
    row[s] = -sign;
    return row;
  };
  const A: bigint[][] = [unit([[t, 1n]])];
  used.forEach((d, j) => {
    if (labels[d] !== null)
      A.push(
        unit([
          [t, 1n],
          [j, -1n],
        ]),
      );
  });
  A.push(
    unit([
      [t, 1n],
      [s, -1n],
    ]),
  );
  rows.forEach((z, n) => {
    A.push(margin(z, -1n));
    if (active.includes(n)) A.push(margin(z, 1n));
  });
  const answer = solveSimplex({ A, b: A.map((_, i) => (i === 0 ? 1n : 0n)), c: unit([[t, 1n]]) });
  if (!answer.bounded) throw new Error("faces: a bounded programme has no optimum (an internal fault)");
  if (answer.x.n[t]! <= 0n) return null;
  const b = new Array<bigint>(labels.length).fill(0n);
  used.forEach((d, j) => {
    const label = labels[d]!;
    const x = answer.x.n[j]!;
    b[d] = label === null || label === 0 ? x - answer.x.n[m]! : times(label, x);
  });
  return b;
}

export function dualWitness(rows: Rows, active: readonly number[], labels: readonly Label[]): bigint[] | null {
  const t = active.length;
  const unit = (j: number): bigint[] => Array.from({ length: t + 1 }, (_, i) => (i === t ? 1n : i === j ? -1n : 0n));
  const A = [unit(t), ...active.map((_, j) => unit(j))];
  labels.forEach((label, d) => {
    if (label !== null && label !== 0) A.push([...active.map((n) => -times(label, rows[n]![d]!)), 1n]);
  });
  const answer = solveSimplex({ A, b: A.map((_, i) => (i === 0 ? 1n : 0n)), c: unit(t) });
  if (!answer.bounded) throw new Error("faces: a bounded programme has no optimum (an internal fault)");
  return answer.x.n[t]! <= 0n ? null : answer.x.n.slice(0, t);
}
