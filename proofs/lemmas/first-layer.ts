/**
 * F1: at a stationary direction the first layer is W_1 = c u z^T with u^T = W_L ... W_2 and z = sum a_n y_n x_n, c > 0;
 * then beta = (W_L ... W_1)^T = c |u|^2 z, so the predictor is parallel to z. Decided as a polynomial identity: with the
 * later layers symbolic and W_1 := u z^T for symbolic z, the network's beta equals |u|^2 z coordinate by coordinate.
 * Source: Gunasekar et al. 2018, Theorem 1, proof.
 */
import { constant, equalPolynomials, type Polynomial, product, sum, variable } from "../../src/exact/polynomial.js";
import type { Q } from "../../src/exact/rational.js";
import { rationals } from "../../src/exact/ring.js";
import { fullyConnected } from "../../src/models/architectures/fully-connected.js";
import { lemma } from "../../src/verify/proof-node.js";
import { chainRule } from "./chain-rule.js";

/** Substitutes polynomials for the variables of p. */
function substitute(p: Polynomial<Q>, by: readonly Polynomial<Q>[]): Polynomial<Q> {
  const variables = by[0]!.variables;
  let total = constant(rationals, variables, rationals.zero);
  for (const [key, coefficient] of p.terms) {
    let term = constant(rationals, variables, coefficient);
    key.split(",").forEach((power, i) => {
      for (let k = 0; k < Number(power); k++) term = product(term, by[i]!);
    });
    total = sum(total, term);
  }
  return total;
}

function identityHolds(dim: number, depth: number, width: number): boolean {
  const P = fullyConnected.build({ dim, depth, widths: [width] });
  const { map } = P.exact();
  if (map === null) return false;
  const first = P.layers[0]!;
  const m = P.parameters;
  const z = (d: number): Polynomial<Q> => variable(rationals, m + dim, m + d);
  const own = (i: number): Polynomial<Q> => variable(rationals, m + dim, i);
  // u as polynomials: the product of the later layers, read off the network itself with W_1 := e_r e_1^T.
  const one = constant(rationals, m + dim, rationals.one);
  const zero = constant(rationals, m + dim, rationals.zero);
  const later = Array.from({ length: m }, (_, i) => own(i));
  const withFirst = (entry: (r: number, c: number) => Polynomial<Q>): Polynomial<Q>[] =>
    later.map((p, i) => (i < first.rows * first.columns ? entry(Math.floor(i / first.columns), i % first.columns) : p));
  const u = Array.from({ length: first.rows }, (_, k) =>
    substitute(
      map.coordinates[0]!,
      withFirst((r, c) => (r === k && c === 0 ? one : zero)),
    ),
  );
  const squared = u.map((p) => product(p, p)).reduce(sum);
  return map.coordinates.every((p, d) =>
    equalPolynomials(
      substitute(
        p,
        withFirst((r, c) => product(u[r]!, z(c))),
      ),
      product(squared, z(d)),
    ),
  );
}

export const firstLayer = lemma({
  id: "first-layer",
  statement: "if the first layer is parallel to its gradient block u z^T, then beta is a positive multiple of z",
  source: { key: "gunasekar-2018", locator: "Theorem 1, proof" },
  uses: [chainRule],
  argument: "The block of J^T z for W_1 is (W_L ... W_2)^T z^T; multiply it by W_L ... W_2 from the left.",
  check() {
    const cases: readonly (readonly [number, number, number])[] = [
      [1, 1, 1],
      [2, 2, 2],
      [3, 2, 2],
      [2, 3, 2],
      [2, 4, 2],
      [3, 3, 1],
    ];
    return cases.every(([D, L, H]) => identityHolds(D, L, H))
      ? {
          holds: true,
          evidence: "sampled",
          why: "decided exactly, as a polynomial identity, for D <= 3, depth <= 4, width <= 2",
        }
      : { holds: false, evidence: "assumed", why: "the identity fails on an instance" };
  },
});
