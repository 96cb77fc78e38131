/**
 * Circular networks whose complex frequencies are balanced: all layers have there equal moduli, exactly, and other phases. Each
 * layer is a cyclic shift of the first, and what is added to it (a constant and, on an even circle, an alternating row)
 * touches the real frequencies alone, which are thus generic.
 */
import { blocksOf, defineInitFamily, layersOfRows, row, some } from "./define.js";

export const balancedComplex = defineInitFamily({
  name: "balanced-complex",
  words: "balanced complex frequencies",
  weight: 3,
  appliesTo: (network) => blocksOf(network) === "fourier" && network.depth > 1 && network.dim > 2,
  draw(draw, { dim, depth }) {
    const first = row(draw, dim);
    return layersOfRows(draw, [
      first,
      ...Array.from({ length: depth - 1 }, () => {
        const by = draw.integer(1, dim - 1);
        const constant = some(draw);
        const alternating = dim % 2 === 0 ? some(draw) : 0;
        return first.map((_, d) => first[(d + by) % dim]! + constant + (d % 2 === 0 ? alternating : -alternating));
      }),
    ]);
  },
});
