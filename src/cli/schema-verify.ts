/**
 * The schema of a campaign's document, which `merge` also reads back, and of the journal that `--journal` writes: a header
 * line and a line for each decided case.
 */
import * as v from "valibot";
import {
  certificate,
  citedResults,
  columns,
  count,
  evidence,
  finite,
  positive,
  shape,
  timing,
  verdict,
  versions,
} from "./schema-parts.js";

const above = v.pipe(finite, v.gtValue(0, "a number > 0"));
const part = { part: positive, of: positive } as const;
const shardPart = v.strictObject({ ...part, cases: positive, optimizer: v.string(), caseSeconds: above });

export const caseRow = v.strictObject({
  index: count,
  verdict,
  architecture: v.string(),
  depth: positive,
  points: positive,
  shape,
  angleBound: v.nullable(finite),
  residual: v.nullable(finite),
  logInverseLoss: v.nullable(finite),
  why: v.nullable(v.string()),
  certificates: count,
  replay: v.string(),
});

const files = v.array(v.strictObject({ file: v.string(), sha256: v.string(), theorems: v.array(v.string()) }));

export const verifyDocument = v.strictObject({
  schemaVersion: v.literal(1),
  command: v.literal("verify"),
  verdict,
  seed: v.string(),
  files: v.exactOptional(files),
  shard: v.exactOptional(shardPart),
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
      residuals: v.nullable(v.strictObject({ median: finite, p95: finite, largest: finite })),
      worst: v.nullable(caseRow),
      claims: v.array(v.strictObject({ id: v.string(), statement: v.string() })),
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

/** The first line of a journal: everything that determines a campaign. */
export const journalHeader = v.strictObject({
  journal: v.literal(1),
  theorems: v.array(v.string()),
  files: v.exactOptional(files),
  optimizer: v.string(),
  seed: v.pipe(v.string(), v.regex(/^(0|[1-9][0-9]{0,999})$/, "a non-negative integer in at most 1000 digits")),
  cases: positive,
  caseSeconds: above,
  shard: v.nullable(v.strictObject(part)),
  versions,
});

/** Every other line of a journal. */
export const journalLine = v.strictObject({
  theorem: v.string(),
  row: caseRow,
  evidence: v.strictObject({ claim: v.nullable(evidence), hypotheses: v.nullable(evidence) }),
  hypotheses: v.array(v.strictObject({ id: v.string(), evidence })),
  certificates: v.array(certificate),
});
