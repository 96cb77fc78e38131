/**
 * Re-judges a whole document: every certificate in it, and whether its words follow from them (documents/*). What no
 * certificate can show is named, not silently passed. Runs no engine and no solver.
 */

import { judgeCampaign } from "./documents/campaign.js";
import { judgeCounterexample, judgeFalsification } from "./documents/counterexample.js";
import { judgeDerivation } from "./documents/derive.js";
import { type DocumentJudgment, type Judged, statement } from "./documents/finding.js";
import { judgeLimit } from "./documents/limit.js";
import { judgePrediction } from "./documents/predict.js";
import { judgeRun } from "./documents/run.js";
import { judge } from "./judge.js";
import { isRecord } from "./reading.js";

export type { DocumentJudgment } from "./documents/finding.js";

/** What recheck cannot re-judge, for a reader. */
export const NOT_REJUDGED =
  "that a run reached the predictor with the weights shown, and what was only observed along it (its loss, steps and stop, " +
  "the path before its end, asymptotic hypotheses, claims that are observed or silent, the error bar of a refutation, the " +
  "residuals of a limit that has no certificate, its point and basin, whether an optimum that has a gap is the only one, whether a list of stationary points is complete, and its global minimum); what " +
  "was computed exactly from the initialization; what losses and optimizers declare; what a theorem that is not of the catalogue and its proof say and rest on; sentences, " +
  "names and times; settings that only a replay line has; `biasproof replay` makes a run again, and that the data are yours is for you to compare";

/** Documents that state nothing a certificate could back, and hold neither verdict nor certificate. */
const UNBOUND = ["train", "list", "recheck"] as const;

function judgeAt(where: string, certificate: unknown): Judged {
  const j = judge(certificate);
  return {
    where,
    certificate: isRecord(certificate) ? certificate : {},
    judgment: { where, kind: j.kind, accepted: j.accepted, says: j.accepted ? j.statement : j.reason },
  };
}

/** Depth-first over `certificate` and `certificates` keys; bounded depth, so that no nesting can exhaust the stack. */
function collect(value: unknown, path: string, depth: number, nullable: boolean, into: Judged[]): void {
  if (depth > 12) return;
  if (Array.isArray(value)) {
    value.forEach((item, i) => {
      collect(item, `${path}[${i}]`, depth + 1, nullable, into);
    });
    return;
  }
  if (!isRecord(value)) return;
  for (const [key, item] of Object.entries(value)) {
    const at = path === "" ? key : `${path}.${key}`;
    if (key === "certificate" && item === null && nullable) continue;
    if (key === "certificate") into.push(judgeAt(at, item));
    else if (key === "certificates" && Array.isArray(item))
      item.forEach((c, i) => {
        into.push(judgeAt(`${at}[${i}]`, c));
      });
    else collect(item, at, depth + 1, nullable, into);
  }
}

/** Everything there is to judge in a document, a bare certificate included; empty when there is nothing. */
export function judgeDocument(document: unknown): DocumentJudgment[] {
  if (!isRecord(document)) return [];
  if (typeof document.kind === "string" && !("command" in document)) return [judgeAt("certificate", document).judgment];
  const judged: Judged[] = [];
  // A derivation says null where a certificate would be too long, or where a step needs none; a limit likewise.
  collect(document, "", 0, document.command === "derive" || document.command === "limit", judged);
  const { command } = document;
  if (judged.length === 0 && command === undefined) return [];
  const words =
    command === "run" || command === "replay"
      ? judgeRun(document, judged)
      : command === "verify"
        ? judgeCampaign(document, judged)
        : command === "predict"
          ? judgePrediction(document, judged)
          : command === "limit"
            ? judgeLimit(document, judged)
            : command === "derive"
              ? judgeDerivation(document, judged)
              : command === "counterexample"
                ? judgeCounterexample(document, judged)
                : command === "falsify"
                  ? judgeFalsification(document, judged)
                  : [
                      statement(
                        "command",
                        UNBOUND.some((known) => known === command) && judged.length === 0 && !("verdict" in document),
                        "a document that needs no certificate",
                        "no judge knows this kind of document, so its words are not judged",
                      ),
                    ];
  if (document.schemaVersion !== 1)
    words.push(
      statement(
        "schemaVersion",
        false,
        "",
        "expected schemaVersion 1: the meaning of other documents is not known here",
      ),
    );
  return [...judged.map((j) => j.judgment), ...words];
}
