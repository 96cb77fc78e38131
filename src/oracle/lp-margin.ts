/**
 * The max margin over the l1 or linf norm: min R(b) subject to y_n <x_n, b> >= 1, solved exactly as a linear programme.
 * Floating point proposes which points and coordinates are tight (lp-support.ts); the square systems on them are solved in rationals and accepted
 * only if primal and dual check exactly; otherwise the exact simplex method decides, from that proposal. So primal = dual
 * exactly. Returns an optimum, whether it is the only one, and its certificate; or a Farkas certificate.
 */
import { solveExact } from "../exact/linear.js";
import { independentModulo } from "../exact/modular.js";
import type { PolyhedralNorm } from "../exact/norm.js";
import { isOptimalPair, sumOf, type Unique, uniqueOptimum } from "../exact/polyhedral-margin.js";
import { mul, type Q, q, showQ, toNumber, ZERO } from "../exact/rational.js";
import { solveSimplex } from "../exact/simplex.js";
import { entriesOf, marginsOf, type QVector, showVector, vectorOf } from "../exact/vector.js";
import type { FarkasCertificate, PolyhedralKktCertificate } from "../kernel/certificate.js";
import { type Dataset, dataToJSON, signedRows } from "../kernel/dataset.js";
import { proposeByHighs, proposeTight, type Tight } from "./lp-support.js";
import { decideSeparability } from "./separability.js";

export interface PolyhedralOptimum {
  readonly separable: true;
  readonly beta: QVector;
  readonly dual: QVector;
  /** R(beta), the nearest double. */
  readonly objective: number;
  readonly unique: Unique;
  readonly certificate: PolyhedralKktCertificate;
}

export type PolyhedralMargin =
  | PolyhedralOptimum
  | { readonly separable: false; readonly certificate: FarkasCertificate };

/** An optimal pair, or a vanishing combination of the points. */
type Decided =
  | { readonly feasible: true; readonly beta: QVector; readonly dual: QVector }
  | { readonly feasible: false; readonly lambda: QVector };

/**
 * The pair that is tight where the proposal is: margins 1 on its points, and b = 0 off the support (l1) or |b_d| = t off the
 * free coordinates (linf). With the columns K of what is left, K x = 1 and K^T alpha = (signs; or 0 and 1 for t).
 */
function solveTight(
  R: PolyhedralNorm,
  rows: readonly (readonly bigint[])[],
  scale: bigint,
  { carriers: A, own, ...p }: Tight,
): Decided | null {
  const signs = p.signs.map(BigInt);
  const peak = signs.flatMap((_, d) => (own.includes(d) ? [] : [d]));
  const together = (n: number): bigint => peak.reduce((s, d) => s + signs[d]! * rows[n]![d]!, 0n);
  const K = A.map((n) => [...own.map((d) => rows[n]![d]!), ...(R === "linf" ? [together(n)] : [])]);
  if (K.length === 0 || K.length !== K[0]!.length || independentModulo(K).length < K.length) return null;
  const x = solveExact(
    K,
    A.map(() => scale),
  );
  const transposed = K.map((_, j) => K.map((row) => row[j]!));
  const right = R === "l1" ? own.map((d) => signs[d]! * scale) : [...own.map(() => 0n), scale];
  const a = solveExact(transposed, right);
  if (x === null || a === null) return null;
  const beta = new Array<Q>(signs.length).fill(ZERO);
  own.forEach((d, i) => {
    beta[d] = x[i]!;
  });
  if (R === "linf") for (const d of peak) beta[d] = mul(q(signs[d]!), x.at(-1)!);
  const dual = new Array<Q>(rows.length).fill(ZERO);
  A.forEach((n, i) => {
    dual[n] = a[i]!;
  });
  const pair = { beta: vectorOf(beta), dual: vectorOf(dual) };
  return isOptimalPair(R, rows, scale, pair.beta, pair.dual) ? { feasible: true, ...pair } : null;
}

/**
 * The dual by the exact simplex method, in integers: max sum a s.t. -1 <= (X^T a)_d <= 1 for l1; s.t. -u_d <= (X^T a)_d <= u_d
 * and sum u <= 1 for linf. Its multipliers p, m >= 0 of the two sides give b = p - m; alpha = scale a, beta = scale b.
 */
