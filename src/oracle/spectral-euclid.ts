/**
 * What the l2 max margin says of the norms of kernel size K: for matrices of one row or one column they are the l2 norm, so that
 * it is their optimum; else its predictor and weights are a feasible pair, worth within the root of the rank, where the barrier
 * breaks down. As factors and as a point of the simplex, rounded. Cost: that of the l2 oracle.
 */
import type { ShiftShape } from "../exact/operator-norm.js";
import { mul, ONE, ofNumber, type Q, q, sqrtBounds, toNumber, ZERO } from "../exact/rational.js";
import type { Factors } from "../exact/spectral.js";
import { entriesOf, normSquared, type QVector, vectorOf } from "../exact/vector.js";
import type { Dataset } from "../kernel/dataset.js";
import { l2Margin } from "./l2-margin.js";

/** Matrices of filters by places of one row or one column: every one is of rank 1. */
export const isLine = ({ K, R, D }: ShiftShape): boolean => Math.min(K * R, D) === 1;

/** Digits enough for any gap; and as many as the judge takes, where what separates is far below what is largest. */
export const PRECISIONS: readonly bigint[] = [200n, 850n];
/** Exact multipliers longer than this are not worth deciding whether they are the only ones. */
const SHORT_BITS = 2000;

const floorDiv = (a: bigint, b: bigint): bigint => (a >= 0n ? a / b : -((-a + b - 1n) / b));

/** Entries to 2^-bits of the largest, over a power of two. */
export function roundedEntries({ n, d }: QVector, bits: bigint): QVector {
  const peak = n.reduce((a, x) => (x > a ? x : -x > a ? -x : a), 1n);
  const k = bits + BigInt(d.toString(2).length) - BigInt(peak.toString(2).length);
  const [up, down] = k > 0n ? [1n << k, 1n] : [1n, 1n << -k];
  const whole = n.map((x) => floorDiv(2n * x * up + d * down, 2n * d * down));
  return { n: whole.map((x) => x * down), d: up };
}

/** W in balanced factors: a scaled unit matrix at the first place of the filters, and W. */
export function shallowFactors(shape: ShiftShape, predictor: QVector, bits: bigint): Factors {
  const { K, R, D } = shape;
  const W = roundedEntries(predictor, bits);
  const line = D === 1;
  // Of rank R: (R s^2 + |W|^2 / s^2) / 2 is least at s^2 = |W| / sqrt R.
  const size = toNumber(sqrtBounds(normSquared(W)).lower) / (line ? 1 : Math.sqrt(R));
  const root = ofNumber(Math.sqrt(size > 0 && Number.isFinite(size) ? size : 1));
  const inverse = ofNumber(toNumber(q(root.d, root.n)));
  const scaled = vectorOf(entriesOf(W).map((x) => mul(x, inverse)));
  if (line) return { left: scaled, right: vectorOf([root]) };
  const unit = Array.from({ length: K * R * R }, (_, i): Q => (Math.floor(i / R) === i % R ? root : ZERO));
  return { left: vectorOf(unit), right: scaled };
}

export interface EuclideanPair {
  readonly predictor: QVector;
  readonly weights: QVector;
  /** Of the l2 multipliers. */
  readonly uniqueDual: boolean | null;
}

/** Of separable data. */
export function euclideanPair(data: Dataset): EuclideanPair {
  const o = l2Margin(data, SHORT_BITS);
  if (!o.separable) throw new Error("spectral margin: separable data without an l2 optimum (an internal fault)");
  const { n } = roundedEntries(vectorOf(entriesOf(o.dual).map((a) => (a.n > 0n ? a : ZERO))), PRECISIONS[0]!);
  const total = n.reduce((a, b) => a + b, 0n);
  return {
    predictor: o.beta,
    weights: vectorOf(n.map((a) => (total === 0n ? ONE : q(a, total)))),
    uniqueDual: o.unique.dual,
  };
}
