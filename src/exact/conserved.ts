/**
 * Conserved quantities of gradient flow on the parameters of a polynomial map P: the polynomials q of degree 1 and 2
 * without constant term with <grad q(w), J(w)^T g> = 0 for every w and g. Under w' = J(w)^T g(t), whatever the loss, they
 * do not change. Found by exact linear algebra: unknown coefficients of q, one equation for each coordinate of P and each
 * monomial of <grad q, grad P_d>; the equations fall into blocks of unknowns that meet, solved one by one.
 * The scalar in front of P plays no role. Parameters that do not occur in P are dead and not counted.
 * Cost: (parameters)^2 x terms to set up, then sparse elimination in each block.
 */

import { nullspace, type SparseRow } from "./linear.js";
import { factorsOf, timesKey, variableKey, withoutOne } from "./monomial.js";
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

/** A linear equation: values[i] is the coefficient of the unknown columns[i], ascending. */
interface Equation {
  readonly columns: number[];
  readonly values: bigint[];
}

/** Equations on the unknowns `columns`, ascending. */
interface System {
  readonly columns: readonly number[];
  readonly equations: readonly Equation[];
}

/** The same for an equation and its multiples by -1; symmetric networks repeat their equations many times. */
function signatureOf({ columns, values }: Equation): string {
  const turned = values[0]! < 0n ? values.map((x) => -x) : values;
  return `${columns.join()}|${turned.join()}`;
}

/** Blocks of the given columns that share an equation, by union-find; each with its different equations. */
function blocks({ columns, equations }: System): { columns: number[]; rows: Equation[] }[] {
  const parent = new Map(columns.map((j) => [j, j]));
  const root = (j: number): number => {
    let r = j;
    while (parent.get(r) !== r) r = parent.get(r)!;
    for (let k = j; k !== r; ) {
      const next = parent.get(k)!;
      parent.set(k, r);
      k = next;
    }
    return r;
  };
  const kept = new Map<string, Equation>();
  for (const equation of equations) {
    const first = equation.columns[0];
    if (first === undefined) continue;
    const signature = signatureOf(equation);
    if (kept.has(signature)) continue;
    kept.set(signature, equation);
    for (const j of equation.columns) parent.set(root(j), root(first));
  }
  const found = new Map<number, { columns: number[]; rows: Equation[] }>();
  for (const j of columns) {
    const r = root(j);
    const block = found.get(r) ?? { columns: [], rows: [] };
    block.columns.push(j);
    found.set(r, block);
  }
  for (const equation of kept.values()) found.get(root(equation.columns[0]!))!.rows.push(equation);
  return [...found.values()];
}

/** Adds to the coefficient of `column`, which is at least the last one there. */
function addTo({ columns, values }: Equation, column: number, value: bigint): void {
  const last = columns.length - 1;
  if (columns[last] !== column) {
    columns.push(column);
    values.push(value);
    return;
  }
  const total = values[last]! + value;
  if (total !== 0n) values[last] = total;
  else {
    columns.pop();
    values.pop();
  }
}

/** A monomial q_j of an unknown coefficient, by its derivatives: power * rest in the variable v. */
type Derived = readonly { readonly v: number; readonly power: bigint; readonly rest: string }[];

/**
 * The equations of one coordinate p on the coefficients of the monomials given by their derivatives, which `containing` lists
 * by variable: each says that one monomial does not occur in <grad q, grad p>. Unknowns that are `vanishing` already are
 * left out, and those that are alone in an equation are added to them: in most networks soon almost all. Hence entries are
 * listed first, and collected only where an equation has several.
 */
function equationsOf(
  slopes: readonly Polynomial<Q>[],
  monomials: readonly Derived[],
  containing: readonly (readonly number[])[],
  vanishing: Set<number>,
): Equation[] {
  const terms = slopes.map((slope) => [...slope.terms]);
  const met = new Set<number>();
  containing.forEach((columns, v) => {
    if (terms[v]!.length > 0) for (const column of columns) if (!vanishing.has(column)) met.add(column);
  });
  const numbers = new Map<string, number>();
  const sizes: number[] = [];
  const entries: { readonly equation: number; readonly column: number; readonly value: bigint }[] = [];
  for (const column of Int32Array.from(met).sort())
    for (const { v, power, rest } of monomials[column]!)
      for (const [k, c] of terms[v]!) {
        const monomial = timesKey(k, rest);
        let equation = numbers.get(monomial);
        if (equation === undefined) {
          equation = sizes.length;
          numbers.set(monomial, equation);
          sizes.push(0);
        }
        sizes[equation]! += 1;
        entries.push({ equation, column, value: power === 1n ? c.n : c.n * power });
      }
  const found = new Map<number, Equation>();
  for (const { equation, column, value } of entries) {
    if (sizes[equation] === 1) vanishing.add(column);
    else {
      const own = found.get(equation) ?? { columns: [], values: [] };
      addTo(own, column, value);
      found.set(equation, own);
    }
  }
  return [...found.values()];
}

/** The equations of all coordinates on the coefficients of the monomials `unknowns`, without those that must vanish. */
function systemOf(P: PolyMap<Q>, unknowns: readonly string[]): System | { readonly tooLarge: number } {
  const slopes = P.coordinates.map((p) => gradient(integral(p)));
  const occurrences = P.names.map((_, v) => slopes.reduce((t, row) => t + row[v]!.terms.size, 0));
  const monomials = unknowns.map((key) =>
    factorsOf(key).map(([v, power]) => ({ v, power: BigInt(power), rest: withoutOne(key, v) })),
  );
  const entries = monomials.reduce((n, derived) => n + derived.reduce((s, { v }) => s + occurrences[v]!, 0), 0);
  if (entries > ENTRY_LIMIT) return { tooLarge: entries };
  const containing = P.names.map((): number[] => []);
  monomials.forEach((derived, column) => {
    for (const { v } of derived) containing[v]!.push(column);
  });
  const vanishing = new Set<number>();
  const found = slopes.flatMap((row) => equationsOf(row, monomials, containing, vanishing));
  const equations = found.map(({ columns, values }) => ({
    columns: columns.filter((j) => !vanishing.has(j)),
    values: values.filter((_, i) => !vanishing.has(columns[i]!)),
  }));
  return { columns: [...unknowns.keys()].filter((j) => !vanishing.has(j)), equations };
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
  const silent = new Set(dead);
  const alive = P.names.flatMap((name, i) => (silent.has(name) ? [] : [i]));
  const count = (alive.length * (alive.length + 3)) / 2;
  if (count > UNKNOWN_LIMIT)
    return {
      found: false,
      why: `${alive.length} parameters have ${count} monomials of degree at most 2, more than ${UNKNOWN_LIMIT}: too large for this machine`,
    };
  const unknowns = alive.map(variableKey);
  alive.forEach((i, a) => {
    for (const j of alive.slice(a)) unknowns.push(variableKey(i) + variableKey(j));
  });
  const system = systemOf(P, unknowns);
  if ("tooLarge" in system)
    return {
      found: false,
      why: `the search would need ${system.tooLarge} coefficients, more than ${ENTRY_LIMIT}: too large for this machine`,
    };
  const basis: Polynomial<Q>[] = [];
  for (const block of blocks(system)) {
    const local = new Map(block.columns.map((column, at) => [column, at]));
    const own = block.rows.map(
      ({ columns, values }) => new Map(columns.map((j, i) => [local.get(j)!, values[i]!] as const)),
    );
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
