/**
 * P6: a direction that is a positive multiple of J(w)^T z, z = sum a_n y_n x_n with a >= 0 on the points of least margin,
 * becomes a KKT point of min |w|^2 s.t. y_n <x_n, P(w)> >= 1 when it is scaled to least margin 1. Exact in what it uses: with
 * t a new symbol, P(t w) = t^L P(w) and J(t w) = t^(L-1) J(w), multiplied out. Source: Gunasekar et al. 2018, on homogeneous
 * polynomial parameterizations.
 */
import { jacobian, type PolyMap } from "../../src/exact/polymap.js";
import {
  compose,
  constant,
  equalPolynomials,
  type Polynomial,
  power,
  product,
  variable,
} from "../../src/exact/polynomial.js";
import { ONE, type Q } from "../../src/exact/rational.js";
import { rationals } from "../../src/exact/ring.js";
import { lemma } from "../../src/verify/proof-node.js";
import { everyInstance, INSTANCES_IN_WORDS } from "../instances.js";
import { eulerIdentity } from "./euler-identity.js";

/** Does p(t w) = t^degree p(w) hold, for a polynomial in m parameters? */
export function scalesLike(p: Polynomial<Q>, m: number, degree: number): boolean {
  const t = variable(rationals, m + 1, m);
  const own = Array.from({ length: m }, (_, i) => variable(rationals, m + 1, i));
  const factor = degree === 0 ? constant(rationals, m + 1, ONE) : power(t, degree);
  return equalPolynomials(
    compose(
      p,
      own.map((x) => product(t, x)),
    ),
    product(factor, compose(p, own)),
  );
}

function scales(map: PolyMap<Q>, degree: number): boolean {
  const m = map.names.length;
  return (
    map.coordinates.every((p) => scalesLike(p, m, degree)) &&
    jacobian(map).every((row) => row.every((slope) => scalesLike(slope, m, degree - 1)))
  );
}

export const rescaledKkt = lemma({
  id: "rescaled-kkt",
  statement:
    "if w = c J(w)^T z with c > 0, z = sum a_n y_n x_n, a >= 0, and a_n = 0 off the points of least margin, which is positive, then a positive multiple of w is a KKT point of min |w|^2 subject to y_n <x_n, P(w)> >= 1",
  source: { key: "gunasekar-2018", locator: "theorem on homogeneous polynomial parameterizations" },
  uses: [eulerIdentity],
  argument:
    "With t^L the inverse of the least margin, P(t w) = t^L P(w) has least margin 1, on the same points. J(t w) = t^(L-1) J(w), so t w = c t^(2-L) J(t w)^T z: the multipliers c t^(2-L) a_n are nonnegative and vanish where a margin is above 1.",
  check: () =>
    everyInstance((map, degree) => degree === null || scales(map, degree))
      ? { holds: true, evidence: "sampled", why: `decided exactly, as polynomial identities, ${INSTANCES_IN_WORDS}` }
      : { holds: false, evidence: "assumed", why: "the identity fails on an instance" },
});
