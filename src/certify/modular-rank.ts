/**
 * Lower bounds of the rank of a sparse integer matrix, by elimination modulo a prime. A minor that is not 0 mod p is not 0,
 * so that rank mod p <= rank over Q: reaching a rank mod p proves it over Q. Where one prime fails others are tried; a
 * rank that none of them reaches is not proved, and practically is not there.
 * Cost: a row is reduced by the pivots it meets, each at the price of its length; sparse rows go first, and it stops as
 * soon as the rank is reached. Bounded by STEPS, about two seconds.
 */

/** (column, entry) pairs, columns below the number of columns, none twice. */
export type IntegerRow = readonly (readonly [column: number, entry: bigint])[];

/** The largest primes below 2^26: products of two residues are exact in a double. */
const PRIMES = [67_108_859, 67_108_837, 67_108_819] as const;
const STEPS = 40_000_000;

function inverse(a: number, p: number): number {
  let [r, s, x, y] = [p, a, 0, 1];
  while (s !== 0) {
    const quotient = Math.floor(r / s);
    [r, s, x, y] = [s, r - quotient * s, y, x - quotient * y];
  }
  return x < 0 ? x + p : x;
}

interface Pivot {
  readonly columns: Int32Array;
  /** Scaled so that the first is 1. */
  readonly entries: Int32Array;
}

/** The rank mod p, or `target` as soon as it is reached; null when it takes too many steps. */
function rankModulo(rows: readonly IntegerRow[], columns: number, target: number, p: number): number | null {
  const pivots = new Map<number, Pivot>();
  const row = new Float64Array(columns);
  let steps = 0;
  for (const sparse of rows) {
    if (pivots.size >= target) break;
    row.fill(0);
    let first = columns;
    for (const [column, entry] of sparse) {
      const residue = Number(entry % BigInt(p));
      row[column] = residue < 0 ? residue + p : residue;
      first = Math.min(first, column);
    }
    steps += columns / 4;
    for (let c = first; c < columns; c++) {
      const lead = row[c]!;
      if (lead === 0) continue;
      const pivot = pivots.get(c);
      if (pivot === undefined) {
        pivots.set(c, pivotOf(row, c, p));
        break;
      }
      steps += pivot.columns.length;
      if (steps > STEPS) return null;
      const factor = p - lead;
      for (let i = 0; i < pivot.columns.length; i++) {
        const j = pivot.columns[i]!;
        row[j] = (row[j]! + factor * pivot.entries[i]!) % p;
      }
    }
  }
  return pivots.size;
}

function pivotOf(row: Float64Array, from: number, p: number): Pivot {
  const scale = inverse(row[from]!, p);
  const [columns, entries]: [number[], number[]] = [[], []];
  for (let j = from; j < row.length; j++) {
    const x = row[j]!;
    if (x === 0) continue;
    columns.push(j);
    entries.push((x * scale) % p);
  }
  return { columns: Int32Array.from(columns), entries: Int32Array.from(entries) };
}

/** Whether the rank over Q is shown to be at least `target`; "too large" when it takes too many steps to say. */
export function showsRank(rows: readonly IntegerRow[], columns: number, target: number): boolean | "too large" {
  if (target > Math.min(rows.length, columns)) return false;
  const sorted = [...rows].sort((a, b) => a.length - b.length);
  for (const p of PRIMES) {
    const rank = rankModulo(sorted, columns, target, p);
    if (rank === null) return "too large";
    if (rank >= target) return true;
  }
  return false;
}
