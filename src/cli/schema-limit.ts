/** The document of `limit`, held to its own shape before it is written. */
import * as v from "valibot";
import { LIMIT_STOPS } from "../engine/limit.js";
import { count, dataJson, finite, positive, timing, versions } from "./schema-parts.js";

const before = v.strictObject({ stationarity: finite, complementarity: finite });
const maybe = v.nullable(finite);

export const limitDocument = v.strictObject({
  schemaVersion: v.literal(1),
  command: v.literal("limit"),
  stop: v.picklist(Object.keys(LIMIT_STOPS)),
  why: v.string(),
  beta: v.nullable(v.array(finite)),
  dual: v.nullable(v.array(finite)),
  kkt: v.nullable(v.strictObject({ stationarity: finite, complementarity: finite, feasibility: finite })),
  phases: v.strictObject({
    descent: v.strictObject({ steps: count, logInverseLoss: maybe }),
    continuation: v.nullable(v.strictObject({ steps: count, logLogInverseLoss: finite })),
    finish: v.nullable(
      v.strictObject({
        moved: finite,
        gap: finite,
        before,
        rates: v.array(v.strictObject({ block: count, share: finite, slack: finite })),
      }),
    ),
    polish: v.nullable(v.strictObject({ moved: finite, before })),
  }),
  errorBar: maybe,
  rate: v.strictObject({ power: maybe, why: v.string() }),
  point: v.nullable(
    v.strictObject({
      active: count,
      unknowns: count,
      vertex: v.boolean(),
      unique: v.strictObject({ value: v.nullable(v.boolean()), why: v.string() }),
      isolated: v.nullable(v.boolean()),
      degenerate: v.nullable(v.string()),
    }),
  ),
  weightsMoved: maybe,
  monitors: v.array(
    v.strictObject({ id: v.string(), value: finite, rate: maybe, rateError: maybe, remainder: maybe, samples: count }),
  ),
  blocks: v.nullable(v.strictObject({ total: positive, dead: count, oneSigned: count })),
  basin: v.nullable(v.strictObject({ refined: positive, apart: finite })),
  certificate: v.nullable(v.looseObject({ kind: v.literal("bridge-residual"), data: dataJson })),
  settings: v.looseObject({}),
  notes: v.array(v.string()),
  versions,
  timing,
});
