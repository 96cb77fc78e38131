/**
 * P1: the gradient in parameter space is the pulled-back gradient in predictor space, grad_w L(P(w)) = J(w)^T grad L.
 * Checked where it could go wrong: for symbolic w, v and g, the part of <P(w + t v), g> that is linear in t, found by
 * multiplying out, against <v, J(w)^T g> with the Jacobian that the toolkit derives. Polynomial identities, decided.
 * Source: Gunasekar et al. 2018, on homogeneous polynomial parameterizations.
 */

import { powerOf } from "../../src/exact/monomial.js";
import { jacobian, type PolyMap } from "../../src/exact/polymap.js";
import { compose, equalPolynomials, type Polynomial, product, sum, variable } from "../../src/exact/polynomial.js";
import type { Q } from "../../src/exact/rational.js";
import { rationals } from "../../src/exact/ring.js";
import { lemma } from "../../src/verify/proof-node.js";
import { everyInstance, INSTANCES_IN_WORDS } from "../instances.js";

/** The terms of p with the first power of the variable `t`. */
const linearIn = (p: Polynomial<Q>, t: number): Polynomial<Q> => ({
  ...p,
  terms: new Map([...p.terms].filter(([key]) => powerOf(key, t) === 1)),
});

/** Is the linear part of <P(w + t v), g> in t equal to t <v, J(w)^T g>? */
function jacobianIsLinearPart(map: PolyMap<Q>): boolean {
  const m = map.names.length;
  const D = map.coordinates.length;
  const t = 2 * m + D;
  const x = (i: number): Polynomial<Q> => variable(rationals, t + 1, i);
  const own = map.names.map((_, i) => x(i));
  const moved = own.map((w, i) => sum(w, product(x(t), x(m + i))));
  const g = (k: number): Polynomial<Q> => x(2 * m + k);
  const along = map.coordinates.map((p, k) => product(linearIn(compose(p, moved), t), g(k))).reduce(sum);
  const pulledBack = jacobian(map).flatMap((row, k) =>
    row.map((entry, i) => product(product(compose(entry, own), g(k)), product(x(t), x(m + i)))),
  );
  return equalPolynomials(along, pulledBack.reduce(sum));
}

export const chainRule = lemma({
  id: "chain-rule",
  statement: "grad_w L(P(w)) = J(w)^T grad_beta L(P(w))",
  source: { key: "gunasekar-2018", locator: "homogeneous polynomial parameterizations, proof" },
  uses: [],
  argument: "P is a polynomial map and L is differentiable, so this is the chain rule.",
  check: () =>
    everyInstance(jacobianIsLinearPart)
      ? { holds: true, evidence: "sampled", why: `decided exactly, as polynomial identities, ${INSTANCES_IN_WORDS}` }
      : { holds: false, evidence: "assumed", why: "the identity fails on an instance" },
});
