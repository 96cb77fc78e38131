/**
 * The numbers of a prediction against its one certificate: exact texts are the certificate's, doubles their nearest. The
 * norms and uniqueness of exact optima are computed again; what was observed of a floating-point one is not judged.
 */
import { boundsOf, normNamed } from "../../exact/norms/index.js";
import { uniqueOptimum } from "../../exact/polyhedral-margin.js";
import { compare, mul, ofNumber, parseQ, type Q, sqrtBounds, toNumber } from "../../exact/rational.js";
import { type QVector, vectorOf } from "../../exact/vector.js";
import { isRecord, Refusal, readData } from "../reading.js";
import {
  type DocumentJudgment,
  isFiniteNumber,
  type Judged,
  type Part,
  sameNumbers,
  sameTexts,
  statement,
} from "./finding.js";

/** What a document without a prediction leaves empty. */
const NUMBERS = ["beta", "betaExact", "objective", "objectiveSquared", "dual", "dualExact", "gap", "unique"];

/** The one certificate of the document, if it is of this kind and accepted. */
function only(judged: readonly Judged[], kind: string): Part | null {
  const [one, ...more] = judged;
  return one?.judgment.accepted && one.judgment.kind === kind && more.length === 0 ? one.certificate : null;
}

/** The entries of a list that an accepted certificate holds. */
const vectorIn = (list: unknown): QVector => vectorOf((list as readonly unknown[]).map((text) => parseQ(text)!));

const isUnique = (value: unknown, beta: unknown, dual: unknown): boolean =>
  isRecord(value) && Object.keys(value).length === 2 && value.beta === beta && value.dual === dual;

/** The entries of nested lists in the shape of one point, row major; null where the nesting is another. */
function flat(value: unknown, [size, ...rest]: readonly number[]): readonly unknown[] | null {
  if (!Array.isArray(value) || value.length !== size) return null;
  if (rest.length === 0) return value;
  const rows = value.map((row) => flat(row, rest));
  return rows.every((row) => row !== null) ? rows.flat() : null;
}

/** The predictor of the document is that of the certificate, in the shape of its data. */
function isPredictor(doc: Part, optimum: Part, beta: unknown): boolean {
  const data = readData(optimum.data);
  if (data instanceof Refusal) return false;
  return sameTexts(flat(doc.betaExact, data.shape), beta) && sameNumbers(flat(doc.beta, data.shape), beta);
}

function isL2(doc: Part, optimum: Part): boolean {
  const squared = parseQ(optimum.objectiveSquared);
  return (
    squared !== null &&
    doc.objectiveSquared === optimum.objectiveSquared &&
    doc.objective === toNumber(sqrtBounds(squared).lower) &&
    doc.objectiveExact === undefined &&
    isUnique(doc.unique, true, null)
  );
}

function isPolyhedral(doc: Part, optimum: Part): boolean {
  const R = optimum.regularizer;
  const objective = parseQ(optimum.objective);
  const data = readData(optimum.data);
  if ((R !== "l1" && R !== "linf") || objective === null || data instanceof Refusal) return false;
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
  return (
    optimum !== null &&
    doc.regularizer === optimum.regularizer &&
    isPredictor(doc, optimum, optimum.beta) &&
    sameTexts(doc.dualExact, optimum.dual) &&
    sameNumbers(doc.dual, optimum.dual) &&
    doc.gap === 0 &&
    (optimum.regularizer === "l2" ? isL2 : isPolyhedral)(doc, optimum)
  );
}

const isVerdict = (value: unknown): boolean => value === null || typeof value === "boolean";

/** Multipliers are the weights times the norm, each rounded once. */
function isWithinGap(doc: Part, found: Part): boolean {
  const gap = isRecord(found.gap) ? parseQ(found.gap.upper) : null;
  const data = readData(found.data);
  if (gap === null || found.witness !== null || !isFiniteNumber(doc.objective) || data instanceof Refusal) return false;
  const norm = normNamed(String(found.regularizer), data.shape);
  const objective = ofNumber(doc.objective);
  const weights = (found.q as readonly unknown[]).map((text): Q => mul(parseQ(text)!, objective));
  const { dual, unique } = doc;
  return (
    norm !== null &&
    doc.regularizer === found.regularizer &&
    isPredictor(doc, found, found.reached) &&
    doc.objective === toNumber(boundsOf(norm.primal(vectorIn(found.reached))).lower) &&
    doc.objectiveExact === undefined &&
    doc.objectiveSquared === null &&
    Array.isArray(dual) &&
    dual.length === weights.length &&
    weights.every((x, n) => dual[n] === toNumber(x)) &&
    doc.dualExact === null &&
    isFiniteNumber(doc.gap) &&
    compare(ofNumber(doc.gap), gap) === 0 &&
    isRecord(unique) &&
    Object.keys(unique).length === 2 &&
    isVerdict(unique.beta) &&
    isVerdict(unique.dual)
  );
}

export function judgePrediction(doc: Part, judged: readonly Judged[]): DocumentJudgment[] {
  if (doc.separable === false)
    return [
      statement(
        "separable",
        only(judged, "farkas") !== null &&
          NUMBERS.every((key) => doc[key] === null) &&
          doc.objectiveExact === undefined,
        "not separable: an accepted Farkas certificate",
        "false needs an accepted Farkas certificate and no prediction",
      ),
    ];
  const within = only(judged, "margin-gap");
  const holds = doc.separable === true && (within === null ? isExact(doc, judged) : isWithinGap(doc, within));
  return [
    statement(
      "prediction",
      holds,
      "the numbers are those of the accepted optimum",
      "the numbers are not those of an accepted optimum",
    ),
  ];
}
