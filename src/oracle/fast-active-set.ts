/**
 * The dual active-set method of Goldfarb and Idnani 1983 for min |b|^2/2 s.t. <z_n, b> >= c_n in floating point, on rows of
 * length 1: it proposes which rows carry the optimum, or which of them cancel. Nothing is trusted of what it says.
 * The Gram matrix of the active rows is kept in Cholesky factors, which grow by a row or lose one.
 * Cost: N D + k^2 + k D a step, k the number of active rows; some steps more than there are rows that carry.
 */
import { dotAt } from "../numeric/vec.js";

export interface Proposal {
  /** False where the rows of `support` seem to have a nonnegative combination that vanishes. */
  readonly feasible: boolean;
  /** Ascending. */
  readonly support: readonly number[];
}

/** Of the squared length of a row, what is left beside the active ones; below this it is rounding. */
const NO_ROOM = 1e-13;
/** A margin short by this part of the largest target, or of the rounding of its sum, is met. */
const SHORT = 1e-12;
/** Cycles by rounding end. */
const STEPS_PER_ROW = 20;

/** A lower triangular factor, row major of stride `most`, of rows that come last and leave anywhere. */
function factors(most: number): {
  solveLower(x: Float64Array, k: number): void;
  solveUpper(x: Float64Array, k: number): void;
  append(row: Float64Array, diagonal: number, k: number): void;
  remove(at: number, k: number): void;
} {
  const L = new Float64Array(most * most);
  return {
    solveLower(x, k) {
      for (let i = 0; i < k; i++) x[i] = (x[i]! - dotAt(L, i * most, x, 0, i)) / L[i * most + i]!;
    },
    solveUpper(x, k) {
      for (let i = k - 1; i >= 0; i--) {
        const value = x[i]! / L[i * most + i]!;
        x[i] = value;
        for (let j = 0; j < i; j++) x[j] = x[j]! - value * L[i * most + j]!;
      }
    },
    append(row, diagonal, k) {
      L.set(row.subarray(0, k), k * most);
      L[k * most + k] = diagonal;
    },
    remove(at, k) {
      for (let i = at + 1; i < k; i++) L.copyWithin((i - 1) * most, i * most, i * most + i + 1);
      // Rotations of neighbouring columns take the entries above the diagonal away.
      for (let j = at; j < k - 1; j++) {
        const [x, y] = [L[j * most + j]!, L[j * most + j + 1]!];
        const length = Math.sqrt(x * x + y * y);
        const [c, s] = length > 0 ? [x / length, y / length] : [1, 0];
        for (let i = j; i < k - 1; i++) {
          const [u, v] = [L[i * most + j]!, L[i * most + j + 1]!];
          L[i * most + j] = c * u + s * v;
          L[i * most + j + 1] = c * v - s * u;
        }
      }
    },
  };
}

/** Rows z (N x D, row major, each of length 1) and targets c > 0; null where it does not end. */
export function proposeActive(z: Float64Array, c: Float64Array, N: number, D: number): Proposal | null {
  const most = Math.min(N, D) + 1;
  const factor = factors(most);
  const [b, direction] = [new Float64Array(D), new Float64Array(D)];
  const active: number[] = [];
  const alpha: number[] = [];
  const isActive = new Uint8Array(N);
  const whole = (rows: readonly number[]): readonly number[] => [...rows].sort((x, y) => x - y);
  const peak = c.reduce((a, x) => Math.max(a, x), 0);
  const lower = new Float64Array(most);
  const r = new Float64Array(most);
  for (let steps = 0; steps < STEPS_PER_ROW * (N + D); ) {
    const size = Math.sqrt(dotAt(b, 0, b, 0, D));
    let [p, worst] = [-1, SHORT * Math.max(peak, size)];
    for (let n = 0; n < N; n++) {
      const short = isActive[n] === 1 ? 0 : c[n]! - dotAt(z, n * D, b, 0, D);
      if (short > worst) [p, worst] = [n, short];
    }
    if (p < 0) return { feasible: true, support: whole(active.filter((_, i) => alpha[i]! > 0)) };
    let missing = worst;
    let weight = 0;
    for (;;) {
      steps += 1;
      const k = active.length;
      for (let i = 0; i < k; i++) lower[i] = dotAt(z, active[i]! * D, z, p * D, D);
      factor.solveLower(lower, k);
      let room = Math.max(0, 1 - dotAt(lower, 0, lower, 0, k));
      if (room <= NO_ROOM || k === D) room = 0;
      r.set(lower);
      factor.solveUpper(r, k);
      let [blocking, partial] = [-1, Number.POSITIVE_INFINITY];
      for (let i = 0; i < k; i++)
        if (r[i]! > 0 && alpha[i]! / r[i]! < partial) [blocking, partial] = [i, Math.max(0, alpha[i]! / r[i]!)];
      const full = room > 0 ? missing / room : Number.POSITIVE_INFINITY;
      if (full === Number.POSITIVE_INFINITY && blocking < 0) return { feasible: false, support: whole([...active, p]) };
      const step = Math.min(full, partial);
      direction.fill(0);
      for (let d = 0; d < D; d++) direction[d] = z[p * D + d]!;
      for (let i = 0; i < k; i++) {
        const from = active[i]! * D;
        for (let d = 0; d < D; d++) direction[d] = direction[d]! - r[i]! * z[from + d]!;
      }
      if (room > 0) for (let d = 0; d < D; d++) b[d] = b[d]! + step * direction[d]!;
      for (let i = 0; i < k; i++) alpha[i] = Math.max(0, alpha[i]! - step * r[i]!);
      weight += step;
      missing -= step * room;
      if (full <= partial) {
        factor.append(lower, Math.sqrt(room), k);
        active.push(p);
        alpha.push(weight);
        isActive[p] = 1;
        break;
      }
      if (!(steps < STEPS_PER_ROW * (N + D))) return null;
      factor.remove(blocking, k);
      isActive[active[blocking]!] = 0;
      active.splice(blocking, 1);
      alpha.splice(blocking, 1);
    }
  }
  return null;
}
