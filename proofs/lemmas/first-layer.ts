/**
 * F1: at a stationary direction the first layer is W_1 = c u z^T with u^T = W_L ... W_2 and z = sum a_n y_n x_n, c > 0;
 * then beta = (W_L ... W_1)^T = c |u|^2 z, so the predictor is parallel to z. Decided as a polynomial identity: with the
 * later layers symbolic and W_1 := u z^T for symbolic z, the network's beta equals |u|^2 z coordinate by coordinate.
 * Source: Gunasekar et al. 2018, Theorem 1, proof.
 */
import {
  compose,
  constant,
  equalPolynomials,
  type Polynomial,
  product,
  sum,
  variable,
} from "../../src/exact/polynomial.js";
import type { Q } from "../../src/exact/rational.js";
import { rationals } from "../../src/exact/ring.js";
import { fullyConnected } from "../../src/models/architectures/fully-connected.js";
import { lemma } from "../../src/verify/proof-node.js";
import { chainRule } from "./chain-rule.js";

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
    compose(
      map.coordinates[0]!,
      withFirst((r, c) => (r === k && c === 0 ? one : zero)),
    ),
  );
  const squared = u.map((p) => product(p, p)).reduce(sum);
  return map.coordinates.every((p, d) =>
    equalPolynomials(
      compose(
        p,
        withFirst((r, c) => product(u[r]!, z(c))),
      ),
      product(squared, z(d)),
    ),
  );
}

/** (D, depth, width) on which the identity is decided. */
const INSTANCES: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [2, 2, 2],
  [3, 2, 2],
  [2, 3, 2],
  [2, 4, 2],
  [3, 3, 1],
];

export const firstLayer = lemma({
  id: "first-layer",
  statement:
    "if the first layer is a positive multiple of its gradient block, W_1 = c u z^T with c > 0 and u^T = W_L ... W_2 not 0, then beta = c |u|^2 z, a positive multiple of z",
  source: { key: "gunasekar-2018", locator: "Theorem 1, proof" },
  uses: [chainRule],
  argument:
    "The block of J^T z for W_1 is u z^T; multiply W_1 = c u z^T by u^T from the left. u is not 0 where beta is not, and a positive margin says that it is not.",
  check() {
    return INSTANCES.every(([D, L, H]) => identityHolds(D, L, H))
      ? {
          holds: true,
          evidence: "sampled",
          why: `decided exactly, as a polynomial identity, for (D, depth, width) = ${INSTANCES.map((i) => `(${i.join(", ")})`).join(", ")}`,
        }
      : { holds: false, evidence: "assumed", why: "the identity fails on an instance" };
  },
});
