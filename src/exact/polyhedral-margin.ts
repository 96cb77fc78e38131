/**
 * min R(b) s.t. <z_n, b> >= 1 for R = l1 or linf, its dual max sum alpha s.t. alpha >= 0 and R*(sum alpha_n z_n) <= 1 (R* the
 * other of the two norms), and exact answers about a pair (beta, alpha): what keeps it from being optimal, and whether
 * either is the only optimum. Directions in which beta (alpha) may move within the optimal set form a polyhedral cone; it
 * is {0} or not by ranks, and where they leave it open by one small linear programme. Cost: some eliminations.
 */
import { type IntegerMatrix, nullspace, rank, type SparseRow } from "./linear.js";
import { independentModulo } from "./modular.js";
import { type PolyhedralNorm, polyhedralNorm } from "./norm.js";
import { bitLength, compare, ONE, type Q, q } from "./rational.js";
import { solveSimplexWithin } from "./simplex.js";
import { combineRows, marginsOf, type QVector } from "./vector.js";

export const DUAL_NORM: Readonly<Record<PolyhedralNorm, PolyhedralNorm>> = { l1: "linf", linf: "l1" };

export const sumOf = (v: QVector): Q =>
  q(
    v.n.reduce((a, b) => a + b, 0n),
    v.d,
  );

/** Primal and dual feasible with equal objectives, hence both optimal. */
export function isOptimalPair(
  R: PolyhedralNorm,
  rows: IntegerMatrix,
  scale: bigint,
  beta: QVector,
  alpha: QVector,
): boolean {
  const margins = marginsOf(rows, scale, beta);
  return (
    margins.n.every((m) => m >= margins.d) &&
    alpha.n.every((a) => a >= 0n) &&
    compare(polyhedralNorm(DUAL_NORM[R], combineRows(alpha, rows, scale)), ONE) <= 0 &&
    compare(polyhedralNorm(R, beta), sumOf(alpha)) === 0
  );
}

const sparse = (row: readonly bigint[]): SparseRow =>
  new Map(row.flatMap((x, j) => (x === 0n ? [] : [[j, x] as const])));

/** What deciding a cone may cost, in words made anew by eliminations and by the simplex method: about a second each. */
const MOST_WORK = 4e6;

const longest = (rows: IntegerMatrix): number =>
  bitLength(rows.reduce((most, row) => row.reduce((a, x) => (x > a ? x : -x > a ? -x : a), most), 1n));

/** Words that an exact elimination makes: its minors grow by the length of an entry with each row. */
const eliminationWork = (rows: IntegerMatrix, n: number): number => {
  const k = Math.min(rows.length, n);
  return rows.length * n * k * (1 + (k * longest(rows)) / 128);
};

/** Are there n independent ones among the rows of n columns? Those modulo a prime are; else it is decided exactly. */
function spans(rows: IntegerMatrix, n: number): boolean | null {
  if (rows.length < n) return false;
  if (independentModulo(rows).length === n) return true;
  return eliminationWork(rows, n) > MOST_WORK ? null : rank(rows) === n;
}

/** Is 0 the only h in R^n with <e, h> = 0 for all `equal` and <f, h> >= 0 for all `above`? Null where that costs too much. */
export function isTrivialCone(n: number, equal: IntegerMatrix, above: IntegerMatrix): boolean | null {
  const [held, bounded] = [spans(equal, n), spans([...equal, ...above], n)];
  if (held === true) return true;
  if (bounded === false) return false;
  if (held === null || bounded === null || eliminationWork(equal, n) > MOST_WORK) return null;
  // h = sum c_i basis_i. The cone holds no line now, so that along a nonzero h some of the `above` is positive.
  const basis = nullspace(equal.map(sparse), n);
  const forms = above.map((f) => basis.map((h) => [...h].reduce((s, [j, x]) => s + x * f[j]!, 0n)));
  const both = (row: readonly bigint[], sign: bigint): bigint[] => [
    ...row.map((x) => sign * x),
    ...row.map((x) => -sign * x),
  ];
  const total = basis.map((_, i) => forms.reduce((s, row) => s + row[i]!, 0n));
  const program = {
    A: [...forms.map((row) => both(row, -1n)), both(total, 1n)],
    b: [...forms.map(() => 0n), 1n],
    c: both(total, 1n),
  };
  const answer = solveSimplexWithin(program, MOST_WORK);
  return answer === null ? null : answer.bounded && answer.x.n.every((x) => x === 0n);
}

const abs = (x: bigint): bigint => (x < 0n ? -x : x);
const signOf = (x: bigint): bigint => (x > 0n ? 1n : x < 0n ? -1n : 0n);
/** Coordinate d as a form. */
const unit = (n: number, d: number, value = 1n): bigint[] =>
  Array.from({ length: n }, (_, j) => (j === d ? value : 0n));

/** Null where the exact decision costs too much. */
export interface Unique {
  readonly beta: boolean | null;
  readonly dual: boolean | null;
}

/** Of an optimal pair; complementarity tells what may move. */
export function uniqueOptimum(
  R: PolyhedralNorm,
  rows: IntegerMatrix,
  scale: bigint,
  beta: QVector,
  alpha: QVector,
): Unique {
  const D = beta.n.length;
  const margins = marginsOf(rows, scale, beta);
  const active = rows.flatMap((_, n) => (margins.n[n] === margins.d ? [n] : []));
  const carries = (n: number): boolean => alpha.n[n] !== 0n;
  const w = combineRows(alpha, rows, scale);
  const peak = beta.n.reduce((a, x) => (abs(x) > a ? abs(x) : a), 0n);
  // Each coordinate of beta: free to move, held, or held to one side (the sign of its form); and that of w likewise.
  type Held = "free" | "fixed" | bigint;
  const kinds = beta.n.map((x, d): readonly [ofBeta: Held, ofW: Held] => {
    if (R === "l1") {
      const sign = abs(w.n[d]!) === w.d ? signOf(w.n[d]!) : 0n;
      if (x !== 0n) return ["free", "fixed"];
      return sign === 0n ? ["fixed", "free"] : [sign, -sign];
    }
    if (abs(x) < peak) return ["free", "fixed"];
    return w.n[d] !== 0n ? ["fixed", "free"] : [-signOf(x), signOf(x)];
  });
  const ofBeta = { equal: [] as bigint[][], above: [] as bigint[][] };
  const ofDual = { equal: [] as bigint[][], above: [] as bigint[][] };
  for (const n of active) (carries(n) ? ofBeta.equal : ofBeta.above).push([...rows[n]!]);
  kinds.forEach(([held, heldW], d) => {
    if (held === "fixed") ofBeta.equal.push(unit(D, d));
    else if (held !== "free") ofBeta.above.push(unit(D, d, held));
    const column = active.map((n) => rows[n]![d]!);
    if (heldW === "fixed") ofDual.equal.push(column);
    else if (heldW !== "free") ofDual.above.push(column.map((x) => x * heldW));
  });
  active.forEach((n, i) => {
    if (!carries(n)) ofDual.above.push(unit(active.length, i));
  });
  ofDual.equal.push(active.map(() => 1n)); // the objective stays
  return {
    beta: isTrivialCone(D, ofBeta.equal, ofBeta.above),
    dual: isTrivialCone(active.length, ofDual.equal, ofDual.above),
  };
}
