/**
 * A derivation's document against what is derived again from its own `input`: every word, formula, value, certificate and
 * reason must come out the same. So nothing in it can be changed alone; certificates are judged besides, by a judge that
 * shares no code with the derivation. What only descent shows is not made again, and is named. Cost: that of `derive`.
 */
import * as v from "valibot";
import type { DocumentJudgment } from "../../certify/document.js";
import { isRecord } from "../../certify/reading.js";
import type { DeriveInput } from "../../kernel/derive-document.js";
import { UseError } from "../../kernel/use-error.js";
import { deriveInput } from "../schema-parts.js";
import { versions } from "../versions.js";
import { deriveNetwork } from "./network.js";

export interface Again {
  readonly judgments: readonly DocumentJudgment[];
  /** What was not judged, a sentence each. */
  readonly notJudged: readonly string[];
}

const WHERE = "derived again";

const said = (where: string, accepted: boolean, says: string): DocumentJudgment => ({
  where,
  kind: "statement",
  accepted,
  says,
});

/** Where two values differ first, as a path; null where they are equal. The order of keys is no difference. */
export function firstDifference(a: unknown, b: unknown, path: string): string | null {
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return path;
    for (const [i, x] of a.entries()) {
      const at = firstDifference(x, b[i], `${path}[${i}]`);
      if (at !== null) return at;
    }
    return null;
  }
  if (isRecord(a) && isRecord(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const at = path === "" ? key : `${path}.${key}`;
      if (!(Object.hasOwn(a, key) && Object.hasOwn(b, key))) return at;
      const inside = firstDifference(a[key], b[key], at);
      if (inside !== null) return inside;
    }
    return null;
  }
  return Object.is(a, b) || a === b ? null : path;
}

type Shown = Readonly<Record<string, unknown>>;

/** The document without what is not made again, and without when and by which engine it was made. */
function comparable(document: Shown): Shown {
  const { timing: _timing, versions: _versions, upperBound: _bound, evidence, why, regularizer, ...rest } = document;
  const without = (value: unknown, key: string): unknown =>
    isRecord(value) ? Object.fromEntries(Object.entries(value).filter(([k]) => k !== key)) : value;
  return {
    ...rest,
    // The grade follows from the steps and from `sampled`, and the judge of documents says how.
    evidence: without(evidence, "regularizer"),
    why: without(why, "upperBound"),
    regularizer: without(regularizer, "sampled"),
  };
}

/** Throws only where the fault is ours; a document that does not fit is refused in words. */
export async function derivedAgain(document: Shown): Promise<Again> {
  const own = versions().biasproof;
  const made = isRecord(document.versions) ? document.versions.biasproof : undefined;
  if (made !== own && typeof made === "string")
    return {
      judgments: [],
      notJudged: [
        `the document was derived by biasproof ${made.slice(0, 40)} and this is ${own}: it is not derived again, so that only its certificates, degree, count and grades are judged`,
      ],
    };
  const input = v.safeParse(deriveInput, document.input);
  if (!input.success)
    return { judgments: [said("input", false, "what was asked is not there, or not readable")], notJudged: [] };
  try {
    const again = comparable({ ...(await deriveNetwork(input.output as DeriveInput, { numbers: false })) });
    const shown = comparable(document);
    const found = Object.keys({ ...again, ...shown }).flatMap((key) => {
      const at = firstDifference({ [key]: shown[key] }, { [key]: again[key] }, "");
      return at === null ? [] : [said(at, false, "is not what is derived again from the input of this document")];
    });
    return {
      judgments:
        found.length > 0
          ? found
          : [said(WHERE, true, "every part but those named below comes out the same, derived again from the input")],
      notJudged: [
        "what only descent shows: the comparison of R with the network on random points, and upper bounds of R; `biasproof derive` makes them again",
      ],
    };
  } catch (error) {
    if (!(error instanceof UseError)) throw error;
    return { judgments: [said("input", false, `cannot be derived: ${error.message}`)], notJudged: [] };
  }
}
