/**
 * Choices drawn from a stream of random words: integers of a range and members of a list, the same on every engine. The word 0
 * stands for the plainest choice, the first one, so that a generator which is fed smaller words makes a plainer case.
 */
import { type RandomStream, randomStream } from "../../src/kernel/seed.js";

export interface Draw {
  /** Of least, least + 1, ..., most. */
  integer(least: number, most: number): number;
  /** A member of a list, by its place alone. */
  pick<T>(from: readonly T[]): T;
}

export function drawFrom({ uint32 }: Pick<RandomStream, "uint32">): Draw {
  const integer = (least: number, most: number): number => least + (uint32() % (most - least + 1));
  return { integer, pick: (from) => from[integer(0, from.length - 1)]! };
}

export const drawOf = (seed: bigint, label: string): Draw => drawFrom(randomStream(seed, label));
