/** The numbers of a prediction against its certificate: exact texts are the certificate's, doubles their nearest. */
import { parseQ, sqrtBounds, toNumber } from "../../exact/rational.js";
import { isRecord } from "../reading.js";
import {
  acceptedOf,
  type DocumentJudgment,
  type Judged,
  type Part,
  sameNumbers,
  sameTexts,
  statement,
} from "./finding.js";

export function judgePrediction(doc: Part, judged: readonly Judged[]): DocumentJudgment[] {
  if (doc.separable === false)
    return [
      statement(
        "separable",
        acceptedOf(judged, "farkas").length > 0 && doc.beta === null,
        "not separable: an accepted Farkas certificate",
        "false needs an accepted Farkas certificate and no prediction",
      ),
    ];
  const [optimum] = acceptedOf(judged, "exact-kkt");
  const squared = isRecord(optimum) ? parseQ(optimum.objectiveSquared) : null;
  const holds =
    optimum !== undefined &&
    squared !== null &&
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
