/** Gaussian layers of very different standard deviations: what the flow conserves is then far from 0. */
import { defineInitFamily, scalesAt } from "./define.js";

export const unbalanced = defineInitFamily({
  name: "unbalanced",
  words: "unbalanced (Gaussian layers of scales apart by up to 100)",
  weight: 5,
  appliesTo: ({ depth }) => depth > 1,
  draw: (draw, { depth }, scales) => ({
    kind: "gaussian",
    scale: draw.pick(scalesAt(depth, scales, 1, 1)),
    layerScales: Array.from({ length: depth }, () => draw.pick([1, 0.1, 10])),
  }),
});
