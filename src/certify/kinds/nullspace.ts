/**
 * `nullspace`: `basis` is a basis of all polynomials q of degree 1 to 2, without constant term, in the variables that occur
 * in the P_d, with <grad q, grad P_d> = 0 for all d. Judged in three steps, of which the first is exact expansion:
 * (1) each q of the basis satisfies all conditions, so that their solutions have a dimension of at least
 * (2) basis.length, if the basis is linearly independent, and
 * (3) at most unknowns - rank of the conditions, the unknowns being the coefficients of the monomials of degree 1 and 2.
 * Ranks are bounded below modulo primes (modular-rank): rank mod p <= rank over Q, so that rank mod p >= basis.length
 * proves (2), and rank mod p >= unknowns - basis.length proves with (3) that there are no others.
 * Conditions do not notice by which nonzero number a polynomial is divided: denominators are left aside.
 * Cost: (variables + 1) x the terms of all gradients, and the elimination, both bounded.
 */
import { factorsOf, timesKey, variableKey, withoutOne } from "../../exact/monomial.js";
import type { NullspaceCertificate } from "../../kernel/algebra-certificate.js";
import { type IntegerRow, showsRank } from "../modular-rank.js";
import { OVER_TERMS, PIECE_COST, readNames, readPolynomials } from "../polynomial-reading.js";
import { rationalSpace, type Space, tooLarge, unitValue, type Value } from "../polynomial-space.js";
import { counted, polynomialWords } from "../polynomial-words.js";
import { hasExactKeys, Refusal, refuse } from "../reading.js";

/** 150 variables have 11 475 monomials of degree 1 and 2. */
const OCCURRING_LIMIT = 150;
const ELIMINATION = "an elimination of too many steps";

type Terms = ReadonlyMap<string, bigint>;
/** The partial derivatives that are not zero, by variable, and a bound of the bits of their coefficients. */
interface Slopes {
  readonly byVariable: ReadonlyMap<number, readonly (readonly [key: string, coefficient: bigint])[]>;
  readonly bits: number;
}

export function judgeNullspace(c: Readonly<Record<string, unknown>>): string | Refusal {
  if (!hasExactKeys(c, ["kind", "variables", "polynomials", "basis"]))
    return refuse("expected kind, variables, polynomials, basis only");
  const names = readNames(c.variables);
  if (names instanceof Refusal) return names;
  const space = rationalSpace(names);
  const polynomials = readPolynomials(c.polynomials, space, "polynomials");
  if (polynomials instanceof Refusal) return polynomials;
  const basis = readPolynomials(c.basis, space, "basis");
  if (basis instanceof Refusal) return basis;
  const slopes: Slopes[] = [];
  for (const p of polynomials) {
    const own = slopesOf(space, p);
    if (own instanceof Refusal) return own;
    slopes.push(own);
  }
  const occurring = [...new Set(slopes.flatMap((s) => [...s.byVariable.keys()]))].sort((a, b) => a - b);
  if (occurring.length === 0) return refuse("no variable occurs in the polynomials");
  if (occurring.length > OCCURRING_LIMIT) return tooLarge(`more than ${OCCURRING_LIMIT} variables that occur`);
  const index = indexOf(occurring);
  const unknowns = index.size;
  const rows = basisRows(space, basis, slopes, index);
  if (rows instanceof Refusal) return rows;
  const independent = showsRank(rows, unknowns, basis.length);
  if (independent === "too large") return tooLarge(ELIMINATION);
  if (!independent) return refuse("the basis is not shown to be linearly independent modulo any prime that was tried");
  const conditions = conditionsOf(space, slopes, index);
  if (conditions instanceof Refusal) return conditions;
  const complete = showsRank(conditions, unknowns, unknowns - basis.length);
  if (complete === "too large") return tooLarge(ELIMINATION);
  if (!complete)
    return refuse("the basis is not complete modulo any prime that was tried: it lacks a conserved quantity");
  return statement(c as unknown as NullspaceCertificate, occurring.length);
}

function statement({ variables, polynomials, basis }: NullspaceCertificate, occurring: number): string {
  const through = `${counted(polynomials.length, "polynomial")} (the first is ${polynomialWords(polynomials[0]!, variables)})`;
  const first =
    basis[0] === undefined
      ? "none at all"
      : `spanned by the ${basis.length} of the basis, the first being ${polynomialWords(basis[0], variables)}`;
  return (
    `gradient flow through ${through} in ${counted(occurring, "variable")} has exactly ` +
    `${counted(basis.length, "linearly independent conserved quantity", "linearly independent conserved quantities")} ` +
    `of degree at most 2, whatever the loss: ${first}`
  );
}

