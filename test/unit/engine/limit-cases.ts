/** Random separable data, initializations and networks for the tests of the limit engine, from one seed each. */

import { type LimitOptions, type LimitResult, limitDirection } from "../../../src/engine/limit.js";
import { randomStream } from "../../../src/kernel/seed.js";
import type { Parameterization } from "../../../src/models/architecture.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { diagonal } from "../../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../../src/models/architectures/fully-connected.js";
import { exponential } from "../../../src/models/losses/exponential.js";
import { normalizedGradientDescent } from "../../../src/models/optimizers/normalized-gradient-descent.js";
import type { SignedData } from "../../../src/models/signed-data.js";
import { gaussian } from "../../../src/numeric/gaussian.js";

export const NETWORKS = { convolutional, diagonal, "fully-connected": fullyConnected } as const;
export type NetworkName = keyof typeof NETWORKS;

export interface LimitCase {
  readonly P: Parameterization;
  readonly data: SignedData;
  readonly init: Float64Array;
}

export function limitCase(
  name: NetworkName,
  dim: number,
  N: number,
  depth: number,
  seed: number,
  scale = 0.5,
): LimitCase {
  const draw = gaussian(randomStream(BigInt(seed), "limit-case"));
  const P = NETWORKS[name].build({ dim, depth });
  const teacher = Float64Array.from({ length: dim }, () => draw());
  const z = new Float64Array(N * dim);
  for (let n = 0; n < N; n++) {
    const x = Float64Array.from({ length: dim }, () => draw());
    const side = x.reduce((s, value, d) => s + value * teacher[d]!, 0) > 0 ? 1 : -1;
    x.forEach((value, d) => {
      z[n * dim + d] = side * value;
    });
  }
  return { P, data: { N, D: dim, z }, init: Float64Array.from({ length: P.parameters }, () => scale * draw()) };
}

export const rowsOf = (rows: readonly (readonly number[])[]): SignedData => ({
  N: rows.length,
  D: rows[0]!.length,
  z: Float64Array.from(rows.flat()),
});

export const limitOf = (c: LimitCase, more: Partial<LimitOptions> = {}): LimitResult =>
  limitDirection({ ...c, loss: exponential, optimizer: normalizedGradientDescent, eta: 1, ...more });
