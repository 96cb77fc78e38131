/**
 * Parallel sum: beta = sum_j P_j(w_j) with disjoint parameters. R is the infimal convolution of the R_j. Where all R_j are
 * constants times one function that is homogeneous of degree at most 1, hence subadditive (a norm or a concave power of
 * one), the cheapest alone is best: R = min_j R_j; so too for one coordinate and any concave powers of |beta|, since a
 * concave function on a simplex is least at a vertex. Otherwise the infimal convolution stands as it is.
 */
import { factorsOf } from "../../../exact/monomial.js";
import { fromTerms } from "../../../exact/polynomial.js";
import { compare, ONE, type Q } from "../../../exact/rational.js";
import { type Surd, surdEquals, surdToNumber } from "../../../exact/surd.js";
import { components } from "../components.js";
import { degreeOf, type Formula, sameFormula, scale, split } from "../formula.js";
import { type Condition, type Derived, defineRule, indicesOf, type Outcome, type Problem } from "../problem.js";

/** The problems of the summands: terms that share parameters, across coordinates. */
function summands(problem: Problem): Problem[] {
  const terms = problem.coordinates.flatMap(({ p }, d) => [...p.terms].map(([key, c]) => ({ d, key, c })));
  return components(terms, ({ key }) => factorsOf(key).map(([v]) => v)).map((own) => ({
    ...problem,
    coordinates: problem.coordinates.flatMap(({ index, p }, d) => {
      const kept = own.filter((t) => t.d === d).map(({ key, c }) => [key, c] as [string, Q]);
      return kept.length === 0 ? [] : [{ index, p: fromTerms(p.ring, p.variables, kept) }];
    }),
  }));
}

/** The function without its constant, if it is subadditive: |.|_2 or |.| to a power at most 1, or a sum of such. */
function isSubadditive(f: Formula): boolean {
  const degree = degreeOf(f);
  if (degree === null || compare(degree, ONE) > 0) return false;
  if (f.kind === "abs" || f.kind === "bin" || f.kind === "nuclear") return true;
  if (f.kind === "scale") return isSubadditive(f.of);
  if (f.kind === "sum") return f.of.every(isSubadditive);
  if (f.kind !== "power") return false;
  // A concave power of a subadditive function, or of a sum of squares: sqrt of it is a norm.
  const squares =
    f.of.kind === "sum" &&
    f.of.of.every((t) => t.kind === "power" && t.of.kind === "abs" && t.exponent.n === 2n && t.exponent.d === 1n);
  return squares || (isSubadditive(f.of) && compare(f.exponent, ONE) <= 0);
}

/** A constant times |beta_d|^e, e at most 1. */
function isConcave(f: Formula): boolean {
  const { of } = split(f);
  return of.kind === "abs" || (of.kind === "power" && of.of.kind === "abs" && compare(of.exponent, ONE) <= 0);
}

const cheapest = (constants: readonly Surd[]): Surd =>
  constants.reduce((least, c) => (surdToNumber(c) < surdToNumber(least) ? c : least));

/** One coordinate, each summand with its own signs: the cheapest for either sign of beta. */
function bySign(parts: readonly Derived[], index: number): { formula: Formula; domain: Condition[] } | string {
  const feasible = (sign: -1 | 1): Surd[] =>
    parts.filter((p) => p.domain.every((c) => c.kind === "sign" && c.sign === sign)).map((p) => split(p.formula).by);
  const core = split(parts[0]!.formula).of;
  const [plus, minus] = [feasible(1), feasible(-1)];
  if (plus.length > 0 && minus.length > 0) {
    const [a, b] = [cheapest(plus), cheapest(minus)];
    return surdEquals(a, b) ? { formula: scale(a, core), domain: [] } : "the cost depends on the sign of beta";
  }
  const sign = plus.length > 0 ? 1 : -1;
  return { formula: scale(cheapest(plus.length > 0 ? plus : minus), core), domain: [{ kind: "sign", index, sign }] };
}

export const parallel = defineRule({
  id: "parallel-sum",
  statement:
    "for a sum of networks with disjoint parameters R is the infimal convolution of their R; for one subadditive function, or for one coordinate and concave powers of it, it is the cheapest",
  apply(problem, solve): Outcome | null {
    const smaller = summands(problem);
    if (smaller.length < 2) return null;
    const parts: Derived[] = [];
    for (const [j, s] of smaller.entries()) {
      const part = solve({ ...s, call: (d) => `${problem.call(d)} of network ${j + 1}` });
      if (part.formula === null) return part;
      parts.push(part);
    }
    const inner = parts.flatMap((p) => p.steps);
    const sets = smaller.map((s) => indicesOf(s).join());
    const core = split(parts[0]!.formula).of;
    const alike = parts.every((p) => sameFormula(split(p.formula).of, core)) && new Set(sets).size === 1;
    const step = (says: string): Derived["steps"] => [{ rule: parallel.id, says, certificate: null }, ...inner];
    if (alike && isSubadditive(core)) {
      const cheap = `${parts.length} networks side by side with one and the same subadditive cost: the cheapest alone`;
      if (parts.every((p) => p.domain.length === 0))
        return {
          formula: scale(cheapest(parts.map((p) => split(p.formula).by)), core),
          domain: [],
          steps: step(cheap),
        };
      if (problem.coordinates.length === 1) {
        const signed = bySign(parts, problem.coordinates[0]!.index);
        return typeof signed === "string" ? { formula: null, why: signed } : { ...signed, steps: step(cheap) };
      }
    }
    const [only] = problem.coordinates;
    if (problem.coordinates.length === 1 && parts.every((p) => p.domain.length === 0 && isConcave(p.formula)))
      return {
        formula: { kind: "least", of: parts.map((p) => p.formula) },
        domain: [],
        steps: step(
          `${parts.length} networks side by side share out ${problem.call(only!.index)}; their costs are concave in |${problem.call(only!.index)}|, so the cheapest alone is best`,
        ),
      };
    if (parts.some((p) => p.domain.length > 0))
      return { formula: null, why: "a sum of networks of which some reach one sign or rank only" };
    return {
      formula: { kind: "infimal", parts: parts.map((p, j) => ({ indices: indicesOf(smaller[j]!), of: p.formula })) },
      domain: [],
      steps: step(`${parts.length} networks side by side: the infimal convolution of their costs`),
    };
  },
});
