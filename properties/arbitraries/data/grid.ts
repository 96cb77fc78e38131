/** Points of an integer grid, near Gaussian in each coordinate: the plainest data, well away from their boundary. */
import { defineDataFamily, list, planted, SCALE, separated } from "./define.js";

export const grid = defineDataFamily({
  name: "grid",
  words: "Gaussian on a grid",
  weight: 6,
  draw(draw, { points, dim, maxEntry }) {
    const b = planted(draw, dim, maxEntry);
    return {
      scale: SCALE,
      ...separated(
        list(points, () => list(dim, () => draw.bell(maxEntry))),
        b,
      ),
    };
  },
});
