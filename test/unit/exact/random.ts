/** Random small rationals, points and sparse polynomials for the tests of src/exact, and the comparison of two of them. */
import { fc } from "@fast-check/vitest";
import { factorsOf, keyOf } from "../../../src/exact/monomial.js";
import { fromTerms, type Polynomial } from "../../../src/exact/polynomial.js";
import { type Q, q } from "../../../src/exact/rational.js";
import { rationals } from "../../../src/exact/ring.js";

export const rational = fc
  .tuple(fc.bigInt({ min: -9n, max: 9n }), fc.bigInt({ min: 1n, max: 5n }))
  .map(([n, d]) => q(n, d));

export const pointIn = (variables: number): fc.Arbitrary<Q[]> =>
  fc.array(rational, { minLength: variables, maxLength: variables });

/** Up to `terms` terms with powers up to `power`; equal monomials add up, so that some cancel. */
export const polynomialIn = (variables: number, terms = 5, power = 2): fc.Arbitrary<Polynomial<Q>> =>
  fc
    .array(fc.tuple(fc.array(fc.nat(power), { minLength: variables, maxLength: variables }), rational), {
      maxLength: terms,
    })
    .map((list) =>
      fromTerms(
        rationals,
        variables,
        list.map(([powers, c]) => [keyOf(powers.map((e, v) => [v, e] as const)), c] as const),
      ),
    );

/** Throws unless both have the same terms in the same variables, and no zero among them. */
export function same<E>(p: Polynomial<E>, r: Polynomial<E>): void {
  const { ring } = p;
  const missing = [...p.terms].find(([key, c]) => {
    const other = r.terms.get(key);
    return other === undefined || !ring.equals(c, other) || ring.equals(c, ring.zero);
  });
  if (p.variables === r.variables && p.terms.size === r.terms.size && missing === undefined) return;
  const written = (list: Polynomial<E>): string =>
    [...list.terms].map(([key, c]) => `${ring.show(c)} ${JSON.stringify(factorsOf(key))}`).join(" + ");
  throw new Error(`not the same: ${written(p)} (${p.variables}) and ${written(r)} (${r.variables})`);
}
