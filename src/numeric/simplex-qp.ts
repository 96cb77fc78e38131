/**
 * min over the simplex of p'Gp/2 + m'p, for G = J J^T (N x N, positive semidefinite, of any rank) and m in the range of J,
 * so that the objective is half the squared distance of a point of the hull of the rows of J, shifted, from the origin:
 * Wolfe's algorithm for the point of least norm. It moves along faces spanned by affinely independent rows, so that neither
 * duplicated points nor a deficient rank is special; p is then one of several minimizers, G p + m is unique.
 * Source: Wolfe 1976. Cost: a Cholesky factorization of the face for each change of it, and N |face| for each gradient;
 * a start near the solution needs few changes.
 */
import { factorDefinite, solveFactored } from "./dense.js";

export interface SimplexQp {
  /** In the simplex; entries outside the face are exactly 0. */
  readonly p: Float64Array;
  /** G p + m. */
  readonly gradient: Float64Array;
  /** gradient'p - min gradient >= 0: how far the objective is above its minimum, at most. */
  readonly gap: number;
  readonly iterations: number;
  /** False where a point that lies lower was of no use, or the iterations ran out: the gap says how good p is. */
  readonly solved: boolean;
}

/**
 * A pivot below this part of its diagonal says that the row depends on those before: so rows that differ by less than about
 * 1e-7 of the largest count as one, and then the gap stays of that order.
 */
const DEPENDENT = 1e-14;
/** The gap that rounding leaves, relative to the size of the objective's terms. */
const ROUNDING = 2e-15;
const ITERATIONS_PER_POINT = 20;

/** The workspace of problems of N points; reused, so that a run allocates once. */
export interface SimplexQpSolver {
  /**
   * `start` is a point of the simplex to begin from, such as the last solution; it is not changed. `checkpoint` is called
   * before each factorization and may throw: the workspace stays fit for use.
   */
  solve(G: Float64Array, m: Float64Array, start?: Float64Array, checkpoint?: () => void): SimplexQp;
}

export function createSimplexQp(N: number): SimplexQpSolver {
  const p = new Float64Array(N);
  const gradient = new Float64Array(N);
  const inFace = new Uint8Array(N);
  const face: number[] = [];
  const L = new Float64Array(N * N);
  const [ones, slope] = [new Float64Array(N), new Float64Array(N)];

  /** Factors G + k 1 1^T on the face; the number of its rows that are independent. */
  function factor(G: Float64Array, k: number): number {
    face.forEach((from, i) => {
      for (let j = 0; j <= i; j++) L[i * N + j] = G[from * N + face[j]!]! + k;
    });
    return factorDefinite(L, face.length, N, DEPENDENT);
  }

  function drop(at: number): void {
    inFace[face[at]!] = 0;
    p[face[at]!] = 0;
    face.splice(at, 1);
  }

  /** Moves p to the least point of the affine hull of the face, or of a smaller one where that lies outside the simplex. */
  function descendFace(G: Float64Array, m: Float64Array, k: number, checkpoint?: () => void): void {
    for (;;) {
      checkpoint?.();
      const rank = factor(G, k);
      if (rank < face.length) {
        // Neutral: its weight can go to the others without a change of G p. It was added last, or came by the start.
        drop(rank);
        continue;
      }
      // Stationary on the hull: (G + k 1 1^T) q + m = c 1 with 1'q = 1, whatever k is, and whatever constant m is less.
      for (let i = 0; i < rank; i++) {
        ones[i] = 1;
        slope[i] = m[face[i]!]! - m[face[0]!]!;
      }
      solveFactored(L, ones, rank, N);
      solveFactored(L, slope, rank, N);
      let [a, b] = [0, 0];
      for (let i = 0; i < rank; i++) {
        a += ones[i]!;
        b += slope[i]!;
      }
      const c = (1 + b) / a;
      let step = 1;
      let out = -1;
      for (let i = 0; i < rank; i++) {
        const q = c * ones[i]! - slope[i]!;
        slope[i] = q;
        const now = p[face[i]!]!;
        if (q <= 0 && now - q > 0 && now / (now - q) < step) {
          step = now / (now - q);
          out = i;
        }
      }
      for (let i = 0; i < rank; i++) {
        const now = p[face[i]!]!;
        p[face[i]!] = Math.max(0, now + step * (slope[i]! - now));
      }
      if (out < 0) return;
      drop(out);
    }
  }

  return {
    solve(G, m, start, checkpoint) {
      let total = 0;
      if (start !== undefined) for (let n = 0; n < N; n++) total += Math.max(0, start[n]!);
      face.length = 0;
      p.fill(0);
      inFace.fill(0);
      const add = (n: number, weight: number): void => {
        p[n] = weight;
        inFace[n] = 1;
        face.push(n);
      };
      if (start !== undefined && total > 0) {
        for (let n = 0; n < N; n++) if (start[n]! > 0) add(n, start[n]! / total);
      } else {
        let best = 0;
        for (let n = 1; n < N; n++) if (m[n]! + G[n * N + n]! / 2 < m[best]! + G[best * N + best]! / 2) best = n;
        add(best, 1);
      }
      // k of the size of G, not of m: else G would be lost in it.
      let [k, size] = [0, 0];
      for (let n = 0; n < N; n++) {
        k = Math.max(k, G[n * N + n]!);
        size = Math.max(size, k, Math.abs(m[n]!));
      }
      if (k === 0) k = 1;
      let [last, before] = [-1, Number.POSITIVE_INFINITY];
      const most = ITERATIONS_PER_POINT * (N + 10);
      for (let iterations = 1; ; iterations++) {
        descendFace(G, m, k, checkpoint);
        let sum = 0;
        for (const n of face) sum += p[n]!;
        for (const n of face) p[n] = p[n]! / sum;
        let level = 0;
        let least = 0;
        for (let n = 0; n < N; n++) {
          let g = m[n]!;
          for (const j of face) g += G[n * N + j]! * p[j]!;
          gradient[n] = g;
          level += g * p[n]!;
          if (g < gradient[least]!) least = n;
        }
        const gap = Math.max(0, level - gradient[least]!);
        const solved = gap <= ROUNDING * size || inFace[least] === 1;
        // Dropped as soon as it was added: so it would be again.
        const stuck = last >= 0 && inFace[last] === 0 && gap >= before;
        if (solved || stuck || iterations >= most) return { p, gradient, gap, iterations, solved };
        [last, before] = [least, gap];
        add(least, 0);
      }
    },
  };
}
