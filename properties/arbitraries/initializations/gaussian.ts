/** Independent Gaussian parameters of one standard deviation: the plainest initialization, of every network. */
import { defineInitFamily } from "./define.js";

export const gaussian = defineInitFamily({
  name: "gaussian",
  words: "Gaussian",
  weight: 10,
  appliesTo: () => true,
  draw: (draw, _, scales) => ({ kind: "gaussian", scale: draw.pick(scales) }),
});
