/**
 * `sum-of-squares`: the target is a sum of squares with weights >= 0, over Q, or its average over a group of exchanges.
 *
 * Let G be the product of the symmetric groups of the classes, acting on the variables, S = sum weight of^2, and A(S) the
 * average of g S over g in G. To show: target = A(S). Then target(x), the average of S(g x), is >= 0 for every real x.
 * Two monomials are of one type if an element of G takes one to the other, that is, if they agree after the exponents
 * within each class are sorted. Let t(p) be the sum of the coefficients of p over the monomials of type t. Exchanges
 * permute the monomials of a type, so t(g p) = t(p) and t(A(S)) = t(S). A polynomial that G leaves alone has one
 * coefficient on all monomials of a type, namely t(p) divided by how many they are; A(S) is one. Hence, if G leaves the
 * target alone (which transpositions of neighbors in a class decide, for they generate G),
 * target = A(S) iff t(target) = t(S) for every type t: sound and complete. Without classes a type is one monomial.
 * Cost: the products of the squares; then one pass over the terms for each variable of a class.
 */
import { factorsOf, keyOf } from "../../exact/monomial.js";
import { fromTerms, type Polynomial } from "../../exact/polynomial.js";
import type { SumOfSquaresCertificate } from "../../kernel/algebra-certificate.js";
import { expand } from "../expression.js";
import { isIndex, OVER_TERMS, PIECE_COST, readConstant, readNames, readPolynomial } from "../polynomial-reading.js";
import {
  equalValues,
  productValue,
  rationalSpace,
  type Space,
  sumValue,
  tooLarge,
  type Value,
} from "../polynomial-space.js";
import { counted, expressionWords } from "../polynomial-words.js";
import { hasExactKeys, isRecord, Refusal, refuse } from "../reading.js";

/** Units of work for a monomial with two variables exchanged. */
const EXCHANGE_COST = 4;

type Classes = readonly (readonly number[])[];

export function judgeSumOfSquares(c: Readonly<Record<string, unknown>>): string | Refusal {
  if (!hasExactKeys(c, ["kind", "variables", "target", "classes", "squares"]))
    return refuse("expected kind, variables, target, classes, squares only");
  const names = readNames(c.variables);
  if (names instanceof Refusal) return names;
  const space = rationalSpace(names);
  const classes = readClasses(c.classes, names.length);
  if (classes instanceof Refusal) return classes;
  const target = expand(c.target, { space, polynomials: [] });
  if (target instanceof Refusal) return target;
  const symmetric = isSymmetric(space, target.numerator, classes);
  if (symmetric instanceof Refusal) return symmetric;
  if (!symmetric) return refuse("the target changes when two variables of a class are exchanged");
  const squares = readSquares(c.squares, space);
  if (squares instanceof Refusal) return squares;
  const total = sumValue(space, squares);
  if (total instanceof Refusal) return total;
  const wanted = byType(space, target, classes);
  if (wanted instanceof Refusal) return wanted;
  const found = byType(space, total, classes);
  if (found instanceof Refusal) return found;
  const equal = equalValues(space, wanted, found);
  if (equal instanceof Refusal) return equal;
  if (!equal) return refuse("the squares do not add up to the target");
  return statement(c as unknown as SumOfSquaresCertificate);
}

function statement({ variables, target, classes, squares }: SumOfSquaresCertificate): string {
  const exchanged = classes.map((members) => `{${members.map((v) => variables[v]!).join(", ")}}`).join(" and ");
  const averaged = exchanged === "" ? "" : `, averaged over all exchanges of variables within ${exchanged}`;
  return (
    `the polynomial ${expressionWords(target, variables)} is nowhere negative: it is a sum of ` +
    `${counted(squares.length, "square")} with nonnegative rational weights${averaged}`
  );
}

/** The weighted squares, multiplied out. */
function readSquares(value: unknown, space: Space<bigint>): readonly Value<bigint>[] | Refusal {
  if (!Array.isArray(value) || value.length === 0) return refuse("squares must be a list of at least one square");
  if (!space.spend(PIECE_COST * value.length)) return tooLarge(OVER_TERMS);
  const squares: Value<bigint>[] = [];
  for (const item of value as readonly unknown[]) {
    if (!isRecord(item) || !hasExactKeys(item, ["weight", "of"]))
      return refuse("a square must have weight and of only");
    const weight = readConstant(item.weight, space);
    if (weight instanceof Refusal) return weight;
    if ([...weight.numerator.terms.values()].some((x) => x < 0n)) return refuse("a weight must not be negative");
    const of = readPolynomial(item.of, space);
    if (of instanceof Refusal) return of;
    const square = productValue(space, of, of);
    if (square instanceof Refusal) return square;
    const weighted = productValue(space, weight, square);
    if (weighted instanceof Refusal) return weighted;
    squares.push(weighted);
  }
  return squares;
}

function readClasses(value: unknown, variables: number): Classes | Refusal {
  if (!Array.isArray(value)) return refuse("classes must be a list of lists of variables");
  const seen = new Set<number>();
  const classes: number[][] = [];
  for (const members of value as readonly unknown[]) {
    if (!Array.isArray(members) || members.length === 0)
      return refuse("a class must be a list of variables, not empty");
    const list: number[] = [];
    for (const v of members as readonly unknown[]) {
      if (!isIndex(v, variables)) return refuse("a class must hold variables of the certificate");
      if (seen.has(v)) return refuse("a variable must not be in two classes, nor twice in one");
      seen.add(v);
      list.push(v);
    }
    classes.push(list);
  }
  return classes;
}

/** The monomial with two variables exchanged. */
const exchanged = (key: string, a: number, b: number): string =>
  keyOf(factorsOf(key).map(([v, power]) => [v === a ? b : v === b ? a : v, power] as const));

function isSymmetric<E>(space: Space<E>, p: Polynomial<E>, classes: Classes): boolean | Refusal {
  for (const members of classes)
    for (let i = 1; i < members.length; i++) {
      if (!space.spend(EXCHANGE_COST * (1 + p.terms.size))) return tooLarge(OVER_TERMS);
      for (const [key, c] of p.terms) {
        const other = p.terms.get(exchanged(key, members[i - 1]!, members[i]!));
        if (other === undefined || !p.ring.equals(c, other)) return false;
      }
    }
  return true;
}

/** The sums of coefficients over the monomials of each type, at the one of them with falling exponents in each class. */
function byType(space: Space<bigint>, value: Value<bigint>, classes: Classes): Value<bigint> | Refusal {
  if (classes.length === 0) return value;
  const { terms, ring, variables } = value.numerator;
  if (!space.spend((PIECE_COST + classes.length) * terms.size)) return tooLarge(OVER_TERMS);
  const classOf = new Map(classes.flatMap((members, i) => members.map((v) => [v, i] as const)));
  const typeOf = (key: string): string => {
    const powers = classes.map((): number[] => []);
    const factors: (readonly [number, number])[] = [];
    for (const [v, power] of factorsOf(key)) {
      const i = classOf.get(v);
      if (i === undefined) factors.push([v, power]);
      else powers[i]!.push(power);
    }
    powers.forEach((list, i) => {
      list
        .sort((a, b) => b - a)
        .forEach((power, k) => {
          factors.push([classes[i]![k]!, power]);
        });
    });
    return keyOf(factors);
  };
  const numerator = fromTerms(
    ring,
    variables,
    [...terms].map(([key, c]) => [typeOf(key), c] as const),
  );
  return { ...value, numerator, bits: value.bits + 32 };
}
