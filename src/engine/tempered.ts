/**
 * min over the simplex of p'Gp/2 + m'p + tau sum p log p for tau > 0: the weights of a softmax at temperature tau at the end
 * of an implicit step. Newton in the logarithms s of p, on G p + m + tau s = c, with steps bounded in s, until only rounding
 * is left of c; null where tau is too small to tell from 0 in doubles, or Newton does not settle, and the hard problem is to
 * be solved instead: below 1e-10 of the margins often, and above from starts far from the solution (the hard one is near).
 * Cost: one Cholesky factorization of N x N a step of Newton.
 */

import { factorDefinite, solveFactored } from "../numeric/dense.js";
import { exp, log } from "../numeric/elementary.js";

/** tau log(1/p) below this part of the margins no longer shows. */
const COLD = 1e-14;
const ITERATIONS = 60;
/** As many points as make a factorization so dear that fewer are tried: the cold weights are near enough then. */
const MANY = 200;
const FEWEST = 4;
const SETTLED = 1e-12;
/** What rounding leaves of G p + m + tau s - c, relative to the size of its terms. */
const ROUNDING = 1e-14;
/** log p below which a weight does not show in sums: e^-40 < 2^-53. */
const SHOWS = -40;
/** p_n G_nn below this part of tau: such a weight moves the others by the root of it at most, and only in sqrt(p). */
const ALONE = 1e-24;
/** Largest change of a log p in one step of Newton. */
const LONGEST = 3;
/** A start for weights of 0. */
const NOTHING = 1e-300;

export interface TemperedQpSolver {
  /** `logTau` is log tau; `checkpoint` is called before each factorization and may throw. The result is the workspace's own, valid until the next call. */
  solve(
    G: Float64Array,
    m: Float64Array,
    logTau: number,
    start: Float64Array,
    checkpoint?: () => void,
  ): Float64Array | null;
}

export function createTemperedQp(N: number): TemperedQpSolver {
  const p = new Float64Array(N);
  const s = new Float64Array(N);
  const A = new Float64Array(N * N);
  const [r, d, u] = [new Float64Array(N), new Float64Array(N), new Float64Array(N)];
  const [root, sides, right] = [new Float64Array(N), new Float64Array(N), new Float64Array(N)];
  const shows = new Int32Array(N);

  function normalize(): void {
    let top = Number.NEGATIVE_INFINITY;
    for (let n = 0; n < N; n++) top = Math.max(top, s[n]!);
    let total = 0;
    for (let n = 0; n < N; n++) {
      p[n] = exp(s[n]! - top);
      total += p[n]!;
    }
    const shift = top + log(total);
    for (let n = 0; n < N; n++) {
      p[n] = p[n]! / total;
      s[n] = s[n]! - shift;
    }
  }

  const iterations = N <= MANY ? ITERATIONS : Math.max(FEWEST, Math.floor((ITERATIONS * MANY * MANY) / (N * N)));

  return {
    solve(G, m, logTau, start, checkpoint) {
      let size = 0;
      for (let n = 0; n < N; n++) size = Math.max(size, Math.abs(m[n]!), G[n * N + n]!);
      const tau = exp(logTau);
      if (!(tau > COLD * size && Number.isFinite(tau))) return null;
      for (let n = 0; n < N; n++) s[n] = log(Math.max(start[n]!, NOTHING));
      normalize();
      for (let iteration = 0; iteration < iterations; iteration++) {
        checkpoint?.();
        // Residual of G p + m + tau s = c, and the system (tau P^-1 + G) dp = -r + c, symmetric by sqrt(p) from both sides.
        // Without its mean the residual is small at the end, and so are the errors of the step.
        let mean = 0;
        for (let i = 0; i < N; i++) {
          let g = m[i]! + tau * s[i]!;
          for (let j = 0; j < N; j++) g += G[i * N + j]! * p[j]!;
          r[i] = g;
          mean += p[i]! * g;
        }
        let left = 0;
        for (let i = 0; i < N; i++) {
          r[i] = r[i]! - mean;
          left = Math.max(left, Math.abs(r[i]!) / (size + tau * Math.abs(s[i]!)));
        }
        // Weights that move nothing but themselves: their rows are those of tau times the identity.
        let K = 0;
        for (let i = 0; i < N; i++) {
          root[i] = Math.sqrt(p[i]!);
          if (p[i]! * G[i * N + i]! > ALONE * tau) shows[K++] = i;
          else {
            d[i] = (root[i]! * r[i]!) / tau;
            u[i] = root[i]! / tau;
          }
        }
        for (let i = 0; i < K; i++) {
          const from = shows[i]!;
          const a = root[from]!;
          sides[i] = a * r[from]!;
          right[i] = a;
          for (let j = 0; j <= i; j++)
            A[i * N + j] = a * root[shows[j]!]! * G[from * N + shows[j]!]! + (i === j ? tau : 0);
        }
        if (factorDefinite(A, K, N) < K) return null;
        solveFactored(A, sides, K, N);
        solveFactored(A, right, K, N);
        for (let i = 0; i < K; i++) {
          d[shows[i]!] = sides[i]!;
          u[shows[i]!] = right[i]!;
        }
        let [a, b] = [0, 0];
        for (let i = 0; i < N; i++) {
          a += root[i]! * u[i]!;
          b += root[i]! * d[i]!;
        }
        const c = b / a;
        // dp = sqrt(p) (c u - d); ds = dp / p, or from the linearized equation, exact where p underflows, noise / tau else.
        for (let i = 0; i < N; i++) r[i] = c - r[i]!;
        for (let j = 0; j < N; j++) {
          const dp = root[j]! * (c * u[j]! - d[j]!);
          if (dp !== 0) for (let i = 0; i < N; i++) r[i] = r[i]! - G[i * N + j]! * dp;
        }
        // Only weights that show, now or after the step, decide on its length and on the end.
        let largest = 0;
        for (let i = 0; i < N; i++) {
          r[i] = p[i]! * G[i * N + i]! > tau ? (c * u[i]! - d[i]!) / root[i]! : r[i]! / tau;
          if (s[i]! > SHOWS) largest = Math.max(largest, Math.abs(r[i]!));
          else if (s[i]! + r[i]! > SHOWS) largest = Math.max(largest, 1);
        }
        if (left <= ROUNDING && largest > SETTLED) return p;
        const step = largest > LONGEST ? LONGEST / largest : 1;
        for (let i = 0; i < N; i++)
          s[i] = s[i]! > SHOWS ? s[i]! + step * r[i]! : Math.min(s[i]! + r[i]!, SHOWS + LONGEST);
        normalize();
        if (largest <= SETTLED) return p;
      }
      return null;
    },
  };
}
