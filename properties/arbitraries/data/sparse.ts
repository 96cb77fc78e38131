/**
 * Points with one, two or three entries other than 0, the first of them larger than the others together, so that its sign against
 * the planted signs decides the label. Ties between optima of l1 norms, and data that do not span the space.
 */
import { defineDataFamily, list, SCALE } from "./define.js";

export const sparse = defineDataFamily({
  name: "sparse",
  words: "sparse",
  weight: 1,
  draw(draw, { points, dim, maxEntry }) {
    const signs = list(dim, () => (draw.integer(0, 1) === 0 ? 1 : -1));
    const y: (1 | -1)[] = [];
    const X = list(points, () => {
      const row = list(dim, () => 0);
      const lead = draw.integer(0, dim - 1);
      const size = draw.integer(1, maxEntry);
      const sign = draw.integer(0, 1) === 0 ? 1 : -1;
      let left = size - 1;
      for (let more = draw.integer(0, 2); more > 0; more--) {
        const at = draw.integer(0, dim - 1);
        const value = draw.signed(left);
        if (at === lead || row[at] !== 0) continue;
        row[at] = value;
        left -= Math.abs(value);
      }
      row[lead] = sign * size;
      y.push(sign * signs[lead]! > 0 ? 1 : -1);
      return row;
    });
    return { scale: SCALE, X, y };
  },
});
