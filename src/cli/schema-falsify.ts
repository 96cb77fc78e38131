/** The schemas of `falsify` and of a counterexample in a ledger; the run in it is held to the schema of runs. */
import * as v from "valibot";
import { caseSchema } from "./read-json.js";
import { count, evidence, positive, timing, versions } from "./schema-parts.js";

export const counterexampleOf = (run: v.GenericSchema) =>
  v.strictObject({
    schemaVersion: v.literal(1),
    command: v.literal("counterexample"),
    of: v.string(),
    without: v.nullable(v.string()),
    dropped: v.nullable(
      v.strictObject({
        id: v.string(),
        statement: v.string(),
        decided: v.literal(false),
        evidence,
        why: v.string(),
      }),
    ),
    seed: v.string(),
    case: caseSchema,
    run,
  });

export const falsifyOf = (run: v.GenericSchema) =>
  v.strictObject({
    schemaVersion: v.literal(1),
    command: v.literal("falsify"),
    theorem: v.string(),
    statement: v.string(),
    without: v.nullable(v.string()),
    found: v.boolean(),
    asked: positive,
    ran: count,
    inScope: count,
    outOfScope: count,
    inconclusive: count,
    setAside: count,
    shrunk: v.nullable(v.strictObject({ steps: count, asked: count })),
    stop: v.picklist(["found", "asked", "budget", "interrupted", "unending", "no-sampler"]),
    drawnFrom: v.string(),
    seed: v.string(),
    counterexample: v.nullable(counterexampleOf(run)),
    versions,
    timing,
  });
