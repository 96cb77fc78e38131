/**
 * The numbers of a prediction against its one certificate: exact texts are the certificate's, doubles their nearest. The
 * norms and uniqueness of exact optima are computed again; what was observed of a floating-point one is not judged.
 */
import { uniqueOptimum } from "../../exact/polyhedral-margin.js";
import { parseQ, sqrtBounds, toNumber } from "../../exact/rational.js";
import { uniqueMultipliers } from "../../exact/unique-multipliers.js";
import { isRecord, type JudgedData, Refusal, readData } from "../reading.js";
import { type DocumentJudgment, type Judged, type Part, sameNumbers, sameTexts, statement } from "./finding.js";
import { isWithinGap } from "./predict-gap.js";
import { isStationary } from "./predict-stationary.js";
import { isPredictor, vectorIn } from "./predictor.js";

/** What a document without a prediction leaves empty. */
const NUMBERS = ["beta", "betaExact", "objective", "objectiveSquared", "dual", "dualExact", "gap", "unique"];

/** The one certificate of the document, if it is of this kind and accepted. */
function only(judged: readonly Judged[], kind: string): Part | null {
  const [one, ...more] = judged;
  return one?.judgment.accepted && one.judgment.kind === kind && more.length === 0 ? one.certificate : null;
}

const isUnique = (value: unknown, beta: unknown, dual: unknown): boolean =>
  isRecord(value) && Object.keys(value).length === 2 && value.beta === beta && value.dual === dual;

function isL2(doc: Part, optimum: Part, data: JudgedData): boolean {
  const squared = parseQ(optimum.objectiveSquared);
  return (
    squared !== null &&
    doc.objectiveSquared === optimum.objectiveSquared &&
    doc.objective === toNumber(sqrtBounds(squared).lower) &&
    doc.objectiveExact === undefined &&
    isUnique(doc.unique, true, uniqueMultipliers(data.rows, data.scale, vectorIn(optimum.beta), vectorIn(optimum.dual)))
  );
}

function isPolyhedral(doc: Part, optimum: Part, data: JudgedData): boolean {
  const R = optimum.regularizer;
  const objective = parseQ(optimum.objective);
  if ((R !== "l1" && R !== "linf") || objective === null) return false;
  const only = uniqueOptimum(R, data.rows, data.scale, vectorIn(optimum.beta), vectorIn(optimum.dual));
  return (
    doc.objectiveExact === optimum.objective &&
    doc.objective === toNumber(objective) &&
    doc.objectiveSquared === null &&
    isUnique(doc.unique, only.beta, only.dual)
  );
}

function isExact(doc: Part, judged: readonly Judged[]): boolean {
  const optimum = only(judged, "exact-kkt");
  const data = optimum === null ? null : readData(optimum.data);
  return (
    optimum !== null &&
    data !== null &&
    !(data instanceof Refusal) &&
    doc.regularizer === optimum.regularizer &&
    isPredictor(doc, data.shape, optimum.beta) &&
    sameTexts(doc.dualExact, optimum.dual) &&
    sameNumbers(doc.dual, optimum.dual) &&
    doc.gap === 0 &&
    (optimum.regularizer === "l2" ? isL2 : isPolyhedral)(doc, optimum, data)
  );
}

function isPrediction(doc: Part, judged: readonly Judged[]): boolean {
  if (doc.stationary !== undefined) return isStationary(doc, judged);
  const within = only(judged, "margin-gap") ?? only(judged, "spectral-gap");
  return within === null ? isExact(doc, judged) : isWithinGap(doc, within);
}

/** Keys of a prediction: another one could be a statement that nobody judges. */
const KEYS = [
  ...["schemaVersion", "command", "regularizer", "separable", "certificate", "notes", "versions", "timing"],
  ...NUMBERS,
  ...["objectiveExact", "stationary"],
];

export function judgePrediction(doc: Part, judged: readonly Judged[]): DocumentJudgment[] {
  const stray = Object.keys(doc).find((key) => !KEYS.includes(key));
  if (stray !== undefined)
    return [
      statement(
        doc.separable === false ? "separable" : "prediction",
        false,
        "",
        "it holds a key that no prediction has, so its words are not judged",
      ),
    ];
  if (doc.separable === false)
    return [
      statement(
        "separable",
        only(judged, "farkas") !== null &&
          NUMBERS.every((key) => doc[key] === null) &&
          doc.stationary === undefined &&
          doc.objectiveExact === undefined,
        "not separable: an accepted Farkas certificate",
        "false needs an accepted Farkas certificate and no prediction",
      ),
    ];
  const holds = doc.separable === true && isPrediction(doc, judged);
  return [
    statement(
      "prediction",
      holds,
      "the numbers are those that the accepted certificates show",
      "the numbers are not those that accepted certificates show",
    ),
  ];
}
