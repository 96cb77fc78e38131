/**
 * P2: P is homogeneous of degree L, so J(w) w = L P(w) (Euler) and J is homogeneous of degree L - 1.
 * Decided as a polynomial identity on those instances that declare a degree; the others have terms of several degrees. Source: Gunasekar et al. 2018.
 */
import { homogeneousDegree, satisfiesEuler } from "../../src/exact/polymap.js";
import { lemma } from "../../src/verify/proof-node.js";
import { everyInstance, INSTANCES_IN_WORDS } from "../instances.js";

export const eulerIdentity = lemma({
  id: "euler-identity",
  statement: "P(c w) = c^L P(w) and J(w) w = L P(w)",
  source: { key: "gunasekar-2018", locator: "homogeneous polynomial parameterizations" },
  uses: [],
  argument:
    "Each coordinate of P is a sum of products of one weight from every layer; differentiate P(c w) = c^L P(w) in c at 1.",
  check() {
    const holds = everyInstance(
      (map, degree) => homogeneousDegree(map) === degree && (degree === null || satisfiesEuler(map, degree)),
    );
    return holds
      ? { holds: true, evidence: "sampled", why: `decided exactly, as polynomial identities, ${INSTANCES_IN_WORDS}` }
      : { holds: false, evidence: "assumed", why: "the identity fails on an instance" };
  },
});
