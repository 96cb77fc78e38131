/**
 * min sum (b_d - s_d)^2 / v_d^2 s.t. <X_n, b> >= scale for integer rows, a diagonal metric and a shift: the least distance from s
 * to the points of margin 1, a Newton step of the max margin of any separable norm. Proposed by the active-set method in
 * doubles, solved and repaired in refined numbers, so that margins and multipliers keep their digits where rows nearly cancel.
 * b = s + v^2 z with z = sum a_n X_n. Cost: that of the l2 oracle's proposal.
 */

import { solveCommon } from "../exact/linear.js";
import { independentModulo } from "../exact/modular.js";
import { gramOf } from "../exact/planes.js";
import { bitLength, powerOfTwo, q, toNumber } from "../exact/rational.js";
import { dotIntegers, type QVector, vectorOfNumbers } from "../exact/vector.js";
import { dotAt } from "../numeric/vec.js";
import { proposeActive } from "./fast-active-set.js";
import { solveRefined } from "./refined-gram.js";

export interface LeastDistance {
  readonly b: QVector;
  /** >= 0, up to a common factor; and sum a_n X_n / scale up to the same. */
  readonly a: QVector;
  readonly z: QVector;
  /** <X_n, b> / scale. */
  readonly margins: QVector;
  /** Whether nothing was left to repair. */
  readonly settled: boolean;
}

const METRIC_BITS = 50;
/** b is kept to so many bits of its largest entry. */
const KEPT_BITS = 220;
const REPAIRS = 8;
const ENTER = 16;

const abs = (x: bigint): bigint => (x < 0n ? -x : x);

/** The entries to KEPT_BITS bits of the largest. */
function rounded(v: QVector): QVector {
  const peak = v.n.reduce((a, x) => (abs(x) > a ? abs(x) : a), 1n);
  const shift = BigInt(KEPT_BITS + v.d.toString(2).length - peak.toString(2).length);
  const up = shift > 0n ? shift : 0n;
  return { n: v.n.map((x) => (x << up) / v.d), d: 1n << up };
}

/** Exact multipliers of more bits take longer than they are worth here. */
const EXACT_BITS = 40_000;

/** Relative error of margins that is far below what a gap shows. */
const FINE = 1e-25;

/** Refined where the conditioning allows, else exact, and then rounded; null where neither is to be had. */
function multipliers(gram: readonly (readonly bigint[])[], targets: readonly bigint[]): QVector | null {
  const refined = solveRefined(gram, targets, FINE);
  if (refined !== null) return refined;
  if (gram.reduce((bits, row, i) => bits + bitLength(row[i]!), 0) > EXACT_BITS) return solveRefined(gram, targets);
  const exact = solveCommon(gram, targets);
  return exact === null ? null : rounded(exact);
}

/** Null where the rows are too dependent in this metric. */
export function leastDistance(
  rows: readonly (readonly bigint[])[],
  scale: bigint,
  shift: Float64Array,
  metric: Float64Array,
): LeastDistance | null {
  const [N, D] = [rows.length, shift.length];
  const peak = metric.reduce((a, x) => Math.max(a, x), 0);
  if (!(peak > 0 && [metric, shift].every((v) => v.every(Number.isFinite)))) return null;
  const V = Array.from(metric, (v) => BigInt(Math.round((v / peak) * powerOfTwo(METRIC_BITS))));
  const scaled = rows.map((row) => row.map((x, d) => x * V[d]!));
  const s = vectorOfNumbers(shift);
  // <X_n, b> = scale: <X_n V, V z> = scale - <X_n, s>.
  const targets = { n: rows.map((row) => scale * s.d - dotIntegers(row, s.n)), d: s.d };
  const unit = scaled.reduce((a, row) => row.reduce((m, x) => (abs(x) > m ? abs(x) : m), a), 1n);
  const flat = new Float64Array(N * D);
  const norms = new Float64Array(N);
  scaled.forEach((row, n) => {
    row.forEach((x, d) => {
      flat[n * D + d] = x === 0n ? 0 : toNumber(q(x, unit));
    });
    norms[n] = Math.sqrt(dotAt(flat, n * D, flat, n * D, D));
    for (let d = 0; d < D; d++) flat[n * D + d] = flat[n * D + d]! / norms[n]!;
  });
  if (!norms.every((x) => x > 0)) return null;
  const wanted = Float64Array.from(targets.n, (t, n) => toNumber(q(t, scale * targets.d)) / norms[n]!);
  if (!wanted.every(Number.isFinite)) return null;
  let support = proposeActive(flat, wanted, N, D)?.support ?? [];
  let found: LeastDistance | null = null;
  for (let i = 0; i < REPAIRS && support.length > 0; i++) {
    const kept = independentModulo(support.map((n) => scaled[n]!)).map((k) => support[k]!);
    const alpha = multipliers(
      gramOf(kept.map((n) => scaled[n]!)),
      kept.map((n) => targets.n[n]!),
    );
    if (alpha === null) return found;
    const a = new Array<bigint>(N).fill(0n);
    kept.forEach((n, k) => {
      a[n] = alpha.n[k]!;
    });
    const z = Array.from({ length: D }, (_, d) => kept.reduce((sum, n) => sum + a[n]! * rows[n]![d]!, 0n));
    const common = alpha.d * s.d;
    const b = rounded({ n: z.map((x, d) => x * V[d]! * V[d]! + s.n[d]! * alpha.d), d: common });
    const margins = { n: rows.map((row) => dotIntegers(row, b.n)), d: b.d * scale };
    const one = (margins.d * ((1n << 60n) - 1n)) >> 60n;
    const negative = kept.filter((n) => a[n]! < 0n);
    const short = rows.flatMap((_, n) => (a[n] !== 0n || margins.n[n]! >= one ? [] : [n]));
    const settled = negative.length === 0 && short.length === 0;
    const whole = a.map((x) => (x > 0n ? x : 0n));
    found = { b, margins, a: { n: whole, d: alpha.d }, z: { n: z, d: alpha.d * scale }, settled };
    if (settled) break;
    const enter = short.sort((x, y) => (margins.n[x]! < margins.n[y]! ? -1 : 1)).slice(0, ENTER);
    support = [...kept.filter((n) => !negative.includes(n)), ...enter].sort((x, y) => x - y);
  }
  return found;
}

/** The nearest doubles over a common factor. */
export const numbersOf = (v: QVector): Float64Array =>
  Float64Array.from(v.n, (x) => (x === 0n ? 0 : toNumber(q(x, v.d))));
