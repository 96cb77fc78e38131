/**
 * Theorems without the hypothesis that the initialization is generic: false at depth 2, where a dead frequency or a coordinate
 * balanced against its sign stays as it is for ever; true deeper, where the penalty asks nothing of what is 0.
 */
import { convDepth2FourierL1 } from "../../../proofs/theorems/conv-depth-2-fourier-l1.js";
import { convFourierBridge, fourierBridgeClaim } from "../../../proofs/theorems/conv-fourier-bridge.js";
import type { Theorem } from "../../../src/verify/theorem.js";
import { implied, type Made, type Mutant, type Plant, refuted, without } from "../mutant.js";
import { BALANCED, DEAD } from "../planted.js";
import { atDepths, SMALL_CONV } from "../small.js";

export const anyInitialization = (of: Theorem, where: string, says: string): Theorem =>
  without(of, "generic-initialization", `any-initialization${where}`, `from every initialization ${says}`);

const made = (of: Theorem, where: string, says: string, plant: Plant, depth: number): Made => ({
  of,
  rule: "dropped hypothesis",
  theorem: anyInitialization(of, where, says),
  space: { ...atDepths(SMALL_CONV, depth), maxDim: depth === 2 ? 2 : 4 }, // a planted start keeps its dimension while a case is simplified
  plant,
});

export const L1_SAYS = "the predictor converges in direction to a maximizer of the margin over the Fourier l1 norm";
export const BRIDGE_SAYS = fourierBridgeClaim.statement;

export const HYPOTHESIS_MUTANTS: readonly Mutant[] = Object.freeze([
  refuted(made(convDepth2FourierL1, "/dead", L1_SAYS, DEAD, 2), "margin-gap"),
  refuted(made(convDepth2FourierL1, "/balanced", L1_SAYS, BALANCED, 2), "margin-gap"),
  refuted(made(convFourierBridge, "/dead", BRIDGE_SAYS, DEAD, 2), "bridge-residual"),
  refuted(made(convFourierBridge, "/balanced", BRIDGE_SAYS, BALANCED, 2), "bridge-residual"),
  implied(
    made(convFourierBridge, "/depth-3", BRIDGE_SAYS, DEAD, 3),
    "for p < 1 the penalty has infinite slope at 0, so the conditions ask nothing of a coefficient that is dead, and the theorem itself does not use the hypothesis there",
  ),
]);
