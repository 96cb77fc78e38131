/**
 * What is drawn here as arbitraries of fast-check, for the tests of other projects: the words that a draw is made of are an array
 * that fast-check makes and shrinks, and smaller words make plainer values. Words that are missing count as 0.
 */
import fc from "fast-check";
import type { Case } from "../../src/kernel/case.js";
import { drawCase } from "./case.js";
import { type Draw, drawFrom } from "./draw.js";
import type { CaseSpace } from "./space.js";

/** Anything that is a function of a draw of at most so many words. */
export function arbitraryOf<T>(words: number, of: (draw: Draw) => T): fc.Arbitrary<T> {
  const word = fc.nat({ max: 0xffffffff });
  return fc.array(word, { minLength: words, maxLength: words, size: "max" }).map((all) => {
    let at = 0;
    return of(drawFrom({ uint32: () => all[at++] ?? 0 }));
  });
}

/** A number in a grid takes three words; the network and the rest take some tens. */
export const wordsOf = ({ maxPoints, maxDim }: Pick<CaseSpace, "maxPoints" | "maxDim">): number =>
  3 * (maxPoints + 1) * maxDim + 64;

export const caseArbitrary = (space: CaseSpace): fc.Arbitrary<Case> =>
  arbitraryOf(wordsOf(space), (draw) => drawCase(space, draw).case);
