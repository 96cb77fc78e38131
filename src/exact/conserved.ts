/**
 * Conserved quantities of gradient flow on the parameters of a polynomial map P: the polynomials q of degree 1 and 2
 * without constant term with <grad q(w), J(w)^T g> = 0 for every w and g. Under w' = J(w)^T g(t), whatever the loss, they
 * do not change. Found by exact linear algebra: unknown coefficients of q, one equation for each coordinate of P and each
 * monomial of <grad q, grad P_d>; the equations fall into blocks of unknowns that meet, solved one by one.
 * The scalar in front of P plays no role. Parameters that do not occur in P are dead and not counted.
 * Cost: (parameters)^2 x terms to set up, then sparse elimination in each block.
 */

import { nullspace, type SparseRow } from "./linear.js";
import { factorsOf, keyOf, timesKey, variableKey, withoutOne } from "./monomial.js";
import { deadParameters, type PolyMap } from "./polymap.js";
import { fromTerms, gradient, negated, type Polynomial, scaled } from "./polynomial.js";
import { gcd, type Q, q } from "./rational.js";
import { rationals } from "./ring.js";
import { termsInOrder } from "./text/show.js";

/** Monomials of degree at most 2 that may occur in a conserved quantity. */
const UNKNOWN_LIMIT = 60_000;
/** Above so many vectors a basis is left as it was found: nobody reads it. */
const SHORTENED = 60;
/** Unknown coefficients times their entries: beyond this a search would take minutes. */
const ENTRY_LIMIT = 8_000_000;

export type Conserved =
  | { readonly found: true; readonly basis: readonly Polynomial<Q>[]; readonly dead: readonly string[] }
  | { readonly found: false; readonly why: string };

/** Integer coefficients: P_d times the common denominator of its coefficients changes no equation. */
function integral(p: Polynomial<Q>): Polynomial<Q> {
  let d = 1n;
  for (const c of p.terms.values()) d = (d / gcd(d, c.d)) * c.d;
  return scaled(p, q(d));
}

/** Blocks of columns that share a row, by union-find; each with its rows. */
function blocks(rows: Iterable<SparseRow>, columns: number): { columns: number[]; rows: SparseRow[] }[] {
  const parent = Array.from({ length: columns }, (_, j) => j);
  const root = (j: number): number => {
    let r = j;
    while (parent[r] !== r) r = parent[r]!;
    for (let k = j; parent[k] !== r; ) [k, parent[k]] = [parent[k]!, r];
    return r;
  };
  const kept: SparseRow[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    const entries = [...row].filter(([, x]) => x !== 0n);
    const [first] = entries;
    if (first === undefined) continue;
    for (const [j] of entries) parent[root(j)] = root(first[0]);
    // Symmetric networks repeat their equations many times.
    const sorted = entries.sort((a, b) => a[0] - b[0]);
    const sign = sorted[0]![1] < 0n ? -1n : 1n;
    const key = sorted.map(([j, x]) => `${j}:${sign * x}`).join();
    if (seen.has(key)) continue;
    seen.add(key);
    kept.push(row);
  }
  const found = new Map<number, { columns: number[]; rows: SparseRow[] }>();
  for (let j = 0; j < columns; j++) {
    const r = root(j);
    const block = found.get(r) ?? { columns: [], rows: [] };
    block.columns.push(j);
    found.set(r, block);
  }
  for (const row of kept) found.get(root(row.keys().next().value!))!.rows.push(row);
  return [...found.values()];
}

