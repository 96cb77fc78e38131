/**
 * Signals of few tones: each point a sum of one or two cosines, rounded to the grid, and so is the predictor that separates them.
 * Over a circle their energy is in few frequencies, so that optima of Fourier norms are sparse and often tied.
 */
import { cos } from "../../../src/numeric/elementary.js";
import { defineDataFamily, list, SCALE, separated } from "./define.js";

/** Phases are multiples of pi / 8. */
const PHASE = 0.39269908169872414;

export const tones = defineDataFamily({
  name: "tones",
  words: "sums of one or two cosines",
  weight: 3,
  draw(draw, { points, dim, maxEntry }) {
    const tone = (): number[] => {
      const frequency = (16 * draw.integer(0, Math.floor(dim / 2))) / dim;
      const phase = draw.integer(0, 15);
      const amplitude = draw.integer(1, Math.max(1, Math.floor(maxEntry / 2)));
      return list(dim, (d) => Math.round(amplitude * cos(PHASE * (frequency * d + phase))) + 0);
    };
    const signal = (): number[] => {
      const first = tone();
      if (draw.integer(0, 1) === 0) return first;
      const second = tone();
      return first.map((x, d) => x + second[d]!);
    };
    const b = signal();
    if (!b.some((x) => x !== 0)) b[0] = 1;
    return { scale: SCALE, ...separated(list(points, signal), b) };
  },
});
