/** The case spaces of the mutants: small, so that a shrunk counterexample is readable and found fast; so is its certificate. */
import type { CaseSpace } from "../arbitraries/case.js";
import { CONVOLUTIONAL_FLOW, DIAGONAL_FLOW, MUTANTS } from "../spaces.js";

const SIZE = { maxPoints: 3, maxDim: 4, maxEntry: 6 } as const;

export const SMALL_FULL: CaseSpace = MUTANTS;
/** One block a frequency. */
export const SMALL_CONV: CaseSpace = { ...CONVOLUTIONAL_FLOW, ...SIZE };
export const SMALL_DIAGONAL: CaseSpace = { ...DIAGONAL_FLOW, ...SIZE };

/** Any of the three. */
export const SMALL_ANY: CaseSpace = {
  ...SMALL_CONV,
  networks: [...SMALL_FULL.networks, ...SMALL_DIAGONAL.networks, ...SMALL_CONV.networks],
};

export const atDepths = (space: CaseSpace, least: number, most = least): CaseSpace => ({
  ...space,
  depths: [least, most],
});
/** Two coordinates cannot tell some things apart: a flip from a mirror, say. */
export const fromDim = (space: CaseSpace, minDim: number): CaseSpace => ({ ...space, minDim });
