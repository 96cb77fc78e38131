/**
 * Which integer rows are rational combinations of given ones, Q^k -> Q^n: what margins of 1 on the given rows say of another.
 * Modulo a prime first, all rows by one elimination: a row outside the span modulo the prime is practically always outside it
 * (not proved, and never said to be), one that is a multiple of one row is compared with that, and only the others are solved
 * for exactly. The exact part draws on a stock of work, so that a caller who reads what it is given ends in bounded time.
 * Cost: k n products of doubles a row, and a k x k integer system for one that is a true combination.
 */
import { solveCommon } from "./linear.js";
import { inverseOf, primeBelow, primeBits, residue } from "./modular.js";
import { bitLength, ONE, type Q, q, ZERO } from "./rational.js";
import { dotIntegers, type QVector } from "./vector.js";

type Rows = readonly (readonly bigint[])[];

/** Exact work that may still be done, in units of about 3e-13 s; it counts down. */
export interface Work {
  left: number;
}

/** What one question, or one certificate, may cost: about a second. */
export const WORK = 2e12;

/** A null was not seen to be a combination; "long" where the work does not suffice to tell. */
export type Combined = Q | null | "long";

export interface RowSpan {
  /** The sum of c with row = sum_i c_i base_i: the row's margin where those of the base are 1. */
  sum(row: readonly bigint[]): Combined;
}

/** Measured for a system of k rows: products of numbers of k times as many bits, and what short ones cost anyway. */
const priceOf = (k: number, n: number, bits: number): number =>
  k * k * (k * k * k + n) * (bits + 32) * (bits + 32) + 2e8;

/** Takes the price out of the stock; false, and nothing taken, where it does not suffice. */
export function paid(work: Work, price: number): boolean {
  if (price > work.left) return false;
  work.left -= price;
  return true;
}

const longest = (rows: Rows): number =>
  rows.reduce((a, row) => row.reduce((b, x) => Math.max(b, bitLength(x < 0n ? -x : x)), a), 0);

/** c with row = c base; null where there is none. */
function multipleOf(base: readonly bigint[], row: readonly bigint[]): Q | null {
  const i = base.findIndex((x) => x !== 0n);
  const [a, b] = [row[i]!, base[i]!];
  if (a === b) return row.every((x, j) => x === base[j]!) ? ONE : null;
  return row.every((x, j) => x * b === a * base[j]!) ? q(a, b) : null;
}

interface Modular {
  /** Rows of the base that are independent modulo the prime, so over Q as well, and columns in which they are regular. */
  readonly kept: readonly number[];
  readonly columns: readonly number[];
  /** Which rows of the base have a part in the row modulo the prime; null where it is not in their span. */
  partsOf(row: readonly bigint[]): readonly number[] | null;
}

/** Each pivot row carries behind its n entries which combination of the base it is. */
function modularSpan(base: Rows, n: number): Modular {
  const k = base.length;
  const p = primeBelow(1 << primeBits(k + 2));
  const P = BigInt(p);
  const pivots: Float64Array[] = [];
  const [kept, columns]: [number[], number[]] = [[], []];
  const reduced = (given: readonly bigint[], index: number | null): Float64Array => {
    const row = new Float64Array(n + k);
    for (let j = 0; j < n; j++) row[j] = residue(given[j]!, P);
    if (index !== null) row[n + index] = 1;
    // Every pivot row is 0 at the columns of earlier ones and 1 at its own, so one pass in order clears all.
    pivots.forEach((pivot, i) => {
      const lead = row[columns[i]!]! % p;
      if (lead !== 0) for (let j = 0; j < n + k; j++) row[j] = row[j]! + (p - lead) * pivot[j]!;
    });
    return row.map((x) => x % p);
  };
  const firstOf = (row: Float64Array): number => row.subarray(0, n).findIndex((x) => x !== 0);
  base.forEach((given, index) => {
    const row = reduced(given, index);
    const column = firstOf(row);
    if (column < 0) return;
    const scale = inverseOf(row[column]!, p);
    pivots.push(row.map((x) => (x * scale) % p));
    kept.push(index);
    columns.push(column);
  });
  return {
    kept,
    columns,
    partsOf: (given) => {
      const row = reduced(given, null);
      return firstOf(row) >= 0 ? null : kept.filter((i) => row[n + i] !== 0);
    },
  };
}

export function rowSpan(base: Rows, work: Work): RowSpan {
  const n = base[0]?.length ?? 0;
  const { kept, columns, partsOf } = modularSpan(base, n);
  const own = kept.map((i) => base[i]!);
  const k = own.length;
  /** Where the margins of the base are 1, if that is one point. */
  let point: QVector | null = null;

  const combined = (row: readonly bigint[]): Combined => {
    const square = k === n;
    if (square && point !== null) return q(dotIntegers(row, point.n), point.d);
    if (!paid(work, priceOf(k, n, longest(square ? own : [...own, row])))) return "long";
    if (square) {
      point = solveCommon(
        own,
        own.map(() => 1n),
      );
      return point === null ? null : q(dotIntegers(row, point.n), point.d);
    }
    const c = solveCommon(
      columns.map((j) => own.map((z) => z[j]!)),
      columns.map((j) => row[j]!),
    );
    if (c === null) return null;
    const holds = row.every((x, j) => own.reduce((sum, z, i) => sum + c.n[i]! * z[j]!, 0n) === x * c.d);
    return holds
      ? q(
          c.n.reduce((a, x) => a + x, 0n),
          c.d,
        )
      : null;
  };

  return {
    sum(row) {
      const parts = partsOf(row);
      if (parts === null) return null;
      if (row.every((x) => x === 0n)) return ZERO;
      const multiple = parts.length === 1 ? multipleOf(base[parts[0]!]!, row) : null;
      return multiple ?? (k === 0 ? null : combined(row));
    },
  };
}
