/** The catalogue: every theorem the toolkit verifies, by its id on the command line. */
import type { Theorem } from "../src/verify/theorem.js";
import { convDepth2FourierL1 } from "./theorems/conv-depth-2-fourier-l1.js";
import { convFourierBridge } from "./theorems/conv-fourier-bridge.js";
import { diagonalBridge } from "./theorems/diagonal-bridge.js";
import { fullyConnectedL2 } from "./theorems/fully-connected-l2.js";

export const THEOREMS: readonly Theorem[] = Object.freeze([
  fullyConnectedL2,
  convFourierBridge,
  convDepth2FourierL1,
  diagonalBridge,
]);

/** Does the scope of the theorem name this network? */
export const covers = ({ scope }: Theorem, architecture: string, depth: number): boolean =>
  scope.architectures.includes(architecture) && (scope.depth ?? depth) === depth;

/** The theorem that speaks of this network, or null: of two, the one for its depth alone, which says more. */
export function theoremFor(architecture: string, depth: number): Theorem | null {
  const all = THEOREMS.filter((t) => covers(t, architecture, depth));
  return all.find(({ scope }) => scope.depth === depth) ?? all[0] ?? null;
}
