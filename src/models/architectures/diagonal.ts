/**
 * Diagonal linear network of depth L: beta = w_1 . w_2 . ... . w_L coordinatewise, P: R^{LD} -> R^D, degree L.
 * Each layer is one row of length D. Source: Gunasekar et al. 2018. Cost: O(L D) each way.
 */
import { UNIT_SCALE } from "../../exact/polymap.js";
import { product, variable } from "../../exact/polynomial.js";
import { rationals } from "../../exact/ring.js";
import { type Architecture, defineArchitecture, layerGroups, parameterNames, spelled } from "../architecture.js";
import { checkParameterCount } from "../dimensions.js";

export const diagonal: Architecture = defineArchitecture({
  name: "diagonal",
  summary: "beta = w_1 . w_2 . ... . w_L coordinatewise, any depth",
  source: { key: "gunasekar-2018", locator: "diagonal networks" },
  usesWidths: false,
  maximalDepth: null,
  inLayers: ({ depth: L }) => ({
    text: `beta = ${spelled(L, (l) => `w${l}`, " . ", "...")}`,
    tex: `\\beta = ${spelled(L, (l) => `w_{${l}}`, " \\odot ", "\\cdots")}`,
    where: L === 1 ? "w1 in R^D" : "the product is coordinatewise",
  }),
  build(dimensions) {
    const { dim: D, depth: L } = dimensions;
    const m = D * L;
    checkParameterCount("diagonal", m);
    const layers = Array.from({ length: L }, () => ({ rows: 1, columns: D }));
    return {
      architecture: "diagonal",
      dimensions,
      shape: [D],
      layers,
      parameters: m,
      degree: L,
      get groups() {
        return layerGroups(layers);
      },
      exact: () => ({
        map: {
          names: parameterNames(layers),
          coordinates: Array.from({ length: D }, (_, d) =>
            layers.map((_layer, l) => variable(rationals, m, l * D + d)).reduce(product),
          ),
          scale: UNIT_SCALE,
        },
      }),
      apply(w, out) {
        for (let d = 0; d < D; d++) {
          let p = 1;
          for (let at = d; at < m; at += D) p *= w[at]!;
          out[d] = p;
        }
      },
      pullback(w, g, out) {
        // Products of all other layers by a forward and a backward sweep: no division, so zeros are harmless.
        for (let d = 0; d < D; d++) {
          let p = g[d]!;
          for (let at = d; at < m; at += D) {
            out[at] = p;
            p *= w[at]!;
          }
          p = 1;
          for (let at = m - D + d; at >= 0; at -= D) {
            out[at] = out[at]! * p;
            p *= w[at]!;
          }
        }
      },
    };
  },
});
