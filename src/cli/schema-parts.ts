/** Pieces that the schemas of reading and writing share. A message of our own says what is expected, in words for people. */
import * as v from "valibot";
import { EVIDENCE } from "../kernel/evidence.js";
import { CERTIFICATE_WORDS } from "../report/words.js";

export const finite = v.pipe(v.number(), v.finite("a finite number"));
export const count = v.pipe(v.number(), v.safeInteger("an integer"), v.minValue(0, "an integer >= 0"));
export const positive = v.pipe(v.number(), v.safeInteger("an integer"), v.minValue(1, "an integer >= 1"));
export const shape = v.array(positive);

export const timing = v.strictObject({ seconds: v.pipe(finite, v.minValue(0)) });
export const versions = v.strictObject({ biasproof: v.string(), node: v.string() });

const integerText = v.pipe(v.string(), v.regex(/^(0|-?[1-9][0-9]*)$/, "an integer in digits"));

/** A data set in exact integers over one scale. */
export const dataJson = v.strictObject({
  scale: v.pipe(v.string(), v.regex(/^[1-9][0-9]*$/, "a positive integer in digits")),
  X: v.array(v.array(integerText)),
  y: v.array(v.picklist([1, -1])),
  shape: v.exactOptional(shape),
});

export const rational = v.pipe(v.string(), v.regex(/^-?(0|[1-9][0-9]*)(\/[1-9][0-9]*)?$/, "an integer or a fraction"));

export const certificate = v.looseObject({
  kind: v.picklist(Object.keys(CERTIFICATE_WORDS)),
  // Not all kinds speak of a data set; what a kind needs is for its judge to say.
  data: v.optional(dataJson),
});

const options = {
  kernel: v.exactOptional(positive),
  shape: v.exactOptional(shape),
  channels: v.exactOptional(v.strictObject({ out: positive, in: positive })),
  filters: v.exactOptional(v.array(positive)),
  strides: v.exactOptional(v.array(positive)),
};

/** What an architecture may be told besides dim, depth and widths. */
export const caseOptions = v.strictObject(options);

const dimensions = v.strictObject({
  dim: positive,
  depth: positive,
  widths: v.exactOptional(v.array(positive)),
  ...options,
});

/** What a derivation was asked. */
export const deriveInput = v.strictObject({
  network: v.variant("kind", [
    v.strictObject({ kind: v.literal("architecture"), name: v.string(), dimensions }),
    v.strictObject({ kind: v.literal("predictor"), text: v.string() }),
  ]),
  at: v.nullable(v.array(rational)),
});

export const evidence = v.picklist(EVIDENCE);
export const verdict = v.picklist(["out-of-scope", "refuted", "suspect", "inconclusive", "holds"]);
export const columns = v.strictObject({
  claim: v.nullable(evidence),
  hypotheses: v.nullable(evidence),
  proof: v.nullable(evidence),
});
export const citedResults = v.array(v.strictObject({ id: v.string(), statement: v.string(), source: v.string() }));
