/**
 * JSON on the way in and out, validated: the initialization file, replay cases, and every document that is written. A
 * document of ours that does not fit its own schema is a fault of ours, found before anyone reads it.
 */
import * as v from "valibot";
import type { Case } from "../kernel/case.js";
import { EVIDENCE } from "../kernel/evidence.js";
import { STOP_REASONS } from "../kernel/stop.js";
import { UseError } from "../kernel/use-error.js";

const finite = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const rational = v.pipe(v.string(), v.regex(/^-?(0|[1-9][0-9]*)(\/[1-9][0-9]*)?$/));
const integerText = v.pipe(v.string(), v.regex(/^(0|-?[1-9][0-9]*)$/));
const evidence = v.picklist(EVIDENCE);
const verdict = v.picklist(["out-of-scope", "refuted", "suspect", "inconclusive", "holds"]);
const columns = v.strictObject({
  claim: v.nullable(evidence),
  hypotheses: v.nullable(evidence),
  proof: v.nullable(evidence),
});
const certificate = v.looseObject({
  kind: v.picklist(["separation", "farkas", "exact-kkt", "direction-bound", "duality-gap", "counterexample"]),
  data: v.strictObject({
    scale: v.pipe(v.string(), v.regex(/^[1-9][0-9]*$/)),
    X: v.array(v.array(integerText)),
    y: v.array(v.picklist([1, -1])),
  }),
});
const timing = v.strictObject({ seconds: v.pipe(finite, v.minValue(0)) });
const versions = v.strictObject({ biasproof: v.string(), node: v.string() });
const shape = v.array(positive);
const citedResults = v.array(v.strictObject({ id: v.string(), statement: v.string(), source: v.string() }));
const layers = v.array(v.array(v.array(finite)));

const caseSchema = v.strictObject({
  version: v.literal(1),
  architecture: v.string(),
  depth: positive,
  widths: v.nullable(v.array(positive)),
  data: v.strictObject({ name: v.string(), shape, json: certificate.entries.data }),
  loss: v.string(),
  optimizer: v.string(),
  eta: v.nullable(v.pipe(finite, v.gtValue(0))),
  init: v.variant("kind", [
    v.strictObject({ kind: v.literal("gaussian"), scale: v.pipe(finite, v.minValue(0)) }),
    v.strictObject({ kind: v.literal("layers"), layers }),
  ]),
  seed: v.pipe(v.string(), v.regex(/^(0|[1-9][0-9]{0,999})$/)),
  tolerance: finite,
  goal: finite,
  budget: v.strictObject({ steps: count, seconds: v.nullable(v.pipe(finite, v.gtValue(0))) }),
});

const runDocument = v.strictObject({
  schemaVersion: v.literal(1),
  command: v.picklist(["run", "replay"]),
  verdict,
  evidence: columns,
  theorem: v.nullable(v.string()),
  statement: v.nullable(v.string()),
  dynamics: v.string(),
  hypotheses: v.array(
    v.strictObject({
      id: v.string(),
      statement: v.string(),
      decided: v.nullable(v.boolean()),
      evidence,
      why: v.string(),
    }),
  ),
  claims: v.array(
    v.strictObject({ id: v.string(), outcome: v.picklist(["supports", "contradicts", "silent"]), why: v.string() }),
  ),
  notClaimed: v.array(v.string()),
  predicted: v.nullable(
    v.strictObject({ regularizer: v.string(), beta: v.array(finite), betaExact: v.array(rational), objective: finite }),
  ),
  reached: v.nullable(
    v.strictObject({
      beta: v.array(finite),
      logInverseLoss: finite,
      angleBound: v.nullable(finite),
      solverFreeBound: v.nullable(finite),
      stop: v.picklist(Object.keys(STOP_REASONS)),
      steps: count,
      path: v.array(v.strictObject({ logInverseLoss: finite, angleBound: finite })),
    }),
  ),
  certificates: v.array(certificate),
  restsOn: v.array(v.string()),
  cited: citedResults,
  data: v.strictObject({
    name: v.string(),
    points: positive,
    shape,
    features: v.nullable(v.array(v.string())),
    classes: v.nullable(v.strictObject({ positive: v.string(), negative: v.array(v.string()) })),
  }),
  settings: v.strictObject({
    architecture: v.string(),
    depth: positive,
    widths: v.nullable(v.array(positive)),
    loss: v.string(),
    optimizer: v.string(),
    eta: v.nullable(finite),
    initialization: v.string(),
    seed: v.string(),
    tolerance: finite,
  }),
  notes: v.array(v.string()),
  replay: v.string(),
  versions,
  timing,
});

