/**
 * The dual active-set method of Goldfarb and Idnani 1983 for min |b|^2/2 s.t. <z_n, b> >= c_n in floating point, on rows of
 * length 1: it proposes which rows carry the optimum, or which of them cancel. Nothing is trusted of what it says.
 * The active rows are kept as L Q, Q orthonormal, L lower triangular, which grow by a row or lose one: so what is left of a
 * row beside them is known to rounding, where a Gram matrix would know half its digits.
 * Cost: N D + k D a step, k the number of active rows; some steps more than there are rows that carry.
 */
import { dotAt } from "../numeric/vec.js";

export interface Proposal {
  /** False where the rows of `support` seem to have a nonnegative combination that vanishes. */
  readonly feasible: boolean;
  /** Ascending. */
  readonly support: readonly number[];
}

/** The optimum itself, with the multipliers of all rows; where it is not feasible, as far as the method came. */
export interface ActiveOptimum extends Proposal {
  readonly b: Float64Array;
  readonly alpha: Float64Array;
}

/** What is left of a row of length 1 beside the active ones; below this it is rounding. */
const NO_ROOM = 1e-14;
/** A margin short by this part of the largest target, or of the rounding of its sum, is met. */
const SHORT = 1e-12;
/** Cycles by rounding end. */
const STEPS_PER_ROW = 20;

/** x <- x + c y over D entries from `at`. */
function addRow(x: Float64Array, c: number, y: Float64Array, at: number, D: number): void {
  for (let d = 0; d < D; d++) x[d] = x[d]! + c * y[at + d]!;
}

/** (x, y) <- (c x + s y, c y - s x) over n entries of one array. */
function rotate(a: Float64Array, x: number, y: number, stride: number, n: number, c: number, s: number): void {
  for (let i = 0; i < n; i++) {
    const [u, v] = [a[x + i * stride]!, a[y + i * stride]!];
    a[x + i * stride] = c * u + s * v;
    a[y + i * stride] = c * v - s * u;
  }
}

/** Active rows = L Q. */
class ActiveRows {
  readonly L: Float64Array;
  readonly Q: Float64Array;
  size = 0;

  constructor(
    readonly most: number,
    readonly D: number,
  ) {
    this.L = new Float64Array(most * most);
    this.Q = new Float64Array(most * D);
  }

  /** Takes what the active rows span out of `rest`, twice for the digits; the coefficients by Q in `along`. */
  project(rest: Float64Array, along: Float64Array): void {
    along.fill(0);
    for (let pass = 0; pass < 2; pass++)
      for (let i = 0; i < this.size; i++) {
        const c = dotAt(this.Q, i * this.D, rest, 0, this.D);
        addRow(rest, -c, this.Q, i * this.D, this.D);
        along[i] = along[i]! + c;
      }
  }

  /** x <- the coefficients by the active rows of what `x` is by Q. */
  solve(x: Float64Array): void {
    for (let i = this.size - 1; i >= 0; i--) {
      const value = x[i]! / this.L[i * this.most + i]!;
      x[i] = value;
      for (let j = 0; j < i; j++) x[j] = x[j]! - value * this.L[i * this.most + j]!;
    }
  }

  append(along: Float64Array, rest: Float64Array, length: number): void {
    const k = this.size++;
    this.L.set(along.subarray(0, k), k * this.most);
    this.L[k * this.most + k] = length;
    for (let d = 0; d < this.D; d++) this.Q[k * this.D + d] = rest[d]! / length;
  }

  remove(at: number): void {
    const { L, Q, D, most } = this;
    const k = --this.size;
    for (let i = at; i < k; i++) L.copyWithin(i * most, (i + 1) * most, (i + 1) * most + i + 2);
    // Rotations of neighbouring columns take the entries above the diagonal away.
    for (let j = at; j < k; j++) {
      const [x, y] = [L[j * most + j]!, L[j * most + j + 1]!];
      const length = Math.sqrt(x * x + y * y);
      if (length === 0) continue;
      rotate(L, j * most + j, j * most + j + 1, most, k - j, x / length, y / length);
      rotate(Q, j * D, (j + 1) * D, 1, D, x / length, y / length);
    }
  }
}

/** Rows z (N x D, row major, each of length 1) and targets c > 0; null where it does not end. */
export function proposeActive(z: Float64Array, c: Float64Array, N: number, D: number): Proposal | null {
  const found = solveActive(z, c, N, D);
  return found === null ? null : { feasible: found.feasible, support: found.support };
}

/** Likewise, with its numbers. */
export function solveActive(z: Float64Array, c: Float64Array, N: number, D: number): ActiveOptimum | null {
  const rows = new ActiveRows(Math.min(N, D) + 1, D);
  const [b, rest] = [new Float64Array(D), new Float64Array(D)];
  const [along, r] = [new Float64Array(rows.most), new Float64Array(rows.most)];
  const active: number[] = [];
  const alpha: number[] = [];
  const isActive = new Uint8Array(N);
  const answer = (feasible: boolean, list: readonly number[]): ActiveOptimum => {
    const weights = new Float64Array(N);
    active.forEach((n, i) => {
      weights[n] = alpha[i]!;
    });
    return { feasible, support: [...list].sort((x, y) => x - y), b, alpha: weights };
  };
  const peak = c.reduce((a, x) => Math.max(a, x), 0);
  const most = STEPS_PER_ROW * (N + D);
  for (let steps = 0; steps < most; ) {
    const size = Math.sqrt(dotAt(b, 0, b, 0, D));
    let [p, worst] = [-1, SHORT * Math.max(peak, size)];
    for (let n = 0; n < N; n++) {
      const short = isActive[n] === 1 ? 0 : c[n]! - dotAt(z, n * D, b, 0, D);
      if (short > worst) [p, worst] = [n, short];
    }
    if (p < 0)
      return answer(
        true,
        active.filter((_, i) => alpha[i]! > 0),
      );
    let missing = worst;
    let weight = 0;
    for (;;) {
      steps += 1;
      const k = active.length;
      rest.set(z.subarray(p * D, p * D + D));
      rows.project(rest, along);
      const length = k === D ? 0 : Math.sqrt(dotAt(rest, 0, rest, 0, D));
      const room = length > NO_ROOM ? length * length : 0;
      r.set(along);
      rows.solve(r);
      let [blocking, partial] = [-1, Number.POSITIVE_INFINITY];
      for (let i = 0; i < k; i++)
        if (r[i]! > 0 && alpha[i]! / r[i]! < partial) [blocking, partial] = [i, alpha[i]! / r[i]!];
      const full = room > 0 ? missing / room : Number.POSITIVE_INFINITY;
      if (room === 0 && blocking < 0) return answer(false, [...active, p]);
      const step = Math.min(full, partial);
      if (room > 0) addRow(b, step, rest, 0, D);
      for (let i = 0; i < k; i++) alpha[i] = Math.max(0, alpha[i]! - step * r[i]!);
      weight += step;
      missing -= step * room;
      if (full <= partial) {
        rows.append(along, rest, length);
        active.push(p);
        alpha.push(weight);
        isActive[p] = 1;
        break;
      }
      if (steps >= most) return null;
      rows.remove(blocking);
      isActive[active[blocking]!] = 0;
      active.splice(blocking, 1);
      alpha.splice(blocking, 1);
    }
  }
  return null;
}
