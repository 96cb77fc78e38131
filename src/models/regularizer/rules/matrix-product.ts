/**
 * A product of two matrices: beta_dr = lambda sum_c V_dc U_rc. R(beta) = 2 |beta|_* / lambda: for any Z of spectral norm at
 * most 1, |V|^2 + |U|^2 - 2 <V U^T, Z> = |V - Z U|^2 + |U|^2 - |Z U|^2 >= 0, with equality at the balanced factors of the
 * singular value decomposition. With fewer inner dimensions than min(rows, columns) the rank is bounded by their number.
 * For three factors and more the Schatten quasi-norm is known, and not derived here.
 */
import { factorsOf } from "../../../exact/monomial.js";
import { div, equals, type Q, q } from "../../../exact/rational.js";
import { surdInteger, surdOf, surdTimes } from "../../../exact/surd.js";
import { inequality, twoFactorCertificate } from "../certificates.js";
import { components } from "../components.js";
import { scale } from "../formula.js";
import { type Condition, defineRule, type Problem } from "../problem.js";

interface Cell {
  readonly d: number;
  readonly pair: readonly [number, number];
}

interface TwoFactors {
  /** Coordinates as a matrix. */
  readonly entries: readonly (readonly number[])[];
  readonly inner: number;
  readonly coefficient: Q;
}

/** Row and column numbers of one channel's coordinates: its terms are the complete bipartite graph of rows and columns. */
function sidesOf(cells: readonly Cell[]): {
  readonly row: Map<number, number[]>;
  readonly column: Map<number, number[]>;
} {
  const [first] = cells;
  const rowVariables = new Set(
    cells
      .filter((c) => c.pair.includes(first!.pair[1]))
      .map((c) => (c.pair[0] === first!.pair[1] ? c.pair[1] : c.pair[0])),
  );
  const row = new Map<number, number[]>();
  const column = new Map<number, number[]>();
  for (const { d, pair } of cells) {
    const [v, u] = rowVariables.has(pair[0]) ? pair : [pair[1], pair[0]];
    row.set(v, [...(row.get(v) ?? []), d]);
    column.set(u, [...(column.get(u) ?? []), d]);
  }
  return { row, column };
}

function readTwoFactors({ coordinates }: Problem): TwoFactors | null {
  const cells: Cell[] = [];
  let coefficient: Q | null = null;
  for (const [d, { p }] of coordinates.entries())
    for (const [key, c] of p.terms) {
      const factors = factorsOf(key);
      if (factors.length !== 2 || key.length !== 2) return null;
      if (coefficient !== null && !equals(coefficient, c)) return null;
      coefficient = c;
      cells.push({ d, pair: [factors[0]![0], factors[1]![0]] });
    }
  if (coefficient === null || coefficient.n <= 0n) return null;
  const channels = components(cells, (c) => c.pair).map(sidesOf);
  const key = (lists: Iterable<readonly number[]>): string =>
    [...lists]
      .map((l) => [...l].sort((a, b) => a - b).join())
      .sort()
      .join(";");
  const [first] = channels;
  if (first === undefined) return null;
  const rows = [...first.row.values()].map((l) => [...l].sort((a, b) => a - b));
  const columns = [...first.column.values()].map((l) => new Set(l));
  // A grid: every row meets every column in exactly one coordinate, a different one for each pair, and all are met. Two
  // parameters with the same coordinates are no two rows: (r + p) c is not a product with r and p in rows of their own.
  const entries = rows.map((row) => columns.map((column) => row.filter((d) => column.has(d))));
  if (!entries.every((r) => r.every((cell) => cell.length === 1))) return null;
  if (rows.length * columns.length !== coordinates.length || rows.length < 2 || columns.length < 2) return null;
  if (new Set(entries.flat(2)).size !== coordinates.length) return null;
  const [rowKey, columnKey] = [key(first.row.values()), key(first.column.values())];
  const same = channels.every(({ row, column }) => {
    const [a, b] = [key(row.values()), key(column.values())];
    return (a === rowKey && b === columnKey) || (a === columnKey && b === rowKey);
  });
  if (!same) return null;
  return {
    entries: entries.map((r) => r.map(([d]) => coordinates[d!]!.index)),
    inner: channels.length,
    coefficient,
  };
}

export const matrixProduct = defineRule({
  id: "matrix-product",
  statement: "for beta = V U^T, two matrices: R(beta) = |V|^2 + |U|^2 at least = 2 |beta|_*, the nuclear norm",
  apply(problem) {
    const found = readTwoFactors(problem);
    if (found === null) return null;
    const { entries, inner, coefficient } = found;
    const [rows, columns] = [entries.length, entries[0]!.length];
    const domain: Condition[] = inner < Math.min(rows, columns) ? [{ kind: "rank", entries, atMost: inner }] : [];
    return {
      formula: scale(surdTimes(surdInteger(2), surdOf(div(q(1n), coefficient))), { kind: "nuclear", entries }),
      domain,
      steps: [
        inequality(
          matrixProduct.id,
          `beta is a ${rows} x ${columns} matrix and the product of two with inner dimension ${inner}`,
          twoFactorCertificate(rows, columns, Math.min(inner, 2)),
        ),
      ],
    };
  },
});
