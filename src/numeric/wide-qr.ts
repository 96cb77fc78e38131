/**
 * Least squares of double-double numbers without normal equations: Householder reflections with column pivots on rows sorted
 * by size, which keeps the small rows beside large ones (Cox-Higham 1998, row-wise backward stability). Matrices are m x n,
 * m >= n, by columns. Cost: 2 n^2 m products of wide numbers to factor, 4 n m to project.
 */
import { addWide, divWide, mulWide, negWide, rootWide, type Wide, wide } from "./double-double.js";
import { axpyWide, dotWide, setWide, type WideArray, wideAt, wideZeros } from "./wide-dense.js";

export interface WideFactors {
  readonly m: number;
  readonly n: number;
  /** Column j: R above its diagonal, the reflection j from its diagonal on. */
  readonly columns: WideArray;
  readonly diagonal: WideArray;
  /** 2 over the squared length of the reflections. */
  readonly tau: readonly Wide[];
  /** Which row of the given matrix stands in row i, and which column in column j. */
  readonly rowOf: readonly number[];
  readonly columnOf: readonly number[];
}

/** `given`: column j at j m. */
export function factorLeastSquares(given: WideArray, m: number, n: number): WideFactors {
  const size = new Float64Array(m);
  for (let j = 0; j < n; j++)
    for (let i = 0; i < m; i++) size[i] = Math.max(size[i]!, Math.abs(given[2 * (j * m + i)]!));
  const rowOf = Array.from(size.keys()).sort((x, y) => size[y]! - size[x]! || x - y);
  const columns = wideZeros(m * n);
  for (let j = 0; j < n; j++) for (let i = 0; i < m; i++) setWide(columns, j * m + i, wideAt(given, j * m + rowOf[i]!));
  const columnOf = Array.from({ length: n }, (_, j) => j);
  const [diagonal, tau] = [wideZeros(n), [] as Wide[]];
  for (let k = 0; k < n; k++) {
    let [pivot, most] = [k, -1];
    for (let j = k; j < n; j++) {
      let square = 0;
      for (let i = 2 * (j * m + k); i < 2 * (j * m + m); i += 2) square += columns[i]! * columns[i]!;
      if (square > most) [pivot, most] = [j, square];
    }
    if (pivot !== k) {
      const kept = columns.slice(2 * k * m, 2 * k * m + 2 * m);
      columns.copyWithin(2 * k * m, 2 * pivot * m, 2 * pivot * m + 2 * m);
      columns.set(kept, 2 * pivot * m);
      [columnOf[k], columnOf[pivot]] = [columnOf[pivot]!, columnOf[k]!];
    }
    const at = k * m + k;
    const length = rootWide(dotWide(columns, at, columns, at, m - k));
    const head = wideAt(columns, at);
    const end = head.hi > 0 ? negWide(length) : length;
    setWide(diagonal, k, end);
    setWide(columns, at, addWide(head, negWide(end)));
    const square = dotWide(columns, at, columns, at, m - k);
    tau.push(square.hi > 0 ? divWide(wide(2), square) : wide(0));
    for (let j = k + 1; j < n; j++) {
      const f = mulWide(tau[k]!, dotWide(columns, at, columns, j * m + k, m - k));
      axpyWide(negWide(f), columns, at, columns, j * m + k, m - k);
    }
  }
  return { m, n, columns, diagonal, tau, rowOf, columnOf };
}

function reflect({ m, columns, tau }: WideFactors, k: number, x: WideArray): void {
  const f = mulWide(tau[k]!, dotWide(columns, k * m + k, x, k, m - k));
  axpyWide(negWide(f), columns, k * m + k, x, k, m - k);
}

/** What is left of x, m entries, after its projection on the columns. */
export function residualOf(factors: WideFactors, x: WideArray): WideArray {
  const { m, n, rowOf } = factors;
  const turned = wideZeros(m);
  rowOf.forEach((row, i) => {
    setWide(turned, i, wideAt(x, row));
  });
  for (let k = 0; k < n; k++) reflect(factors, k, turned);
  turned.fill(0, 0, 2 * n);
  for (let k = n - 1; k >= 0; k--) reflect(factors, k, turned);
  const out = wideZeros(m);
  rowOf.forEach((row, i) => {
    setWide(out, row, wideAt(turned, i));
  });
  return out;
}

/** (A^T A)^-1 x for the A that was factored, of full column rank. */
export function solveGramOf({ m, n, columns, diagonal, columnOf }: WideFactors, x: WideArray): WideArray {
  const y = wideZeros(n);
  columnOf.forEach((column, j) => {
    setWide(y, j, wideAt(x, column));
  });
  for (let j = 0; j < n; j++)
    setWide(y, j, divWide(dotWide(columns, j * m, y, 0, j, wideAt(y, j), -1), wideAt(diagonal, j)));
  for (let j = n - 1; j >= 0; j--) {
    const t = divWide(wideAt(y, j), wideAt(diagonal, j));
    setWide(y, j, t);
    axpyWide(negWide(t), columns, j * m, y, 0, j);
  }
  const out = wideZeros(n);
  columnOf.forEach((column, j) => {
    setWide(out, column, wideAt(y, j));
  });
  return out;
}
