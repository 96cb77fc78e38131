/**
 * Phase 2, continuation: the flow of log L on a homogeneous network of degree L, followed in the logarithm of the norm of
 * the parameters to losses of exp(-10^70) and beyond. With w = rho v, |v| = 1, margins m_n = <z_n, P(v)>, rows J_n(v) =
 * grad m_n and weights p, the direction moves like J'p/(L p.m) - v while the softmax sharpens like rho^L: stiff in p, slow
 * in v. One step is linearly implicit in p: with step h
 *   p = argmin over the simplex of h |J'p|^2 / 2 + m'p + rho^-L sum p log p,  v <- v + h J'p, normalized, rho times its norm,
 * which are the softmax weights at the end of the step to first order in h. Fixed points, where all margins are positive:
 * v parallel to J'p with p on the least margins, the KKT points of min |w|^2 s.t. margins >= 1.
 * Steps are halved where the direction turns by more than `turn`. Cost of a step: N pullbacks and N^2 m / 2, or N^2 D / 2 where the network is coordinatewise, and a small quadratic
 * programme. Source of the idea: Lyu, Li 2020 (limits are KKT points); the step is ours.
 */
import { UseError } from "../kernel/use-error.js";
import type { Parameterization } from "../models/architecture.js";
import type { SignedData } from "../models/signed-data.js";
import { log } from "../numeric/elementary.js";
import { createWeightedGram } from "../numeric/gram.js";
import { createSimplexQp } from "../numeric/simplex-qp.js";
import { combineRows, dot, norm, rowProducts } from "../numeric/vec.js";
import { createTemperedQp } from "./tempered.js";

export interface ContinuationState {
  /** The direction, |v| = 1. */
  readonly v: Float64Array;
  /** log rho: the parameters are rho v. */
  readonly logNorm: number;
  /** The weights of the last step, in the simplex. */
  readonly p: Float64Array;
  readonly steps: number;
  /** sine of the angle between v and J'p; 1 where they point apart. */
  readonly stationarity: number;
  /** (p.m - min m) / min m. */
  readonly complementarity: number;
  readonly leastMargin: number;
  /** log log(1/L), to first order: L log rho + log min m; that of the last step with all margins positive. */
  readonly logLogInverseLoss: number;
  /** How far the direction turned in the last step, and by how much log rho grew. */
  readonly turned: number;
  readonly grown: number;
}

export interface ContinuationOptions {
  readonly P: Parameterization;
  readonly data: SignedData;
  /** The parameters where descent ended; margins positive. */
  readonly start: Float64Array;
  /** Softmax weights there. */
  readonly weights: Float64Array;
  /** Largest turn of the direction in one step, in rad. */
  readonly turn?: number;
  /** Weights c with J J^T = Z diag(c) Z^T, where the network has such; spares N pullbacks a step. */
  readonly gramWeights?: (v: Float64Array, out: Float64Array) => void;
  /** Asked before each step; a reason ends the run. */
  readonly cancelled?: () => "time-budget" | "interrupted" | null;
  /** Called in the middle of long steps; may throw. */
  readonly checkpoint?: () => void;
  /** Sees each step; its vectors are the run's own and valid only then. */
  readonly observe?: (look: ContinuationLook) => void;
}

/** A point of the path: predictor and sum p_n z_n at the direction v. */
export interface ContinuationLook {
  readonly steps: number;
  readonly logLogInverseLoss: number;
  readonly logNorm: number;
  readonly beta: Float64Array;
  readonly gradient: Float64Array;
  readonly leastMargin: number;
}

export type ContinuationStop =
  | "goal-met"
  | "step-budget"
  | "margin-lost"
  | "zero-gradient"
  | "step-underflow"
  | "time-budget"
  | "interrupted";

export interface Continuation {
  state(): ContinuationState;
  /** Goes on for at most so many steps, or until both residuals are at most `goal`; with a negative goal, for all of them. */
  advance(steps: number, goal: number): ContinuationStop;
}

/** Largest turn of the direction in one step, in rad, unless asked otherwise. */
export const TURN = 0.02;
const FIRST_GROWTH = 0.01;
/** Below it a step no longer moves the direction by what doubles can hold. */
const SMALLEST_GROWTH = 1e-14;
const QUICKER = 1.5;

/** The largest growth of log rho in a step: for L >= 2 the implicit step is defined below 1/(L-1) only. */
const largestGrowth = (L: number): number => (L === 1 ? 1e3 : 0.5 / (L - 1));

