/** Sound certificates of all kinds about data on several small data sets, and forged ones whose parts tempt a weak judge. */
import { limitDirection } from "../../../src/engine/limit.js";
import { angleBounds, angleData, angleOfCosine } from "../../../src/exact/angle.js";
import { bridgeReading } from "../../../src/exact/bridge.js";
import type { PolyhedralNorm } from "../../../src/exact/norm.js";
import { marginGap, normNamed } from "../../../src/exact/norms/index.js";
import {
  add,
  compare,
  div,
  doubleAbove,
  doubleBelow,
  mul,
  ofNumber,
  parseQ,
  type Q,
  showQ,
  ZERO,
} from "../../../src/exact/rational.js";
import { combineRows, leastEntry, marginsOf, normSquared, type QVector, vectorOf } from "../../../src/exact/vector.js";
import type { AlgebraCertificate } from "../../../src/kernel/algebra-certificate.js";
import type {
  BridgeResidualCertificate,
  Certificate,
  CertificateKind,
  ClaimedLimit,
  CounterexampleCertificate,
  DirectionBoundCertificate,
  DualityGapCertificate,
  ExactKktCertificate,
  MarginGapCertificate,
  PenaltyJSON,
  PolyhedralKktCertificate,
  SpectralGapCertificate,
} from "../../../src/kernel/certificate.js";
import { type Dataset, dataToJSON, signedRows } from "../../../src/kernel/dataset.js";
import { randomStream } from "../../../src/kernel/seed.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { diagonal } from "../../../src/models/architectures/diagonal.js";
import { exponential } from "../../../src/models/losses/exponential.js";
import { normalizedGradientDescent } from "../../../src/models/optimizers/normalized-gradient-descent.js";
import { signedData } from "../../../src/models/signed-data.js";
import { gaussian } from "../../../src/numeric/gaussian.js";
import { blockMaxMargin } from "../../../src/oracle/block-margin.js";
import { l2MaxMargin } from "../../../src/oracle/l2-margin.js";
import { polyhedralMaxMargin } from "../../../src/oracle/lp-margin.js";
import { decideSeparability } from "../../../src/oracle/separability.js";
import { spectralMaxMargin } from "../../../src/oracle/spectral-margin.js";
import { parameterSamples } from "./parameter-samples.js";
import { penaltySamples, twoLimitsSamples } from "./penalty-samples.js";
import { stationarySamples } from "./stationary-samples.js";

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

