/** Sound certificates of all six kinds on several small data sets, and forged ones whose parts tempt a weak judge. */
import { angleBounds, angleData, angleOfCosine } from "../../../src/exact/angle.js";
import { mul, ofNumber, parseQ, type Q, showQ } from "../../../src/exact/rational.js";
import { combineRows, leastEntry, marginsOf, normSquared, type QVector, vectorOf } from "../../../src/exact/vector.js";
import type { AlgebraCertificate } from "../../../src/kernel/algebra-certificate.js";
import type {
  Certificate,
  CertificateKind,
  ClaimedLimit,
  CounterexampleCertificate,
  DirectionBoundCertificate,
  DualityGapCertificate,
  ExactKktCertificate,
} from "../../../src/kernel/certificate.js";
import { type Dataset, dataToJSON, signedRows } from "../../../src/kernel/dataset.js";
import { l2MaxMargin } from "../../../src/oracle/l2-margin.js";
import { decideSeparability } from "../../../src/oracle/separability.js";

/** The kinds that speak of a data set; those of algebra have samples of their own. */
export type DataKind = Exclude<CertificateKind, AlgebraCertificate["kind"]>;

export function dataset(X: readonly (readonly (number | bigint)[])[], y?: readonly number[], scale = 1n): Dataset {
  return {
    name: "sample",
    shape: [X[0]!.length],
    scale,
    X: X.map((row) => row.map(BigInt)),
    y: X.map((_, n) => (y?.[n] === -1 ? -1 : 1)),
    features: null,
  };
}

export const rational = (text: string): Q => {
  const value = parseQ(text);
  if (value === null) throw new Error(`not a rational: ${text}`);
  return value;
};

export const vector = (texts: readonly string[]): QVector => vectorOf(texts.map(rational));

export function optimumOf(data: Dataset): { readonly beta: QVector; readonly certificate: ExactKktCertificate } {
  const o = l2MaxMargin(data);
  if (!o.separable) throw new Error("samples: expected separable data");
  return o;
}

const stated = ({ kind: _kind, data: _data, ...optimum }: ExactKktCertificate): DirectionBoundCertificate["optimum"] =>
  optimum;

const upward = (x: number): string => showQ(ofNumber(x));

/** As verify/bench.ts makes it. */
export function directionBound(data: Dataset, reached: readonly string[]): DirectionBoundCertificate {
  const { beta, certificate } = optimumOf(data);
  const bounds = angleBounds(angleData(vector(reached), beta));
  return {
    kind: "direction-bound",
    data: certificate.data,
    optimum: stated(certificate),
    reached,
    angle: { lower: upward(bounds.lower), upper: upward(bounds.upper) },
  };
}

/** As verify/claims/limit-direction.ts makes it. */
export function dualityGap(data: Dataset, reached: readonly string[], q: readonly string[]): DualityGapCertificate {
  const rows = signedRows(data);
  const u = vector(reached);
  const margin = leastEntry(marginsOf(rows, data.scale, u)).value;
  const z = combineRows(vector(q), rows, data.scale);
  const { upper } = angleBounds(angleOfCosine(margin, mul(normSquared(u), normSquared(z))));
  return {
    kind: "duality-gap",
    data: dataToJSON(data),
    regularizer: "l2",
    reached,
    q,
    angle: { upper: upward(upper) },
  };
}

export function counterexample(
  data: Dataset,
  claim: ClaimedLimit,
  reached: readonly string[],
  distance: string,
  proof: CounterexampleCertificate["proof"],
): CounterexampleCertificate {
  const { beta, certificate } = optimumOf(data);
  return {
    kind: "counterexample",
    data: certificate.data,
    claim,
    reached,
    distance,
    errorBar: upward(angleBounds(angleData(vector(reached), beta)).upper),
    limit: stated(certificate),
    proof,
  };
}

/** As verify/claims/limit-direction.ts makes it. */
export function awayFromOptimum(
  data: Dataset,
  reached: readonly string[],
  distance: string,
  errorBar: string,
): CounterexampleCertificate {
  const { certificate } = optimumOf(data);
  return {
    kind: "counterexample",
    data: certificate.data,
    claim: { kind: "max-margin", regularizer: "l2" },
    reached,
    distance,
    errorBar,
    limit: null,
    proof: { by: "optimum", optimum: stated(certificate) },
  };
}

/** The dual weights of the optimum, scaled to the simplex: the q of no gap at all. */
export function simplexOf(data: Dataset): string[] {
  const { certificate } = optimumOf(data);
  const total = rational(certificate.objectiveSquared);
  return certificate.dual.map((a) => showQ(mul(rational(a), { n: total.d, d: total.n })));
}

const L1: ClaimedLimit = { kind: "max-margin", regularizer: "l1" };
const LINF: ClaimedLimit = { kind: "max-margin", regularizer: "linf" };

