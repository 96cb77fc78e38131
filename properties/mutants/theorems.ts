/** Mutants by the names under which tests of other rooms look at them: false theorems to hold a document or a judge against. */
import { convDepth2FourierL1 } from "../../proofs/theorems/conv-depth-2-fourier-l1.js";
import { convFourierBridge } from "../../proofs/theorems/conv-fourier-bridge.js";
import type { BridgeName } from "../../src/kernel/backing.js";
import type { Theorem } from "../../src/verify/theorem.js";
import { claiming } from "./mutant.js";
import { mutantNamed } from "./registry.js";
import { bridgeClaim } from "./rules/exponents.js";
import { anyInitialization, BRIDGE_SAYS, L1_SAYS } from "./rules/hypotheses.js";

function theoremOf(id: string): Theorem {
  const mutant = mutantNamed(id);
  if (mutant === null) throw new Error(`mutants: expected an id of the registry, got ${id}`);
  return mutant.theorem;
}

/** The limit of fully connected networks, by another norm or none. */
export const THEOREM_MUTANTS: readonly Theorem[] = Object.freeze(
  ["l1", "linf", "mean"].map((id) => theoremOf(`fully-connected-l2~${id}`)),
);

const bridgeMutant = (id: string, name: BridgeName): Theorem => claiming(convFourierBridge, id, bridgeClaim(name));

/** The limit of convolutional networks, by another exponent or without the transform; `truth` is the depth where it is none. */
export const BRIDGE_MUTANTS: readonly { readonly mutant: Theorem; readonly truth: number | null }[] = Object.freeze([
  { mutant: bridgeMutant("p=1", { space: "fourier", exponent: "1" }), truth: 2 },
  { mutant: bridgeMutant("no-transform", { space: "signal", exponent: "2/L" }), truth: 1 },
]);

/** Without the hypothesis that the initialization is generic: false at depth 2 where it is not (planted.ts), true elsewhere. */
export const L1_FROM_ANYWHERE: Theorem = anyInitialization(convDepth2FourierL1, "", L1_SAYS);
export const BRIDGE_FROM_ANYWHERE: Theorem = anyInitialization(convFourierBridge, "", BRIDGE_SAYS);
