/** The numbers of a prediction, by the oracle of its regularizer (oracle/regularizers). */
import type { Dataset } from "../kernel/dataset.js";
import { oracleNamed, type Prediction } from "../oracle/regularizers/index.js";

export type { Prediction } from "../oracle/regularizers/index.js";

export interface OptimumInput {
  readonly regularizer: string;
  readonly data: Dataset;
}

export async function predictOptimum({ regularizer, data }: OptimumInput): Promise<Prediction> {
  const { oracle, ...named } = oracleNamed("predict", regularizer);
  return oracle.predict({ ...named, data });
}
