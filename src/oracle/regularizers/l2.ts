/** `l2`: the hard-margin SVM through the origin, exact in rationals; N x D x R data count as one long vector (Frobenius). */
import { defineRegularizerOracle, unseparated, vectors } from "./define.js";

export const l2 = defineRegularizerOracle({
  name: "l2",
  problem: "min |b|_2 s.t. y_n <x_n, b> >= 1, no bias",
  objective: "|beta|_2",
  title: "l2 max margin (hard-margin SVM without bias), exact",
  async predict({ data }) {
    const { l2MaxMargin } = await import("../l2-margin.js");
    const o = l2MaxMargin(data);
    if (!o.separable) return unseparated(o.certificate);
    const { objective, certificate } = o;
    return {
      ...{ separable: true, ...vectors(o.beta, o.dual, data.shape), objective },
      objectiveSquared: certificate.objectiveSquared,
      ...{ gap: 0, unique: { beta: true, dual: null }, certificate },
    };
  },
});
