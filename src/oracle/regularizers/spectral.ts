/** `nuclear` and `kernel:K`: nuclear norms of filters by places, certified up to a gap. */
import { UseError } from "../../kernel/use-error.js";
import { type Asked, defineRegularizerOracle, type Prediction, unseparated, vectors } from "./define.js";

async function predict(K: number, { regularizer, data }: Asked): Promise<Prediction> {
  if (K > data.shape[0]!)
    throw new UseError(
      `predict: expected a kernel of at most the ${data.shape[0]} places of a point, got ${regularizer}`,
    );
  const { spectralMaxMargin } = await import("../spectral-margin.js");
  const o = await spectralMaxMargin(K, data, regularizer === "nuclear" ? "nuclear" : `kernel:${K}`);
  if (!o.separable) return unseparated(o.certificate);
  const { objective, gap, unique, certificate } = o;
  return {
    ...{ separable: true, ...vectors(o.beta, o.dual, data.shape), objective, objectiveSquared: null },
    // The multipliers are the weights times a rounded norm, and no more exact than that.
    ...{ dualExact: null, gap, unique, certificate },
  };
}

export const nuclear = defineRegularizerOracle({
  name: "nuclear",
  problem: "min |W|_* for N x D x R data",
  objective: "|W|_*",
  title: "nuclear norm max margin",
  predict: (asked) => predict(1, asked),
});

export const kernel = defineRegularizerOracle({
  name: "kernel:K",
  problem: "min |Q|_*, Q the K filters of a two-layer convolution by places",
  objective: "|Q|_*",
  title: "max margin of two convolutional layers, the first with a kernel of size K",
  parameter: {
    expected: "a kernel size K >= 1, as kernel:3",
    read: (text) => (/^[1-9][0-9]{0,6}$/.test(text) ? text : null),
  },
  predict: (asked) => predict(Number(asked.parameter), asked),
});
