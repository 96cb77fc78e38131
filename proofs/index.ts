/** The catalogue: every theorem the toolkit verifies, by its id on the command line. */
import type { CaseOptions } from "../src/kernel/case.js";
import type { Theorem } from "../src/verify/theorem.js";
import { convDepth2FourierL1 } from "./theorems/conv-depth-2-fourier-l1.js";
import { convFourierBridge } from "./theorems/conv-fourier-bridge.js";
import { diagonalBridge } from "./theorems/diagonal-bridge.js";
import { fullyConnectedL2 } from "./theorems/fully-connected-l2.js";
import { homogeneousKkt } from "./theorems/homogeneous-kkt.js";

export const THEOREMS: readonly Theorem[] = Object.freeze([
  fullyConnectedL2,
  convFourierBridge,
  convDepth2FourierL1,
  diagonalBridge,
  homogeneousKkt,
]);

/** A network, as far as the scopes of theorems tell networks apart; a Case is one. */
export interface NetworkOfCase {
  readonly architecture: string;
  readonly depth: number;
  readonly options?: CaseOptions;
}

/** Does the scope of the theorem name this network? A kernel of its own makes it another than the name says. */
export const covers = ({ scope }: Theorem, { architecture, depth, options }: NetworkOfCase): boolean =>
  (scope.architectures === "any" || (scope.architectures.includes(architecture) && options?.kernel === undefined)) &&
  (scope.depth ?? depth) === depth;

/** The theorem that says most of this network: of several one for its depth alone, then one that names it. */
export function theoremFor(network: NetworkOfCase): Theorem {
  const all = THEOREMS.filter((t) => covers(t, network));
  return (
    all.find(({ scope }) => scope.depth === network.depth) ??
    all.find(({ scope }) => scope.architectures !== "any") ??
    homogeneousKkt
  );
}
