/**
 * What a test may ask of a predictor on data, each answered with a certificate that the judge accepts: yes, no, or (an error)
 * that it cannot be told. No test runner here; the doors to those make matchers of it. Data may be a Dataset or
 * {X, y} in numbers, which are read as the decimals that they are written as.
 */
import { judge } from "../certify/judge.js";
import type { Penalty } from "../exact/bridge.js";
import { marginGap, normNamed } from "../exact/norms/index.js";
import { compare, doubleAbove, doubleBelow, ofNumber, parseQ, showQ, ZERO } from "../exact/rational.js";
import { leastEntry, marginsOf, type QVector, showVector, vectorOfNumbers } from "../exact/vector.js";
import type { Certificate } from "../kernel/certificate.js";
import { type Dataset, dataToJSON, signedRows } from "../kernel/dataset.js";
import { RESIDUAL } from "../kernel/tolerance.js";
import { UseError } from "../kernel/use-error.js";
import { datasetFromBytes } from "../models/data/load.js";
import { oracleNamed } from "../oracle/regularizers/index.js";
import { bridgeCertificate } from "../verify/bridge-certificate.js";
import { supportOf } from "../verify/bridge-kkt.js";
import { simplexOf } from "../verify/claims/angle-certificates.js";

export type DataLike = Dataset | { readonly X: readonly (readonly number[])[]; readonly y: readonly number[] };

export interface Answer {
  readonly pass: boolean;
  /** What is certified, in a sentence. */
  readonly says: string;
  /** What shows it; the judge accepts it. */
  readonly certificate: Certificate;
}

const isDataset = (data: DataLike): data is Dataset => "scale" in data;

export function datasetOf(data: DataLike): Dataset {
  if (isDataset(data)) return data;
  const bytes = new TextEncoder().encode(JSON.stringify({ X: data.X, y: data.y }));
  return datasetFromBytes(bytes, { file: "data.json" }).dataset;
}

function predictorFor(
  who: string,
  beta: unknown,
  { X }: Dataset,
): { readonly exact: QVector; readonly doubles: Float64Array } {
  const D = X[0]!.length;
  const list =
    Array.isArray(beta) || beta instanceof Float64Array ? Float64Array.from(beta as ArrayLike<number>) : null;
  if (list === null || list.length !== D || !list.every(Number.isFinite))
    throw new UseError(
      `${who}: expected a predictor of ${D} finite numbers, got ${list === null ? typeof beta : `[${list.join(", ")}]`.slice(0, 80)}`,
    );
  return { exact: vectorOfNumbers(list), doubles: list };
}

function accepted(pass: boolean, says: string, certificate: Certificate): Answer {
  const judgment = judge(certificate);
  if (!judgment.accepted)
    throw new Error(`the judge refuses our own ${certificate.kind} certificate: ${judgment.reason}`);
  return { pass, says, certificate };
}

/** Are all margins positive, exactly? */
export async function separates(beta: unknown, like: DataLike): Promise<Answer> {
  const data = datasetOf(like);
  const { exact } = predictorFor("toSeparate", beta, data);
  const { value, index } = leastEntry(marginsOf(signedRows(data), data.scale, exact));
  const says = `the least margin is ${doubleBelow(value).toPrecision(4)}, that of point ${index}`;
  if (compare(value, ZERO) > 0)
    return accepted(true, says, {
      ...{ kind: "separation", data: dataToJSON(data) },
      ...{ beta: showVector(exact), margin: showQ(value) },
    } as Certificate);
  // A certificate of what is not so: the data with the least margin turned around are those on which -beta is right.
  const turned: Dataset = { ...data, X: [data.X[index]!], y: [data.y[index] === 1 ? -1 : 1] };
  if (compare(value, ZERO) === 0)
    throw new UseError("toSeparate: the predictor has a margin of exactly 0, of which no certificate speaks");
  return accepted(false, says, {
    ...{ kind: "separation", data: dataToJSON(turned) },
    ...{ beta: showVector(exact), margin: showQ({ n: -value.n, d: value.d }) },
  } as Certificate);
}

export interface MarginOptions {
  /** l2 (default), l1, linf, lp:P, fourier-l1, group-l21, fourier-l21. */
  readonly norm?: string;
  /** The share of the best margin that may be missing (default 1e-8). */
  readonly within?: number;
}

