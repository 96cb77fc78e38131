/**
 * Networks of depth 2 with a dead block: the sums of the layers of a circular network, or the factors of an entry of a diagonal
 * one, are 0, so that this coefficient of the predictor has no gradient and stays 0 for ever. Deeper that is in scope of the
 * theorems, but what is left may not separate the data. Source: theory.md A.6.
 */
import { blocksOf, defineInitFamily, layersOfRows, row } from "./define.js";

export const deadBlock = defineInitFamily({
  name: "dead-block",
  words: "a dead block",
  weight: 2,
  appliesTo: (network) => blocksOf(network) !== null && network.depth === 2 && network.dim > 1,
  draw(draw, network) {
    const { dim, depth } = network;
    const at = draw.integer(0, dim - 1);
    return layersOfRows(
      draw,
      Array.from({ length: depth }, () => {
        const layer = row(draw, dim);
        if (blocksOf(network) === "signal") layer[at] = 0;
        else layer[at] = layer[at]! - layer.reduce((a, b) => a + b, 0);
        return layer;
      }),
    );
  },
});
