/** The numbers of a prediction against its one certificate: exact texts are the certificate's, doubles their nearest. */
import { parseQ, sqrtBounds, toNumber } from "../../exact/rational.js";
import { type DocumentJudgment, type Judged, type Part, sameNumbers, sameTexts, statement } from "./finding.js";

/** What a document without a prediction leaves empty. */
const NUMBERS = ["beta", "betaExact", "objective", "objectiveSquared", "dual", "dualExact", "gap"];

/** The one certificate of the document, if it is of this kind and accepted. */
function only(judged: readonly Judged[], kind: string): Part | null {
  const [one, ...more] = judged;
  return one?.judgment.accepted && one.judgment.kind === kind && more.length === 0 ? one.certificate : null;
}

export function judgePrediction(doc: Part, judged: readonly Judged[]): DocumentJudgment[] {
  if (doc.separable === false)
    return [
      statement(
        "separable",
        only(judged, "farkas") !== null && NUMBERS.every((key) => doc[key] === null),
        "not separable: an accepted Farkas certificate",
        "false needs an accepted Farkas certificate and no prediction",
      ),
    ];
  const optimum = only(judged, "exact-kkt");
  const squared = parseQ(optimum?.objectiveSquared);
  const holds =
    doc.separable === true &&
    optimum !== null &&
    squared !== null &&
    doc.regularizer === optimum.regularizer &&
    sameTexts(doc.betaExact, optimum.beta) &&
    sameNumbers(doc.beta, optimum.beta) &&
    sameTexts(doc.dualExact, optimum.dual) &&
    sameNumbers(doc.dual, optimum.dual) &&
    doc.objectiveSquared === optimum.objectiveSquared &&
    doc.objective === toNumber(sqrtBounds(squared).lower) &&
    doc.gap === 0;
  return [
    statement(
      "prediction",
      holds,
      "the numbers are those of the accepted optimum",
      "the numbers are not those of an accepted optimum",
    ),
  ];
}
