/**
 * Factors of a primal in doubles, and its margins beyond the digits of a double: what points that carry (or come short) lack
 * is taken in exact rationals, the least change of both factors in floating point, and the sum is exact again. Rows of 1e8
 * beside rows of 1 need it. Cost: one decomposition and N exact margins a round.
 */
import { Matrix, SingularValueDecomposition } from "ml-matrix";
import type { ShiftShape } from "../exact/operator-norm.js";
import { add, div, ONE, ofNumber, type Q, q, sub, toNumber } from "../exact/rational.js";
import { type Factors, predictorOfFactors } from "../exact/spectral.js";
import { entriesOf, marginsOf, vectorOf } from "../exact/vector.js";
import { carriedBy, isTall, type SpectralPair, type SpectralProblem } from "./spectral-problem.js";

/** Two gain all the digits there are; the others are for points that come short. */
const ROUNDS = 4;
/** A point whose margin lacks this share joins those that carry. */
const LACKING = 1e-15;
/** Entries are rounded to this part of the largest, so that numbers stay short. */
const FINEST = 140n;

/** Each entry of the sum of matrices of doubles, exactly but for what is below 2^-140 of the largest. */
function exactSum(parts: readonly Matrix[]): Q[] {
  const lists = parts.map((part) => part.to1DArray());
  const peak = lists[0]!.reduce((a, x) => Math.max(a, Math.abs(x)), 0);
  const { n, d } = ofNumber(peak);
  const places = FINEST + BigInt(d.toString(2).length) - BigInt(n.toString(2).length);
  const unit = places >= 0n ? 1n << places : 1n;
  return lists[0]!.map((_, i) => {
    const sum = lists.map((list) => ofNumber(list[i]!)).reduce(add);
    return q((2n * sum.n * unit + sum.d) / (2n * sum.d), unit);
  });
}

const factorsOf = (shape: ShiftShape, long: readonly Matrix[], short: readonly Matrix[]): Factors => {
  const [left, right] = isTall(shape) ? [long, short] : [short, long];
  return { left: vectorOf(exactSum(left)), right: vectorOf(exactSum(right)) };
};

/** A matrix with its columns times the roots of the values. */
function rooted(M: Matrix, values: Float64Array): Matrix {
  const out = M.clone();
  for (const [i, x] of values.entries()) out.mulColumn(i, Math.sqrt(x));
  return out;
}

export const plainFactors = (shape: ShiftShape, { U, V, values }: SpectralPair["primal"]): Factors =>
  factorsOf(shape, [rooted(U, values)], [rooted(V, values)]);

/** `unit` is the margin, in exact data, that c stands for: m_n = unit where <M_n, Q> = c_n. */
export function refineFactors(
  p: SpectralProblem,
  c: Float64Array,
  { a, primal }: SpectralPair,
  rows: readonly (readonly bigint[])[],
  scale: bigint,
  unit: Q,
): Factors | null {
  const [long, short] = [[rooted(primal.U, primal.values)], [rooted(primal.V, primal.values)]];
  const [first, second] = [long[0]!, short[0]!];
  const carried = carriedBy(p, c, { a, primal });
  const held = new Set(Array.from(a.hi.keys()).filter((n) => carried.every((x) => x[n]! > 1)));
  for (let round = 0; round < ROUNDS; round++) {
    const W = predictorOfFactors(p.shape, factorsOf(p.shape, long, short));
    const missing = entriesOf(marginsOf(rows, scale, W)).map((m) => toNumber(sub(ONE, div(m, unit))));
    for (const [n, x] of missing.entries()) if (x > LACKING) held.add(n);
    const own = [...held];
    const slopes = own.map((n) => {
      const E = p.points[n]!;
      return [...E.mmul(second).to1DArray(), ...E.transpose().mmul(first).to1DArray()];
    });
    const svd = new SingularValueDecomposition(new Matrix(slopes), { autoTranspose: true });
    const wanted = Matrix.columnVector(own.map((n) => c[n]! * missing[n]!));
    const inner = svd.leftSingularVectors.transpose().mmul(wanted).to1DArray();
    const along = inner.map((x, k) => (svd.diagonal[k]! > UNSEEN * svd.diagonal[0]! ? x / svd.diagonal[k]! : 0));
    const move = svd.rightSingularVectors.mmul(Matrix.columnVector(along)).to1DArray();
    if (!move.every(Number.isFinite)) return null;
    const cut = first.rows * first.columns;
    long.push(Matrix.from1DArray(first.rows, first.columns, move.slice(0, cut)));
    short.push(Matrix.from1DArray(second.rows, second.columns, move.slice(cut)));
  }
  return factorsOf(p.shape, long, short);
}

/** Directions that all margins see by less than this part of the best are lost to rounding. */
const UNSEEN = 1e-10;
