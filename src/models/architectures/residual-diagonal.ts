/**
 * Residual diagonal network: beta = (1 + u) . v coordinatewise, a diagonal network of depth 2 with a skip connection.
 * P: R^{2D} -> R^D, terms v and u v, so of degrees 1 and 2: not homogeneous, and theorems about homogeneous maps do not
 * speak of it. Layers: u and v, one row of length D each. Source: Dai, Karzand, Srebro 2021. Cost: O(D) each way.
 */
import { UNIT_SCALE } from "../../exact/polymap.js";
import { product, sum, variable } from "../../exact/polynomial.js";
import { rationals } from "../../exact/ring.js";
import { type Architecture, defineArchitecture, layerGroups, parameterNames } from "../architecture.js";

export const residualDiagonal: Architecture = defineArchitecture({
  name: "residual-diagonal",
  summary: "beta = (1 + u) . v coordinatewise, depth 2, not homogeneous",
  source: { key: "dai-2021", locator: "residual diagonal networks" },
  usesWidths: false,
  minimalDepth: 2,
  maximalDepth: 2,
  inLayers: () => ({
    text: "beta = (1 + w1) . w2",
    tex: "\\beta = (1 + w_{1}) \\odot w_{2}",
    where: "the product is coordinatewise",
  }),
  build(dimensions) {
    const D = dimensions.dim;
    const m = 2 * D;
    const layers = [
      { rows: 1, columns: D },
      { rows: 1, columns: D },
    ];
    return {
      architecture: "residual-diagonal",
      dimensions,
      shape: [D],
      layers,
      parameters: m,
      degree: null,
      get groups() {
        return layerGroups(layers);
      },
      exact: () => ({
        map: {
          names: parameterNames(layers),
          coordinates: Array.from({ length: D }, (_, d) => {
            const v = variable(rationals, m, D + d);
            return sum(v, product(variable(rationals, m, d), v));
          }),
          scale: UNIT_SCALE,
        },
      }),
      apply(w, out) {
        for (let d = 0; d < D; d++) out[d] = w[D + d]! + w[d]! * w[D + d]!;
      },
      pullback(w, g, out) {
        for (let d = 0; d < D; d++) {
          out[d] = w[D + d]! * g[d]!;
          out[D + d] = g[d]! + w[d]! * g[d]!;
        }
      },
    };
  },
});