export function solveBySimplex(R: PolyhedralNorm, rows: readonly (readonly bigint[])[], scale: bigint): Decided {
  const [N, D] = [rows.length, rows[0]!.length];
  const sides = [1n, -1n].flatMap((side) =>
    Array.from({ length: D }, (_, d) => [
      ...rows.map((row) => side * row[d]!),
      ...(R === "linf" ? Array.from({ length: D }, (__, j) => (j === d ? -1n : 0n)) : []),
    ]),
  );
  const total = Array.from({ length: N + D }, (_, j) => (j < N ? 0n : 1n));
  const answer = solveSimplex(
    R === "l1"
      ? { A: sides, b: sides.map(() => 1n), c: rows.map(() => 1n) }
      : { A: [...sides, total], b: [...sides.map(() => 0n), 1n], c: total.map((x) => 1n - x) },
  );
  if (!answer.bounded) {
    const ray = answer.ray.n.slice(0, N);
    return { feasible: false, lambda: { n: ray, d: ray.reduce((a, b) => a + b, 0n) } };
  }
  const { x, multipliers: y } = answer;
  const scaled = (n: readonly bigint[], d: bigint): QVector => vectorOf(n.map((v) => q(v * scale, d)));
  return {
    feasible: true,
    beta: scaled(
      Array.from({ length: D }, (_, d) => y.n[d]! - y.n[D + d]!),
      y.d,
    ),
    dual: scaled(x.n.slice(0, N), x.d),
  };
}

/** Points that join at a time. */
const JOIN = 8;

/**
 * solveBySimplex on few points at first, those below margin 1 joining until there are none: the optimum over some of the
 * points that is feasible for all is optimal for all, and what vanishes over some vanishes.
 */
function solveByPoints(
  R: PolyhedralNorm,
  rows: readonly (readonly bigint[])[],
  scale: bigint,
  first: readonly number[],
): Decided {
  let chosen = first.length > 0 ? [...first] : [0];
  for (;;) {
    const some = solveBySimplex(
      R,
      chosen.map((n) => rows[n]!),
      scale,
    );
    const spread = (v: QVector): QVector => {
      const n = new Array<bigint>(rows.length).fill(0n);
      chosen.forEach((point, i) => {
        n[point] = v.n[i]!;
      });
      return { n, d: v.d };
    };
    if (!some.feasible) return { feasible: false, lambda: spread(some.lambda) };
    const margins = marginsOf(rows, scale, some.beta);
    const below = margins.n.flatMap((m, n) => (m < margins.d ? [{ m, n }] : []));
    if (below.length === 0) return { feasible: true, beta: some.beta, dual: spread(some.dual) };
    below.sort((a, b) => (a.m < b.m ? -1 : a.m > b.m ? 1 : a.n - b.n));
    chosen = [...chosen, ...below.slice(0, JOIN).map(({ n }) => n)].sort((a, b) => a - b);
  }
}

export async function polyhedralMaxMargin(R: PolyhedralNorm, data: Dataset): Promise<PolyhedralMargin> {
  const rows = signedRows(data);
  const accepted = (tight: Tight | null): Decided | null =>
    tight === null ? null : solveTight(R, rows, data.scale, tight);
  let found = accepted(proposeTight(R, data));
  if (found === null) {
    const proposal = await proposeByHighs(R, data);
    found = accepted(proposal);
    if (proposal === null) {
      const answer = await decideSeparability(data);
      if (answer.kind === "farkas") return { separable: false, certificate: answer };
    }
    found ??= solveByPoints(R, rows, data.scale, proposal?.carriers ?? []);
  }
  const json = dataToJSON(data);
  if (!found.feasible)
    return { separable: false, certificate: { kind: "farkas", data: json, lambda: showVector(found.lambda) } };
  const beta = vectorOf(entriesOf(found.beta));
  const dual = vectorOf(entriesOf(found.dual));
  if (!isOptimalPair(R, rows, data.scale, beta, dual))
    throw new Error("lp-margin: the simplex method ended beside the optimum (an internal fault)");
  const objective = sumOf(dual);
  return {
    separable: true,
    beta,
    dual,
    objective: toNumber(objective),
    unique: uniqueOptimum(R, rows, data.scale, beta, dual),
    certificate: {
      kind: "exact-kkt",
      data: json,
      regularizer: R,
      beta: showVector(beta),
      dual: showVector(dual),
      objective: showQ(objective),
    },
  };
}
