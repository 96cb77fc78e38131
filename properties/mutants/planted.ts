/**
 * Initializations of convolutional networks that are not generic, planted in random cases: what they forbid, they forbid for
 * ever. Their numbers are eighths, so that sums are exact. Source: theory.md A.6.
 */
import type { Case } from "../../src/kernel/case.js";
import { randomStream } from "../../src/kernel/seed.js";
import type { Plant } from "./mutant.js";

/** Random eighths in [-1, 1], but for the last, so that they sum to `sum` eighths. */
function eighths(dim: number, draw: () => number, sum: number): number[] {
  const free = Array.from({ length: dim - 1 }, draw);
  return [...free, sum - free.reduce((a, b) => a + b, 0)].map((x) => x / 8);
}

/** `first` and `second` are the sums of the first two layers; those of further ones are random, and not 0. */
function planted(c: Case, sumsOf: (draw: () => number) => readonly [first: number, second: number]): Case {
  const dim = c.data.shape[0]!;
  const stream = randomStream(BigInt(c.seed), "planted");
  const draw = (): number => (stream.uint32() % 17) - 8;
  const sums = [...sumsOf(draw), ...Array.from({ length: Math.max(0, c.depth - 2) }, () => draw() || 4)];
  const layers = sums.map((sum) => [eighths(dim, draw, sum)]);
  return { ...c, widths: null, init: { kind: "layers", layers } };
}

/** The entries of two layers sum to 0: frequency 0 is dead. */
export const deadFrequency = (c: Case): Case => planted(c, () => [0, 0]);

/** The sums of the two layers are opposite, and not 0: at depth 2 the coefficient at frequency 0 is never positive. */
export const balancedCoordinate = (c: Case): Case =>
  planted(c, (draw) => {
    const sum = draw() || 4;
    return [sum, -sum];
  });

export const DEAD: Plant = Object.freeze({ name: "dead frequency", into: deadFrequency });
export const BALANCED: Plant = Object.freeze({ name: "balanced", into: balancedCoordinate });
