/**
 * `fourier-l1` (over all axes of the points: a circle, or a torus for N x D x E data), `group-l21` and `fourier-l21` (D x R
 * points, one group a position or frequency): certified up to a gap.
 */
import { defineRegularizerOracle, type RegularizerOracle, unseparated, vectors } from "./define.js";

const block = (name: string, problem: string, objective: string, title: string): RegularizerOracle =>
  defineRegularizerOracle({
    ...{ name, problem, objective, title },
    async predict({ data }) {
      const { blockMaxMargin } = await import("../block-margin.js");
      const o = await blockMaxMargin(name, data);
      if (!o.separable) return unseparated(o.certificate);
      const { objective, gap, unique, certificate } = o;
      return {
        ...{ separable: true, ...vectors(o.beta, o.dual, data.shape), objective, objectiveSquared: null },
        // The multipliers are the weights times a rounded norm, and no more exact than that.
        ...{ dualExact: null, gap, unique, certificate },
      };
    },
  });

export const fourierL1 = block(
  "fourier-l1",
  "min sum |bhat_k|, unitary DFT over all axes, all bins",
  "sum |betahat_k|",
  "Fourier l1 max margin",
);
export const groupL21 = block(
  "group-l21",
  "min sum_d |W[d,:]|_2 for N x D x R data",
  "sum_d |W[d,:]|_2",
  "group l2,1 max margin",
);
export const fourierL21 = block(
  "fourier-l21",
  "min sum_k |What[k,:]|_2, unitary DFT along D",
  "sum_k |What[k,:]|_2",
  "Fourier l2,1 max margin",
);
