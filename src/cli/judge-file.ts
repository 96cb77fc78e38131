/** All that `recheck` judges of a file: its certificates and words, the maps of networks, and a derivation's text, derived again. */
import { judgeDocument, NOT_REJUDGED } from "../certify/document.js";
import { isRecord } from "../certify/reading.js";
import { derivedAgain } from "./derive/again.js";
import { networksAgain } from "./network-again.js";
import { parseJson } from "./read-json.js";
import type { JudgeInput, Rejudged } from "./work/tasks.js";

/** Throws UseError where the file is not JSON. */
export async function judgeFile({ bytes, file }: JudgeInput): Promise<Rejudged> {
  const document = parseJson(bytes, file);
  const judgments = judgeDocument(document);
  if (!isRecord(document)) return { judgments, notJudged: [NOT_REJUDGED] };
  if (document.command !== "derive") {
    const networks = networksAgain(document);
    return { judgments: [...judgments, ...networks.judgments], notJudged: [NOT_REJUDGED, ...networks.notJudged] };
  }
  const again = await derivedAgain(document);
  return { judgments: [...judgments, ...again.judgments], notJudged: again.notJudged };
}
