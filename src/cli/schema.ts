/**
 * The documents that are written, held to their own shape first: one of ours that does not fit its schema is a fault of
 * ours, found before anyone reads it. What is read back is in read-json.ts.
 */
import * as v from "valibot";
import { STOP_REASONS } from "../kernel/stop.js";
import { counterexampleOf, falsifyOf } from "./schema-falsify.js";
import { limitDocument } from "./schema-limit.js";
import {
  caseOptions,
  certificate,
  citedResults,
  columns,
  count,
  deriveInput,
  evidence,
  finite,
  positive,
  rational,
  shape,
  timing,
  verdict,
  versions,
} from "./schema-parts.js";
import { predictDocument } from "./schema-predict.js";
import { verifyDocument } from "./schema-verify.js";

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
      residual: v.nullable(finite),
      limit: v.nullable(
        v.strictObject({
          logLogInverseLoss: finite,
          dual: v.array(finite),
          kkt: v.strictObject({ stationarity: finite, complementarity: finite, feasibility: finite }),
          refined: v.nullable(positive),
        }),
      ),
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
    options: v.exactOptional(caseOptions),
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
  notJudged: v.array(v.string()),
  versions,
  timing,
});

const written = v.strictObject({ text: v.string(), tex: v.string() });
const grounds = v.strictObject({ says: v.string(), certificate: v.nullable(certificate) });

const deriveDocument = v.strictObject({
  schemaVersion: v.literal(1),
  command: v.literal("derive"),
  input: deriveInput,
  network: v.string(),
  variables: v.array(v.string()),
  monomials: count,
  dead: v.array(v.string()),
  scale: v.string(),
  coordinates: v.array(written),
  inLayers: v.nullable(v.strictObject({ ...written.entries, where: v.string() })),
  degree: v.nullable(count),
  homogeneous: v.boolean(),
  parts: v.array(v.strictObject({ degree: count, terms: positive })),
  homogeneity: grounds,
  conserved: v.nullable(
    v.strictObject({ count, basis: v.array(written), certificate: v.nullable(certificate), defect: grounds }),
  ),
  fourier: v.nullable(
    v.strictObject({ shape, frequencies: positive, statement: written, certificate: v.nullable(certificate) }),
  ),
  regularizer: v.nullable(
    v.strictObject({
      formula: v.string(),
      tex: v.string(),
      where: v.array(v.string()),
      derivation: v.array(
        v.strictObject({ rule: v.string(), says: v.string(), times: positive, certificate: v.nullable(certificate) }),
      ),
      certificate: v.nullable(certificate),
      value: v.nullable(finite),
      argued: v.array(v.string()),
      sampled: v.nullable(v.string()),
    }),
  ),
  upperBound: v.nullable(v.strictObject({ value: finite, says: v.string() })),
  at: v.nullable(v.array(finite)),
  kkt: v.strictObject({
    multiplier: v.string(),
    parameters: v.array(written),
    predictor: v.nullable(v.array(written)),
  }),
  evidence: v.strictObject({
    homogeneity: evidence,
    conserved: v.nullable(evidence),
    fourier: v.nullable(evidence),
    regularizer: v.nullable(evidence),
  }),
  why: v.record(v.string(), v.string()),
  notes: v.array(v.string()),
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
  limit: limitDocument,
  recheck: recheckDocument,
  list: listDocument,
  derive: deriveDocument,
  falsify: falsifyOf(runDocument),
  counterexample: counterexampleOf(runDocument),
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
