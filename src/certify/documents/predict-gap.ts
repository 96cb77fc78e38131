/**
 * The numbers of a prediction that is certified up to a gap: predictor, norm and multipliers are those of the certificate
 * (`margin-gap`, `spectral-gap`); what was observed of uniqueness is not judged.
 */
import { boundsOf, normNamed } from "../../exact/norms/index.js";
import { compare, mul, neg, ONE, ofNumber, parseQ, type Q, q, sub, toNumber } from "../../exact/rational.js";
import { factorNorm, predictorOfFactors } from "../../exact/spectral.js";
import { leastEntry, marginsOf, type QVector, showVector } from "../../exact/vector.js";
import { isRecord, type JudgedData, Refusal, readData } from "../reading.js";
import { isFiniteNumber, type Part } from "./finding.js";
import { isPredictor, vectorIn } from "./predictor.js";

const isVerdict = (value: unknown): boolean => value === null || typeof value === "boolean";

interface Reached {
  readonly beta: QVector;
  readonly norm: Q;
}

function marginReached(c: Part, { shape }: JudgedData): Reached | null {
  const norm = normNamed(String(c.regularizer), shape);
  const beta = vectorIn(c.reached);
  return norm === null || c.witness !== null ? null : { beta, norm: boundsOf(norm.primal(beta)).lower };
}

function spectralReached(c: Part, { shape }: JudgedData): Reached {
  const [D = 1, R = 1] = shape;
  const factors = { left: vectorIn(c.left), right: vectorIn(c.right) };
  const rank = factors.right.n.length / D;
  const K = factors.left.n.length / (R * rank);
  return { beta: predictorOfFactors({ K, R, D }, factors), norm: factorNorm(factors) };
}

/** The least margin of what is shown is 1 to the last digits of a double: a gap says nothing of the scale. */
const ONE_MARGIN = q(1n, 10n ** 12n);

function hasMarginOne({ rows, scale }: JudgedData, beta: QVector): boolean {
  const off = sub(leastEntry(marginsOf(rows, scale, beta)).value, ONE);
  return compare(off, ONE_MARGIN) <= 0 && compare(neg(off), ONE_MARGIN) <= 0;
}

/** Multipliers are the weights times the norm (of half the squared l2 norm, times its square), each rounded once. */
export function isWithinGap(doc: Part, found: Part): boolean {
  const gap = isRecord(found.gap) ? parseQ(found.gap.upper) : null;
  const data = readData(found.data);
  if (gap === null || !isFiniteNumber(doc.objective) || data instanceof Refusal) return false;
  const reached = found.kind === "spectral-gap" ? spectralReached(found, data) : marginReached(found, data);
  if (reached === null) return false;
  const norm = ofNumber(doc.objective);
  const factor = doc.regularizer === "l2" ? mul(norm, norm) : norm;
  const weights = (found.q as readonly unknown[]).map((text): Q => mul(parseQ(text)!, factor));
  const { dual, unique } = doc;
  return (
    doc.regularizer === found.regularizer &&
    hasMarginOne(data, reached.beta) &&
    isPredictor(doc, data.shape, showVector(reached.beta)) &&
    doc.objective === toNumber(reached.norm) &&
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