function slopesOf(space: Space<bigint>, { numerator, degree, bits }: Value<bigint>): Slopes | Refusal {
  if (!space.spend(1 + numerator.terms.size * (1 + degree))) return tooLarge(OVER_TERMS);
  const byVariable = new Map<number, [string, bigint][]>();
  for (const [key, c] of numerator.terms)
    for (const [v, power] of factorsOf(key)) {
      const slope: [string, bigint] = [withoutOne(key, v), c * BigInt(power)];
      const list = byVariable.get(v);
      if (list === undefined) byVariable.set(v, [slope]);
      else list.push(slope);
    }
  return { byVariable, bits: bits + 9 }; // a power is at most 256
}

/** <grad q, grad P>, without its zero terms. */
function inner(space: Space<bigint>, q: Slopes, P: Slopes): Terms | Refusal {
  let pairs = 0;
  for (const [v, list] of q.byVariable) pairs += list.length * (P.byVariable.get(v)?.length ?? 0);
  if (!space.spend(PIECE_COST + pairs * (3 + (q.bits * P.bits) / 65_536))) return tooLarge(OVER_TERMS);
  const terms = new Map<string, bigint>();
  for (const [v, list] of q.byVariable)
    for (const [k, a] of list)
      for (const [l, b] of P.byVariable.get(v) ?? []) {
        const key = timesKey(k, l);
        const total = (terms.get(key) ?? 0n) + a * b;
        if (total === 0n) terms.delete(key);
        else terms.set(key, total);
      }
  return terms;
}

/** The monomials of degree 1 and 2, each with its number: the unknowns. */
function indexOf(variables: readonly number[]): ReadonlyMap<string, number> {
  const keys = variables.flatMap((v, i) => {
    const key = variableKey(v);
    return [key, ...variables.slice(i).map((w) => key + variableKey(w))];
  });
  return new Map(keys.map((key, i) => [key, i] as const));
}

/** The basis as rows over the unknowns, once each of its elements is shown to be conserved. */
function basisRows(
  space: Space<bigint>,
  basis: readonly Value<bigint>[],
  slopes: readonly Slopes[],
  index: ReadonlyMap<string, number>,
): readonly IntegerRow[] | Refusal {
  const rows: IntegerRow[] = [];
  for (const [i, q] of basis.entries()) {
    const row: (readonly [number, bigint])[] = [];
    for (const [key, c] of q.numerator.terms) {
      const column = index.get(key);
      if (column === undefined)
        return refuse(`basis element ${i + 1} must have degree 1 to 2 in variables that occur in the polynomials`);
      row.push([column, c]);
    }
    const own = slopesOf(space, q);
    if (own instanceof Refusal) return own;
    for (const P of slopes) {
      const rate = inner(space, own, P);
      if (rate instanceof Refusal) return rate;
      if (rate.size > 0) return refuse(`basis element ${i + 1} is not conserved`);
    }
    rows.push(row);
  }
  return rows;
}

/** The conditions, one row for each monomial of each <grad q, grad P_d>, over the unknown coefficients of q. */
function conditionsOf(
  space: Space<bigint>,
  slopes: readonly Slopes[],
  index: ReadonlyMap<string, number>,
): readonly IntegerRow[] | Refusal {
  const unknowns: Slopes[] = [];
  for (const key of index.keys()) {
    const own = slopesOf(space, unitValue(space, key));
    if (own instanceof Refusal) return own;
    unknowns.push(own);
  }
  const rows: IntegerRow[] = [];
  for (const P of slopes) {
    const byMonomial = new Map<string, [number, bigint][]>();
    for (const [column, unknown] of unknowns.entries()) {
      const rate = inner(space, unknown, P);
      if (rate instanceof Refusal) return rate;
      for (const [monomial, c] of rate) {
        const row = byMonomial.get(monomial);
        if (row === undefined) byMonomial.set(monomial, [[column, c]]);
        else row.push([column, c]);
      }
    }
    for (const row of byMonomial.values()) rows.push(row);
  }
  return rows;
}