export async function polyhedralOf(R: PolyhedralNorm, data: Dataset): Promise<PolyhedralKktCertificate> {
  const o = await polyhedralMaxMargin(R, data);
  if (!o.separable) throw new Error("samples: expected separable data");
  return o.certificate;
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

const above = (x: Q): string => upward(doubleAbove(x));
const below = (x: Q): string => upward(doubleBelow(x));

/** With the tightest bounds that doubles can state. */
export function bridgeResidual(
  data: Dataset,
  penalty: PenaltyJSON,
  reached: readonly string[],
  q: readonly string[],
  support: readonly number[],
): BridgeResidualCertificate {
  const p = rational(penalty.p);
  const asked = { space: penalty.space, p: { n: Number(p.n), d: Number(p.d) } };
  const rows = { rows: signedRows(data), scale: data.scale };
  const { enclosure, ...rest } = bridgeReading(rows, vector(reached), vector(q), asked, support);
  if (enclosure === null) throw new Error(`samples: ${"why" in rest ? rest.why : "no enclosure"}`);
  const most = (side: "lower" | "upper"): Q =>
    Object.values(enclosure).reduce((a, x) => (compare(x[side], a) > 0 ? x[side] : a), ZERO);
  return {
    kind: "bridge-residual",
    data: dataToJSON(data),
    penalty,
    reached,
    q,
    support,
    parts: {
      feasibility: above(enclosure.feasibility.upper),
      offSupport: above(enclosure.offSupport.upper),
      dualDomain: above(enclosure.dualDomain.upper),
      complementarity: above(enclosure.complementarity.upper),
      stationarity: above(enclosure.stationarity.upper),
    },
    largest: { lower: below(most("lower")), upper: above(most("upper")) },
  };
}

export function marginGapOf(
  data: Dataset,
  reached: readonly string[],
  q: readonly string[],
  witness: readonly string[] | null,
  regularizer = "fourier-l1",
): MarginGapCertificate {
  const rows = { rows: signedRows(data), scale: data.scale };
  const norm = normNamed(regularizer, data.shape)!;
  const gap = marginGap(rows, vector(reached), vector(q), witness === null ? null : vector(witness), norm);
  if (gap === null) throw new Error("samples: expected vectors that separate");
  return {
    kind: "margin-gap",
    data: dataToJSON(data),
    regularizer,
    reached,
    q,
    witness,
    gap: { lower: below(gap.lower), upper: above(gap.upper) },
  };
}

export const spectralGapOf = (
  data: Dataset,
  K: number,
  left: readonly string[],
  right: readonly string[],
  q: readonly string[],
  upper: string,
): SpectralGapCertificate => ({
  kind: "spectral-gap",
  data: dataToJSON(data),
  regularizer: K === 1 ? "nuclear" : `kernel:${K}`,
  left,
  right,
  q,
  gap: { lower: "0", upper },
});

/** Where a run of a network of this depth ends, with its weights: stationary for p = 2/depth. Doubles, exactly. */
export function limitOn(
  data: Dataset,
  space: PenaltyJSON["space"],
  depth: number,
): { readonly reached: string[]; readonly q: string[]; readonly support: number[] } {
  const z = signedData(data);
  const P = { fourier: convolutional, signal: diagonal }[space].build({ dim: z.D, depth });
  const draw = gaussian(randomStream(BigInt(depth), "samples"));
  const init = Float64Array.from({ length: P.parameters }, () => 0.5 * draw());
  const limit = limitDirection({ P, data: z, loss: exponential, optimizer: normalizedGradientDescent, eta: 1, init });
  if (limit.beta === null || limit.dual === null) throw new Error(`samples: ${limit.stop}`);
  const weights = Array.from(limit.dual, ofNumber);
  const sizes = moduli(limit.beta, space);
  return {
    reached: Array.from(limit.beta, upward),
    q: weights.map((w) => showQ(div(w, weights.reduce(add)))),
    support: sizes.flatMap((x, k) => (depth === 1 || x > 1e-9 * Math.max(...sizes) ? [k] : [])),
  };
}

/** Of one of each pair of coefficients. */
function moduli(beta: Float64Array, space: PenaltyJSON["space"]): number[] {
  if (space === "signal") return Array.from(beta, Math.abs);
  const D = beta.length;
  const part = (k: number, wave: (t: number) => number): number =>
    beta.reduce((s, x, j) => s + x * wave((2 * Math.PI * j * k) / D), 0);
  return Array.from({ length: Math.floor(D / 2) + 1 }, (_, k) => Math.hypot(part(k, Math.cos), part(k, Math.sin)));
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

/** Data on circles of two to six places, for transforms of even and odd length. */
export const CIRCLES = {
  two: dataset([
    [3, 1],
    [1, 2],
  ]),
  three: dataset([
    [3, 1, -1],
    [1, 2, 2],
  ]),
  four: dataset(
    [
      [3, 1, -1, 2],
      [1, 2, 2, 0],
    ],
    [1, -1],
  ),
  five: dataset(
    [
      [3, -1, 2, 0, 1],
      [1, 4, -2, 1, -3],
      [2, 1, 5, -1, 2],
    ],
    [1, -1, 1],
    4n,
  ),
  six: dataset([
    [3, -1, 2, 0, 1, -2],
    [1, 4, -2, 1, 3, 1],
    [2, 1, 5, -1, 2, 1],
    [-1, 2, 1, 4, 1, 0],
  ]),
} as const;

const EXPONENT = ["2", "1", "2/3", "1/2"] as const;

/** Where a run of a network of this depth ends is stationary for p = 2/depth. */
export function residualAtLimit(
  data: Dataset,
  space: PenaltyJSON["space"],
  depth: 1 | 2 | 3 | 4,
): BridgeResidualCertificate {
  const { reached, q, support } = limitOn(data, space, depth);
  return bridgeResidual(data, { space, p: EXPONENT[depth - 1]! }, reached, q, support);
}

function bridgeSamples(): BridgeResidualCertificate[] {
  const { two, three, four, five, six } = CIRCLES;
  return [
    residualAtLimit(three, "fourier", 1),
    residualAtLimit(two, "fourier", 2),
    residualAtLimit(five, "fourier", 2),
    residualAtLimit(six, "fourier", 3),
    residualAtLimit(six, "fourier", 4),
    residualAtLimit(four, "signal", 1),
    residualAtLimit(six, "signal", 2),
    residualAtLimit(four, "signal", 3),
    residualAtLimit(three, "signal", 4),
    bridgeResidual(dataset([[3]]), { space: "fourier", p: "1/2" }, ["2/5"], ["1"], [0]),
    loosened(residualAtLimit(two, "fourier", 2)),
    loosened(residualAtLimit(four, "signal", 2)),
    // far from stationary, with every part above 0
    bridgeResidual(
      five,
      { space: "fourier", p: "1" },
      ["1/3", "-1/4", "2/5", "1/9", "1/2"],
      ["1/3", "1/3", "1/3"],
      [0, 1],
    ),
    bridgeResidual(four, { space: "signal", p: "3/4" }, ["1/2", "-1/2", "-1", "1/7"], ["1/4", "3/4"], [0, 1, 2]),
  ];
}

/** True, and next to nothing: what a weak judge lets in is then not refused for its bounds. */
const loosened = (c: BridgeResidualCertificate): BridgeResidualCertificate => ({
  ...c,
  parts: { feasibility: "99", offSupport: "99", dualDomain: "9999", complementarity: "9999", stationarity: "99" },
  largest: { lower: "-1", upper: "9999" },
});

/** Two points of three rows and two columns. */
const GRID: Dataset = {
  ...dataset([
    [3, -1, 0, 2, -2, 1],
    [1, 2, 1, 1, 0, 3],
  ]),
  shape: [3, 2],
};

async function gapSamples(): Promise<MarginGapCertificate[]> {
  const blocks = await Promise.all(
    ["fourier-l1", "group-l21", "fourier-l21"].map(async (regularizer) => {
      const found = await blockMaxMargin(regularizer, GRID);
      if (!found.separable) throw new Error("samples: expected a margin");
      return { regularizer, certificate: found.certificate };
    }),
  );
  const { two, three, four, five, six } = CIRCLES;
  const at = (data: Dataset, depth: number, witness: readonly string[] | null = null): MarginGapCertificate => {
    const { reached, q } = limitOn(data, "fourier", depth);
    return marginGapOf(data, reached, q, witness);
  };
  return [
    marginGapOf(GRID, ["1", "1", "0", "2", "-1", "1"], ["1/2", "1/2"], null, "l2"),
    marginGapOf(five, optimumOf(five).certificate.beta, simplexOf(five), null, "lp:3/2"),
    marginGapOf(GRID, ["1", "1", "0", "2", "-1", "1"], ["1/3", "2/3"], null, "lp:3"),
    at(two, 2),
    at(four, 2),
    at(five, 2),
    at(six, 1, limitOn(six, "fourier", 2).reached),
    at(three, 3, limitOn(three, "fourier", 2).reached),
    { ...at(two, 2), gap: { lower: "0", upper: "9999" } },
    marginGapOf(dataset([[-3]], [-1]), ["7/2"], ["1"], ["1"]),
    marginGapOf(five, optimumOf(five).certificate.beta, simplexOf(five), ["1/3", "-1/4", "2/5", "1/9", "1/2"]),
    ...blocks.map(({ regularizer, certificate }) =>
      marginGapOf(GRID, certificate.reached, certificate.q, null, regularizer),
    ),
  ];
}

async function spectralSamples(): Promise<SpectralGapCertificate[]> {
  const { two, three, five } = CIRCLES;
  const at = async (K: number, data: Dataset): Promise<SpectralGapCertificate> => {
    const found = await spectralMaxMargin(K, data);
    if (!found.separable) throw new Error("samples: expected a margin");
    return found.certificate;
  };
  const best = await at(2, GRID);
  return [
    await at(1, GRID),
    best,
    await at(3, GRID),
    await at(1, two),
    await at(2, three),
    await at(2, five),
    { ...best, gap: { lower: "0", upper: "9999" } },
    spectralGapOf(two, 1, ["1"], ["1", "1/2"], ["1/2", "1/2"], "2/3"),
    spectralGapOf(GRID, 2, ["1", "1/3", "0", "1"], ["1", "1/7", "1"], ["2/3", "1/3"], "99/100"),
  ];
}

const NEAR = ["2000001", "1000000"];

export async function soundCertificates(): Promise<Readonly<Record<DataKind, readonly Certificate[]>>> {
  const separable = Object.values(SEPARABLE);
  return {
    separation: await Promise.all(separable.map(decideSeparability)),
    farkas: await Promise.all(Object.values(NOT_SEPARABLE).map(decideSeparability)),
    "exact-kkt": [
      ...separable.map((data) => optimumOf(data).certificate),
      ...(await Promise.all(
        [one, line, labelled].flatMap((data) => [polyhedralOf("l1", data), polyhedralOf("linf", data)]),
      )),
      await polyhedralOf("l1", dependent),
    ],
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
    "bridge-residual": bridgeSamples(),
    "kkt-residual": parameterSamples(),
    "margin-gap": await gapSamples(),
    "spectral-gap": await spectralSamples(),
    "stationary-point": await stationarySamples(),
    "smaller-penalty": penaltySamples(),
    "two-limits": twoLimitsSamples(),
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
  { support: [0, 1.5], penalty: { space: "torus", p: "3/2" } },
  { support: [0, 9], penalty: { space: "signal", p: "2" } },
  { map: { variables: ["w", "w"], polynomials: [[["1", [[0, 1]]]]] }, parts: null },
  { polynomials: [[["1", []]], [["1", [[0, 1]]]]] }, // a map with terms of two degrees
  { data: { shape: [3, 2, 1] } }, // the same points on one axis more
  { data: { X: ["21", "12", "31"] } }, // texts, whose letters can be read one by one
  { data: { scale: "1", X: [[2, 1]], y: [1] } }, // numbers in the place of texts
  { data: { scale: "1", X: [[], [], []], y: [1, 1, 1] } },
  { optimum: null, limit: null, angle: null, claim: null, proof: null },
];