export function createContinuation(options: ContinuationOptions): Continuation {
  const { P, data, start, weights, turn = TURN, gramWeights, checkpoint } = options;
  const { N, D, z } = data;
  const m = P.parameters;
  const L = P.degree;
  if (L === null) throw new UseError(`continuation: expected a homogeneous network, got ${P.architecture}`);
  const most = largestGrowth(L);
  const beta = new Float64Array(D);
  const margins = new Float64Array(N);
  const rows = Array.from({ length: gramWeights === undefined ? N : 0 }, () => new Float64Array(m));
  const combined = new Float64Array(D);
  const diagonal = new Float64Array(D);
  const products = gramWeights === undefined ? null : createWeightedGram(z, N, D);
  const points = Array.from({ length: N }, (_, n) => z.subarray(n * D, (n + 1) * D));
  const [gram, scaled] = [new Float64Array(N * N), new Float64Array(N * N)];
  const pull = new Float64Array(m);
  const next = new Float64Array(m);
  const hard = createSimplexQp(N);
  const soft = createTemperedQp(N);
  const size = norm(start);
  const v = start.map((x) => x / size);
  const p = Float64Array.from(weights);
  let logNorm = log(size);
  let growth = FIRST_GROWTH;
  let steps = 0;
  let stationarity = 1;
  let complementarity = Number.POSITIVE_INFINITY;
  let least = 0;
  let turned = 0;
  let grown = 0;
  let logLog = Number.NEGATIVE_INFINITY;

  /** Margins, rows of the Jacobian and their products at v. */
  function linearize(): void {
    P.apply(v, beta);
    rowProducts(z, beta, margins);
    if (gramWeights === undefined)
      points.forEach((zn, n) => {
        checkpoint?.();
        P.pullback(v, zn, rows[n]!);
      });
    if (gramWeights === undefined || products === null) {
      for (let i = 0; i < N; i++) {
        checkpoint?.();
        for (let j = 0; j <= i; j++) {
          const g = dot(rows[i]!, rows[j]!);
          gram[i * N + j] = g;
          gram[j * N + i] = g;
        }
      }
    } else {
      gramWeights(v, diagonal);
      products.compute(diagonal, gram, checkpoint);
    }
    least = margins.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    if (least > 0) logLog = L! * logNorm + log(least);
  }

  /** J'q into `pull`. */
  function combine(q: Float64Array): void {
    combineRows(z, q, combined);
    P.pullback(v, combined, pull);
  }

  function measure(): void {
    combine(p);
    const along = dot(v, pull);
    let off = 0;
    for (let i = 0; i < m; i++) off += (pull[i]! - along * v[i]!) * (pull[i]! - along * v[i]!);
    stationarity = along > 0 ? Math.sqrt(off) / norm(pull) : 1;
    complementarity = (dot(p, margins) - least) / least;
  }

  /** The weights at the end of a step: from those before, else from the cold ones, which are the answer where tau is nothing. */
  function nextWeights(logTau: number): Float64Array {
    const warm = soft.solve(scaled, margins, logTau, p, checkpoint);
    if (warm !== null) return warm;
    const cold = hard.solve(scaled, margins, p, checkpoint).p;
    return soft.solve(scaled, margins, logTau, cold, checkpoint) ?? cold;
  }

  /** One step; a reason where there is none. */
  function step(): ContinuationStop | null {
    const level = dot(p, margins);
    for (;;) {
      const h = growth / (L! * level);
      // The Jacobian at the end of the step, where the norm has grown: (1 + growth)^(L-1) J, to first order.
      const implicit = h / (1 - (L! - 1) * growth);
      for (let i = 0; i < N * N; i++) scaled[i] = implicit * gram[i]!;
      const weightsNext = nextWeights(-L! * logNorm);
      combine(weightsNext);
      if (norm(pull) === 0) return "zero-gradient";
      for (let i = 0; i < m; i++) next[i] = v[i]! + h * pull[i]!;
      const length = norm(next);
      turned = 0;
      for (let i = 0; i < m; i++) {
        next[i] = next[i]! / length;
        turned += (next[i]! - v[i]!) * (next[i]! - v[i]!);
      }
      turned = Math.sqrt(turned);
      if (turned > turn) {
        growth *= Math.max(0.25, (0.8 * turn) / turned);
        if (growth < SMALLEST_GROWTH) return "step-underflow";
        continue;
      }
      p.set(weightsNext);
      v.set(next);
      grown = log(length);
      logNorm += grown;
      if (turned < turn / 2) growth = Math.min(most, growth * QUICKER);
      return null;
    }
  }

  linearize();
  return {
    state: () => ({
      v: Float64Array.from(v),
      logNorm,
      p: Float64Array.from(p),
      steps,
      stationarity,
      complementarity,
      leastMargin: least,
      logLogInverseLoss: logLog,
      turned,
      grown,
    }),
    advance(budget, goal) {
      for (let i = 0; i < budget; i++) {
        if (!(least > 0)) return "margin-lost";
        const reason = options.cancelled?.() ?? null;
        if (reason !== null) return reason;
        const failed = step();
        if (failed !== null) return failed;
        steps += 1;
        linearize();
        if (!(least > 0)) return "margin-lost";
        measure();
        options.observe?.({
          steps,
          logLogInverseLoss: logLog,
          logNorm,
          beta,
          gradient: combined,
          leastMargin: least,
        });
        if (stationarity <= goal && complementarity <= goal) return "goal-met";
      }
      return "step-budget";
    },
  };
}
