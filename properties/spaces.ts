/** The case spaces of the campaigns: which random cases each theorem is tested on, by its id and dynamics. */
import type { CaseSpace } from "./arbitraries/case.js";

export const FULLY_CONNECTED_FLOW: CaseSpace = {
  architecture: "fully-connected",
  maxPoints: 10,
  minDim: 2,
  maxDim: 8,
  depths: [1, 4],
  maxEntry: 20,
  optimizer: "normalized-gradient-descent",
  eta: null,
  goal: 0.005,
  maxSteps: 20_000,
};

/** Small, so that a shrunk counterexample is readable and found fast; a fine goal, so that its error bar is small. */
export const MUTANTS: CaseSpace = {
  ...FULLY_CONNECTED_FLOW,
  maxPoints: 3,
  maxDim: 3,
  maxEntry: 6,
  goal: 1e-3,
};

/**
 * Plain descent with bounded steps: data that a few thousand steps can bring near their limit. Its norm grows like log t,
 * so most cases stay inconclusive; they are run for what they show, and none may be refuted.
 */
export const FULLY_CONNECTED_DESCENT: CaseSpace = {
  ...FULLY_CONNECTED_FLOW,
  maxPoints: 4,
  maxDim: 3,
  depths: [1, 2],
  optimizer: "gradient-descent",
  eta: 1,
  goal: 0.05,
};

const SPACES: Readonly<Record<string, Readonly<Record<string, CaseSpace>>>> = {
  "fully-connected-l2": {
    "gradient-flow": FULLY_CONNECTED_FLOW,
    "gradient-descent": FULLY_CONNECTED_DESCENT,
  },
};

/** The space of a theorem's entry, or null where there is none. */
export const spaceOf = (theorem: string, dynamics: string): CaseSpace | null => SPACES[theorem]?.[dynamics] ?? null;