const WITHIN = 1e-8;

/** Has it the largest margin over the norm, up to a share? The optimum's multipliers show how large that can be. */
export async function hasMaxMargin(beta: unknown, like: DataLike, options: MarginOptions = {}): Promise<Answer> {
  const who = "toBeMaxMarginDirection";
  const { within = WITHIN } = options;
  const data = datasetOf(like);
  const { exact } = predictorFor(who, beta, data);
  const { oracle, regularizer, parameter } = oracleNamed(who, options.norm ?? "l2");
  const norm = normNamed(regularizer, data.shape);
  if (norm === null) throw new UseError(`${who}: expected a norm whose gap can be certified, got ${regularizer}`);
  const best = await oracle.predict({ regularizer, parameter, data, all: false, start: null, seed: 0n });
  if (!best.separable || best.beta === null || best.dual === null)
    throw new UseError(`${who}: expected data that are separable through the origin, got others`);
  const weights = simplexOf(Float64Array.from(best.dual));
  const rows = { rows: signedRows(data), scale: data.scale };
  const witness = vectorOfNumbers(Float64Array.from(best.beta.flat()));
  const gap = marginGap(rows, exact, weights, witness, norm);
  if (gap === null) {
    const { says, certificate } = await separates(beta, like);
    return accepted(false, `it does not separate the data: ${says}`, certificate);
  }
  const [lower, upper] = [doubleBelow(gap.lower), doubleAbove(gap.upper)];
  const certificate: Certificate = {
    kind: "margin-gap",
    data: dataToJSON(data),
    regularizer,
    reached: showVector(exact),
    q: showVector(weights),
    witness: showVector(witness),
    gap: { lower: showQ(ofNumber(lower)), upper: showQ(ofNumber(upper)) },
  };
  const about = `of the best margin over the ${regularizer} norm, certified, from ${lower.toPrecision(3)} to ${upper.toPrecision(3)} is missing`;
  if (upper <= within) return accepted(true, about, certificate);
  if (lower > within) return accepted(false, about, certificate);
  throw new UseError(`${who}: it cannot be told within ${within}: ${about}`);
}

export interface StationaryOptions {
  readonly space: "fourier" | "signal";
  /** The exponent as "n/d" in (0, 1], or "2". */
  readonly p: string;
  /** The run's own weights, one a point: with fitted ones nearly every penalty would pass. */
  readonly weights: ArrayLike<number>;
  /** The largest residual that is allowed (default 1e-10). */
  readonly within?: number;
}

/** Is it a first-order stationary point of sum |b_k|^p subject to margins >= 1, with these weights? */
export async function isStationary(beta: unknown, like: DataLike, options: StationaryOptions): Promise<Answer> {
  const who = "toBeStationaryFor";
  const { space, weights, within = RESIDUAL.value } = options;
  const data = datasetOf(like);
  const { exact, doubles } = predictorFor(who, beta, data);
  const p = parseQ(options.p);
  if (p === null || p.n <= 0n || (p.n > p.d && options.p !== "2"))
    throw new UseError(`${who}: expected an exponent in (0, 1] as "2/3", or "2", got "${options.p}"`);
  if (weights.length !== data.X.length || !Array.from(weights).every((w) => w >= 0 && Number.isFinite(w)))
    throw new UseError(`${who}: expected ${data.X.length} weights >= 0, one a point, got others`);
  const penalty: Penalty = { space, p: { n: Number(p.n), d: Number(p.d) } };
  const found = bridgeCertificate(
    data,
    exact,
    simplexOf(Float64Array.from(weights)),
    penalty,
    supportOf(doubles, penalty),
  );
  if (found.certificate === null) throw new UseError(`${who}: it cannot be told: ${found.why}`);
  const { lower, upper, figures, certificate } = found;
  if (upper <= within) return accepted(true, `certified residuals: ${figures}`, certificate);
  if (lower > within) return accepted(false, `certified residuals: ${figures}`, certificate);
  throw new UseError(`${who}: it cannot be told within ${within}: ${figures}`);
}

/** Does the judge accept it? */
export function isAccepted(certificate: unknown): { readonly pass: boolean; readonly says: string } {
  const judgment = judge(certificate);
  return judgment.accepted
    ? { pass: true, says: `accepted: ${judgment.statement}` }
    : { pass: false, says: `refused: ${judgment.reason}` };
}
