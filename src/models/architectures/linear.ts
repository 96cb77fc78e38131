/**
 * The linear predictor itself: beta = w, P = identity on R^D, degree 1 (depth 1 only).
 * Source: Soudry et al. 2018. Cost: a copy.
 */
import { UNIT_SCALE } from "../../exact/polymap.js";
import { variable } from "../../exact/polynomial.js";
import { rationals } from "../../exact/ring.js";
import { type Architecture, defineArchitecture, layerGroups, parameterNames } from "../architecture.js";

export const linear: Architecture = defineArchitecture({
  name: "linear",
  summary: "f(x) = <w, x>, depth 1",
  source: { key: "soudry-2018", locator: "linear predictors" },
  usesWidths: false,
  maximalDepth: 1,
  inLayers: () => ({ text: "beta = w", tex: "\\beta = w", where: "w in R^D" }),
  build(dimensions) {
    const D = dimensions.dim;
    const layers = [{ rows: 1, columns: D }];
    return {
      architecture: "linear",
      dimensions,
      shape: [D],
      layers,
      parameters: D,
      degree: 1,
      get groups() {
        return layerGroups(layers);
      },
      exact: () => ({
        map: {
          names: parameterNames(layers),
          coordinates: Array.from({ length: D }, (_, d) => variable(rationals, D, d)),
          scale: UNIT_SCALE,
        },
      }),
      apply: (w, out) => out.set(w),
      pullback: (_w, g, out) => out.set(g),
    };
  },
});
