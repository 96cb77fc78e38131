/** The Gram weights of a coordinatewise network: J J^T = Z diag(c) Z^T, against the rows J^T z_n that pullback gives. */
import { expect, it } from "vitest";
import { randomStream } from "../../../src/kernel/seed.js";
import type { Parameterization } from "../../../src/models/architecture.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { convolutional2d } from "../../../src/models/architectures/convolutional-2d.js";
import { diagonal } from "../../../src/models/architectures/diagonal.js";
import { coordinatewiseForm } from "../../../src/models/coordinatewise.js";
import { gaussian } from "../../../src/numeric/gaussian.js";
import { dot } from "../../../src/numeric/vec.js";

const NETWORKS: readonly (readonly [string, Parameterization])[] = [
  ...[1, 2, 3, 4].flatMap((depth) =>
    [1, 2, 5, 6].map((dim) => [`convolutional D=${dim} L=${depth}`, convolutional.build({ dim, depth })] as const),
  ),
  ["diagonal D=4 L=3", diagonal.build({ dim: 4, depth: 3 })],
  ["convolutional-2d 2x3 L=2", convolutional2d.build({ dim: 6, depth: 2, shape: [2, 3] })],
];

it.each(NETWORKS)("%s", (name, P) => {
  const form = coordinatewiseForm(P)!;
  const draw = gaussian(randomStream(1n, name));
  const D = P.dimensions.dim;
  const w = Float64Array.from({ length: P.parameters }, draw);
  const points = Array.from({ length: 3 }, () => Float64Array.from({ length: D }, draw));
  const rows = points.map((z) => {
    const row = new Float64Array(P.parameters);
    form.P.pullback(w, z, row);
    return row;
  });
  const c = new Float64Array(D);
  form.gramWeights(w, c);
  points.forEach((z, i) => {
    points.forEach((other, j) => {
      const expected = dot(rows[i]!, rows[j]!);
      const size = Math.sqrt(dot(rows[i]!, rows[i]!) * dot(rows[j]!, rows[j]!));
      const found = dot(
        z.map((x, d) => x * c[d]!),
        other,
      );
      expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-14 * size);
    });
  });
});