/** The equations on the coefficients of the monomials `unknowns`: row (d, M) says that M does not occur in <grad q, grad P_d>. */
function equations(P: PolyMap<Q>, unknowns: readonly string[]): Iterable<SparseRow> | { readonly tooLarge: number } {
  const slopes = P.coordinates.map((p) => gradient(integral(p)));
  const occurrences = (v: number): number => slopes.reduce((t, row) => t + row[v]!.terms.size, 0);
  const entries = unknowns.reduce((n, key) => n + factorsOf(key).reduce((s, [v]) => s + occurrences(v), 0), 0);
  if (entries > ENTRY_LIMIT) return { tooLarge: entries };
  const rows = new Map<string, Map<number, bigint>>();
  unknowns.forEach((key, column) => {
    for (const [v, power] of factorsOf(key)) {
      const rest = withoutOne(key, v);
      slopes.forEach((row, d) => {
        for (const [k, c] of row[v]!.terms) {
          const at = `${d}|${timesKey(k, rest)}`;
          const equation = rows.get(at) ?? new Map<number, bigint>();
          equation.set(column, (equation.get(column) ?? 0n) + c.n * BigInt(power));
          rows.set(at, equation);
        }
      });
    }
  });
  return rows.values();
}

/** Replaces a vector by its combination with another while that has fewer terms: still a basis, and easier to read. */
function shortened(basis: readonly SparseRow[]): SparseRow[] {
  const short = [...basis];
  if (short.length > SHORTENED) return short;
  for (let progress = true; progress; ) {
    progress = false;
    for (let i = 0; i < short.length; i++)
      for (let j = 0; j < short.length; j++) {
        if (i === j) continue;
        const better = combinations(short[i]!, short[j]!).find((x) => x.size < short[i]!.size);
        if (better === undefined) continue;
        short[i] = better;
        progress = true;
      }
  }
  return short;
}

/** x plus or minus y. */
const combinations = (x: SparseRow, y: SparseRow): SparseRow[] =>
  [1n, -1n].map((c) => {
    const sum = new Map(x);
    for (const [j, v] of y) {
      const value = (sum.get(j) ?? 0n) + c * v;
      if (value === 0n) sum.delete(j);
      else sum.set(j, value);
    }
    return sum;
  });

/** The conserved quantities, a basis with small integers in which a person can read patterns. */
export function conservedQuantities(P: PolyMap<Q>): Conserved {
  const dead = deadParameters(P);
  const alive = P.names.flatMap((name, i) => (dead.includes(name) ? [] : [i]));
  const count = (alive.length * (alive.length + 3)) / 2;
  if (count > UNKNOWN_LIMIT)
    return {
      found: false,
      why: `${alive.length} parameters have ${count} monomials of degree at most 2, more than ${UNKNOWN_LIMIT}: too large for this machine`,
    };
  const unknowns = [
    ...alive.map(variableKey),
    ...alive.flatMap((i, a) =>
      alive.slice(a).map((j) =>
        keyOf(
          i === j
            ? [[i, 2]]
            : [
                [i, 1],
                [j, 1],
              ],
        ),
      ),
    ),
  ];
  const rows = equations(P, unknowns);
  if ("tooLarge" in rows)
    return {
      found: false,
      why: `the search would need ${rows.tooLarge} coefficients, more than ${ENTRY_LIMIT}: too large for this machine`,
    };
  const basis: Polynomial<Q>[] = [];
  for (const block of blocks(rows, unknowns.length)) {
    const local = new Map(block.columns.map((column, at) => [column, at]));
    const own = block.rows.map((row) => new Map([...row].map(([j, x]) => [local.get(j)!, x] as const)));
    for (const x of shortened(nullspace(own, block.columns.length))) {
      const p = fromTerms(
        rationals,
        P.names.length,
        [...x].map(([at, c]) => [unknowns[block.columns[at]!]!, q(c)] as const),
      );
      basis.push(termsInOrder(p)[0]![1].n < 0n ? negated(p) : p);
    }
  }
  return { found: true, basis: basis.sort(byFirstTerm), dead };
}

/** Sums of squares first, then by their first monomial. */
function byFirstTerm(a: Polynomial<Q>, b: Polynomial<Q>): number {
  const squares = (p: Polynomial<Q>): number => [...p.terms.keys()].filter((k) => factorsOf(k).length > 1).length;
  if ((squares(a) === 0) !== (squares(b) === 0)) return squares(a) - squares(b);
  const [x, y] = [termsInOrder(a)[0]![0], termsInOrder(b)[0]![0]];
  return x < y ? -1 : x > y ? 1 : 0;
}
