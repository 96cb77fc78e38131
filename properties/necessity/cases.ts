/**
 * The counterexamples: for a hypothesis a case on which the theorem without it is refuted, and which satisfies all the others.
 * Those of loss and optimizer are linear models, depth 1 of all networks here: there each theorem claims the l2 max margin (the
 * penalty is |b|_2^2, the only KKT point its optimum), and that is what is judged. Their limits are known in closed form: with the
 * tail m^(-2) and points along the axes sum m_n^(-2) is least on the circle; sign descent goes along (1, 1).
 */
import { THEOREMS } from "../../proofs/index.js";
import type { Case, CaseInit } from "../../src/kernel/case.js";
import { limitIsL2MaxMargin } from "../../src/verify/claims/limit-direction.js";
import type { Dynamics, Theorem } from "../../src/verify/theorem.js";
import { polynomialTail, signDescent } from "./means.js";

export interface Counterexample {
  readonly theorem: Theorem;
  readonly dynamics: Dynamics;
  readonly hypothesis: string;
  /** The theorem with the claim that is judged, all its hypotheses kept. */
  readonly asked: Theorem;
  readonly case: Case;
}

const FLOW = { optimizer: "normalized-gradient-descent", eta: null } as const;

function caseOf(architecture: string, X: readonly (readonly string[])[], init: CaseInit, changes: Partial<Case>): Case {
  return {
    version: 1,
    ...{ architecture, depth: 1, widths: null, loss: "exponential" },
    data: { name: "counterexample", shape: [X[0]!.length], json: { scale: "1", X, y: X.map(() => 1) } },
    ...{ ...FLOW, init, seed: "1" },
    ...{ tolerance: 1e-2, goal: 1e-2, budget: { steps: 20_000, seconds: null } },
    ...changes,
  };
}

const GAUSSIAN: CaseInit = { kind: "gaussian", scale: 1 };
const theoremNamed = (id: string): Theorem => {
  const found = THEOREMS.find((t) => t.id === id);
  if (found === undefined) throw new Error(`necessity: expected a theorem of the catalogue, got ${id}`);
  return found;
};

/** The theorem at depth 1, in its l2 form, with the means that it excludes at hand. */
function linear(theorem: Theorem): Theorem {
  const claimed = (dynamics: Dynamics): Theorem["entries"][Dynamics] => ({
    ...theorem.entries[dynamics],
    claims: [limitIsL2MaxMargin],
  });
  return {
    ...theorem,
    regularizer: "l2",
    brings: { losses: [polynomialTail], optimizers: [signDescent] },
    entries: { "gradient-flow": claimed("gradient-flow"), "gradient-descent": claimed("gradient-descent") },
  };
}

const LINEAR: readonly (readonly [theorem: string, architecture: string])[] = [
  ["fully-connected-l2", "fully-connected"],
  ["conv-fourier-bridge", "convolutional"],
  ["diagonal-bridge", "diagonal"],
  ["homogeneous-kkt", "fully-connected"],
];
const AXES = [
  ["1", "0"],
  ["0", "2"],
];

const linearOnes = LINEAR.flatMap(([id, architecture]): Counterexample[] => {
  const theorem = theoremNamed(id);
  const asked = linear(theorem);
  const tail = caseOf(architecture, AXES, GAUSSIAN, { loss: polynomialTail.name });
  const signs = { optimizer: signDescent.name, eta: 1, budget: { steps: 3000, seconds: null } };
  return [
    { theorem, asked, dynamics: "gradient-flow", hypothesis: "exponential-loss", case: tail },
    {
      ...{ theorem, asked, dynamics: "gradient-descent", hypothesis: "exponential-loss" },
      case: { ...tail, optimizer: "gradient-descent", eta: 1e12 },
    },
    {
      ...{ theorem, asked, dynamics: "gradient-descent", hypothesis: "gradient-steps" },
      case: caseOf(architecture, [["2", "1"]], GAUSSIAN, signs),
    },
  ];
});

/** Depth 2, with the first coefficient (of frequency 0, or the first entry) dead: what is left is worse. */
const dead = (
  id: string,
  architecture: string,
  layers: readonly (readonly (readonly number[])[])[],
): Counterexample => ({
  ...{ theorem: theoremNamed(id), asked: theoremNamed(id) },
  ...{ dynamics: "gradient-flow", hypothesis: "generic-initialization" },
  case: caseOf(architecture, [["2", "1"]], { kind: "layers", layers }, { depth: 2, tolerance: 1e-8, goal: 1e-8 }),
});
const NO_CONSTANT = [[[0, 0]], [[1, -1]]];
const NO_FIRST = [[[0, 1]], [[0, 0.5]]];

export const COUNTEREXAMPLES: readonly Counterexample[] = Object.freeze([
  ...linearOnes,
  dead("conv-depth-2-fourier-l1", "convolutional", NO_CONSTANT),
  dead("conv-fourier-bridge", "convolutional", NO_CONSTANT),
  dead("diagonal-bridge", "diagonal", NO_FIRST),
]);
