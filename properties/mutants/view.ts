/**
 * A bench seen otherwise: other data, another predictor, other weights or parameters in place of those of the run, for claims that mistake
 * one for the other. The run itself is untouched. Linear maps of predictors are exact, in rationals; `stretch` is by how much
 * they may widen the angle between two predictors.
 */
import { angleBounds, angleData } from "../../src/exact/angle.js";
import { ofNumber, showQ, toNumber } from "../../src/exact/rational.js";
import { entriesOf, type QVector, showVector, vectorOf, vectorOfNumbers } from "../../src/exact/vector.js";
import type { Dataset } from "../../src/kernel/dataset.js";
import type { Parameterization } from "../../src/models/architecture.js";
import { l2MaxMargin } from "../../src/oracle/l2-margin.js";
import { decideSeparability } from "../../src/oracle/separability.js";
import type { Bench } from "../../src/verify/bench.js";
import type { Claim } from "../../src/verify/theorem.js";

export interface View {
  readonly data?: (d: Dataset) => Dataset;
  readonly predictor?: (b: QVector) => QVector;
  readonly stretch?: number;
  /** From those of the run, one a point, to those of the data as seen. */
  readonly weights?: (q: Float64Array) => Float64Array;
  readonly parameters?: (w: Float64Array, layers: Parameterization["layers"]) => Float64Array;
}

const same = <T>(x: T): T => x;

function seen(
  bench: Bench,
  { data = same, predictor = same, weights = same, parameters = same, stretch = 1 }: View,
): Bench {
  const dataset = data(bench.dataset);
  // Over the least denominator, as a judge reads it: enclosures round by it.
  const reached = (): QVector => vectorOf(entriesOf(predictor(bench.reached())));
  const inDoubles = (beta: Float64Array): Float64Array =>
    Float64Array.from(entriesOf(predictor(vectorOfNumbers(beta))), toNumber);
  const optimum = (): ReturnType<Bench["optimum"]> => l2MaxMargin(dataset);
  return {
    ...bench,
    dataset,
    reached,
    optimum,
    separability: () => decideSeparability(dataset),
    limit() {
      const limit = bench.limit();
      if (limit === null || limit.beta === null || limit.dual === null) return limit;
      return {
        ...limit,
        beta: inDoubles(limit.beta),
        dual: weights(limit.dual),
        parameters: limit.parameters === null ? null : parameters(limit.parameters, bench.P.layers),
      };
    },
    limitError: () => stretch * bench.limitError(),
    directionBound() {
      const exact = optimum();
      if (!exact.separable) throw new Error("view: no optimum to compare with (an internal fault)");
      const { kind: _kind, data: json, ...stated } = exact.certificate;
      const { lower, upper } = angleBounds(angleData(reached(), exact.beta));
      return {
        kind: "direction-bound",
        data: json,
        optimum: stated,
        reached: showVector(reached()),
        angle: { lower: showQ(ofNumber(lower)), upper: showQ(ofNumber(upper)) },
      };
    },
  };
}

/** The claim, judged of what is seen. */
export const claimOf = (claim: Claim, statement: string, view: View): Claim =>
  Object.freeze({ ...claim, statement, check: (bench: Bench) => claim.check(seen(bench, view)) });
