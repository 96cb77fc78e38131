/**
 * Standard normal numbers from uniform words by Box and Muller 1958, with elementary functions that give the same bits
 * on every engine. Cost: one logarithm, one sine, one cosine for two numbers.
 */
import type { RandomStream } from "../kernel/seed.js";
import { cos, log, sin } from "./elementary.js";

const TWO_PI = 6.283185307179586;

export function gaussian(stream: RandomStream): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * log(1 - stream.uniform())); // 1 - u is in (0, 1]
    const angle = TWO_PI * stream.uniform();
    spare = radius * sin(angle);
    return radius * cos(angle);
  };
}
