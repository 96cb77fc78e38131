/**
 * Circular networks whose complex frequencies are balanced: all layers have there equal moduli, exactly, and other phases. Each
 * layer is a cyclic shift of the first, and what is added to it (a constant and, on an even circle, an alternating row)
 * touches the real frequencies alone, which are thus generic.
 */
import { blocksOf, defineInitFamily, layersOfRows, row } from "./define.js";

export const balancedComplex = defineInitFamily({
  name: "balanced-complex",
  words: "balanced complex frequencies",
  weight: 2,
  appliesTo: (network) => blocksOf(network) === "fourier" && network.depth > 1 && network.dim > 2,
  draw(draw, { dim, depth }) {
    const first = row(draw, dim);
    // Of the sign of the sum and all different, so that no two layers agree at a real frequency, up to sign.
    const sums = [0, 1].map((k) => first.reduce((s, x, d) => s + ((k * d) % 2 === 0 ? x : -x), 0));
    const [even, odd] = sums.map((s) => (s < 0 ? -1 : 1));
    return layersOfRows(draw, [
      first,
      ...Array.from({ length: depth - 1 }, (_, l) => {
        const by = draw.integer(1, dim - 1);
        const constant = (even! * (3 * l + draw.integer(1, 3))) / 8;
        const alternating = dim % 2 === 0 ? (odd! * (by % 2 === 0 ? 1 : -1) * (3 * l + draw.integer(1, 3))) / 8 : 0;
        return first.map((_, d) => first[(d + by) % dim]! + constant + (d % 2 === 0 ? alternating : -alternating));
      }),
    ]);
  },
});
