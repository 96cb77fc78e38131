/**
 * The max margin of kernel size K: min |Q|_* over Q in R^(K R x D) s.t. y_n <x_n, W(Q)> >= 1, W[d, r] = sum_k Q[k R + r, d - k];
 * for K = 1 over the nuclear norm of W in R^(D x R) itself. Barrier and Newton propose a pair in floating point; it is certified
 * by weak duality, in rationals and rigorous bounds (exact/spectral.ts), so that no solver is trusted. Separability is decided
 * exactly first. Returns W scaled to least margin 1, the multipliers, the certified gap, and whether they were observed to be
 * the only ones; or a Farkas certificate. Source: Jagadeesan et al. 2022. Cost: that of the barrier.
 */
import { operatorNormAtMost, type ShiftShape } from "../exact/operator-norm.js";
import {
  add,
  compare,
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
import { decideSeparability } from "./separability.js";
import { solveSpectral } from "./spectral-points.js";
import { matrixAt, operatorNorm, spectralProblem } from "./spectral-problem.js";
import { plainFactors, refineFactors, shallowFactors } from "./spectral-refine.js";
import { observedUniqueSpectral } from "./spectral-unique.js";
import type { Weights } from "./spectral-weights.js";

export interface SpectralOptimum {
  readonly separable: true;
  /** W, row major: that of the factors of the certificate, over the root of the least margin as a double. */
  readonly beta: QVector;
  readonly dual: QVector;
  /** The norm of beta: (|left|^2 + |right|^2) / 2. */
  readonly objective: number;
  /** Certified upper bound of the relative gap. */
  readonly gap: number;
  readonly unique: { readonly beta: boolean | null; readonly dual: boolean | null };
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

export async function spectralMaxMargin(K: number, data: Dataset): Promise<SpectralMargin> {
  const shape = shiftShapeOf(K, data);
  const decided = await decideSeparability(data);
  if (decided.kind === "farkas") return { separable: false, certificate: decided };
  const exponent = unitExponent(data);
  const rows = { rows: signedRows(data), scale: data.scale };
  const problem = spectralProblem(shape, signedData(data, exponent));
  const least = problem.norms.reduce((x, y) => Math.min(x, y), Number.POSITIVE_INFINITY);
  const c = problem.norms.map((x) => least / x);
  const found = solveSpectral(problem, c);
  const unit = mul(ofNumber(least), exponent < 0 ? q(1n, 1n << BigInt(-exponent)) : q(1n << BigInt(exponent)));
  // Of the predictor as found, the refined one and one that only separates, the first of the largest ratio.
  let best: { readonly factors: Factors; readonly ratio: Q } | null = null;
  for (const factors of [
    plainFactors(shape, found.primal),
    refineFactors(problem, c, found, rows.rows, rows.scale, unit),
    shallowFactors(
      shape,
      decided.beta.map((x) => parseQ(x)!),
    ),
  ]) {
    const ratio = factors === null ? null : spectralRatio(rows, shape, factors);
    if (factors === null || ratio === null || (best !== null && compare(best.ratio, ratio) >= 0)) continue;
    best = { factors, ratio };
  }
  if (best === null) throw new Error("spectral margin: nothing separates, though it is certified (an internal fault)");
  const margin = leastEntry(marginsOf(rows.rows, rows.scale, predictorOfFactors(shape, best.factors))).value;
  // The second root makes up for the rounding of the first, so that the margin is 1 as nearly as a double is.
  const root = ofNumber(Math.sqrt(toNumber(div(ONE, margin))));
  const other = ofNumber(toNumber(div(ONE, mul(margin, root))));
  const factors = { left: times(best.factors.left, root), right: times(best.factors.right, other) };
  const weights = simplexOf(found.a, c);
  const norm = normAbove(shape, combineRows(weights, rows.rows, rows.scale));
  const upper = Math.max(0, doubleAbove(sub(ONE, div(best.ratio, norm))));
  const objective = toNumber(factorNorm(factors));
  return {
    separable: true,
    beta: predictorOfFactors(shape, factors),
    dual: times(weights, ofNumber(objective)),
    objective,
    gap: upper,
    unique: upper > GAP_GOAL ? { beta: null, dual: null } : observedUniqueSpectral(problem, c, found),
    rank: factors.right.n.length / shape.D,
    certificate: {
      kind: "spectral-gap",
      data: dataToJSON(data),
      regularizer: K === 1 ? "nuclear" : `kernel:${K}`,
      left: showVector(factors.left),
      right: showVector(factors.right),
      q: showVector(weights),
      gap: { lower: showQ(ZERO) as "0", upper: showQ(ofNumber(upper)) },
    },
  };
}