const one = dataset([[2, 1]]);
const pair = dataset([
  [2, 1],
  [1, 3],
]);
/** Three dependent points, all active: their multipliers are not unique. */
const dependent = dataset(
  [
    [2, 0],
    [0, 2],
    [1, 1],
  ],
  [1, 1, 1],
  2n,
);
const line = dataset([[3], [-5], [2]], [1, -1, 1], 7n);
const labelled = dataset(
  [
    [3, -1, 2],
    [-1, -4, 1],
    [2, 2, 5],
    [-3, 1, 1],
    [0, 5, -2],
  ],
  [1, -1, 1, -1, 1],
  10n,
);
const touching = dataset([
  [1, 2],
  [-1, -2],
  [3, 1],
]);
const surrounded = dataset(
  [
    [2, 1],
    [-1, 1],
    [1, 4],
  ],
  [1, 1, -1],
);
const opposed = dataset([[4], [-3], [2]]);

const CONE_DIM = 145;
/** In 145 dimensions the second point leans away from e_1 in all other coordinates at once. */
export const cone = dataset([
  [1, ...new Array<number>(CONE_DIM - 1).fill(0)],
  [-110, ...new Array<number>(CONE_DIM - 1).fill(-100)],
]);

/**
 * False: an l1 max-margin direction lies 0.1 rad from `reached`, not 0.99. The witness has a negative margin, so that h is
 * convex and its slope at `reached` says nothing about its zeros.
 */
export function forgedWitness(): CounterexampleCertificate {
  const unit = Array.from({ length: CONE_DIM }, (_, d) => (d === 1 ? "1" : "0"));
  const reached = Array.from({ length: CONE_DIM }, (_, d) => (d === 0 ? "1000000" : "1"));
  return counterexample(cone, L1, reached, "99/100", { by: "witness", v: unit, q: ["0", "1"] });
}

export const SEPARABLE = { one, pair, dependent, line, labelled } as const;
export const NOT_SEPARABLE = { touching, surrounded, opposed } as const;

const NEAR = ["2000001", "1000000"];

export async function soundCertificates(): Promise<Readonly<Record<DataKind, readonly Certificate[]>>> {
  const separable = Object.values(SEPARABLE);
  return {
    separation: await Promise.all(separable.map(decideSeparability)),
    farkas: await Promise.all(Object.values(NOT_SEPARABLE).map(decideSeparability)),
    "exact-kkt": separable.map((data) => optimumOf(data).certificate),
    "direction-bound": [
      directionBound(one, ["2", "3/2"]),
      directionBound(one, ["-2", "-1"]),
      directionBound(pair, ["-7", "1/3"]),
      directionBound(dependent, ["10000000000000000000000000000001", "10000000000000000000000000000000"]),
      directionBound(line, ["5"]),
      directionBound(labelled, ["1/3", "2/5", "1/7"]),
    ],
    "duality-gap": [
      dualityGap(one, ["3", "1"], ["1"]),
      dualityGap(pair, ["1", "1"], ["1/2", "1/2"]),
      { ...dualityGap(pair, ["1", "1"], ["1/3", "2/3"]), angle: { upper: "3" } },
      dualityGap(line, ["4"], ["1/4", "1/4", "1/2"]),
      dualityGap(labelled, optimumOf(labelled).certificate.beta, simplexOf(labelled)),
    ],
    counterexample: [
      counterexample(one, L1, NEAR, "2/5", { by: "witness", v: ["1", "0"], q: ["1"] }),
      counterexample(one, L1, ["2", "1"], "1/3", { by: "witness", v: ["3", "0"], q: ["1"] }),
      counterexample(one, LINF, NEAR, "3/10", { by: "witness", v: ["1", "1"], q: ["1"] }),
      counterexample(pair, LINF, ["2", "1"], "1/5", { by: "witness", v: ["1", "1"], q: ["1", "0"] }),
      awayFromOptimum(one, ["1", "0"], "23/50", "1/1000"),
      awayFromOptimum(labelled, ["1", "-1", "1"], "1/10", "0"),
      counterexample(pair, { kind: "mean" }, optimumOf(pair).certificate.beta, "1/10", { by: "angle" }),
    ],
  };
}

/** Parts that a weak judge may fall for, each in the place where a sound certificate has another. */
export const FORGED_PARTS: readonly Readonly<Record<string, unknown>>[] = [
  { lambda: ["-1", "0", "2"] }, // a vanishing combination, but not a convex one
  { lambda: ["0", "0", "0"] },
  { dual: ["2", "2", "-2"] }, // multipliers of dependent points that give the right beta
  { q: ["2", "-1"], reached: ["-1", "2"] }, // an affine combination; a predictor of margin 0
  { reached: ["0", "0"], proof: { by: "witness", v: ["0", "0"], q: ["2", "-1"] } },
  { proof: { by: "witness", v: ["1", "0"], q: ["1/2"] } },
  { proof: { by: "witness", v: ["0", "0"], q: ["1"] } },
  { data: { X: ["21", "12", "31"] } }, // texts, whose letters can be read one by one
  { data: { scale: "1", X: [[2, 1]], y: [1] } }, // numbers in the place of texts
  { data: { scale: "1", X: [[], [], []], y: [1, 1, 1] } },
  { optimum: null, limit: null, angle: null, claim: null, proof: null },
];
