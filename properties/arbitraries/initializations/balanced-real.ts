/**
 * Networks of depth 2 with a balanced real block: the sums of the two layers of a circular network, or the two factors of an entry
 * of a diagonal one, are equal or opposite and not 0, so that this coefficient keeps its sign for ever. Source: theory.md A.6.
 */
import { blocksOf, defineInitFamily, layersOfRows, row, some } from "./define.js";

const sum = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0);

export const balancedReal = defineInitFamily({
  name: "balanced-real",
  words: "a balanced real block",
  weight: 2,
  appliesTo: (network) => blocksOf(network) !== null && network.depth === 2,
  draw(draw, network) {
    const { dim } = network;
    const [first, second] = [row(draw, dim), row(draw, dim)];
    const value = some(draw);
    const at = draw.integer(0, dim - 1);
    const other = draw.integer(0, 1) === 0 ? -value : value;
    if (blocksOf(network) === "signal") {
      first[at] = value;
      second[at] = other;
    } else {
      first[at] = first[at]! + value - sum(first);
      second[at] = second[at]! + other - sum(second);
    }
    return layersOfRows(draw, [first, second]);
  },
});
