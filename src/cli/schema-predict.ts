/** The schema of a `predict` document, without its certificates' own. */
import * as v from "valibot";
import { certificate, count, finite, rational, timing, versions } from "./schema-parts.js";

/** One point or predictor in the shape of the data: numbers, or rows of them. */
const nested = <T extends v.GenericSchema>(entry: T) => v.union([v.array(entry), v.array(v.array(entry))]);

export const predictDocument = v.strictObject({
  schemaVersion: v.literal(1),
  command: v.literal("predict"),
  separable: v.boolean(),
  regularizer: v.string(),
  beta: v.nullable(nested(finite)),
  betaExact: v.nullable(nested(rational)),
  objective: v.nullable(finite),
  objectiveExact: v.exactOptional(rational),
  objectiveSquared: v.nullable(rational),
  dual: v.nullable(v.array(finite)),
  dualExact: v.nullable(v.array(rational)),
  gap: v.nullable(finite),
  unique: v.nullable(v.strictObject({ beta: v.nullable(v.boolean()), dual: v.nullable(v.boolean()) })),
  certificate,
  stationary: v.exactOptional(
    v.strictObject({
      asked: v.picklist(["all", "from-start"]),
      points: v.array(
        v.strictObject({
          beta: v.array(finite),
          betaExact: v.array(rational),
          objective: finite,
          dual: v.array(finite),
          support: v.array(count),
          active: v.array(count),
          certificate,
        }),
      ),
      complete: v.boolean(),
      why: v.nullable(v.string()),
      global: v.nullable(count),
    }),
  ),
  notes: v.array(v.string()),
  versions,
  timing,
});
