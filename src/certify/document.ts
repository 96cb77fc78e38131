/**
 * Re-judges a whole document: every certificate in it, and whether its words follow from them. A `holds` needs an accepted
 * direction-bound for the very predictor it shows, within its tolerance; an `out-of-scope` for separability needs an
 * accepted farkas; a `refuted` an accepted counterexample; shown numbers must be those of the certificates. No engine.
 */
import { parseQ, toNumber } from "../exact/rational.js";
import { judge } from "./judge.js";
import { isRecord } from "./reading.js";

export interface DocumentJudgment {
  /** Where in the document, e.g. "certificates[1]" or "verdict". */
  readonly where: string;
  readonly kind: string;
  readonly accepted: boolean;
  /** The statement accepted, or the reason refused. */
  readonly says: string;
}

interface Judged {
  readonly where: string;
  readonly certificate: Readonly<Record<string, unknown>>;
  readonly judgment: DocumentJudgment;
}

function judgeAt(where: string, certificate: unknown): Judged {
  const j = judge(certificate);
  return {
    where,
    certificate: isRecord(certificate) ? certificate : {},
    judgment: { where, kind: j.kind, accepted: j.accepted, says: j.accepted ? j.statement : j.reason },
  };
}

/** Depth-first over `certificate` and `certificates` keys; bounded depth, so that no nesting can exhaust the stack. */
function collect(value: unknown, path: string, depth: number, into: Judged[]): void {
  if (depth > 12) return;
  if (Array.isArray(value)) {
    value.forEach((item, i) => {
      collect(item, `${path}[${i}]`, depth + 1, into);
    });
    return;
  }
  if (!isRecord(value)) return;
  for (const [key, item] of Object.entries(value)) {
    const at = path === "" ? key : `${path}.${key}`;
    if (key === "certificate") into.push(judgeAt(at, item));
    else if (key === "certificates" && Array.isArray(item))
      item.forEach((c, i) => {
        into.push(judgeAt(`${at}[${i}]`, c));
      });
    else collect(item, at, depth + 1, into);
  }
}

const number = (text: unknown): number | null => {
  const value = parseQ(text);
  return value === null ? null : toNumber(value);
};
const sameNumbers = (shown: unknown, exact: unknown): boolean =>
  Array.isArray(shown) &&
  Array.isArray(exact) &&
  shown.length === exact.length &&
  shown.every((x, i) => x === number(exact[i]));
const sameTexts = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((x, i) => x === b[i]);

const finding = (where: string, accepted: boolean, says: string): DocumentJudgment => ({
  where,
  kind: "statement",
  accepted,
  says,
});

function bindRun(doc: Readonly<Record<string, unknown>>, judged: readonly Judged[]): DocumentJudgment[] {
  const found: DocumentJudgment[] = [];
  const accepted = (kind: string): Readonly<Record<string, unknown>>[] =>
    judged.filter((j) => j.judgment.accepted && j.judgment.kind === kind).map((j) => j.certificate);
  const data = new Set(judged.map((j) => JSON.stringify(j.certificate.data)));
  if (data.size > 1) found.push(finding("certificates", false, "the certificates are about different data"));
  const bounds = accepted("direction-bound");
  const { reached, predicted, settings, verdict } = doc;
  if (isRecord(reached) && typeof reached.angleBound === "number") {
    const match = bounds.find(
      (b) => sameNumbers(reached.beta, b.reached) && isRecord(b.angle) && number(b.angle.upper) === reached.angleBound,
    );
    found.push(
      match === undefined
        ? finding("reached", false, "no accepted direction-bound is about this predictor and this angle")
        : finding(
            "reached",
            true,
            "the reached predictor and its angle bound are those of an accepted direction-bound",
          ),
    );
  }
  if (isRecord(predicted)) {
    const optimum = [...bounds.map((b) => b.optimum), ...accepted("exact-kkt")].find(
      (o) => isRecord(o) && sameTexts(o.beta, predicted.betaExact),
    );
    found.push(
      optimum !== undefined && sameNumbers(predicted.beta, predicted.betaExact)
        ? finding("predicted", true, "the predicted direction is that of an accepted optimum")
        : finding("predicted", false, "no accepted certificate is about the predicted optimum"),
    );
  }
  if (verdict === "holds") {
    const tolerance = isRecord(settings) && typeof settings.tolerance === "number" ? settings.tolerance : Number.NaN;
    const within = isRecord(reached) && typeof reached.angleBound === "number" && reached.angleBound <= tolerance;
    found.push(
      within
        ? finding("verdict", true, "holds: the certified angle is within the tolerance")
        : finding("verdict", false, "holds needs a certified angle within the tolerance"),
    );
  } else if (verdict === "refuted") {
    found.push(
      accepted("counterexample").length > 0
        ? finding("verdict", true, "refuted: a counterexample is accepted")
        : finding("verdict", false, "refuted needs an accepted counterexample"),
    );
  } else if (verdict === "out-of-scope") {
    const { hypotheses } = doc;
    const inseparable =
      Array.isArray(hypotheses) && hypotheses.some((h) => isRecord(h) && h.id === "separable" && h.decided === false);
    if (inseparable)
      found.push(
        accepted("farkas").length > 0
          ? finding("verdict", true, "out of scope: a Farkas certificate is accepted")
          : finding("verdict", false, "out of scope for separability needs an accepted Farkas certificate"),
      );
  }
  return found;
}

