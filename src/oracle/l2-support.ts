/**
 * Which rows carry the optimum of min |b|^2 s.t. <z_n, b> >= 1: proposed in floating point, then repaired in the digits of
 * refined solves (rows of negative multipliers leave, rows below their margin enter) until nothing is left to repair. A
 * proposal all the same: exact numbers accept it or do not. Cost: one active-set method in doubles, few refined solves.
 */
import { independentModulo } from "../exact/modular.js";
import { gramOf } from "../exact/planes.js";
import { combineRows, marginsOf, type QVector } from "../exact/vector.js";
import type { Dataset } from "../kernel/dataset.js";
import { signedData } from "../models/signed-data.js";
import { type Proposal, proposeActive } from "./fast-active-set.js";
import { reaches, solveRefined } from "./refined-gram.js";

type Rows = readonly (readonly bigint[])[];

const REPAIRS = 12;
/** So many rows enter at once, those that are shortest first. */
const ENTER = 16;

/** In floating point; null where it gives up. */
export function proposeSupport(data: Dataset): Proposal | null {
  const { N, D, z } = signedData(data);
  const norms = Float64Array.from({ length: N }, (_, n) => {
    // Largest entry first: the sum of squares of data near 1e200 would overflow.
    let [peak, s] = [0, 0];
    for (let d = 0; d < D; d++) peak = Math.max(peak, Math.abs(z[n * D + d]!));
    if (peak > 0) for (let d = 0; d < D; d++) s += (z[n * D + d]! / peak) * (z[n * D + d]! / peak);
    return peak * Math.sqrt(s);
  });
  if (!norms.every((norm) => norm > 0 && norm < Number.POSITIVE_INFINITY)) return null;
  for (let n = 0; n < N; n++) for (let d = 0; d < D; d++) z[n * D + d] = z[n * D + d]! / norms[n]!;
  const least = norms.reduce((a, x) => Math.min(a, x), Number.POSITIVE_INFINITY);
  return proposeActive(
    z,
    norms.map((norm) => least / norm),
    N,
    D,
  );
}

/** Multipliers on some rows, as if their margins were 1. */
export interface Candidate {
  readonly support: readonly number[];
  readonly dual: QVector;
  readonly beta: QVector;
  /** All margins, and where they are short of 1. */
  readonly margins: QVector;
  readonly negative: readonly number[];
  readonly short: readonly number[];
}

/** Of what `solve` makes of the Gram matrix of `support`, rows that are independent modulo a prime; null where it fails. */
export function candidateOn(
  rows: Rows,
  scale: bigint,
  support: readonly number[],
  solve: (gram: Rows, targets: readonly bigint[]) => QVector | null,
  isReached: (margin: bigint, one: bigint) => boolean,
): Candidate | null {
  const kept = independentModulo(support.map((n) => rows[n]!)).map((i) => support[i]!);
  const alpha =
    kept.length === 0
      ? null
      : solve(
          gramOf(kept.map((n) => rows[n]!)),
          kept.map(() => scale * scale),
        );
  if (alpha === null) return null;
  const full = new Array<bigint>(rows.length).fill(0n);
  kept.forEach((n, i) => {
    full[n] = alpha.n[i]!;
  });
  const dual = { n: full, d: alpha.d };
  const beta = combineRows(dual, rows, scale);
  const margins = marginsOf(rows, scale, beta);
  const carries = new Set(kept);
  return {
    ...{ support: kept, dual, beta, margins },
    negative: kept.filter((n) => full[n]! < 0n),
    short: rows.flatMap((_, n) => (carries.has(n) || isReached(margins.n[n]!, margins.d) ? [] : [n])),
  };
}

/** The last of the repaired candidates, in refined numbers; null where rows are too dependent for them. */
export function repairSupport(rows: Rows, scale: bigint, proposed: readonly number[]): Candidate | null {
  let support = proposed;
  let last: Candidate | null = null;
  for (let i = 0; i < REPAIRS; i++) {
    const found = candidateOn(rows, scale, support, solveRefined, reaches);
    if (found === null) break;
    last = found;
    const { negative, short, margins } = found;
    if (negative.length === 0 && short.length === 0) break;
    const enter = [...short].sort((x, y) => (margins.n[x]! < margins.n[y]! ? -1 : 1)).slice(0, ENTER);
    support = [...found.support.filter((n) => !negative.includes(n)), ...enter].sort((x, y) => x - y);
  }
  return last;
}
