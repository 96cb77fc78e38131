/**
 * The max margin of kernel size K: min |Q|_* over Q in R^(K R x D) s.t. y_n <x_n, W(Q)> >= 1, W[d, r] = sum_k Q[k R + r, d - k];
 * for K = 1 over the nuclear norm of W in R^(D x R) itself. Barrier and Newton propose a pair in floating point; it is certified
 * by weak duality, in rationals and rigorous bounds (exact/spectral.ts), so that no solver is trusted. Separability is decided
 * exactly first. Returns W scaled to least margin 1, the multipliers, the certified gap, and whether they were observed to be
 * the only ones; or a Farkas certificate. Source: Jagadeesan et al. 2022. Cost: that of the barrier.
 */

import type { Rows } from "../exact/norms/index.js";
import { operatorNormAtMost, type ShiftShape } from "../exact/operator-norm.js";
import {
  add,
  div,
  doubleAbove,
  mul,
  ONE,
  ofNumber,
  parseQ,
  type Q,
  q,
  showQ,
  sub,
  toNumber,
  ZERO,
} from "../exact/rational.js";
import { type Factors, factorNorm, predictorOfFactors, spectralRatio } from "../exact/spectral.js";
import { combineRows, entriesOf, leastEntry, marginsOf, type QVector, showVector, vectorOf } from "../exact/vector.js";
import type { FarkasCertificate, SpectralGapCertificate } from "../kernel/certificate.js";
import { type Dataset, dataToJSON, signedRows } from "../kernel/dataset.js";
import { GAP_GOAL } from "../kernel/tolerance.js";
import { UseError } from "../kernel/use-error.js";
import { signedData, unitExponent } from "../models/signed-data.js";
import { inDoubles } from "./in-doubles.js";
import { decideSeparability } from "./separability.js";
import { euclideanPair, isLine, PRECISIONS, shallowFactors } from "./spectral-euclid.js";
import { solveSpectral } from "./spectral-points.js";
import { matrixAt, operatorNorm, spectralProblem } from "./spectral-problem.js";
import { plainFactors, refineFactors } from "./spectral-refine.js";
import { observedUniqueSpectral } from "./spectral-unique.js";
import type { Weights } from "./spectral-weights.js";

interface Unique {
  readonly beta: boolean | null;
  readonly dual: boolean | null;
}

export interface SpectralOptimum {
  readonly separable: true;
  /** W, row major: that of the factors of the certificate, over the root of the least margin as a double. */
  readonly beta: QVector;
  readonly dual: QVector;
  /** The norm of beta: (|left|^2 + |right|^2) / 2. */
  readonly objective: number;
  /** Certified upper bound of the relative gap. */
  readonly gap: number;
  readonly unique: Unique;
  /** Of the factors. */
  readonly rank: number;
  readonly certificate: SpectralGapCertificate;
}

export type SpectralMargin = SpectralOptimum | { readonly separable: false; readonly certificate: FarkasCertificate };

/** The places D and channels R of the data, for filters of size K. */
export function shiftShapeOf(K: number, data: Dataset): ShiftShape {
  const [D, R = 1, ...more] = data.shape;
  if (D === undefined || more.length > 0) throw new UseError("spectral margin: expected data of shape D or D x R");
  if (!(Number.isInteger(K) && K >= 1 && K <= D))
    throw new UseError(`spectral margin: expected a kernel size from 1 to ${D}, got ${K}`);
  return { K, R, D };
}

/** Below this part of the largest a weight is rounding, and would only make numbers long. */
const DUST = 1e-40;

/** Nonnegative weights over their exact sum. */
function simplexOf({ hi, lo }: Weights, c: Float64Array): QVector {
  const peak = hi.reduce((a, x, n) => Math.max(a, x * c[n]!), 0);
  const weights = Array.from(hi, (x, n) =>
    x * c[n]! > DUST * peak ? mul(add(ofNumber(x), ofNumber(lo[n]!)), ofNumber(c[n]!)) : ZERO,
  );
  const { n } = vectorOf(weights);
  return vectorOf(entriesOf({ n, d: n.reduce((a, b) => a + b, 0n) }));
}

/** A rational at least |M(z)|, and hardly more. */
function normAbove(shape: ShiftShape, z: QVector): Q {
  const peak = z.n.reduce((a, x) => (x > a ? x : -x > a ? -x : a), 0n);
  const scaled = Float64Array.from(z.n, (x) => toNumber(q(x, peak)));
  const near = mul(ofNumber(operatorNorm(matrixAt(shape, scaled))), q(peak, z.d));
  for (let bits = 54n; bits > -64n; bits--) {
    const above = mul(near, bits > 0n ? q((1n << bits) + 1n, 1n << bits) : q(1n << -bits));
    if (operatorNormAtMost(shape, z, above)) return above;
  }
  throw new Error("spectral margin: a norm without an upper bound (an internal fault)");
}

