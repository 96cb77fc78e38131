/**
 * Expressions of a certificate (kernel/algebra-certificate), multiplied out: JSON of any origin to a polynomial in normal
 * form, or a refusal. Nesting is bounded, every node and every product is paid for before it is made (polynomial-space).
 * An empty sum is 0, an empty product 1. Cost: that of the products, predicted by their numbers of terms.
 */
import { variableKey } from "../exact/monomial.js";
import { isIndex, isPower, OVER_TERMS, PIECE_COST, readConstant } from "./polynomial-reading.js";
import {
  derivativeValue,
  powerValue,
  productValue,
  type Space,
  sumValue,
  tooLarge,
  unitValue,
  type Value,
} from "./polynomial-space.js";
import { hasExactKeys, isRecord, Refusal, refuse } from "./reading.js";

const NESTING_LIMIT = 100;

/** The polynomials that {poly: i} stands for, and the space of all. */
export interface Scope<E> {
  readonly space: Space<E>;
  readonly polynomials: readonly Value<E>[];
}

function expandAll<E>(list: unknown, scope: Scope<E>, depth: number): readonly Value<E>[] | Refusal {
  if (!Array.isArray(list)) return refuse("a sum or a product must be a list of expressions");
  if (!scope.space.spend(list.length)) return tooLarge(OVER_TERMS);
  const values: Value<E>[] = [];
  for (const item of list as readonly unknown[]) {
    const value = expand(item, scope, depth);
    if (value instanceof Refusal) return value;
    values.push(value);
  }
  return values;
}

/** The operation `name` on a pair of an expression and a number. */
function expandPair<E>(name: string, pair: unknown, scope: Scope<E>, depth: number): Value<E> | Refusal {
  if (!Array.isArray(pair) || pair.length !== 2)
    return refuse(`a ${name} must be a pair of an expression and a number`);
  const [inner, number] = pair as readonly unknown[];
  const value = expand(inner, scope, depth);
  if (value instanceof Refusal) return value;
  if (name === "power")
    return isPower(number) ? powerValue(scope.space, value, number) : refuse("a power must be an integer from 1");
  return isIndex(number, scope.space.names.length)
    ? derivativeValue(scope.space, value, number)
    : refuse("a derivative must be in a variable of the certificate");
}

export function expand<E>(value: unknown, scope: Scope<E>, depth = 0): Value<E> | Refusal {
  const { space, polynomials } = scope;
  if (depth > NESTING_LIMIT) return tooLarge(`an expression nested more than ${NESTING_LIMIT} deep`);
  if (!space.spend(PIECE_COST)) return tooLarge(OVER_TERMS);
  if (!isRecord(value)) return refuse("an expression must be an object");
  const [kind = ""] = Object.keys(value);
  if (!hasExactKeys(value, [kind])) return refuse("an expression must have one entry");
  const part = value[kind];
  switch (kind) {
    case "poly":
      return isIndex(part, polynomials.length) ? polynomials[part]! : refuse("poly must be one of the polynomials");
    case "variable":
      return isIndex(part, space.names.length)
        ? unitValue(space, variableKey(part))
        : refuse("variable must be one of the variables");
    case "constant":
      return readConstant(part, space);
    case "sum": {
      const terms = expandAll(part, scope, depth + 1);
      return terms instanceof Refusal ? terms : sumValue(space, terms);
    }
    case "product": {
      const factors = expandAll(part, scope, depth + 1);
      if (factors instanceof Refusal) return factors;
      let product = unitValue(space, "");
      for (const [i, factor] of factors.entries()) {
        const next = i === 0 ? factor : productValue(space, product, factor);
        if (next instanceof Refusal) return next;
        product = next;
      }
      return product;
    }
    case "power":
    case "derivative":
      return expandPair(kind, part, scope, depth + 1);
    default:
      return refuse("an expression must be a poly, variable, constant, sum, product, power or derivative");
  }
}
