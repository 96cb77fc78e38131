/** Independent Gaussian parameters of one standard deviation: the plainest initialization, of every network. */
import { defineInitFamily, scalesAt } from "./define.js";

export const gaussian = defineInitFamily({
  name: "gaussian",
  words: "Gaussian (of scale 0.1 to 3 from depth 3 on)",
  weight: 10,
  appliesTo: () => true,
  draw: (draw, { depth }, scales) => ({ kind: "gaussian", scale: draw.pick(scalesAt(depth, scales)) }),
});
