/**
 * `poly-identity`: both sides of every pair are multiplied out over Q(zeta_order) and compared. The normal form of a
 * polynomial (exact/polynomial) and of a number of the field are unique, so that equality is decided.
 * Cost: the products of terms that the expressions ask for, bounded beforehand.
 */
import type { PolyIdentityCertificate } from "../../kernel/algebra-certificate.js";
import { expand, type Scope } from "../expression.js";
import { OVER_TERMS, readNames, readPolynomials } from "../polynomial-reading.js";
import { cyclotomicSpace, equalValues, rationalSpace, type Space, tooLarge } from "../polynomial-space.js";
import { counted, definitionsWords, expressionWords } from "../polynomial-words.js";
import { hasExactKeys, Refusal, refuse } from "../reading.js";

type Part = Readonly<Record<string, unknown>>;

export function judgePolyIdentity(c: Part): string | Refusal {
  if (!hasExactKeys(c, ["kind", "order", "variables", "polynomials", "identities"]))
    return refuse("expected kind, order, variables, polynomials, identities only");
  const { order } = c;
  if (typeof order !== "number" || !Number.isInteger(order) || order < 1)
    return refuse("order must be an integer from 1");
  const names = readNames(c.variables);
  if (names instanceof Refusal) return names;
  if (order === 1) return judgeIn(rationalSpace(names), c);
  const space = cyclotomicSpace(names, order);
  return space instanceof Refusal ? space : judgeIn(space, c);
}

function judgeIn<E>(space: Space<E>, c: Part): string | Refusal {
  const polynomials = readPolynomials(c.polynomials, space, "polynomials");
  if (polynomials instanceof Refusal) return polynomials;
  const { identities } = c;
  if (!Array.isArray(identities) || identities.length === 0)
    return refuse("identities must be a list of at least one pair");
  if (!space.spend(identities.length)) return tooLarge(OVER_TERMS);
  for (const [i, pair] of (identities as readonly unknown[]).entries()) {
    const equal = judgePair(pair, { space, polynomials });
    if (equal instanceof Refusal) return equal;
    if (!equal) return refuse(`identity ${i + 1}: the two sides are different polynomials`);
  }
  return statement(c as unknown as PolyIdentityCertificate);
}

function judgePair<E>(pair: unknown, scope: Scope<E>): boolean | Refusal {
  if (!Array.isArray(pair) || pair.length !== 2) return refuse("an identity must be a pair of expressions");
  const left = expand(pair[0], scope);
  if (left instanceof Refusal) return left;
  const right = expand(pair[1], scope);
  if (right instanceof Refusal) return right;
  return equalValues(scope.space, left, right);
}

function statement({ order, variables, polynomials, identities }: PolyIdentityCertificate): string {
  const [left, right] = identities[0]!;
  const over = order === 1 ? "over Q" : `over Q(zeta), zeta = e^(2 pi i/${order})`;
  const first = `${expressionWords(left, variables)} = ${expressionWords(right, variables)}`;
  const where = definitionsWords(identities[0]!, polynomials, variables);
  const count = identities.length;
  if (count === 1) return `the polynomial identity ${first} holds ${over}${where}`;
  return `${counted(count, "polynomial identity", "polynomial identities")} hold ${over}, the first being ${first}${where}`;
}
