/**
 * `l2`: the hard-margin SVM through the origin, exact in rationals, or up to a certified gap where those would be too long;
 * N x D x R data count as one long vector (Frobenius).
 */
import { boundsOf, normNamed } from "../../exact/norms/index.js";
import { mul, ofNumber, parseQ, toNumber } from "../../exact/rational.js";
import { vectorOf } from "../../exact/vector.js";
import { defineRegularizerOracle, unseparated, vectors } from "./define.js";

export const l2 = defineRegularizerOracle({
  name: "l2",
  problem: "min |b|_2 s.t. y_n <x_n, b> >= 1, no bias",
  objective: "|beta|_2",
  title: "l2 max margin (hard-margin SVM without bias)",
  async predict({ data }) {
    const { l2Margin } = await import("../l2-margin.js");
    const o = l2Margin(data);
    if (!o.separable) return unseparated(o.certificate);
    const { unique, gap } = o;
    if (o.exact) {
      const { objective, certificate } = o;
      return {
        ...{ separable: true, ...vectors(o.beta, o.dual, data.shape, certificate), objective },
        ...{ objectiveSquared: certificate.objectiveSquared, gap, unique, certificate },
      };
    }
    const objective = toNumber(boundsOf(normNamed("l2", data.shape)!.primal(o.beta)).lower);
    // Of half the squared norm, the multipliers are the weights times the square of the norm.
    const squared = mul(ofNumber(objective), ofNumber(objective));
    const dual = vectorOf(o.certificate.q.map((w) => mul(parseQ(w)!, squared)));
    return {
      ...{ separable: true, ...vectors(o.beta, dual, data.shape), objective, objectiveSquared: null },
      ...{ dualExact: null, gap, unique, certificate: o.certificate },
    };
  },
});
