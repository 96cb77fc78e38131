/**
 * The end of a run of depth 2 on a coordinatewise network, where continuation crawls: near ties |z_b| ~ kappa decay like a
 * power of the norm. A block b grows at the rate |z_b| / c_b, so in the limit the blocks that carry the predictor have
 * |z_b| = c_b and no living block has more: the optimum of min sum c_b |beta_b| s.t. margins >= 1 over the blocks that are
 * alive in this run, a real block with w_1 = +-w_2 keeping its sign. A log barrier on the dual, max sum alpha s.t.
 * |z_b| <= c_b, z = sum_n alpha_n z_n, alpha >= 0, followed by Newton on {|z_b| = c_b on the support, margin = 1 on the active
 * points}. It sees the data, the blocks and the run's weights; no oracle. Cost: some hundred Cholesky factorizations N x N.
 */
import type { Block } from "../models/coordinatewise.js";
import type { Alive } from "../models/run-structure.js";
import type { SignedData } from "../models/signed-data.js";
import { factorDefinite, solveConsistent, solveFactored } from "../numeric/dense.js";
import { dotAt, length2 } from "../numeric/vec.js";

export interface RestrictedProblem {
  readonly data: SignedData;
  readonly blocks: readonly Block[];
  /** c_b. */
  readonly costs: readonly number[];
  readonly alive: readonly Alive[];
}

export interface RestrictedOptimum {
  /** In coordinates, least margin 1. */
  readonly beta: Float64Array;
  readonly alpha: Float64Array;
  /** (primal - dual) / primal, of a feasible pair. */
  readonly gap: number;
  readonly support: readonly number[];
  readonly active: readonly number[];
  /** The largest change of an amplitude in the last step of Newton, relative to the largest of them. */
  readonly correction: number;
}

export type Finish = { readonly found: RestrictedOptimum } | { readonly found: null; readonly why: string };

const PATH = 0.2;
const LAST = 1e-13;
/** From here on, relative to the sum of weights, the barrier tells support and active points. */
const NEAR = 1e-6;
const NEWTON = 40;
const POLISH = 30;

