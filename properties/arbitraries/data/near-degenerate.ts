/**
 * Points almost parallel to one line, on either side of a boundary that almost contains it: each is a multiple of a direction r
 * with <r, b> = 0 exactly, and a little more, which decides the label. The margin is a few hundredths of the points, or less.
 */
import { defineDataFamily, inner, list, SCALE } from "./define.js";

export const nearDegenerate = defineDataFamily({
  name: "near-degenerate",
  words: "almost parallel",
  weight: 1,
  draw(draw, { points, dim, maxEntry }) {
    const b = list(dim, () => 0);
    for (let some = draw.integer(1, 3); some > 0; some--) b[draw.integer(0, dim - 1)] = draw.pick([1, -1]);
    const v = list(dim, () => draw.bell(Math.ceil(maxEntry / 2)));
    const [bb, bv] = [inner(b, b), inner(b, v)];
    const r = v.map((x, d) => bb * x - bv * b[d]!);
    const y: (1 | -1)[] = [];
    const X = list(points, () => {
      const times = draw.pick([1, -1, 2]);
      const little = list(dim, () => draw.signed(2));
      const side = inner(little, b);
      const label = side < 0 ? -1 : 1;
      y.push(label);
      return r.map((x, d) => times * x + little[d]! + (side === 0 ? b[d]! : 0));
    });
    return { scale: SCALE, X, y };
  },
});
