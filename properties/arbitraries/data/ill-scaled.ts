/**
 * Points of the grid whose columns, or whose rows, are multiplied by 1, 3, 10 or 30. Neither changes whether data
 * are separable, and both change everything else.
 */
import { defineDataFamily, list } from "./define.js";
import { grid } from "./grid.js";

export const illScaled = defineDataFamily({
  name: "ill-scaled",
  words: "columns or rows scaled by up to 30",
  weight: 3,
  draw(draw, size) {
    const { scale, X, y } = grid.draw(draw, size);
    const power = (): number => draw.pick([1, 3, 10, 30]);
    if (draw.integer(0, 1) === 0) {
      const columns = list(size.dim, power);
      return { scale, X: X.map((row) => row.map((x, d) => x * columns[d]!)), y };
    }
    const rows = list(X.length, power);
    return { scale, X: X.map((row, n) => row.map((x) => x * rows[n]!)), y };
  },
});