const times = (v: QVector, c: Q): QVector => vectorOf(entriesOf(v).map((x) => mul(x, c)));

interface Candidate {
  readonly factors: Factors;
  readonly weights: QVector;
  readonly gap: number;
  readonly unique: (gap: number) => Unique;
}

interface Proposed {
  readonly factors: readonly (Factors | null)[];
  readonly weights: QVector;
  readonly unique: (gap: number) => Unique;
}

/** As found and refined; null where doubles break down. */
function barrierPair(shape: ShiftShape, data: Dataset, rows: Rows): Proposed | null {
  const exponent = unitExponent(data);
  const problem = spectralProblem(shape, signedData(data, exponent));
  const least = problem.norms.reduce((x, y) => Math.min(x, y), Number.POSITIVE_INFINITY);
  const c = problem.norms.map((x) => least / x);
  const found = solveSpectral(problem, c);
  const { U, V, values } = found.primal;
  const finite = [U.to1DArray(), V.to1DArray(), [...values], [...found.a.hi], [...found.a.lo]];
  if (!finite.every((v) => v.every(Number.isFinite))) return null;
  const unit = mul(ofNumber(least), exponent < 0 ? q(1n, 1n << BigInt(-exponent)) : q(1n << BigInt(exponent)));
  return {
    factors: [plainFactors(shape, found.primal), refineFactors(problem, c, found, rows.rows, rows.scale, unit)],
    weights: simplexOf(found.a, c),
    unique: (gap) => observedUniqueSpectral(problem, c, found, gap, rows.rows),
  };
}

/** `name` is how the certificate calls the norm: kernel size 1 has two names. */
export async function spectralMaxMargin(
  K: number,
  data: Dataset,
  name: SpectralGapCertificate["regularizer"] = K === 1 ? "nuclear" : `kernel:${K}`,
): Promise<SpectralMargin> {
  const shape = shiftShapeOf(K, data);
  const decided = await decideSeparability(data);
  if (decided.kind === "farkas") return { separable: false, certificate: decided };
  const rows = { rows: signedRows(data), scale: data.scale };
  const separator = vectorOf(decided.beta.map((x) => parseQ(x)!));
  const found = isLine(shape) ? null : barrierPair(shape, data, rows);
  const pairs: Candidate[] = [];
  const consider = (factors: Factors | null, weights: QVector, unique: Candidate["unique"]): void => {
    const ratio = factors === null ? null : spectralRatio(rows, shape, factors);
    if (factors === null || ratio === null) return;
    const norm = normAbove(shape, combineRows(weights, rows.rows, rows.scale));
    pairs.push({ factors, weights, gap: Math.max(0, doubleAbove(sub(ONE, div(ratio, norm)))), unique });
  };
  for (const factors of found?.factors ?? []) consider(factors, found!.weights, found!.unique);
  if (!pairs.some(({ gap }) => gap <= GAP_GOAL)) {
    const { predictor, weights, uniqueDual } = euclideanPair(data);
    const unique = (): Unique => (isLine(shape) ? { beta: true, dual: uniqueDual } : { beta: null, dual: null });
    for (const bits of PRECISIONS) {
      for (const W of [predictor, separator])
        for (const q of [weights, ...(found === null ? [] : [found.weights])])
          consider(shallowFactors(shape, W, bits), q, unique);
      if (pairs.length > 0) break;
    }
    for (const factors of found?.factors ?? []) consider(factors, weights, unique);
  }
  if (pairs.length === 0)
    throw new UseError(
      `predict: expected data that short factors separate, found entries too far apart for ${name}; scale the coordinates`,
    );
  const best = pairs.reduce((x, y) => (y.gap < x.gap ? y : x));
  const margin = leastEntry(marginsOf(rows.rows, rows.scale, predictorOfFactors(shape, best.factors))).value;
  // The second root makes up for the rounding of the first, so that the margin is 1 as nearly as a double is.
  const root = ofNumber(inDoubles(Math.sqrt(toNumber(div(ONE, margin)))));
  const other = ofNumber(inDoubles(toNumber(div(ONE, mul(margin, root)))));
  const factors = { left: times(best.factors.left, root), right: times(best.factors.right, other) };
  const { weights, gap: upper } = best;
  const objective = inDoubles(toNumber(factorNorm(factors)));
  return {
    separable: true,
    beta: predictorOfFactors(shape, factors),
    dual: times(weights, ofNumber(objective)),
    objective,
    gap: upper,
    unique: upper > GAP_GOAL ? { beta: null, dual: null } : best.unique(upper),
    rank: factors.right.n.length / shape.D,
    certificate: {
      kind: "spectral-gap",
      data: dataToJSON(data),
      regularizer: name,
      left: showVector(factors.left),
      right: showVector(factors.right),
      q: showVector(weights),
      gap: { lower: showQ(ZERO) as "0", upper: showQ(ofNumber(upper)) },
    },
  };
}
