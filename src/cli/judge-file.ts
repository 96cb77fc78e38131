/**
 * All that `recheck` judges of a file: its certificates and words, the maps of networks, what the catalogue and replay words say,
 * what a ledger says of a theorem, and a derivation's text, derived again.
 */
import { judgeDocument, NOT_REJUDGED } from "../certify/document.js";
import { isRecord } from "../certify/reading.js";
import { catalogueAgain } from "./catalogue-again.js";
import { derivedAgain } from "./derive/again.js";
import { ledgerAgain } from "./ledger-again.js";
import { networksAgain } from "./network-again.js";
import { parseJson } from "./read-json.js";
import type { JudgeInput, Rejudged } from "./work/tasks.js";

/** Throws UseError where the file is not JSON. */
export async function judgeFile({ bytes, file }: JudgeInput): Promise<Rejudged> {
  const document = parseJson(bytes, file);
  const judgments = judgeDocument(document);
  if (!isRecord(document)) return { judgments, notJudged: [NOT_REJUDGED] };
  const networks = networksAgain(document, judgments);
  if (document.command !== "derive") {
    const words = catalogueAgain(document);
    const ledger = await ledgerAgain(document);
    return {
      judgments: [...judgments, ...networks.judgments, ...words.judgments, ...ledger.judgments],
      notJudged: [...ledger.notJudged, NOT_REJUDGED, ...networks.notJudged, ...words.notJudged],
    };
  }
  const again = await derivedAgain(document);
  return {
    judgments: [...judgments, ...networks.judgments, ...again.judgments],
    notJudged: [...again.notJudged, ...networks.notJudged],
  };
}