const caseRow = v.strictObject({
  index: count,
  verdict,
  architecture: v.string(),
  depth: positive,
  points: positive,
  shape,
  angleBound: v.nullable(finite),
  logInverseLoss: v.nullable(finite),
  why: v.nullable(v.string()),
  replay: v.string(),
});

const verifyDocument = v.strictObject({
  schemaVersion: v.literal(1),
  command: v.literal("verify"),
  verdict,
  seed: v.string(),
  repeat: v.string(),
  theorems: v.array(
    v.strictObject({
      id: v.string(),
      title: v.string(),
      statement: v.string(),
      dynamics: v.string(),
      verdict,
      evidence: columns,
      asked: count,
      ran: count,
      inScope: count,
      outOfScope: count,
      refuted: count,
      suspect: count,
      inconclusive: count,
      drawnFrom: v.string(),
      tolerance: finite,
      angleBounds: v.nullable(v.strictObject({ median: finite, p95: finite, largest: finite })),
      worst: v.nullable(caseRow),
      restsOn: v.array(v.string()),
      cited: citedResults,
      hypotheses: v.array(v.strictObject({ id: v.string(), statement: v.string(), evidence })),
      notClaimed: v.array(v.string()),
      cases: v.array(caseRow),
      certificates: v.array(certificate),
      timing,
    }),
  ),
  versions,
  timing,
});

const predictDocument = v.strictObject({
  schemaVersion: v.literal(1),
  command: v.literal("predict"),
  separable: v.boolean(),
  regularizer: v.string(),
  beta: v.nullable(v.array(finite)),
  betaExact: v.nullable(v.array(rational)),
  objective: v.nullable(finite),
  objectiveSquared: v.nullable(rational),
  dual: v.nullable(v.array(finite)),
  dualExact: v.nullable(v.array(rational)),
  gap: v.nullable(finite),
  certificate,
  notes: v.array(v.string()),
  versions,
  timing,
});

const trainDocument = v.strictObject({
  schemaVersion: v.literal(1),
  command: v.literal("train"),
  records: v.array(v.strictObject({ step: count, loss: v.nullable(finite), logLoss: finite, beta: v.array(finite) })),
  steps: count,
  stop: v.picklist(Object.keys(STOP_REASONS)),
  settings: v.looseObject({}),
  notes: v.array(v.string()),
  versions,
  timing,
});

const recheckDocument = v.strictObject({
  schemaVersion: v.literal(1),
  command: v.literal("recheck"),
  file: v.string(),
  accepted: count,
  refused: count,
  judgments: v.array(v.strictObject({ where: v.string(), kind: v.string(), accepted: v.boolean(), says: v.string() })),
  versions,
  timing,
});

const listDocument = v.looseObject({ schemaVersion: v.literal(1), command: v.literal("list") });

const DOCUMENTS = {
  run: runDocument,
  replay: runDocument,
  verify: verifyDocument,
  predict: predictDocument,
  train: trainDocument,
  recheck: recheckDocument,
  list: listDocument,
} as const;

const where = (issue: v.BaseIssue<unknown>): string => v.getDotPath(issue) ?? "the document";

/** The text of a document, after it was held to its own schema. */
export function documentText(document: { readonly command: keyof typeof DOCUMENTS }): string {
  const result = v.safeParse(DOCUMENTS[document.command], document);
  if (!result.success)
    throw new Error(
      `a ${document.command} document does not fit its schema at ${where(result.issues[0])}: ${result.issues[0].message}`,
    );
  return JSON.stringify(document, null, 1);
}

function parseJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new UseError(
      `${file}: expected JSON, found ${error instanceof Error ? error.message.split("\n")[0]!.slice(0, 120) : "something else"}`,
    );
  }
}

/** Reads {"layers": [...]}. */
export function readInit(bytes: Uint8Array, file: string): number[][][] {
  const result = v.safeParse(v.object({ layers }), parseJson(bytes, file));
  if (!result.success)
    throw new UseError(
      `${file}: expected {"layers": [[[numbers]]]}, got a fault at ${where(result.issues[0])}: ${result.issues[0].message}`,
    );
  return result.output.layers;
}

export function readCase(value: unknown, file: string): Case {
  const result = v.safeParse(caseSchema, value);
  if (!result.success)
    throw new UseError(
      `${file}: expected a Case, got a fault at ${where(result.issues[0])}: ${result.issues[0].message}`,
    );
  return result.output;
}

export { parseJson };
