/**
 * The dual of a block norm's max margin, max <c, a> s.t. a >= 0 and |block_k(sum a_n r_n)| <= w_k, by its logarithmic barrier
 * -<c, a> - mu (sum log a_n + sum log(w_k^2 - |z_k|^2)): Newton steps with exact line search, mu falling. At a center the
 * blocks b_k = 2 mu z_k / (w_k^2 - |z_k|^2) are a primal with <r_n, b> = c_n + mu / a_n, hence feasible. It proposes to about
 * half the digits; block-polish.ts goes on. Cost: N^2 D + N^3 / 6 products a step, some dozens of steps.
 */
import { factorDefinite, solveFactored } from "../numeric/dense.js";
import { dotAt } from "../numeric/vec.js";
import { type BlockProblem, primalNorm } from "./block-problem.js";

export interface Pair {
  /** Half-spectrum coordinates of the predictor. */
  readonly b: Float64Array;
  readonly a: Float64Array;
}

/** z = sum a_n r_n. */
export function combine({ N, D, rows }: BlockProblem, a: Float64Array): Float64Array {
  const z = new Float64Array(D);
  for (let n = 0; n < N; n++) if (a[n] !== 0) for (let d = 0; d < D; d++) z[d] = z[d]! + a[n]! * rows[n * D + d]!;
  return z;
}

/** mu relative to the objective, at the end; smaller ones lose the slack of the blocks to rounding. */
const LEAST_MU = 1e-10;
const FASTER = 0.15;
/** Newton steps a center: a few do, some hundred where a long step ends near a wall and has to come back. */
const MOST_STEPS = 200;

/** The root of a slope that rises along the step, from below; the whole step where it stays negative. Null: infeasible. */
function lineSearch(slope: (t: number) => number | null): number {
  let [low, high] = [0, 1];
  for (let at = slope(high); at !== null && at < 0 && high < 64; at = slope(high)) [low, high] = [high, 2 * high];
  for (let i = 0; i < 40 && high - low > 1e-3 * high; i++) {
    const t = 0.5 * (low + high);
    const at = slope(t);
    if (at !== null && at < 0) low = t;
    else high = t;
  }
  return low;
}

/** Null where the objective passes `most`, as it does without end where the points cannot be separated. */
export function solveBarrier(p: BlockProblem, c: Float64Array, most = Number.MAX_VALUE): Pair | null {
  const { N, D, blocks, rows } = p;
  const a = new Float64Array(N).fill(0.5 / N);
  const slackOf = (z: Float64Array): Float64Array =>
    Float64Array.from(blocks, ({ at, size, weight }) => weight * weight - dotAt(z, at, z, at, size));
  const [H, turned] = [new Float64Array(N * N), new Float64Array(N * D)];
  const primal = (z: Float64Array, s: Float64Array, mu: number): Float64Array => {
    const b = new Float64Array(D);
    blocks.forEach(({ at, size }, k) => {
      for (let i = at; i < at + size; i++) b[i] = (2 * mu * z[i]!) / s[k]!;
    });
    return b;
  };

  /** One Newton step at mu; the squared decrement, in units of mu. */
  function step(mu: number): number {
    const z = combine(p, a);
    const s = slackOf(z);
    const b = primal(z, s, mu);
    const descent = new Float64Array(N);
    for (let n = 0; n < N; n++) descent[n] = (c[n]! + mu / a[n]! - dotAt(rows, n * D, b, 0, D)) * a[n]!;
    // In the variables a_n e^t the Hessian is mu (T T^T + 1), T the rows through the root of each block's Hessian.
    blocks.forEach(({ at, size }, k) => {
      const length = dotAt(z, at, z, at, size);
      const root = Math.sqrt(2 / s[k]!);
      const bend = 2 / s[k]! / (1 + Math.sqrt(1 + (2 * length) / s[k]!));
      for (let n = 0; n < N; n++) {
        const along = bend * dotAt(z, at, rows, n * D + at, size);
        for (let i = at; i < at + size; i++) turned[n * D + i] = a[n]! * root * (rows[n * D + i]! + along * z[i]!);
      }
    });
    for (let n = 0; n < N; n++)
      for (let m = 0; m <= n; m++) H[n * N + m] = dotAt(turned, n * D, turned, m * D, D) + (n === m ? 1 : 0);
    if (factorDefinite(H, N) < N) return 0;
    const move = descent.map((x) => x / mu);
    solveFactored(H, move, N);
    const decrement = move.reduce((sum, x, n) => sum + (x * descent[n]!) / mu, 0);
    for (let n = 0; n < N; n++) move[n] = move[n]! * a[n]!;
    const dz = combine(p, move);
    const along = c.reduce((sum, x, n) => sum + x * move[n]!, 0);
    // Along the step a block's slack is s - t (2 cross + t square).
    const cross = Float64Array.from(blocks, ({ at, size }) => dotAt(z, at, dz, at, size));
    const square = Float64Array.from(blocks, ({ at, size }) => dotAt(dz, at, dz, at, size));
    const t = lineSearch((u) => {
      let slope = -along;
      for (let n = 0; n < N; n++) {
        const x = a[n]! + u * move[n]!;
        if (!(x > 0)) return null;
        slope -= (mu * move[n]!) / x;
      }
      for (let k = 0; k < s.length; k++) {
        const ahead = u * square[k]!;
        const slack = s[k]! - u * (2 * cross[k]! + ahead);
        if (!(slack > 0)) return null;
        slope += (2 * mu * (cross[k]! + ahead)) / slack;
      }
      return slope;
    });
    for (let n = 0; n < N; n++) a[n] = a[n]! + t * move[n]!;
    return t === 0 ? 0 : decrement;
  }

  const objective = (): number => c.reduce((sum, x, n) => sum + x * a[n]!, 0);
  let mu = objective();
  for (;;) {
    for (let i = 0; i < MOST_STEPS && step(mu) > 1e-6 && objective() <= most; i++);
    if (!(objective() <= most)) return null;
    if (mu <= LEAST_MU * objective()) break;
    mu = Math.max(mu * FASTER, 0.99 * LEAST_MU * objective());
  }
  const z = combine(p, a);
  return { a, b: primal(z, slackOf(z), mu) };
}

/** How much of the best margin b may lack by the bound of a; 1 where b does not separate. */
export function gapOf(p: BlockProblem, c: Float64Array, { a, b }: Pair): number {
  const { N, D, blocks, rows } = p;
  const z = combine(p, a);
  let [least, peak] = [Number.POSITIVE_INFINITY, 0];
  for (let n = 0; n < N; n++) least = Math.min(least, dotAt(rows, n * D, b, 0, D) / c[n]!);
  for (const { at, size, weight } of blocks) peak = Math.max(peak, Math.sqrt(dotAt(z, at, z, at, size)) / weight);
  const total = c.reduce((sum, x, n) => sum + x * a[n]!, 0);
  const gap = 1 - (least * total) / (primalNorm(b, blocks) * peak);
  return gap >= -1e-9 && least > 0 ? Math.abs(gap) : 1;
}
