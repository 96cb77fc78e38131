/** `lp:P` for a rational P > 1, certified up to a gap; N x D x R data count as one long vector. */
import { boundsOf, normNamed } from "../../exact/norms/index.js";
import { exponentOf, LARGEST_ORDER, powerName } from "../../exact/norms/power.js";
import { mul, ofNumber, parseQ, toNumber } from "../../exact/rational.js";
import { vectorOf } from "../../exact/vector.js";
import { defineRegularizerOracle, unseparated, vectors } from "./define.js";

export const lp = defineRegularizerOracle({
  name: "lp:P",
  problem: "min (sum |b_d|^P)^(1/P), P > 1",
  objective: "|beta|_P",
  title: "l_P max margin",
  parameter: {
    expected: `a fraction P > 1, numerator at most ${LARGEST_ORDER} in lowest terms, as lp:3 or lp:3/2`,
    read(text) {
      const p = /^[1-9][0-9]{0,2}(\/[1-9][0-9]{0,2})?$/.test(text) ? parseQ(text) : null;
      const exponent = p === null ? null : exponentOf(powerName({ n: Number(p.n), d: Number(p.d) }));
      return exponent === null ? null : powerName(exponent).slice("lp:".length);
    },
  },
  async predict({ regularizer, data }) {
    const { powerMaxMargin } = await import("../power-margin.js");
    const o = await powerMaxMargin(exponentOf(regularizer)!, data);
    if (!o.separable) return unseparated(o.certificate);
    const { gap, unique, certificate } = o;
    const objective = toNumber(boundsOf(normNamed(regularizer, data.shape)!.primal(o.beta)).lower);
    const dual = vectorOf(certificate.q.map((w) => mul(parseQ(w)!, ofNumber(objective))));
    return {
      ...{ separable: true, ...vectors(o.beta, dual, data.shape), objective, objectiveSquared: null },
      ...{ dualExact: null, gap, unique, certificate },
    };
  },
});
