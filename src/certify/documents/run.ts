/**
 * The words of a run's document against its certificates: the verdict is folded again from the rows it shows; every row
 * and number that a certificate stands behind must be that of an accepted one. What was only observed along the run (the
 * loss, the path, asymptotic hypotheses) no certificate can show: `biasproof replay` re-makes it.
 */
import { parseQ, sqrtBounds, toNumber } from "../../exact/rational.js";
import { EVIDENCE, type Evidence, weakest } from "../../kernel/evidence.js";
import { type Finding, foldCase, type HypothesisDecision } from "../../kernel/verdict.js";
import { isRecord } from "../reading.js";
import {
  acceptedOf,
  type DocumentJudgment,
  type Judged,
  type Part,
  records,
  sameNumbers,
  sameTexts,
  statement,
  upperOf,
} from "./finding.js";

const evidenceOf = (value: unknown): Evidence | null => EVIDENCE.find((e) => e === value) ?? null;

/** The rows as the folding rule reads them; a certified contradiction needs an accepted counterexample. */
function refold(doc: Part, judged: readonly Judged[]): string {
  const hypotheses = records(doc.hypotheses).map(
    (h): HypothesisDecision => ({
      id: String(h.id),
      statement: "",
      decided: typeof h.decided === "boolean" ? h.decided : null,
      evidence: evidenceOf(h.evidence) ?? "assumed",
      why: "",
      certificate: null,
    }),
  );
  const certified = acceptedOf(judged, "counterexample").length > 0;
  const findings = records(doc.claims).map((c): Finding => {
    const common = { claim: String(c.id), why: "" };
    if (c.outcome === "supports") return { ...common, outcome: "supports", evidence: "assumed" };
    return c.outcome === "contradicts"
      ? { ...common, outcome: "contradicts", certified }
      : { ...common, outcome: "silent" };
  });
  return foldCase(hypotheses, findings);
}

function judgeHypotheses(doc: Part, judged: readonly Judged[]): DocumentJudgment[] {
  const rows = records(doc.hypotheses);
  const separable = rows.find((h) => h.id === "separable");
  const backed =
    separable === undefined ||
    (separable.decided === true && acceptedOf(judged, "separation").length > 0) ||
    (separable.decided === false && acceptedOf(judged, "farkas").length > 0);
  const grades = rows.map((h) => evidenceOf(h.evidence)).filter((e) => e !== null);
  const shown = isRecord(doc.evidence) ? doc.evidence.hypotheses : undefined;
  return [
    statement(
      "hypotheses",
      backed,
      "separability is decided by an accepted certificate",
      "separability needs an accepted separation (true) or farkas (false) certificate",
    ),
    statement(
      "evidence.hypotheses",
      shown === weakest(grades),
      "the weakest of the rows",
      "it is not the weakest of the rows",
    ),
  ];
}

function judgeReached(reached: Part, judged: readonly Judged[]): DocumentJudgment {
  const bound = acceptedOf(judged, "direction-bound").find(
    (b) => sameNumbers(reached.beta, b.reached) && upperOf(b) === reached.angleBound,
  );
  const gap = acceptedOf(judged, "duality-gap").find(
    (g) => sameNumbers(reached.beta, g.reached) && upperOf(g) === reached.solverFreeBound,
  );
  const holds =
    (reached.angleBound === null || bound !== undefined) && (reached.solverFreeBound === null || gap !== undefined);
  return statement(
    "reached",
    holds,
    "the reached predictor and its angle bounds are those of accepted certificates",
    "no accepted direction-bound and duality-gap are about this predictor and these angles",
  );
}

function judgePredicted(predicted: Part, judged: readonly Judged[]): DocumentJudgment {
  const optimum = acceptedOf(judged, "exact-kkt").find((o) => sameTexts(o.beta, predicted.betaExact));
  const squared = optimum === undefined ? null : parseQ(optimum.objectiveSquared);
  const holds =
    squared !== null &&
    sameNumbers(predicted.beta, predicted.betaExact) &&
    predicted.objective === toNumber(sqrtBounds(squared).lower);
  return statement(
    "predicted",
    holds,
    "the predicted direction and its norm are those of an accepted optimum",
    "no accepted exact-kkt is about the predicted optimum",
  );
}

/** The command line takes no larger one: "within 1 rad" would be said of nearly anything. */
export const LARGEST_TOLERANCE = 0.2;

export function judgeRun(doc: Part, judged: readonly Judged[]): DocumentJudgment[] {
  const found: DocumentJudgment[] = [];
  const distinct = new Set(judged.map((j) => JSON.stringify(j.certificate.data)));
  const data = judged[0]?.certificate.data;
  const shown = isRecord(doc.data) ? doc.data : {};
  const sizes =
    isRecord(data) && Array.isArray(data.X) ? [data.X.length, Array.isArray(data.X[0]) ? data.X[0].length : 0] : null;
  const shape = Array.isArray(shown.shape)
    ? shown.shape.reduce((a: number, b: unknown) => a * Number(b), 1)
    : Number.NaN;
  found.push(
    statement(
      "data",
      distinct.size === 1 && sizes !== null && sizes[0] === shown.points && sizes[1] === shape,
      "all certificates are about one data set, of the size shown",
      "the certificates are not about one data set of the size shown",
    ),
  );
  const { reached, predicted, settings, verdict } = doc;
  if (isRecord(reached)) found.push(judgeReached(reached, judged));
  if (isRecord(predicted)) found.push(judgePredicted(predicted, judged));
  if (doc.theorem === null) {
    found.push(
      statement(
        "verdict",
        verdict === "inconclusive",
        "inconclusive: no theorem was checked",
        "without a theorem it must be inconclusive",
      ),
    );
    return found;
  }
  found.push(...judgeHypotheses(doc, judged));
  const folded = refold(doc, judged);
  found.push(
    statement("verdict", verdict === folded, `${folded}: it follows from the rows`, `the rows fold to ${folded}`),
  );
  if (verdict === "holds") {
    const tolerance = isRecord(settings) && typeof settings.tolerance === "number" ? settings.tolerance : Number.NaN;
    const within =
      isRecord(reached) &&
      typeof reached.angleBound === "number" &&
      reached.angleBound <= tolerance &&
      tolerance <= LARGEST_TOLERANCE;
    found.push(
      statement(
        "verdict",
        within && isRecord(predicted),
        "the certified angle is within the tolerance",
        "holds needs a certified angle within the tolerance",
      ),
    );
  }
  return found;
}
