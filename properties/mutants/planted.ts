/**
 * Initializations of convolutional networks of depth 2 that are not generic, planted in random cases: what they forbid, they
 * forbid for ever. Their numbers are eighths, so that sums are exact. Source: theory.md A.6.
 */
import type { Case } from "../../src/kernel/case.js";
import { randomStream } from "../../src/kernel/seed.js";

/** Random eighths in [-1, 1], but for the last, so that they sum to `sum` eighths. */
function eighths(dim: number, draw: () => number, sum: number): number[] {
  const free = Array.from({ length: dim - 1 }, draw);
  return [...free, sum - free.reduce((a, b) => a + b, 0)].map((x) => x / 8);
}

function planted(c: Case, sumsOf: (draw: () => number) => readonly [first: number, second: number]): Case {
  const dim = c.data.shape[0]!;
  const stream = randomStream(BigInt(c.seed), "planted");
  const draw = (): number => (stream.uint32() % 17) - 8;
  const [first, second] = sumsOf(draw);
  const layers = [[eighths(dim, draw, first)], [eighths(dim, draw, second)]];
  return { ...c, architecture: "convolutional", depth: 2, widths: null, init: { kind: "layers", layers } };
}

/** The entries of both layers sum to 0: frequency 0 is dead. */
export const deadFrequency = (c: Case): Case => planted(c, () => [0, 0]);

/** The sums of the two layers are opposite, and not 0: the coefficient at frequency 0 is never positive. */
export const balancedCoordinate = (c: Case): Case =>
  planted(c, (draw) => {
    const sum = draw() || 4;
    return [sum, -sum];
  });
