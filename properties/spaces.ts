/** The case spaces of the campaigns: which random cases each theorem is tested on, by its id and dynamics. */
import type { CaseSpace } from "./arbitraries/case.js";

/** A bound that never binds before log(1/loss) = 690: exp(-690) is still a normal double. */
export const UNBOUNDED = 1e300;

export const FULLY_CONNECTED_FLOW: CaseSpace = {
  architecture: "fully-connected",
  maxPoints: 10,
  maxDim: 8,
  depths: [1, 4],
  maxEntry: 20,
  optimizer: "normalized-gradient-descent",
  eta: UNBOUNDED,
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
