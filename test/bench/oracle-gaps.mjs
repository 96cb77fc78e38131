/**
 * One rigorous gap for every solver's answer, so that all compare: 1 - r(b) / R*(z(q)) from above, with r = least margin over
 * R, any predictor b that separates (its scale does not count), and q the multipliers, cut at 0 and scaled to the simplex. Both are
 * the doubles that the solver gave, read exactly. Rationals for l1 and linf, enclosures (src/exact) for the others; of the
 * nuclear norm the predictor is that of the solver's own singular vectors. null where b does not separate.
 */
import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { marginGap, normNamed } from "../../dist/src/exact/norms/index.js";
import { operatorNormAtMost } from "../../dist/src/exact/operator-norm.js";
import { compare, div, doubleAbove, mul, ONE, ofNumber, q, sub, ZERO } from "../../dist/src/exact/rational.js";
import { spectralRatio } from "../../dist/src/exact/spectral.js";
import {
  combineRows,
  entriesOf,
  leastEntry,
  marginsOf,
  vectorOf,
  vectorOfNumbers,
} from "../../dist/src/exact/vector.js";
import { signedRows } from "../../dist/src/kernel/dataset.js";

const absolute = (x) => (x < 0n ? -x : x);
const l1 = ({ n, d }) =>
  q(
    n.reduce((a, x) => a + absolute(x), 0n),
    d,
  );
const linf = ({ n, d }) =>
  q(
    n.reduce((a, x) => (absolute(x) > a ? absolute(x) : a), 0n),
    d,
  );

/** Multipliers, doubles or rationals, in the simplex; null where there are none. */
function simplex(dual) {
  const entries = dual.map((x) => (typeof x === "number" ? ofNumber(Math.max(0, x)) : x));
  const v = vectorOf(entries);
  const total = v.n.reduce((a, x) => a + x, 0n);
  return total > 0n ? { n: v.n, d: total } : null;
}

function factorsOf(beta, [D, R]) {
  if ("left" in beta) return beta;
  const W = new Matrix(Array.from({ length: D }, (_, d) => beta.slice(d * R, d * R + R)));
  const svd = new SingularValueDecomposition(W, { autoTranspose: true });
  const roots = svd.diagonal.map((s) => Math.sqrt(s));
  const scaled = (M) => vectorOfNumbers(M.to2DArray().flatMap((row) => row.map((x, i) => x * roots[i])));
  return { left: scaled(svd.rightSingularVectors), right: scaled(svd.leftSingularVectors) };
}

function nuclearGap(rows, shape, beta, weights) {
  const spectral = { K: 1, R: shape[1], D: shape[0] };
  const ratio = spectralRatio(rows, spectral, factorsOf(beta, shape));
  if (ratio === null) return null;
  const z = combineRows(weights, rows.rows, rows.scale);
  const peak = linf(z);
  const scaled = entriesOf(z).map((x) => Number((x.n * peak.d * 2n ** 60n) / (x.d * peak.n)) / 2 ** 60);
  const W = new Matrix(Array.from({ length: shape[0] }, (_, d) => scaled.slice(d * shape[1], (d + 1) * shape[1])));
  const near = mul(ofNumber(new SingularValueDecomposition(W, { autoTranspose: true }).norm2), peak);
  for (let bits = 54n; bits > 0n; bits--) {
    const above = mul(near, q((1n << bits) + 1n, 1n << bits));
    if (operatorNormAtMost(spectral, z, above)) return sub(ONE, div(ratio, above));
  }
  return null;
}

/** `beta` a list of doubles, a vector of rationals or factors; `dual` a list of doubles or rationals. */
export function certifiedGap(regularizer, data, beta, dual) {
  const rows = { rows: signedRows(data), scale: data.scale };
  const weights = simplex(dual);
  if (weights === null) return null;
  const finite = (v) => !Array.isArray(v) || v.every(Number.isFinite);
  if (!finite(beta)) return null;
  let gap = null;
  if (regularizer === "nuclear") gap = nuclearGap(rows, data.shape, beta, weights);
  else {
    const b = Array.isArray(beta) ? vectorOfNumbers(Float64Array.from(beta)) : beta;
    if (regularizer === "l1" || regularizer === "linf") {
      const margin = leastEntry(marginsOf(rows.rows, rows.scale, b)).value;
      if (compare(margin, ZERO) <= 0) return null;
      const [norm, dualNorm] = regularizer === "l1" ? [l1, linf] : [linf, l1];
      gap = sub(ONE, div(margin, mul(norm(b), dualNorm(combineRows(weights, rows.rows, rows.scale)))));
    } else gap = marginGap(rows, b, weights, null, normNamed(regularizer, data.shape))?.upper ?? null;
  }
  return gap === null ? null : Math.max(0, doubleAbove(gap));
}
