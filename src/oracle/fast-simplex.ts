/**
 * The simplex method for bounded variables in floating point on a dense tableau: maximize <cost, x> where x_(n+i) = sum_j T_ij x_j
 * and low <= x <= high, from columns at bounds of theirs whose rows are then within theirs. It proposes a basis; nothing is
 * trusted of what it says. Cost: m n products a step, some steps more than there are columns that enter.
 */

export interface BoundedProgram {
  readonly m: number;
  readonly n: number;
  /** m rows of n, row major; overwritten, as is `cost`. */
  readonly T: Float64Array;
  readonly cost: Float64Array;
  /** Bounds of the n columns, then of the m rows. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Of the columns at the start, then of all. */
  readonly x: Float64Array;
}

/** Reduced costs, and pivots, below this are rounding. */
const NOTHING = 1e-9;
/** Steps for each row and column, after which it may be going round in circles. */
const STEPS = 4;

export class Tableau {
  /** The variables in the columns, and in the rows. */
  readonly outside: Int32Array;
  readonly inside: Int32Array;

  constructor(readonly p: BoundedProgram) {
    this.outside = Int32Array.from({ length: p.n }, (_, j) => j);
    this.inside = Int32Array.from({ length: p.m }, (_, i) => p.n + i);
  }

  /** Column e and row r change places. */
  exchange(r: number, e: number): void {
    const { m, n, T, cost } = this.p;
    const pivot = 1 / T[r * n + e]!;
    for (let j = 0; j < n; j++) T[r * n + j] = -T[r * n + j]! * pivot;
    T[r * n + e] = pivot;
    for (let i = 0; i <= m; i++) {
      if (i === r) continue;
      const [row, at] = i === m ? [cost, 0] : [T, i * n];
      const f = row[at + e]!;
      if (f === 0) continue;
      row[at + e] = 0;
      for (let j = 0; j < n; j++) row[at + j] = row[at + j]! + f * T[r * n + j]!;
    }
    [this.outside[e], this.inside[r]] = [this.inside[r]!, this.outside[e]!];
  }

  /** True where no column improves; false where nothing bounds the objective, or it does not end. */
  maximize(): boolean {
    const { m, n, T, cost, low, high, x } = this.p;
    for (let steps = STEPS * (m + n); steps > 0; steps--) {
      let [e, steepest] = [-1, NOTHING];
      for (let j = 0; j < n; j++) {
        const [c, v] = [cost[j]!, this.outside[j]!];
        if (Math.abs(c) > steepest && (c > 0 ? x[v]! < high[v]! : x[v]! > low[v]!)) [e, steepest] = [j, Math.abs(c)];
      }
      if (e < 0) return true;
      const enters = this.outside[e]!;
      const way = cost[e]! > 0 ? 1 : -1;
      let [r, longest, largest] = [-1, high[enters]! - low[enters]!, 0];
      for (let i = 0; i < m; i++) {
        const slope = way * T[i * n + e]!;
        const size = Math.abs(slope);
        if (size <= NOTHING) continue;
        const v = this.inside[i]!;
        const room = Math.max(0, (slope > 0 ? high[v]! - x[v]! : x[v]! - low[v]!) / size);
        if (room < longest || (room === longest && size > largest)) [r, longest, largest] = [i, room, size];
      }
      if (longest === Number.POSITIVE_INFINITY) return false;
      for (let i = 0; i < m; i++) {
        const v = this.inside[i]!;
        x[v] = x[v]! + way * longest * T[i * n + e]!;
      }
      x[enters] = x[enters]! + way * longest;
      if (r < 0) x[enters] = way > 0 ? high[enters]! : low[enters]!;
      else {
        const leaves = this.inside[r]!;
        x[leaves] = way * T[r * n + e]! > 0 ? high[leaves]! : low[leaves]!;
        this.exchange(r, e);
      }
    }
    return false;
  }
}