export function solveRestricted(
  { data, blocks, costs, alive }: RestrictedProblem,
  start: Float64Array,
  /** Called before each pass over the blocks; may throw. */
  checkpoint?: () => void,
): Finish {
  const { N, D, z: Z } = data;
  const living = blocks.map((_, b) => b).filter((b) => alive[b] !== "dead");
  if (living.length === 0) return { found: null, why: "no block of this run is alive" };
  const z = new Float64Array(D);
  const beta = new Float64Array(D);
  const margins = new Float64Array(N);
  const hessian = new Float64Array(N * N);
  const [step, trial] = [new Float64Array(N), new Float64Array(N)];

  const combine = (alpha: Float64Array): void => {
    z.fill(0);
    for (let n = 0; n < N; n++) for (let d = 0; d < D; d++) z[d] = z[d]! + alpha[n]! * Z[n * D + d]!;
  };
  /** |z_b| as the dual constraint of block b sees it: with its sign where only one is possible. */
  const reach = (b: number): number => {
    const { at, complex } = blocks[b]!;
    if (complex) return length2(z[at]!, z[at + 1]!);
    return alive[b] === "positive" ? z[at]! : alive[b] === "negative" ? -z[at]! : Math.abs(z[at]!);
  };
  /** beta_b = multiplier times z_b, or times the sign, and what log barrier and its slope are at z. */
  const room = (b: number): number =>
    alive[b] === "free" ? costs[b]! * costs[b]! - reach(b) * reach(b) : costs[b]! - reach(b);

  function predictor(mu: number): void {
    beta.fill(0);
    for (const b of living) {
      const { at, complex } = blocks[b]!;
      const s = room(b);
      if (alive[b] === "free") {
        beta[at] = (2 * mu * z[at]!) / s;
        if (complex) beta[at + 1] = (2 * mu * z[at + 1]!) / s;
      } else beta[at] = (alive[b] === "positive" ? mu : -mu) / s;
    }
    for (let n = 0; n < N; n++) margins[n] = dotAt(Z, n * D, beta, 0, D);
  }

  /** Minus the Hessian of the barrier at alpha. */
  function curvature(alpha: Float64Array, mu: number): void {
    hessian.fill(0);
    const left = new Float64Array(N);
    for (const b of living) {
      checkpoint?.();
      const { at, complex } = blocks[b]!;
      const s = room(b);
      const flat = alive[b] === "free" ? (2 * mu) / s : 0;
      const sharp = alive[b] === "free" ? (4 * mu) / (s * s) : mu / (s * s);
      for (let n = 0; n < N; n++)
        left[n] =
          alive[b] === "free"
            ? Z[n * D + at]! * z[at]! + (complex ? Z[n * D + at + 1]! * z[at + 1]! : 0)
            : Z[n * D + at]!;
      for (let i = 0; i < N; i++)
        for (let j = 0; j <= i; j++) {
          let k = Z[i * D + at]! * Z[j * D + at]!;
          if (complex) k += Z[i * D + at + 1]! * Z[j * D + at + 1]!;
          hessian[i * N + j] = hessian[i * N + j]! + flat * k + sharp * left[i]! * left[j]!;
        }
    }
    for (let n = 0; n < N; n++) hessian[n * N + n] = hessian[n * N + n]! + mu / (alpha[n]! * alpha[n]!);
  }

  const barrier = (alpha: Float64Array): number => {
    // The slope along a step is enough to see that it helps; here only whether the point is inside.
    combine(alpha);
    return alpha.every((a) => a > 0) && living.every((b) => room(b) > 0) ? 1 : 0;
  };

  const alpha = Float64Array.from(start, (q) => Math.max(q, 1e-3 / N));
  combine(alpha);
  const stretch = living.reduce((most, b) => Math.max(most, reach(b) / costs[b]!), 0);
  if (!(stretch > 0)) return { found: null, why: "the weights of the run combine the living blocks to nothing" };
  for (let n = 0; n < N; n++) alpha[n] = (0.5 * alpha[n]!) / stretch;
  let total = alpha.reduce((a, b) => a + b, 0);

  let mu = total;
  const centered = Float64Array.from(alpha);
  path: for (; ; mu *= PATH) {
    for (let i = 0; i < NEWTON; i++) {
      combine(alpha);
      predictor(mu);
      let decrement = 0;
      for (let n = 0; n < N; n++) step[n] = 1 - margins[n]! + mu / alpha[n]!;
      const slope = Float64Array.from(step);
      curvature(alpha, mu);
      if (factorDefinite(hessian, N) < N) {
        // Where the weights are not unique the curvature along them is mu itself, and is lost first: Newton's turn.
        if (mu <= NEAR * total) {
          alpha.set(centered);
          mu /= PATH;
          break path;
        }
        return {
          found: null,
          why: "the barrier's curvature is lost to rounding: dependent points or a degenerate optimum",
        };
      }
      solveFactored(hessian, step, N);
      for (let n = 0; n < N; n++) decrement += slope[n]! * step[n]!;
      let t = decrement > 0.25 * mu ? 1 / (1 + Math.sqrt(decrement / mu)) : 1;
      for (;;) {
        for (let n = 0; n < N; n++) trial[n] = alpha[n]! + t * step[n]!;
        if (barrier(trial) === 1) break;
        t /= 2;
        if (t < 1e-12) return { found: null, why: "the barrier's path ended at its edge" };
      }
      alpha.set(trial);
      if (decrement <= 1e-6 * mu) break;
    }
    total = alpha.reduce((a, b) => a + b, 0);
    centered.set(alpha);
    if (mu <= LAST * total) break;
  }
  combine(alpha);
  predictor(mu);
  return polish();

  function polish(): Finish {
    // Complementary pairs split by which of the two is large, on a scale where their product is mu.
    const support = living.filter((b) => {
      const { at, complex } = blocks[b]!;
      const amplitude = complex ? length2(beta[at]!, beta[at + 1]!) : Math.abs(beta[at]!);
      return (amplitude * costs[b]!) / total > 1 - reach(b) / costs[b]!;
    });
    const active = Array.from({ length: N }, (_, n) => n).filter((n) => alpha[n]! / total > margins[n]! - 1);
    const [S, A] = [support.length, active.length];
    const amplitudes = support.map((b) => {
      const { at, complex } = blocks[b]!;
      return complex ? length2(beta[at]!, beta[at + 1]!) : Math.abs(beta[at]!);
    });
    for (let n = 0; n < N; n++) if (!active.includes(n)) alpha[n] = 0;
    const size = S + A;
    const matrix = new Float64Array(size * size);
    const rhs = new Float64Array(size);
    const direction = (b: number, part: 0 | 1): number => z[blocks[b]!.at + part]! / costs[b]!;
    let last = Number.POSITIVE_INFINITY;
    let correction = 0;
    for (let i = 0; i < POLISH; i++) {
      checkpoint?.();
      combine(alpha);
      matrix.fill(0);
      let worst = 0;
      // Rows 0..S-1: (|z_b|^2 - c_b^2) / 2 = 0; rows S..: margin_n = 1. Unknowns: amplitudes t_b, then alpha_n.
      support.forEach((b, k) => {
        const { at, complex } = blocks[b]!;
        rhs[k] = (costs[b]! * costs[b]! - z[at]! * z[at]! - (complex ? z[at + 1]! * z[at + 1]! : 0)) / 2;
        worst = Math.max(worst, Math.abs(rhs[k]!) / (costs[b]! * costs[b]!));
        active.forEach((n, j) => {
          let own = Z[n * D + at]! * z[at]!;
          let along = Z[n * D + at]! * direction(b, 0);
          if (complex) {
            own += Z[n * D + at + 1]! * z[at + 1]!;
            along += Z[n * D + at + 1]! * direction(b, 1);
          }
          matrix[k * size + S + j] = own;
          matrix[(S + j) * size + k] = along;
        });
      });
      active.forEach((n, j) => {
        let margin = 0;
        support.forEach((b, k) => {
          margin += matrix[(S + j) * size + k]! * amplitudes[k]!;
          const { at, complex } = blocks[b]!;
          const t = amplitudes[k]! / costs[b]!;
          active.forEach((other, l) => {
            let k2 = Z[n * D + at]! * Z[other * D + at]!;
            if (complex) k2 += Z[n * D + at + 1]! * Z[other * D + at + 1]!;
            matrix[(S + j) * size + S + l] = matrix[(S + j) * size + S + l]! + t * k2;
          });
        });
        rhs[S + j] = 1 - margin;
        worst = Math.max(worst, Math.abs(rhs[S + j]!));
      });
      // One more step from where rounding is all that is left: its size says what that leaves.
      const done = worst <= 1e-15 || (worst >= last / 2 && worst < 1e-12);
      last = worst;
      // Dependent equations (more active points than the support can tell apart) leave some weights where they are.
      solveConsistent(matrix, rhs, size);
      let [change, peak] = [0, 0];
      support.forEach((_, k) => {
        amplitudes[k] = amplitudes[k]! + rhs[k]!;
        change = Math.max(change, Math.abs(rhs[k]!));
        peak = Math.max(peak, Math.abs(amplitudes[k]!));
      });
      correction = change / peak;
      active.forEach((n, j) => {
        alpha[n] = alpha[n]! + rhs[S + j]!;
      });
      if (done) break;
    }
    combine(alpha);
    beta.fill(0);
    let primal = 0;
    support.forEach((b, k) => {
      const { at, complex } = blocks[b]!;
      beta[at] = amplitudes[k]! * direction(b, 0);
      if (complex) beta[at + 1] = amplitudes[k]! * direction(b, 1);
      primal += costs[b]! * (complex ? length2(beta[at]!, beta[at + 1]!) : Math.abs(beta[at]!));
    });
    let least = Number.POSITIVE_INFINITY;
    for (let n = 0; n < N; n++) least = Math.min(least, dotAt(Z, n * D, beta, 0, D));
    const most = living.reduce((worst, b) => Math.max(worst, reach(b) / costs[b]!), 0);
    const dual = alpha.reduce((a, b) => a + b, 0);
    if (!(least > 0) || amplitudes.some((t) => t < 0) || alpha.some((a) => a < -1e-13 * dual))
      return { found: null, why: "Newton left the signs that the barrier found" };
    const feasible = primal / least;
    const below = dual / Math.max(1, most);
    for (let d = 0; d < D; d++) beta[d] = beta[d]! / least;
    return {
      found: {
        beta,
        alpha: Float64Array.from(alpha, (a) => Math.max(0, a)),
        gap: (feasible - below) / feasible,
        support,
        active,
        correction,
      },
    };
  }
}
