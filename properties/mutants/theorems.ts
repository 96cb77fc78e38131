/**
 * False theorems: the true one with its predicted limit replaced. An adversary that cannot refute these is decoration.
 * Each must end refuted with a certificate, and its smallest counterexample is pinned in test/golden.
 */
import { fullyConnectedL2 } from "../../proofs/theorems/fully-connected-l2.js";
import { limitIs } from "../../src/verify/claims/claimed-limit.js";
import type { Claim, Dynamics, Entry, Theorem } from "../../src/verify/theorem.js";

function mutant(id: string, claim: Claim): Theorem {
  const entry = (dynamics: Dynamics): Entry => ({ ...fullyConnectedL2.entries[dynamics], claims: [claim] });
  return Object.freeze({
    ...fullyConnectedL2,
    id: `${fullyConnectedL2.id}~${id}`,
    statement: claim.statement,
    entries: { "gradient-flow": entry("gradient-flow"), "gradient-descent": entry("gradient-descent") },
  });
}

export const THEOREM_MUTANTS: readonly Theorem[] = Object.freeze([
  mutant(
    "l1",
    limitIs(
      { kind: "max-margin", regularizer: "l1" },
      "the predictor converges in direction to an l1 max-margin solution",
    ),
  ),
  mutant(
    "linf",
    limitIs(
      { kind: "max-margin", regularizer: "linf" },
      "the predictor converges in direction to an l-infinity max-margin solution",
    ),
  ),
  mutant("mean", limitIs({ kind: "mean" }, "the predictor converges in direction to the mean of the y_n x_n")),
]);
