/**
 * The max margin over |b|_p for a rational p > 1: min |b|_p s.t. y_n <x_n, b> >= 1. The l2 oracle decides separability exactly
 * and gives the start, Newton's method proposes a pair, and the pair is certified by weak duality in rigorous enclosures
 * (exact/norms), so that no solver is trusted. The norm is strictly convex: one optimum; whether its multipliers are the only
 * ones is decided for the rows that are observed to have margin 1. Returns the predictor, the multipliers of the norm (|sum a_n y_n x_n|_q
 * <= 1), the certified gap; or a Farkas certificate. Cost: that of the l2 oracle for each Newton step.
 */
import { boundsOf, marginGap } from "../exact/norms/index.js";
import { type Exponent, exponentOf, powerName, powerNorm } from "../exact/norms/power.js";
import { compare, div, doubleAbove, mul, ONE, ofNumber, type Q, showQ, toNumber, ZERO } from "../exact/rational.js";
import { uniqueOnActive } from "../exact/unique-multipliers.js";
import { entriesOf, leastEntry, marginsOf, type QVector, reduced, showVector, vectorOf } from "../exact/vector.js";
import type { FarkasCertificate, MarginGapCertificate } from "../kernel/certificate.js";
import { type Dataset, dataToJSON, signedRows } from "../kernel/dataset.js";
import { GAP_GOAL } from "../kernel/tolerance.js";
import { UseError } from "../kernel/use-error.js";
import { unitExponent } from "../models/signed-data.js";
import { inDoubles } from "./in-doubles.js";
import { l2Margin } from "./l2-margin.js";
import { numbersOf } from "./least-distance.js";
import { newtonPower } from "./power-newton.js";

export interface PowerOptimum {
  readonly separable: true;
  /** Of least margin 1, up to the rounding of its scale. */
  readonly beta: QVector;
  readonly dual: QVector;
  /** |beta|_p. */
  readonly objective: number;
  /** Certified upper bound of the relative gap. */
  readonly gap: number;
  readonly unique: { readonly beta: true; readonly dual: boolean | null };
  readonly certificate: MarginGapCertificate;
}

export type PowerMargin = PowerOptimum | { readonly separable: false; readonly certificate: FarkasCertificate };

/** What counts as a margin of 1. */
const TIGHT = 1e-9;

/** The data in a unit of their own, 2^exponent, where they are very large or small. */
function inUnit(data: Dataset, exponent: number): Dataset {
  const up = BigInt(Math.max(0, -exponent));
  const scale = data.scale << BigInt(Math.max(0, exponent));
  return exponent === 0 ? data : { ...data, scale, X: data.X.map((row) => row.map((x) => x << up)) };
}

const timesPower = ({ n, d }: QVector, exponent: number): QVector =>
  exponent < 0 ? { n, d: d << BigInt(-exponent) } : { n: n.map((x) => x << BigInt(exponent)), d };

const simplex = ({ n }: QVector): QVector => reduced({ n, d: n.reduce((a, x) => a + x, 0n) });

export async function powerMaxMargin(p: Exponent, data: Dataset): Promise<PowerMargin> {
  if (exponentOf(powerName(p)) === null)
    throw new UseError(`lp: expected an exponent n/d > 1 in lowest terms with n <= 64, got ${p.n}/${p.d}`);
  const exponent = unitExponent(data);
  const own = inUnit(data, exponent);
  const l2 = l2Margin(own, 0);
  if (!l2.separable) return { separable: false, certificate: { ...l2.certificate, data: dataToJSON(data) } };
  const rows = signedRows(own);
  const b = numbersOf(l2.beta);
  const total = numbersOf(l2.dual).reduce((s, x) => s + x, 0);
  const end = newtonPower(rows, own.scale, p.n / p.d, { b, z: b, total });
  const norm = powerNorm(p);
  let best: { readonly beta: QVector; readonly weights: QVector; readonly gap: Q } | null = null;
  const given = { rows: signedRows(data), scale: data.scale };
  for (const pair of [...(end === null ? [] : [{ b: end.found.b, a: end.found.a }]), { b: l2.beta, a: l2.dual }]) {
    const least = leastEntry(marginsOf(rows, own.scale, pair.b)).value;
    if (least.n <= 0n || pair.a.n.every((x) => x === 0n)) continue;
    // A double is near enough to the inverse margin, and keeps the numbers short.
    const factor = ofNumber(inDoubles(toNumber(div(ONE, least))));
    const scaled = vectorOf(entriesOf(timesPower(pair.b, -exponent)).map((x) => mul(x, factor)));
    const weights = simplex(pair.a);
    const gap = marginGap(given, scaled, weights, null, norm)?.upper;
    if (gap !== undefined && (best === null || compare(gap, best.gap) < 0)) best = { beta: scaled, weights, gap };
  }
  if (best === null)
    throw new Error(`${powerName(p)}: no predictor separates, though one is certified (an internal fault)`);
  const { beta, weights } = best;
  const upper = doubleAbove(best.gap);
  const objective = inDoubles(toNumber(boundsOf(norm.primal(beta)).lower));
  const margins = numbersOf(marginsOf(given.rows, given.scale, beta));
  const active = Array.from(margins.keys()).filter((n) => margins[n]! < 1 + TIGHT);
  return {
    ...{ separable: true, beta, objective, gap: upper },
    dual: vectorOf(entriesOf(weights).map((x) => mul(x, ofNumber(objective)))),
    unique: {
      beta: true,
      dual: upper <= GAP_GOAL ? uniqueOnActive(given.rows, active, weights) : null,
    },
    certificate: {
      kind: "margin-gap",
      data: dataToJSON(data),
      regularizer: powerName(p),
      reached: showVector(beta),
      q: showVector(weights),
      witness: null,
      gap: { lower: showQ(ZERO), upper: showQ(ofNumber(upper)) },
    },
  };
}
