/** Gaussian layers of very different standard deviations: what the flow conserves is then far from 0. */
import { defineInitFamily, scalesAt } from "./define.js";

export const unbalanced = defineInitFamily({
  name: "unbalanced",
  words: "unbalanced (one Gaussian layer 100 times as large as another)",
  weight: 5,
  appliesTo: ({ depth }) => depth > 1,
  draw(draw, { depth }, scales) {
    // One layer ten times as large and another a tenth, so that the predictor is of the size it has without.
    const large = draw.integer(0, depth - 1);
    const small = (large + draw.integer(1, depth - 1)) % depth;
    return {
      kind: "gaussian",
      scale: draw.pick(scalesAt(depth, scales, 1, 1)),
      layerScales: Array.from({ length: depth }, (_, l) => (l === large ? 10 : l === small ? 0.1 : 1)),
    };
  },
});
