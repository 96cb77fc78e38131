/**
 * The numbers of a run's document against its certificates: the reached predictor with its angle bounds and the end of its
 * path, and the predicted optimum. What lies behind the path before its end, and the loss, no certificate can show.
 */
import { parseQ, powerOfTwo, sqrtBounds, toNumber } from "../../exact/rational.js";
import { claimBacking } from "../../kernel/backing.js";
import { RESIDUAL } from "../../kernel/tolerance.js";
import { isRecord } from "../reading.js";
import {
  acceptedOf,
  type DocumentJudgment,
  isFiniteNumber,
  type Judged,
  type Part,
  recordsOf,
  sameNumbers,
  sameTexts,
  sizesOf,
  statement,
  upperOf,
} from "./finding.js";
import { isResidualClaim, isResidualKind, RESIDUAL_KINDS, residualOf } from "./residual.js";

/** Rounding may put the last look at a run below the largest log(1/loss) seen, but not by this share. */
const ROUNDING = 0.01;
/** Rounding of a sum of weights. */
const WEIGHTS = 1e-12;

/**
 * The shown angle is that of the accepted certificates of this kind, all of them about this predictor; null without one, and
 * where a claim is about a residual, beside which a bound stands for the grade.
 */
function isThatOf(kind: string, shown: unknown, beta: unknown, claims: unknown, judged: readonly Judged[]): boolean {
  const bounds = acceptedOf(judged, kind);
  if (!bounds.every((b) => sameNumbers(beta, b.reached))) return false;
  const beside = (recordsOf(claims) ?? []).some((c) => isResidualClaim(String(c.id)));
  return bounds.length === 0 || beside
    ? shown === null
    : isFiniteNumber(shown) && bounds.every((b) => upperOf(b) === shown);
}

/**
 * The shown residual is that of the accepted certificates about this predictor; null without one. A gap beside the residual
 * of a stationary point stands for the grade of the claim, and is not the number shown.
 */
function isResidual({ beta, residual }: Part, claims: unknown, judged: readonly Judged[]): boolean {
  const all = RESIDUAL_KINDS.flatMap((kind) => acceptedOf(judged, kind));
  if (!all.every((c) => sameNumbers(beta, c.reached))) return false;
  const kinds = (recordsOf(claims) ?? []).map((c) => claimBacking(String(c.id)));
  const meant = kinds.flatMap((b) => (b.by === "certificate" && isResidualKind(b.yes) ? [b.yes] : []));
  const own = meant.length === 0 ? all : all.filter((c) => meant.some((kind) => kind === c.kind));
  return own.length === 0
    ? residual === null
    : isFiniteNumber(residual) && own.every((c) => residualOf(c) === residual);
}

/** log 2. */
const OCTAVE = Math.LN2;
/** Where log(1/loss) is no double any more, one of 2^995 or more is shown for it. */
const LARGE = 995;

/** Is `logLog` the natural logarithm of M > 0, to the octave of M? */
function isLogarithm(logLog: number, M: number): boolean {
  if (logLog >= (LARGE + 1) * OCTAVE) return M >= powerOfTwo(LARGE);
  let octave = 0;
  for (let rest = M; rest >= 2; rest /= 2) octave++;
  for (let rest = M; rest < 1; rest *= 2) octave--;
  return Math.abs(logLog / OCTAVE - octave - 0.5) <= 0.5 + ROUNDING;
}

/**
 * Of a limit: weights in the simplex, one for each point, to rounding, residuals of the network within the engine's goal,
 * and a log(1/loss) whose logarithm is the one shown.
 */
