/**
 * Choices drawn from a stream of random words: integers of a range and members of a list, the same on every engine. The word 0
 * stands for the plainest choice (the first one, the number 0), so that smaller words make a plainer case.
 */
import { type RandomStream, randomStream } from "../../src/kernel/seed.js";

export interface Draw {
  /** Of least, least + 1, ..., most. */
  integer(least: number, most: number): number;
  /** Of -most, ..., most, each as often. */
  signed(most: number): number;
  /** Of -most, ..., most, most often near 0: a sum of three, Gaussian but for its tails. */
  bell(most: number): number;
  /** A member of a list, by its place alone. */
  pick<T>(from: readonly T[]): T;
}

export function drawFrom({ uint32 }: Pick<RandomStream, "uint32">): Draw {
  const integer = (least: number, most: number): number => least + (uint32() % (most - least + 1));
  const signed = (most: number): number => {
    const k = integer(0, 2 * most);
    return k % 2 === 0 ? -k / 2 + 0 : (k + 1) / 2;
  };
  return {
    integer,
    signed,
    bell(most) {
      const third = Math.floor(most / 3);
      return signed(third) + signed(third) + signed(most - 2 * third);
    },
    pick: (from) => from[integer(0, from.length - 1)]!,
  };
}

export const drawOf = (seed: bigint, label: string): Draw => drawFrom(randomStream(seed, label));
