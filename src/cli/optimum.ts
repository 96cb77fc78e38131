/** The numbers of a prediction, by the oracle of its regularizer (oracle/regularizers). */
import type { Dataset } from "../kernel/dataset.js";
import { oracleNamed, type Prediction } from "../oracle/regularizers/index.js";

export type { Prediction } from "../oracle/regularizers/index.js";

export interface OptimumInput {
  readonly regularizer: string;
  readonly data: Dataset;
  readonly all?: boolean;
  readonly start?: readonly number[] | null;
  readonly seed?: bigint;
}

export async function predictOptimum(input: OptimumInput): Promise<Prediction> {
  const { regularizer, data, all = false, start = null, seed = 1n } = input;
  const { oracle, ...named } = oracleNamed("predict", regularizer);
  return oracle.predict({ ...named, data, all, start, seed });
}
