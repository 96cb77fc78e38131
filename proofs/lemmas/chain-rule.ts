/**
 * P1: the gradient in parameter space is the pulled-back gradient in predictor space, grad_w L(P(w)) = J(w)^T grad L.
 * Checked where it could go wrong: the exact Jacobian of each architecture against the derivative of <P(w), g> for
 * symbolic g, coordinate by coordinate, as polynomial identities. Source: Gunasekar et al. 2018, on homogeneous polynomial parameterizations.
 */

import { jacobian } from "../../src/exact/polymap.js";
import { derivative, equalPolynomials, type Polynomial, product, sum, variable } from "../../src/exact/polynomial.js";
import type { Q } from "../../src/exact/rational.js";
import { rationals } from "../../src/exact/ring.js";
import { lemma } from "../../src/verify/proof-node.js";
import { everyInstance, INSTANCES_IN_WORDS } from "../instances.js";

/** The same polynomial with room for `extra` more variables behind its own. */
function widen(p: Polynomial<Q>, extra: number): Polynomial<Q> {
  const pad = ",0".repeat(extra);
  return { ring: p.ring, variables: p.variables + extra, terms: new Map([...p.terms].map(([k, c]) => [k + pad, c])) };
}

export const chainRule = lemma({
  id: "chain-rule",
  statement: "grad_w L(P(w)) = J(w)^T grad_beta L(P(w))",
  source: { key: "gunasekar-2018", locator: "homogeneous polynomial parameterizations, proof" },
  uses: [],
  argument: "P is a polynomial map and L is differentiable, so this is the chain rule.",
  check() {
    const holds = everyInstance((map) => {
      const D = map.coordinates.length;
      const m = map.names.length;
      const g = (k: number): Polynomial<Q> => variable(rationals, m + D, m + k);
      const inner = map.coordinates.map((p, k) => product(widen(p, D), g(k))).reduce(sum);
      const J = jacobian(map);
      return map.names.every((_, i) =>
        equalPolynomials(derivative(inner, i), J.map((row, k) => product(widen(row[i]!, D), g(k))).reduce(sum)),
      );
    });
    return holds
      ? { holds: true, evidence: "sampled", why: `decided exactly, as polynomial identities, ${INSTANCES_IN_WORDS}` }
      : { holds: false, evidence: "assumed", why: "the identity fails on an instance" };
  },
});
