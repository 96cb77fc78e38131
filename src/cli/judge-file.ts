/** All that `recheck` judges of a file: its certificates and words, the maps of networks, and a derivation's text, derived again. */
import { THEOREMS } from "../../proofs/index.js";
import { judgeDocument, NOT_REJUDGED } from "../certify/document.js";
import { isRecord } from "../certify/reading.js";
import { clipped } from "../models/data/decimal.js";
import { derivedAgain } from "./derive/again.js";
import { networksAgain } from "./network-again.js";
import { parseJson } from "./read-json.js";
import type { JudgeInput, Rejudged } from "./work/tasks.js";

/** The ids of theorems that do not ship: what they say nobody here knows. */
function strangers({ theorem, theorems }: Readonly<Record<string, unknown>>): readonly string[] {
  const parts = Array.isArray(theorems) ? theorems.map((t: unknown) => (isRecord(t) ? t.id : null)) : [theorem];
  return parts.flatMap((id) => (typeof id === "string" && !THEOREMS.some((t) => t.id === id) ? [clipped(id)] : []));
}

/** Throws UseError where the file is not JSON. */
export async function judgeFile({ bytes, file }: JudgeInput): Promise<Rejudged> {
  const document = parseJson(bytes, file);
  const judgments = judgeDocument(document);
  if (!isRecord(document)) return { judgments, notJudged: [NOT_REJUDGED] };
  const networks = networksAgain(document, judgments);
  if (document.command !== "derive") {
    const own = strangers(document).map(
      (id) =>
        `the theorem ${id} is not of the catalogue: what it supposes and claims, and of which networks, this document alone says`,
    );
    return {
      judgments: [...judgments, ...networks.judgments],
      notJudged: [...own, NOT_REJUDGED, ...networks.notJudged],
    };
  }
  const again = await derivedAgain(document);
  return {
    judgments: [...judgments, ...networks.judgments, ...again.judgments],
    notJudged: [...again.notJudged, ...networks.notJudged],
  };
}
