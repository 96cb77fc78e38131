/**
 * A max margin over another norm, judged by the gap to a witness: of fully connected networks, of convolutional and diagonal ones
 * of depth 2, and that of depth 2 said one layer too few or too many, or of other networks.
 */
import { convDepth2FourierL1 } from "../../../proofs/theorems/conv-depth-2-fourier-l1.js";
import { diagonalBridge } from "../../../proofs/theorems/diagonal-bridge.js";
import { fullyConnectedL2 } from "../../../proofs/theorems/fully-connected-l2.js";
import { limitIsMaxMarginOf } from "../../../src/verify/claims/max-margin-of.js";
import type { Theorem } from "../../../src/verify/theorem.js";
import type { CaseSpace } from "../../arbitraries/case.js";
import { claiming, equivalent, type Made, type Mutant, refuted, without } from "../mutant.js";
import { atDepths, SMALL_CONV, SMALL_DIAGONAL, SMALL_FULL } from "../small.js";
import { CIRCULAR_NETWORKS, onNetwork } from "./networks.js";

const made = (of: Theorem, norm: string, space: CaseSpace): Made => ({
  of,
  rule: "wrong norm",
  theorem: claiming(of, `margin:${norm}`, limitIsMaxMarginOf(norm)),
  space,
});
const all = (of: Theorem, space: CaseSpace, norms: readonly string[]): Mutant[] =>
  norms.map((norm) => refuted(made(of, norm, space), "margin-gap"));

const CONV_2 = atDepths(SMALL_CONV, 2);
const DIAGONAL_2 = atDepths(SMALL_DIAGONAL, 2);

/** Depth is what makes the penalty: one layer less is the l2 margin, one more is not convex. */
const atDepth = (depth: number): Mutant =>
  refuted(
    {
      ...{ of: convDepth2FourierL1, rule: "wrong architecture" },
      theorem: without(
        convDepth2FourierL1,
        "generic-initialization",
        `at-depth-${depth}`,
        `at depth ${depth} as well: ${convDepth2FourierL1.entries["gradient-flow"].claims[0].statement}`,
      ),
      space: atDepths(SMALL_CONV, depth),
    },
    "margin-gap",
  );

export const MARGIN_MUTANTS: readonly Mutant[] = Object.freeze([
  ...all(fullyConnectedL2, SMALL_FULL, ["lp:4/3", "lp:3", "fourier-l1"]),
  ...all(convDepth2FourierL1, CONV_2, ["l1", "linf", "l2", "lp:4/3", "lp:3"]),
  ...all(diagonalBridge, DIAGONAL_2, ["linf", "lp:4/3", "lp:3", "fourier-l1"]),
  ...[1, 3].map(atDepth),
  ...CIRCULAR_NETWORKS.map((other) =>
    refuted(onNetwork(convDepth2FourierL1, { ...other, depths: [2, 2] }), "margin-gap"),
  ),
  equivalent(
    made(fullyConnectedL2, "l2", SMALL_FULL),
    "the l2 max margin has one direction, so to have the best margin and to have that direction are one",
  ),
  equivalent(
    made(diagonalBridge, "l1", DIAGONAL_2),
    "at depth 2 the penalty is the l1 norm: a stationary point of a convex problem has the best margin, and the reverse",
  ),
  equivalent(
    made(convDepth2FourierL1, "fourier-l21", CONV_2),
    "with one channel the group of a frequency is its one coefficient, so the norm is the Fourier l1 norm itself",
  ),
]);
