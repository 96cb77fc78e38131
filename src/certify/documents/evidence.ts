/** The proof column of a theorem, as far as the document shows what stands behind it; the proofs themselves it does not hold. */
import { type DocumentJudgment, type Part, recordsOf, statement } from "./finding.js";
import { isEvidence } from "./rows.js";

/** Whatever rests on something that nobody checked is `assumed`, and every such thing is named with what it says. */
export function judgeProof(part: Part, shown: unknown, where: string): DocumentJudgment {
  const named = recordsOf(part.cited)?.map((c) => c.id);
  const { restsOn } = part;
  const listed = Array.isArray(restsOn) && JSON.stringify(restsOn) === JSON.stringify(named);
  const fits = isEvidence(shown) && (!Array.isArray(restsOn) || restsOn.length === 0 || shown === "assumed");
  return statement(
    where,
    listed && fits,
    "the proof column is assumed where the proof rests on something unchecked",
    "what the proof rests on must be listed with its statement, and makes the proof column assumed",
  );
}
