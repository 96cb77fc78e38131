/**
 * Few points, each several times: as it is, or as its mirror image with the other label, which is the same to a predictor through
 * the origin. Multipliers are then not unique, though the direction is.
 */
import { defineDataFamily, list } from "./define.js";
import { grid } from "./grid.js";

export const duplicated = defineDataFamily({
  name: "duplicated",
  words: "duplicated points",
  weight: 3,
  draw(draw, { points, ...size }) {
    const { scale, X, y } = grid.draw(draw, { ...size, points: Math.ceil(points / 2) });
    const copies = list(points - X.length, () => ({
      of: draw.integer(0, X.length - 1),
      mirrored: draw.integer(0, 1) === 1,
    }));
    return {
      scale,
      X: [...X, ...copies.map(({ of, mirrored }) => (mirrored ? X[of]!.map((x) => -x + 0) : X[of]!))],
      y: [...y, ...copies.map(({ of, mirrored }): 1 | -1 => (y[of]! > 0 !== mirrored ? 1 : -1))],
    };
  },
});
