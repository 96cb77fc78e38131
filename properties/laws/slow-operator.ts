/**
 * What a `spectral-gap` certificate says, settled a second time from the definitions, entry by entry in rationals: the matrix
 * Q = left right^T spread over the predictor, the matrix M(z) written out, and |M(z)| < c by the leading minors of
 * c^2 - M M^T (Sylvester), fraction-free. For truth.ts. Cost: (K R)^3 products of long integers.
 */
import { compare, div, mul, ONE, type Q, q, sub, ZERO } from "../../src/exact/rational.js";
import {
  combined,
  inner,
  least,
  list,
  marginsOf,
  must,
  type Part,
  rational,
  record,
  simplex,
  square,
  vector,
} from "./parts.js";

/** Are all leading minors of a symmetric matrix of rationals above 0? */
function isDefinite(rows: readonly (readonly Q[])[]): boolean {
  const common = rows.flat().reduce((d, x) => d * (x.d / gcdOf(d, x.d)), 1n);
  const A = rows.map((row) => row.map((x) => x.n * (common / x.d)));
  let last = 1n;
  for (let k = 0; k < A.length; k++) {
    const pivot = A[k]![k]!; // the leading minor of order k + 1 (Bareiss)
    if (pivot <= 0n) return false;
    for (let i = k + 1; i < A.length; i++)
      for (let j = k + 1; j < A.length; j++) A[i]![j] = (A[i]![j]! * pivot - A[i]![k]! * A[k]![j]!) / last;
    last = pivot;
  }
  return true;
}

function gcdOf(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcdOf(b, a % b);
}

/** The size of the filters that a regularizer names. */
function sizeNamed(regularizer: unknown, D: number): number {
  if (regularizer === "nuclear") return 1;
  must(typeof regularizer === "string" && regularizer.startsWith("kernel:"), "another regularizer");
  const K = Number(rational(regularizer.slice(7)).n);
  must(regularizer === `kernel:${K}` && K >= 1 && K <= D, "filters of no such size");
  return K;
}

export function checkSpectralGap(c: Part, points: readonly Q[][], shape: readonly number[]): void {
  record(c, "kind data regularizer left right q gap");
  must(shape.length <= 2, "points of more than two axes");
  const [D, R] = [shape[0]!, shape[1] ?? 1];
  const K = sizeNamed(c.regularizer, D);
  const rank = list(c.right).length / D;
  must(Number.isInteger(rank), "factors of no rank");
  const left = vector(c.left, K * R * rank);
  const right = vector(c.right, D * rank);
  const W = new Array<Q>(D * R).fill(ZERO);
  for (let row = 0; row < K * R; row++)
    for (let j = 0; j < D; j++) {
      const entry = inner(left.slice(row * rank, row * rank + rank), right.slice(j * rank, j * rank + rank));
      const place = ((j + Math.floor(row / R)) % D) * R + (row % R);
      W[place] = sub(W[place]!, mul(q(-1n), entry));
    }
  const worst = least(marginsOf(points, W));
  must(worst.n > 0n, "factors that do not separate");
  const z = combined(simplex(c.q, points.length), points);
  const bounds = record(c.gap, "lower upper");
  must(bounds.lower === "0", "another lower bound");
  const rest = sub(ONE, rational(bounds.upper));
  if (compare(rest, ZERO) <= 0) return;
  const ratio = div(mul(q(2n), worst), mul(rest, inner([ONE, ONE], [square(left), square(right)])));
  const M = Array.from({ length: K * R }, (_, row) =>
    Array.from({ length: D }, (__, j) => z[((j + Math.floor(row / R)) % D) * R + (row % R)]!),
  );
  const gram = M.map((x, i) => M.map((y, j) => sub(i === j ? mul(ratio, ratio) : ZERO, inner(x, y))));
  must(isDefinite(gram), "a gap above the bound");
}
