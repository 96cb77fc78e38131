/** `l1` and `linf`: linear programmes, exact in rationals; N x D x R data count as one long vector. */
import type { PolyhedralNorm } from "../../exact/norm.js";
import { defineRegularizerOracle, type RegularizerOracle, unseparated, vectors } from "./define.js";

const polyhedral = (R: PolyhedralNorm, problem: string, objective: string): RegularizerOracle =>
  defineRegularizerOracle({
    name: R,
    problem,
    objective,
    title: `${R} max margin`,
    async predict({ data }) {
      const { polyhedralMaxMargin } = await import("../lp-margin.js");
      const o = await polyhedralMaxMargin(R, data);
      if (!o.separable) return unseparated(o.certificate);
      const { objective, certificate, unique } = o;
      return {
        ...{ separable: true, ...vectors(o.beta, o.dual, data.shape, certificate), objective },
        ...{ objectiveExact: certificate.objective, objectiveSquared: null, gap: 0, unique, certificate },
      };
    },
  });

export const l1 = polyhedral("l1", "min sum |b_d|, the same margins", "|beta|_1");
export const linf = polyhedral("linf", "min max |b_d|", "|beta|_inf");
