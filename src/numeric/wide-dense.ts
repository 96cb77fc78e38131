/**
 * Vectors and small dense systems of double-double numbers (double-double.ts), row major, entry i of an array at 2i (hi) and
 * 2i + 1 (lo): inner products and elimination with complete pivoting. Nothing is allocated in the inner loops. Sums are
 * those of Ogita-Rump-Oishi 2005, off by about 2^-100 of the sum of the absolute terms.
 * Cost: about 30 operations of doubles a product.
 */
import { addWide, divWide, mulWide, negWide, subWide, type Wide } from "./double-double.js";

export type WideArray = Float64Array;

const SPLITTER = 134217729;

export const wideZeros = (n: number): WideArray => new Float64Array(2 * n);
export const wideAt = (v: WideArray, i: number): Wide => ({ hi: v[2 * i]!, lo: v[2 * i + 1]! });
export function setWide(v: WideArray, i: number, { hi, lo }: Wide): void {
  v[2 * i] = hi;
  v[2 * i + 1] = lo;
}
export const wideFrom = (entries: readonly Wide[]): WideArray =>
  Float64Array.from(entries.flatMap(({ hi, lo }) => [hi, lo]));
export const narrowed = (v: WideArray): Float64Array =>
  Float64Array.from({ length: v.length / 2 }, (_, i) => v[2 * i]! + v[2 * i + 1]!);

/** sum_i a[aAt + i] b[bAt + i] over n terms, `start` plus it, or minus it where `sign` is -1. */
export function dotWide(
  a: WideArray,
  aAt: number,
  b: WideArray,
  bAt: number,
  n: number,
  start: Wide | null = null,
  sign = 1,
): Wide {
  let sum = start === null ? 0 : start.hi;
  let rest = start === null ? 0 : start.lo;
  for (let i = 2 * aAt, j = 2 * bAt, end = 2 * (aAt + n); i < end; i += 2, j += 2) {
    const x = sign * a[i]!;
    const y = b[j]!;
    const p = x * y;
    const s = SPLITTER * x;
    const xHi = s - (s - x);
    const xLo = x - xHi;
    const t = SPLITTER * y;
    const yHi = t - (t - y);
    const yLo = y - yHi;
    const low = xHi * yHi - p + xHi * yLo + xLo * yHi + xLo * yLo + (x * b[j + 1]! + sign * a[i + 1]! * y);
    const next = sum + p;
    const c = next - sum;
    rest += sum - (next - c) + (p - c) + low;
    sum = next;
  }
  const hi = sum + rest;
  return { hi, lo: rest - (hi - sum) };
}

/** y[yAt + i] += c x[xAt + i] over n entries. */
export function axpyWide(c: Wide, x: WideArray, xAt: number, y: WideArray, yAt: number, n: number): void {
  const { hi: f, lo: fLow } = c;
  const t = SPLITTER * f;
  const fHi = t - (t - f);
  const fLo = f - fHi;
  for (let i = 2 * xAt, j = 2 * yAt, end = 2 * (xAt + n); i < end; i += 2, j += 2) {
    const u = x[i]!;
    const p = f * u;
    const s = SPLITTER * u;
    const uHi = s - (s - u);
    const uLo = u - uHi;
    const low = fHi * uHi - p + fHi * uLo + fLo * uHi + fLo * uLo + (f * x[i + 1]! + fLow * u);
    const v = y[j]!;
    const next = v + p;
    const d = next - v;
    const rest = v - (next - d) + (p - d) + low + y[j + 1]!;
    const hi = next + rest;
    y[j] = hi;
    y[j + 1] = rest - (hi - next);
  }
}

function swap(A: WideArray, i: number, j: number): void {
  const [hi, lo] = [A[2 * i]!, A[2 * i + 1]!];
  A[2 * i] = A[2 * j]!;
  A[2 * i + 1] = A[2 * j + 1]!;
  A[2 * j] = hi;
  A[2 * j + 1] = lo;
}

/**
 * x <- a solution of A y = x, also where rows of A depend on each other: complete pivoting, and unknowns without a pivot stay
 * 0; a pivot below `lost` of the largest entry is none. Where the equations contradict each other the dependent ones are not
 * met. A is destroyed; the answer is the rank.
 */
export function solveConsistentWide(A: WideArray, x: WideArray, n: number, lost: number): number {
  const columns = Array.from({ length: n }, (_, j) => j);
  let [peak, rank] = [0, 0];
  for (let i = 0; i < n * n; i++) peak = Math.max(peak, Math.abs(A[2 * i]!));
  for (; rank < n; rank++) {
    let [row, column, most] = [rank, rank, 0];
    for (let i = rank; i < n; i++)
      for (let j = rank; j < n; j++) {
        const size = Math.abs(A[2 * (i * n + j)]!);
        if (size > most) {
          row = i;
          column = j;
          most = size;
        }
      }
    if (!(most > lost * peak)) break;
    if (row !== rank) for (let j = 0; j < n; j++) swap(A, rank * n + j, row * n + j);
    if (column !== rank) for (let i = 0; i < n; i++) swap(A, i * n + rank, i * n + column);
    swap(x, rank, row);
    [columns[rank], columns[column]] = [columns[column]!, columns[rank]!];
    const pivot = wideAt(A, rank * n + rank);
    for (let i = rank + 1; i < n; i++) {
      if (A[2 * (i * n + rank)] === 0) continue;
      const f = negWide(divWide(wideAt(A, i * n + rank), pivot));
      axpyWide(f, A, rank * n + rank, A, i * n + rank, n - rank);
      setWide(x, i, addWide(wideAt(x, i), mulWide(f, wideAt(x, rank))));
    }
  }
  const y = wideZeros(n);
  for (let i = rank - 1; i >= 0; i--) {
    let t = wideAt(x, i);
    for (let j = i + 1; j < rank; j++) t = subWide(t, mulWide(wideAt(A, i * n + j), wideAt(y, columns[j]!)));
    setWide(y, columns[i]!, divWide(t, wideAt(A, i * n + i)));
  }
  x.set(y);
  return rank;
}
