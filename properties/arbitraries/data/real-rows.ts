/**
 * A few rows and a few columns of real data, in units of a power of ten, and a constant feature. The label of a row is that of the nearest class mean in the
 * drawn columns, over the whole table, which mostly is its own: a linear rule, so the rows are separable, by however little. In
 * integers it is 2 <b, x> + odd > 0, so that no row lies on the boundary.
 */
import { type DataFamily, defineDataFamily, list } from "./define.js";
import { DIGITS } from "./tables/digits.js";
import { WDBC } from "./tables/wdbc.js";

const SIX = 1_000_000;

interface Table {
  readonly labels: readonly number[];
  /** Integers over `scale`. */
  readonly rows: readonly (readonly number[])[];
  readonly scale: number;
}

/** Each column in that unit, a power of ten, in which its largest entry is from 1 to 10; six digits are kept. */
function readTable(text: string): Table {
  const numbers = text
    .trim()
    .split("\n")
    .map((line) => line.split(" ").map(Number));
  const rows = numbers.map(([, ...row]) => row);
  const units = rows[0]!.map((_, d) => {
    const most = Math.max(...rows.map((row) => row[d]!));
    let unit = 1;
    while (most > 0 && most / unit >= 10) unit *= 10;
    while (most > 0 && most / unit < 1) unit /= 10;
    return unit;
  });
  return {
    labels: numbers.map(([label]) => label!),
    rows: rows.map((row) => row.map((x, d) => Math.round((x / units[d]!) * SIX))),
    scale: SIX,
  };
}

/** The integer rule of the nearest class mean: with which sign which row comes out. */
function nearestMean({ labels, rows }: Table, columns: readonly number[]): (row: readonly number[]) => 1 | -1 {
  // As many rows in one class as in the other: sums stand for means.
  const b = columns.map((d) => rows.reduce((s, row, n) => s + BigInt(labels[n]! * row[d]!), 0n));
  const along = (row: readonly number[]): bigint => columns.reduce((s, d, i) => s + b[i]! * BigInt(row[d]!), 0n);
  const all = rows.map(along);
  const middle = (2n * all.reduce((s, x) => s + x, 0n)) / BigInt(rows.length);
  const odd = middle % 2n === 0n ? middle + 1n : middle;
  return (row) => (2n * along(row) > odd ? 1 : -1);
}

function realRows(name: string, words: string, table: Table): DataFamily {
  return defineDataFamily({
    name,
    words,
    weight: 1,
    draw(draw, { points, dim }) {
      const left = list(table.rows[0]!.length, (d) => d);
      const columns = list(dim - 1, () => left.splice(draw.integer(0, left.length - 1), 1)[0]!);
      const label = nearestMean(table, columns);
      const rows = list(points, () => draw.pick(table.rows));
      const X = rows.map((row) => [...columns.map((d) => row[d]!), table.scale]);
      let common = table.scale;
      while (X.some((row) => row.some((x) => x % common !== 0))) common /= 10;
      return { scale: table.scale / common, X: X.map((row) => row.map((x) => x / common)), y: rows.map(label) };
    },
  });
}

export const digitsRows = realRows("digits", "rows of the set digits", readTable(DIGITS));
export const wdbcRows = realRows("wdbc", "rows of the set wdbc", readTable(WDBC));