function isLimit(limit: Part, shownLoss: unknown, N: number): boolean {
  if (!Array.isArray(limit.dual) || !isRecord(limit.kkt)) return false;
  const { dual, kkt, refined, logLogInverseLoss } = limit;
  const total = dual.reduce((s: number, q: unknown) => s + (isFiniteNumber(q) && q >= 0 ? q : Number.NaN), 0);
  const within = (x: unknown): boolean => isFiniteNumber(x) && x >= 0 && x <= RESIDUAL.value;
  return (
    dual.length === N &&
    Math.abs(total - 1) <= WEIGHTS &&
    [kkt.stationarity, kkt.complementarity, kkt.feasibility].every(within) &&
    isFiniteNumber(logLogInverseLoss) &&
    isFiniteNumber(shownLoss) &&
    shownLoss > 0 &&
    isLogarithm(logLogInverseLoss, shownLoss) &&
    (refined === null || (Number.isInteger(refined) && Number(refined) > 0))
  );
}

/**
 * The path goes forward, and where it ends at the reached predictor it ends at its certified angle; a limit is its last
 * point. Without a predicted direction there is none.
 */
function isPath({ path, logInverseLoss: end, angleBound, limit }: Part, predicted: unknown): boolean {
  const points = recordsOf(path);
  if (points === null || !isFiniteNumber(end)) return false;
  if (!points.every((p) => isFiniteNumber(p.logInverseLoss) && isFiniteNumber(p.angleBound))) return false;
  const losses = points.map((p) => Number(p.logInverseLoss));
  if (losses.some((M, i) => i > 0 && M <= losses[i - 1]!)) return false;
  const last = losses[losses.length - 1];
  if (last === undefined) return true;
  if (predicted === null || last < end || last * (1 - ROUNDING) > end) return false;
  if (limit !== null && last > end) return false;
  return last > end || points[points.length - 1]!.angleBound === angleBound;
}

export function judgeReached(doc: Part, reached: Part, judged: readonly Judged[]): DocumentJudgment[] {
  const { beta, angleBound, solverFreeBound, limit } = reached;
  return [
    statement(
      "reached",
      Array.isArray(beta) &&
        beta.every(isFiniteNumber) &&
        isThatOf("direction-bound", angleBound, beta, doc.claims, judged) &&
        isThatOf("duality-gap", solverFreeBound, beta, doc.claims, judged),
      "the reached predictor and its angle bounds are those of the accepted certificates",
      "the accepted direction-bound and duality-gap are not about this predictor and these angles",
    ),
    statement(
      "reached.residual",
      isResidual(reached, doc.claims, judged),
      "the residual is that of the accepted certificates, or there is none",
      "the accepted bridge-residual, kkt-residual or margin-gap is not about this predictor and this residual",
    ),
    statement(
      "reached.limit",
      limit === null ||
        (isRecord(limit) &&
          isLimit(limit, reached.logInverseLoss, sizesOf(judged[0]?.certificate.data)?.[0] ?? 0) &&
          reached.stop === "goal-met" &&
          doc.dynamics !== "gradient-descent"),
      "the limit has weights in the simplex and residuals within the engine's goal, or there is none",
      "a limit needs weights in the simplex, one for each point, residuals within the engine's goal, the loss shown, and a run of gradient flow that met it",
    ),
    statement(
      "reached.path",
      isPath(reached, doc.predicted),
      "the path goes forward and ends at the certified angle",
      "the path must go forward, to the loss and to the certified angle of the reached predictor",
    ),
  ];
}

export function judgePredicted(predicted: Part, judged: readonly Judged[]): DocumentJudgment {
  const optimum = acceptedOf(judged, "exact-kkt").find((o) => sameTexts(o.beta, predicted.betaExact));
  const squared = optimum === undefined ? null : parseQ(optimum.objectiveSquared);
  const holds =
    squared !== null &&
    predicted.regularizer === optimum?.regularizer &&
    sameNumbers(predicted.beta, predicted.betaExact) &&
    predicted.objective === toNumber(sqrtBounds(squared).lower);
  return statement(
    "predicted",
    holds,
    "the predicted direction and its norm are those of an accepted optimum",
    "no accepted exact-kkt is about the predicted optimum",
  );
}

/** A place of the document that holds a record or null. */
export const isPlace = (value: unknown): value is Part | null => value === null || isRecord(value);
