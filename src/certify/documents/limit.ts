/**
 * The document of `limit`: its predictor, weights and residuals against its certificate, where it has one; that the run went
 * there no certificate shows. A limit without a certificate (other networks, or numbers too long) must say so by null.
 */
import { doubleAbove, parseQ } from "../../exact/rational.js";
import { RESIDUAL } from "../../kernel/tolerance.js";
import { isRecord } from "../reading.js";
import { type DocumentJudgment, isFiniteNumber, type Judged, type Part, sameNumbers, statement } from "./finding.js";
import { residualOf, sameWeights } from "./residual.js";

const KKT = ["stationarity", "complementarity", "feasibility"] as const;
/** Networks whose limits carry a certificate, while they are not longer than this. */
const CERTIFIED = ["linear", "fully-connected", "diagonal", "convolutional"] as const;
const LONGEST = 1024;
/** The document's own figures are rounded sums of doubles. */
const ROUNDING = 1e-12;

/** Is the condition that of this network? The exponent 2/L, or 2 where the predictor is parallel to the gradient. */
function isConditionOf(settings: Part, c: Part): boolean {
  const { architecture, depth } = settings;
  if (!isRecord(c.penalty) || !isFiniteNumber(depth)) return false;
  const p = parseQ(c.penalty.p);
  if (p === null) return false;
  const parallel = architecture === "fully-connected" || architecture === "linear";
  const space = architecture === "convolutional" ? "fourier" : "signal";
  return (
    (parallel || architecture === "diagonal" || architecture === "convolutional") &&
    c.penalty.space === space &&
    (parallel ? p.n === 2n && p.d === 1n : p.n * BigInt(depth) === 2n * p.d)
  );
}

/** The figures of the document are not smaller than what the certificate encloses, but for rounding. */
function figuresFit(kkt: Part, c: Part): boolean {
  if (!isRecord(c.parts)) return false;
  const complementarity = parseQ(c.parts.complementarity);
  return (
    complementarity !== null &&
    isFiniteNumber(kkt.complementarity) &&
    Math.abs(kkt.complementarity - doubleAbove(complementarity)) <= ROUNDING
  );
}

export function judgeLimit(doc: Part, judged: readonly Judged[]): DocumentJudgment[] {
  const { stop, beta, dual, kkt } = doc;
  const settings = isRecord(doc.settings) ? doc.settings : {};
  const reached = stop === "goal-met";
  const empty = beta === null && dual === null && kkt === null && judged.length === 0;
  const numbers = (x: unknown): x is readonly number[] => Array.isArray(x) && x.every(isFiniteNumber);
  const shown = isRecord(kkt) && KKT.every((key) => isFiniteNumber(kkt[key])) && numbers(beta) && numbers(dual);
  const within = shown && KKT.every((key) => Number(kkt[key]) <= RESIDUAL.value);
  const total = numbers(dual) ? dual.reduce((a, b) => a + b, 0) : Number.NaN;
  const simplex = numbers(dual) && dual.every((q) => q >= 0) && Math.abs(total - 1) <= ROUNDING;
  const words: DocumentJudgment[] = [
    statement(
      "stop",
      reached ? within && simplex : empty || (shown && stop === "residual-left" && !within),
      reached ? "a limit, its weights in the simplex and its residuals within the goal" : "no limit is claimed",
      reached
        ? "a limit has a predictor, weights in the simplex, and residuals within the goal"
        : "without a limit nothing is shown of one",
    ),
  ];
  if (judged.length === 0) {
    const always = reached && CERTIFIED.some((name) => name === settings.architecture);
    // Longer predictors, and those without a length, are more than the judge of the certificate reads.
    if (!always || (numbers(beta) && beta.length > LONGEST)) return words;
    return [...words, statement("limit", false, "", "a limit of this network has a certificate of its conditions")];
  }
  const [only, ...more] = judged;
  const c = only!.certificate;
  const upper = residualOf(c);
  words.push(
    statement(
      "limit",
      more.length === 0 &&
        only!.judgment.accepted &&
        c.kind === "bridge-residual" &&
        shown &&
        isConditionOf(settings, c) &&
        sameNumbers(beta, c.reached) &&
        sameWeights(dual, c.q) &&
        figuresFit(kkt, c) &&
        upper !== null &&
        upper <= RESIDUAL.value,
      "with the weights shown the predictor satisfies the first-order conditions that belong to this network, to the goal",
      "the certificate is not about this predictor, these weights and this network, or its residuals are above the goal",
    ),
  );
  return words;
}
