/**
 * False theorems: a true one with its predicted limit replaced, or without a hypothesis that it needs. An adversary that cannot
 * refute these is decoration. Each must end refuted with a certificate, and its smallest counterexample is pinned in test/golden.
 */
import { convDepth2FourierL1 } from "../../proofs/theorems/conv-depth-2-fourier-l1.js";
import { convFourierBridge } from "../../proofs/theorems/conv-fourier-bridge.js";
import { fullyConnectedL2 } from "../../proofs/theorems/fully-connected-l2.js";
import { type BridgeName, bridgeClaimId, EXPONENTS } from "../../src/kernel/backing.js";
import { limitIs } from "../../src/verify/claims/claimed-limit.js";
import { limitIsStationaryFor } from "../../src/verify/claims/fourier-bridge.js";
import type { Claim, Dynamics, Entry, Theorem } from "../../src/verify/theorem.js";

function changed(theorem: Theorem, id: string, statement: string, change: (e: Entry) => Entry): Theorem {
  const entry = (dynamics: Dynamics): Entry => change(theorem.entries[dynamics]);
  return Object.freeze({
    ...theorem,
    id: `${theorem.id}~${id}`,
    statement,
    entries: { "gradient-flow": entry("gradient-flow"), "gradient-descent": entry("gradient-descent") },
  });
}

const claiming = (theorem: Theorem, id: string, claim: Claim): Theorem =>
  changed(theorem, id, claim.statement, (e) => ({ ...e, claims: [claim] }));

/** The limit of fully connected networks, by another norm or none. */
export const THEOREM_MUTANTS: readonly Theorem[] = Object.freeze([
  claiming(
    fullyConnectedL2,
    "l1",
    limitIs(
      { kind: "max-margin", regularizer: "l1" },
      "the predictor converges in direction to an l1 max-margin solution",
    ),
  ),
  claiming(
    fullyConnectedL2,
    "linf",
    limitIs(
      { kind: "max-margin", regularizer: "linf" },
      "the predictor converges in direction to an l-infinity max-margin solution",
    ),
  ),
  claiming(
    fullyConnectedL2,
    "mean",
    limitIs({ kind: "mean" }, "the predictor converges in direction to the mean of the y_n x_n"),
  ),
]);

const lowest = (n: number, d: number): { readonly n: number; readonly d: number } => {
  const both = n % 2 === 0 && d % 2 === 0 ? 2 : 1; // the numerators are 1 and 2
  return { n: n / both, d: d / both };
};

function bridgeMutant(id: string, name: BridgeName): Theorem {
  const claim = limitIsStationaryFor({
    id: bridgeClaimId(name),
    statement: `the limit is a first-order stationary point of the ${name.space} bridge penalty with p = ${name.exponent} subject to margins >= 1`,
    penalty(depth) {
      const [n, d] = EXPONENTS[name.exponent](depth);
      return { space: name.space, p: lowest(n, d) };
    },
  });
  return claiming(convFourierBridge, id, claim);
}

/** The limit of convolutional networks, by another exponent or without the transform; `truth` is the depth where it is none. */
export const BRIDGE_MUTANTS: readonly { readonly mutant: Theorem; readonly truth: number | null }[] = Object.freeze([
  { mutant: bridgeMutant("p=1/L", { space: "fourier", exponent: "1/L" }), truth: null },
  { mutant: bridgeMutant("p=2/(L+1)", { space: "fourier", exponent: "2/(L+1)" }), truth: null },
  { mutant: bridgeMutant("p=1", { space: "fourier", exponent: "1" }), truth: 2 },
  { mutant: bridgeMutant("p=2", { space: "fourier", exponent: "2" }), truth: 1 },
  { mutant: bridgeMutant("no-transform", { space: "signal", exponent: "2/L" }), truth: 1 },
  { mutant: bridgeMutant("signal-l1", { space: "signal", exponent: "1" }), truth: null },
]);

const anyInitialization = (theorem: Theorem, statement: string): Theorem =>
  changed(theorem, "any-initialization", statement, (e) => ({
    ...e,
    hypotheses: e.hypotheses.filter((h) => h.id !== "generic-initialization"),
  }));

/** Without the hypothesis that the initialization is generic: false at depth 2 where it is not (planted.ts), true elsewhere. */
export const L1_FROM_ANYWHERE: Theorem = anyInitialization(
  convDepth2FourierL1,
  "from every initialization the predictor converges in direction to a maximizer of the margin over the Fourier l1 norm",
);
export const BRIDGE_FROM_ANYWHERE: Theorem = anyInitialization(
  convFourierBridge,
  "from every initialization the predictor converges in direction to a stationary point of the Fourier bridge penalty",
);
