/**
 * The hypothesis that the predictor is a homogeneous polynomial of the parameters, P(c w) = c^L P(w): decided exactly from the
 * degrees of all terms of the map, so that a false one puts the case out of scope. A network whose map has no exact reading,
 * or one too long to write out, leaves it open. Structural; cost: one pass over the terms.
 */
import { homogeneousDegree } from "../../exact/polymap.js";
import { termsOf } from "../exact-map.js";
import type { Hypothesis } from "../theorem.js";

const ID = "homogeneous";

export const homogeneous: Hypothesis = Object.freeze({
  id: ID,
  statement: "the predictor is a homogeneous polynomial of the parameters",
  kind: "structural",
  decide({ exactMap, P }) {
    const common = { id: ID, statement: homogeneous.statement, certificate: null };
    const exact = exactMap();
    if (exact.map === null) return { ...common, decided: null, evidence: "assumed", why: exact.why };
    const degree = homogeneousDegree(exact.map);
    const decided = degree !== null && degree >= 1;
    return {
      ...common,
      decided,
      evidence: "exact",
      why: decided
        ? `each of the ${termsOf(exact.map)} terms of the map has degree ${degree}`
        : `the map of ${P.architecture} has ${degree === null ? "terms of several degrees, or none" : "no parameter in it"}`,
    };
  },
} satisfies Hypothesis);
