/**
 * A theorem about a network of its own: beta = s v, a number times a vector, has the least |w|^2 = 2 |beta|_2 for its
 * predictor, so that its limit is the l2 max margin. The network is written as the polynomials that it is.
 */
import {
  defineArchitecture,
  defineConjecture,
  defineTheorem,
  fromMap,
  limitHypotheses,
  limitIsMaxMarginOf,
  product,
  rationals,
  UNIT_SCALE,
  variable,
} from "biasproof";

const scaledVector = defineArchitecture({
  name: "scaled-vector",
  summary: "beta = s v",
  source: { key: "conjecture", locator: "an example" },
  usesWidths: false,
  minimalDepth: 2,
  maximalDepth: 2,
  inLayers: () => ({ text: "beta = s v", tex: "\\beta = s v", where: "s is a number" }),
  build(dimensions) {
    const m = dimensions.dim + 1;
    const names = ["s", ...Array.from({ length: dimensions.dim }, (_, d) => `v${d}`)];
    const factor = (i: number) => variable(rationals, m, i);
    const coordinates = names.slice(1).map((_, d) => product(factor(0), factor(d + 1)));
    const layers = [1, dimensions.dim].map((columns) => ({ rows: 1, columns }));
    return { ...fromMap("scaled-vector", { names, coordinates, scale: UNIT_SCALE }, layers), dimensions };
  },
});

const theorem = defineTheorem({
  id: "scaled-vector-l2",
  statement: "The predictor of beta = s v converges in direction to the l2 max margin.",
  scope: { architectures: ["scaled-vector"] },
  brings: { architectures: [scaledVector] },
  entries: { "gradient-flow": { hypotheses: limitHypotheses, claims: [limitIsMaxMarginOf("l2")] } },
});

export default defineConjecture({
  theorem,
  space: { networks: [{ architecture: scaledVector }], maxPoints: 4, maxDim: 4 },
});
