/**
 * Which points and coordinates are tight at an optimum of min R(b) s.t. y_n <x_n, b> >= 1, R = l1 or linf: proposed by a small
 * simplex method in floating point (fast-simplex.ts), whose basis is a square system also where the optimum is degenerate, or by
 * HiGHS. A proposal only: exact numbers accept it or do not.
 */
import type { PolyhedralNorm } from "../exact/norm.js";
import type { Dataset } from "../kernel/dataset.js";
import { type SignedData, signedData } from "../models/signed-data.js";
import { Tableau } from "./fast-simplex.js";
import { linearForm, solveLinearProgram } from "./highs.js";

export interface Tight {
  /** Points of margin 1, ascending. */
  readonly carriers: readonly number[];
  /** The coordinates that may be nonzero (l1), or of less than the largest modulus (linf). */
  readonly own: readonly number[];
  /** Of the other side: the sum of the alpha_n z_n (l1), the predictor where it is largest (linf). */
  readonly signs: readonly number[];
}

/** Larger ones are left to HiGHS. */
const MOST_ENTRIES = 100_000;

/** The largest entries of the rows; null beyond sizes where a quotient overflows: the exact method knows no size. */
function peaksOf({ N, D, z }: SignedData): { readonly peaks: readonly number[]; readonly largest: number } | null {
  const peaks = Array.from({ length: N }, (_, n) =>
    z.subarray(n * D, n * D + D).reduce((a, x) => Math.max(a, Math.abs(x)), 0),
  );
  const largest = Math.max(...peaks);
  return largest <= 1e150 && peaks.every((peak) => peak >= 1e-150 && largest / peak <= 1e15)
    ? { peaks, largest }
    : null;
}

/**
 * l1 by its dual, max <c, a> s.t. a >= 0 and |sum a_n z_n| <= 1 by coordinates, from a = 0; linf by max t s.t. <z_n, b> >= c_n t
 * and |b_d| <= 1, from the signs of sum z_n; rows scaled to largest entry 1. Null where it does not find an optimum.
 */
export function proposeTight(R: PolyhedralNorm, data: Dataset): Tight | null {
  const { N, D, z } = signedData(data);
  const scaled = N * D > MOST_ENTRIES ? null : peaksOf({ N, D, z });
  if (scaled === null) return null;
  const { peaks } = scaled;
  const least = Math.min(...peaks);
  const c = peaks.map((peak) => least / peak);
  const infinite = Number.POSITIVE_INFINITY;
  const order = (list: Iterable<number>): number[] => Array.from(list).sort((a, b) => a - b);
  if (R === "l1") {
    const T = new Float64Array(D * N);
    for (let n = 0; n < N; n++) for (let d = 0; d < D; d++) T[d * N + n] = z[n * D + d]! / peaks[n]!;
    const low = new Float64Array(N + D).fill(-1, N);
    const high = new Float64Array(N + D).fill(infinite, 0, N).fill(1, N);
    const x = new Float64Array(N + D);
    const tableau = new Tableau({ m: D, n: N, T, cost: Float64Array.from(c), low, high, x });
    if (!tableau.maximize() || !x.every(Number.isFinite)) return null;
    return {
      carriers: order(tableau.inside.filter((v) => v < N)),
      own: order(tableau.outside.filter((v) => v >= N).map((v) => v - N)),
      signs: Array.from(x.subarray(N), Math.sign),
    };
  }
  const n = D + 1; // the coordinates, then t
  const T = new Float64Array(N * n);
  const x = new Float64Array(n + N);
  for (let d = 0; d < D; d++) {
    let sum = 0;
    for (let i = 0; i < N; i++) sum += T[i * n + d] = z[i * D + d]! / peaks[i]!;
    x[d] = sum < 0 ? -1 : 1;
  }
  let first = 0;
  const margins = c.map((unit, i) => {
    T[i * n + D] = -unit;
    return T.subarray(i * n, i * n + D).reduce((s, value, d) => s + value * x[d]!, 0);
  });
  for (let i = 0; i < N; i++) if (margins[i]! / c[i]! < margins[first]! / c[first]!) first = i;
  x[D] = margins[first]! / c[first]!;
  for (let i = 0; i < N; i++) x[n + i] = i === first ? 0 : margins[i]! - c[i]! * x[D]!;
  const low = new Float64Array(n + N).fill(-1, 0, D).fill(-infinite, D, n);
  const high = new Float64Array(n + N).fill(1, 0, D).fill(infinite, D);
  const cost = new Float64Array(n);
  cost[D] = 1;
  const tableau = new Tableau({ m: N, n, T, cost, low, high, x });
  tableau.exchange(first, D);
  if (!tableau.maximize() || !(x[D]! > 0 && x.every(Number.isFinite))) return null;
  return {
    carriers: order(tableau.outside.filter((v) => v >= n).map((v) => v - n)),
    own: order(tableau.inside.filter((v) => v < D)),
    signs: Array.from(x.subarray(0, D), Math.sign),
  };
}

/** Below this part of the largest one a number of HiGHS is taken for zero; a wrong guess only costs time. */
const FLOOR = 1e-9;

/** The linear programme in LP format, rows scaled to largest entry 1 and b to the unit of the data. */
export async function proposeByHighs(R: PolyhedralNorm, data: Dataset): Promise<Tight | null> {
  const { N, D, z } = signedData(data);
  const scaled = peaksOf({ N, D, z });
  if (scaled === null) return null;
  const { peaks, largest } = scaled;
  const [plus, minus, free] = ["p", "m", "b"].map((c) => Array.from({ length: D }, (_, d) => `${c}${d}`));
  const lines = ["Minimize", ` obj:${R === "l1" ? [...plus!, ...minus!].map((x) => ` + ${x}`).join("") : " t"}`];
  lines.push("Subject To");
  for (let n = 0; n < N; n++) {
    const row = Array.from({ length: D }, (_, d) => z[n * D + d]! / peaks[n]!);
    const form =
      R === "l1"
        ? linearForm(row, plus!) +
          linearForm(
            row.map((x) => -x),
            minus!,
          )
        : linearForm(row, free!);
    lines.push(` c${n}:${form} >= ${largest / peaks[n]!}`);
  }
  if (R === "linf") {
    for (const b of free!) lines.push(` u${b}: t - ${b} >= 0`, ` l${b}: t + ${b} >= 0`);
    lines.push("Bounds", ...free!.map((b) => ` ${b} free`));
  }
  lines.push("End");
  const answer = await solveLinearProgram(lines.join("\n"));
  if (answer === null) return null;
  const value = (name: string): number => answer.columns[name] ?? 0;
  const b = Array.from({ length: D }, (_, d) => (R === "l1" ? value(plus![d]!) - value(minus![d]!) : value(free![d]!)));
  const duals = Array.from({ length: N }, (_, n) => Math.abs(answer.duals[`c${n}`] ?? 0));
  const [top, floor] = [Math.max(...b.map(Math.abs)), FLOOR * Math.max(...duals)];
  const inside = (x: number): boolean => (R === "l1" ? Math.abs(x) > FLOOR * top : Math.abs(x) < (1 - FLOOR) * top);
  return {
    carriers: duals.flatMap((a, n) => (a > floor ? [n] : [])),
    own: b.flatMap((x, d) => (inside(x) ? [d] : [])),
    signs: b.map(Math.sign),
  };
}
