/**
 * An exact point beside a limit: what makes "the first-order conditions hold to rounding" a certificate that they hold. For
 * p < 1 an interval Newton step encloses an exact stationary point with the support of the limit, the points that carry its
 * weights, and the run's own weights q as the start of the multipliers: at such a point sum alpha_n = p sum |b_k|^p, so
 * alpha = q p sum |b_k|^p. For p = 1 weak duality with q bounds what the limit lacks of the best margin; for p = 2 the exact l2
 * optimum is near. The certificates are about the reached predictor as the engine left it: no number found here goes back.
 * Where none is made, why. Sources: Krawczyk 1969; Gunasekar et al. 2018. Cost: one to three milliseconds at D = 16.
 */
import { judge } from "../certify/judge.js";
import { angleBounds, angleData } from "../exact/angle.js";
import type { Penalty } from "../exact/bridge.js";
import { marginGap, normNamed } from "../exact/norms/index.js";
import { doubleAbove, ofNumber, parseQ, showQ, toNumber, ZERO } from "../exact/rational.js";
import { MOST_UNKNOWNS } from "../exact/stationary-reading.js";
import { entriesOf, type QVector, showVector } from "../exact/vector.js";
import type { Certificate } from "../kernel/certificate.js";
import { type Dataset, dataToJSON, signedRows } from "../kernel/dataset.js";
import { LIMIT_ANGLE, NEARBY, RESIDUAL } from "../kernel/tolerance.js";
import { unitExponent } from "../models/signed-data.js";
import { pow } from "../numeric/elementary.js";
import { l2Margin } from "../oracle/l2-margin.js";
import { type Certified, certified } from "../oracle/stationary/certify.js";
import { blockSize, stationaryProblem } from "../oracle/stationary/problem.js";

export interface AtLimit {
  readonly dataset: Dataset;
  readonly penalty: Penalty;
  /** As supportOf (bridge-kkt.ts) reads it off. */
  readonly support: readonly number[];
  /** Of least margin 1. */
  readonly reached: QVector;
  /** The run's own, in the simplex. */
  readonly weights: QVector;
}

/** `says` goes on from "at the limit, ...". */
export type Nearby =
  | { readonly certificate: Certificate; readonly says: string }
  | { readonly certificate: null; readonly why: string };

const none = (why: string): Nearby => ({ certificate: null, why });
const show = (x: number): string => x.toPrecision(2);

/** Weights up to one of these are tried as rounding of 0; what is left out counts in the distance from the weights. */
const ROUNDING = [0, 1e-12, NEARBY.value / 16];

/** Points that carry the weights, without repetition, the most first. */
function activeSets(own: readonly number[]): number[][] {
  const all = ROUNDING.map((least) => own.flatMap((q, n) => (q > least ? [n] : [])));
  return all.filter((set, i) => i === 0 || set.length < all[i - 1]!.length);
}

function stationaryPoint({ dataset, penalty, support, reached, weights }: AtLimit): Nearby {
  if (dataset.shape.length > 1 && penalty.space === "fourier") return none("frequencies are those of one circle here");
  if (unitExponent(dataset) !== 0) return none("the data are so large or small that 240-bit enclosures say nothing");
  const problem = stationaryProblem(penalty, dataset);
  const { blocks, p } = problem;
  const own = entriesOf(weights).map(toNumber);
  const x = problem.toCoordinates(entriesOf(reached).map(toNumber));
  const total = p * support.reduce((sum, k) => sum + blocks[k]!.weight * pow(blockSize(x, blocks[k]!), p), 0);
  const alpha = Float64Array.from(own, (q) => q * total);
  let why = "";
  for (const active of activeSets(own)) {
    const unknowns = support.reduce((sum, k) => sum + blocks[k]!.parts, active.length);
    const found =
      unknowns > MOST_UNKNOWNS
        ? none(`a point with ${unknowns} unknowns is too large (at most ${MOST_UNKNOWNS})`)
        : pointOf(certified(problem, support, active, { x, alpha }, { reached }), own);
    if (found.certificate !== null) return found;
    why = found.why;
  }
  return none(why);
}

function pointOf(found: Certified, own: readonly number[]): Nearby {
  if (found.answer !== "stationary") return none(found.why);
  const { certificate, dual } = found.point;
  const distance = toNumber(parseQ(certificate.distance.upper)!);
  const sum = dual.reduce((a, b) => a + b, 0);
  const away = dual.reduce((a, b, n) => a + Math.abs(b / sum - own[n]!), 0);
  if (!(distance <= NEARBY.value)) return none(`the exact point found is ${show(distance)} of its length away`);
  if (!(away <= NEARBY.value / 2))
    return none(`the multipliers of the exact point differ by ${show(away)} from the weights`);
  return {
    certificate,
    says: `an exact stationary point with this support is certified within ${show(distance)} of its length, and has these weights within ${show(away)}`,
  };
}

function bestMargin({ dataset, penalty, reached, weights }: AtLimit): Nearby {
  const regularizer = penalty.space === "fourier" ? "fourier-l1" : "l1";
  if (dataset.shape.length > 1 && penalty.space === "fourier") return none("frequencies are those of one circle here");
  const data = { rows: signedRows(dataset), scale: dataset.scale };
  const gap = marginGap(data, reached, weights, null, normNamed(regularizer, dataset.shape)!);
  const upper = gap === null ? Number.POSITIVE_INFINITY : doubleAbove(gap.upper);
  if (!(upper <= RESIDUAL.value)) return none(`a relative gap of ${show(upper)} is left of the best margin`);
  return {
    certificate: {
      kind: "margin-gap",
      data: dataToJSON(dataset),
      regularizer,
      reached: showVector(reached),
      q: showVector(weights),
      witness: null,
      gap: { lower: showQ(ZERO), upper: showQ(ofNumber(upper)) },
    },
    says: `the margin is certified to be the best one up to a relative gap of ${show(upper)}`,
  };
}

function bestEuclidean({ dataset, reached }: AtLimit): Nearby {
  const optimum = l2Margin(dataset);
  if (!optimum.separable || !optimum.exact) return none("the exact l2 optimum is too long");
  const { kind: _kind, data, ...stated } = optimum.certificate;
  const { lower, upper } = angleBounds(angleData(reached, optimum.beta));
  if (!(upper <= LIMIT_ANGLE.value)) return none(`the exact l2 optimum is up to ${show(upper)} rad away`);
  return {
    certificate: {
      kind: "direction-bound",
      data,
      optimum: stated,
      reached: showVector(reached),
      angle: { lower: showQ(ofNumber(lower)), upper: showQ(ofNumber(upper)) },
    },
    says: `the exact optimum is certified within ${show(upper)} rad`,
  };
}

/** The certificate that an exact point is near, where one is made that the judge accepts. */
export function nearby(limit: AtLimit): Nearby {
  const { n, d } = limit.penalty.p;
  const found = n < d ? stationaryPoint(limit) : n === d ? bestMargin(limit) : bestEuclidean(limit);
  if (found.certificate === null) return found;
  const judgment = judge(found.certificate);
  return judgment.accepted ? found : none(judgment.reason);
}