function bindCampaign(doc: Readonly<Record<string, unknown>>, judged: readonly Judged[]): DocumentJudgment[] {
  const { theorems } = doc;
  if (!Array.isArray(theorems)) return [finding("theorems", false, "expected a list of theorems")];
  return theorems.flatMap((theorem: unknown, t): DocumentJudgment[] => {
    if (!isRecord(theorem) || !Array.isArray(theorem.cases))
      return [finding(`theorems[${t}]`, false, "expected a theorem with its cases")];
    const uppers = judged
      .filter(
        (j) => j.where.startsWith(`theorems[${t}].`) && j.judgment.accepted && j.judgment.kind === "direction-bound",
      )
      .map((j) => (isRecord(j.certificate.angle) ? number(j.certificate.angle.upper) : null));
    const rows = theorem.cases.filter((row): row is Readonly<Record<string, unknown>> => isRecord(row));
    const holding = rows.filter((row) => row.verdict === "holds");
    const unbacked = holding.filter((row) => {
      const at = uppers.findIndex((u) => u !== null && u === row.angleBound);
      if (at >= 0) uppers.splice(at, 1); // each certificate backs one case
      return at < 0;
    });
    const bad = rows.some((row) => row.verdict === "refuted" || row.verdict === "suspect");
    const enough = typeof theorem.asked === "number" && theorem.asked > 0 && holding.length * 100 >= theorem.asked * 99;
    return [
      unbacked.length === 0
        ? finding(
            `theorems[${t}].cases`,
            true,
            `each of the ${holding.length} cases that hold has its accepted direction-bound`,
          )
        : finding(
            `theorems[${t}].cases`,
            false,
            `${unbacked.length} cases are said to hold without an accepted direction-bound`,
          ),
      ...(theorem.verdict === "holds"
        ? [
            enough && !bad
              ? finding(`theorems[${t}].verdict`, true, "holds: as many cases hold as the verdict needs, none refuted")
              : finding(
                  `theorems[${t}].verdict`,
                  false,
                  "holds needs 99 % of the asked cases to hold and none refuted or suspect",
                ),
          ]
        : []),
    ];
  });
}

/** Everything there is to judge in a document, a bare certificate included; empty when there is nothing. */
export function judgeDocument(document: unknown): DocumentJudgment[] {
  if (isRecord(document) && typeof document.kind === "string" && !("command" in document))
    return [judgeAt("certificate", document).judgment];
  const judged: Judged[] = [];
  collect(document, "", 0, judged);
  const bindings = !isRecord(document)
    ? []
    : document.command === "run" || document.command === "replay"
      ? bindRun(document, judged)
      : document.command === "verify"
        ? bindCampaign(document, judged)
        : [];
  return [...judged.map((j) => j.judgment), ...bindings];
}
