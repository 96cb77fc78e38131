/**
 * Networks with a dead block: the sum of two layers of a circular network, or two factors of an entry of a diagonal one, are 0, so
 * that this coefficient of the predictor has no gradient and stays 0 for ever. Source: theory.md A.6.
 */
import { blocksOf, defineInitFamily, layersOfRows, row } from "./define.js";

export const deadBlock = defineInitFamily({
  name: "dead-block",
  words: "a dead block",
  weight: 2,
  appliesTo: (network) => blocksOf(network) !== null && network.depth > 1 && network.dim > 1,
  draw(draw, network) {
    const { dim, depth } = network;
    const at = draw.integer(0, dim - 1);
    return layersOfRows(
      draw,
      Array.from({ length: depth }, (_, l) => {
        const layer = row(draw, dim);
        if (l > 1) return layer;
        if (blocksOf(network) === "signal") layer[at] = 0;
        else layer[at] = layer[at]! - layer.reduce((a, b) => a + b, 0);
        return layer;
      }),
    );
  },
});
