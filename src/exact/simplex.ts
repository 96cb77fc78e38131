/**
 * Linear programmes max <c, x> s.t. A x <= b, x >= 0 with integer A, c and b >= 0, solved exactly: the primal simplex method
 * from x = 0 by Bland's rule (1977), which never cycles, on a condensed integer tableau over one denominator (Edmonds 1967;
 * all divisions are exact).
 * Answers the optimum with its multipliers, or a ray along which the objective grows. Cost: rows times columns products a
 * pivot, of minors of A.
 */
import { UseError } from "../kernel/use-error.js";
import type { IntegerMatrix } from "./linear.js";
import { bitLength } from "./rational.js";
import type { QVector } from "./vector.js";

export interface LinearProgram {
  readonly A: IntegerMatrix;
  readonly b: readonly bigint[];
  readonly c: readonly bigint[];
}

export type SimplexAnswer =
  | { readonly bounded: true; readonly x: QVector; readonly multipliers: QVector }
  | { readonly bounded: false; readonly ray: QVector };

/** The pivot at (r, s) of a tableau over `denominator`; the new denominator is the pivot. */
function pivot(T: bigint[][], r: number, s: number, denominator: bigint): bigint {
  const row = T[r]!;
  const p = row[s]!;
  T.forEach((other, i) => {
    if (i === r) return;
    const factor = other[s]!;
    for (let j = 0; j < other.length; j++)
      if (j !== s) {
        const product = factor === 0n || row[j] === 0n ? 0n : factor * row[j]!;
        if (other[j] !== 0n || product !== 0n) other[j] = (other[j]! * p - product) / denominator;
      }
    other[s] = -factor;
  });
  row[s] = denominator;
  return p;
}

export function solveSimplex(program: LinearProgram): SimplexAnswer {
  const answer = solveSimplexWithin(program, Number.POSITIVE_INFINITY);
  if (answer === null) throw new Error("simplex: stopped without a limit (an internal fault)");
  return answer;
}

const WORD = 64;

/** Null once more than `work` entries were made anew, an entry of many words counting as often. */
export function solveSimplexWithin({ A, b, c }: LinearProgram, work: number): SimplexAnswer | null {
  const [m, n] = [A.length, c.length];
  if (b.some((x) => x < 0n)) throw new UseError("simplex: expected right sides >= 0");
  const T = [...A.map((row, i) => [...row, b[i]!]), [...c.map((x) => -x), 0n]];
  // Variables are 0 ... n - 1, the slack of row i is n + i.
  const basic = Array.from({ length: m }, (_, i) => n + i);
  const free = Array.from({ length: n }, (_, j) => j);
  let denominator = 1n;
  let done = 0;
  /** Entries at the variables `from` to `to`, `entry` giving that of one that stands in a row or in a column. */
  const read = (from: number, to: number, inRow: (i: number) => bigint, inColumn: (j: number) => bigint): QVector => {
    const v = new Array<bigint>(to - from).fill(0n);
    basic.forEach((k, i) => {
      if (k >= from && k < to) v[k - from] = inRow(i);
    });
    free.forEach((k, j) => {
      if (k >= from && k < to) v[k - from] = inColumn(j);
    });
    return { n: v, d: denominator };
  };
  for (;;) {
    let s = -1;
    for (let j = 0; j < n; j++) if (T[m]![j]! < 0n && (s < 0 || free[j]! < free[s]!)) s = j;
    if (s < 0)
      return {
        bounded: true,
        x: read(
          0,
          n,
          (i) => T[i]![n]!,
          () => 0n,
        ),
        multipliers: read(
          n,
          n + m,
          () => 0n,
          (j) => T[m]![j]!,
        ),
      };
    let r = -1;
    for (let i = 0; i < m; i++) {
      if (T[i]![s]! <= 0n) continue;
      const ahead = r < 0 ? -1n : T[i]![n]! * T[r]![s]! - T[r]![n]! * T[i]![s]!;
      if (ahead < 0n || (ahead === 0n && basic[i]! < basic[r]!)) r = i;
    }
    if (r < 0) {
      const column = s;
      const ray = read(
        0,
        n,
        (i) => -T[i]![column]!,
        (j) => (j === column ? denominator : 0n),
      );
      return { bounded: false, ray };
    }
    denominator = pivot(T, r, s, denominator);
    done += (m + 1) * (n + 1) * (1 + bitLength(denominator) / WORD);
    if (done > work) return null;
    [basic[r], free[s]] = [free[s]!, basic[r]!];
  }
}
