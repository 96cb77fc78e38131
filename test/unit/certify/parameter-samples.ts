/** Sound certificates of kind kkt-residual: where runs of several architectures end, exact KKT points, and points far from one. */
import { limitDirection } from "../../../src/engine/limit.js";
import type { PolyMap } from "../../../src/exact/polymap.js";
import { product, variable } from "../../../src/exact/polynomial.js";
import { add, div, ofNumber, type Q, ZERO } from "../../../src/exact/rational.js";
import { rationals } from "../../../src/exact/ring.js";
import { vectorOf, vectorOfNumbers } from "../../../src/exact/vector.js";
import type { KktResidualCertificate } from "../../../src/kernel/certificate.js";
import type { Dataset } from "../../../src/kernel/dataset.js";
import { randomStream } from "../../../src/kernel/seed.js";
import type { Architecture, Dimensions } from "../../../src/models/architecture.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { diagonal } from "../../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../../src/models/architectures/fully-connected.js";
import { linearConvolutional } from "../../../src/models/architectures/linear-convolutional.js";
import { multiChannel } from "../../../src/models/architectures/multi-channel.js";
import { exponential } from "../../../src/models/losses/exponential.js";
import { normalizedGradientDescent } from "../../../src/models/optimizers/normalized-gradient-descent.js";
import { signedData } from "../../../src/models/signed-data.js";
import { gaussian } from "../../../src/numeric/gaussian.js";
import { parameterCertificate } from "../../../src/verify/parameter-certificate.js";

const data = (X: readonly (readonly number[])[], scale = 1n): Dataset => ({
  name: "sample",
  shape: [X[0]!.length],
  scale,
  X: X.map((row) => row.map(BigInt)),
  y: X.map(() => 1),
  features: null,
});

const PAIR = data([
  [2, 1],
  [1, 3],
]);
const THREE = data(
  [
    [3, 1, -1],
    [1, 2, 2],
  ],
  4n,
);

export function certified(
  dataset: Dataset,
  map: PolyMap<Q>,
  w: readonly Q[],
  weights: readonly Q[],
  reached: readonly Q[],
): KktResidualCertificate {
  const found = parameterCertificate(dataset, map, vectorOf(w), vectorOf(weights), vectorOf(reached));
  if (found.certificate === null) throw new Error(`samples: ${found.why}`);
  return found.certificate;
}

/** Where a run of a network ends, in doubles. */
export function atLimitOf(
  a: Architecture,
  dataset: Dataset,
  dimensions: Omit<Dimensions, "dim">,
): KktResidualCertificate {
  const z = signedData(dataset);
  const P = a.build({ dim: z.D, ...dimensions });
  const exact = P.exact();
  const draw = gaussian(randomStream(7n, "parameter-samples"));
  const init = Float64Array.from({ length: P.parameters }, () => 0.5 * draw());
  const limit = limitDirection({ P, data: z, loss: exponential, optimizer: normalizedGradientDescent, eta: 1, init });
  if (exact.map === null || limit.beta === null || limit.dual === null || limit.parameters === null)
    throw new Error(`samples: ${limit.stop}`);
  const weights = Array.from(limit.dual, ofNumber);
  const total = weights.reduce(add, ZERO);
  const found = parameterCertificate(
    dataset,
    exact.map,
    vectorOfNumbers(limit.parameters),
    vectorOf(weights.map((x) => div(x, total))),
    vectorOfNumbers(limit.beta),
  );
  if (found.certificate === null) throw new Error(`samples: ${found.why}`);
  return found.certificate;
}

const whole = (list: readonly number[]): Q[] => list.map((x) => ofNumber(x));

/** beta = (u1 v1, u2 v2) with two parameters in each coordinate. */
const SQUARES: PolyMap<Q> = {
  names: ["u1", "u2", "v1", "v2"],
  coordinates: [0, 1].map((d) => product(variable(rationals, 4, d), variable(rationals, 4, d + 2))),
  scale: { rational: { n: 1n, d: 2n }, radicand: 3n },
};

/** |w|^2 of beta = u . v is 2 |beta|_1: on the point (2, 1) the first coordinate alone, exactly, and scaled by 3. */
export const exactPoint = (): KktResidualCertificate =>
  certified(data([[2, 1]]), SQUARES, whole([3, 0, 3, 0]), whole([1]), whole([0.5, 0]));

/** True, and next to nothing: what a weak judge lets in is then not refused for its bounds. */
const loosened = (c: KktResidualCertificate): KktResidualCertificate => ({
  ...c,
  parts: { feasibility: "99", predictor: "99", complementarity: "9999", stationarity: "99" },
  largest: { lower: "-1", upper: "9999" },
});

export const parameterSamples = (): KktResidualCertificate[] => [
  exactPoint(),
  loosened(exactPoint()),
  atLimitOf(fullyConnected, PAIR, { depth: 2, widths: [2] }),
  atLimitOf(diagonal, PAIR, { depth: 3 }),
  atLimitOf(convolutional, THREE, { depth: 2, kernel: 2 }),
  atLimitOf(linearConvolutional, PAIR, { depth: 2, filters: [2, 1] }),
  loosened(atLimitOf(multiChannel, PAIR, { depth: 2, kernel: 1, channels: { out: 2, in: 1 } })),
  // far from any KKT point, with every part above 0
  certified(PAIR, SQUARES, whole([1, 2, 3, 1]), whole([0.25, 0.75]), whole([0.25, 0.125])),
];
