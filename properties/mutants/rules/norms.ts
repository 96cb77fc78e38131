/**
 * Fully connected networks said to go to a max margin of another norm, or to stationary points of another penalty; and the
 * l2 max margin said of networks that go elsewhere.
 */

import { convFourierBridge } from "../../../proofs/theorems/conv-fourier-bridge.js";
import { diagonalBridge } from "../../../proofs/theorems/diagonal-bridge.js";
import { fullyConnectedL2 } from "../../../proofs/theorems/fully-connected-l2.js";
import type { BridgeName } from "../../../src/kernel/backing.js";
import { limitIs } from "../../../src/verify/claims/claimed-limit.js";
import { limitIsL2MaxMargin } from "../../../src/verify/claims/limit-direction.js";
import { claiming, equivalent, implied, type Mutant, refuted } from "../mutant.js";
import { atDepths, SMALL_CONV, SMALL_DIAGONAL, SMALL_FULL } from "../small.js";
import { bridgeMade } from "./exponents.js";

const polyhedral = (["l1", "linf"] as const).map((regularizer) => {
  const name = regularizer === "l1" ? "an l1" : "an l-infinity";
  const claim = limitIs(
    { kind: "max-margin", regularizer },
    `the predictor converges in direction to ${name} max-margin solution`,
  );
  const theorem = claiming(fullyConnectedL2, regularizer, claim);
  return refuted({ of: fullyConnectedL2, rule: "wrong norm", theorem, space: SMALL_FULL }, "counterexample");
});

const PENALTIES: readonly BridgeName[] = [
  { space: "signal", exponent: "1" },
  { space: "signal", exponent: "1/2" },
  { space: "signal", exponent: "1/L" },
  { space: "fourier", exponent: "1" },
  { space: "fourier", exponent: "1/2" },
];
const penalties = PENALTIES.map((name) =>
  refuted(
    bridgeMade(fullyConnectedL2, "wrong norm", `${name.space}:p=${name.exponent}`, name, SMALL_FULL),
    "bridge-residual",
  ),
);
/** The theorems of other networks, said of this one. */
const deeper = (["signal", "fourier"] as const).map((space) =>
  refuted(
    bridgeMade(
      fullyConnectedL2,
      "wrong norm",
      `${space}:p=2/L`,
      { space, exponent: "2/L" },
      atDepths(SMALL_FULL, 2, 4),
    ),
    "bridge-residual",
  ),
);

const elsewhere = (
  [
    [convFourierBridge, SMALL_CONV],
    [diagonalBridge, SMALL_DIAGONAL],
  ] as const
).map(([of, space]) => ({ of, rule: "wrong norm" as const, theorem: claiming(of, "l2", limitIsL2MaxMargin), space }));

const CONVEX =
  "the gradient of |b|_2^2 is parallel to z at the l2 max margin, which is its only stationary point: weaker words for the same";

export const NORM_MUTANTS: readonly Mutant[] = Object.freeze([
  ...polyhedral,
  ...penalties,
  ...deeper,
  ...elsewhere.map((made) => refuted(made, "counterexample")),
  ...elsewhere.map(({ space, theorem, ...made }) =>
    equivalent(
      { ...made, theorem: { ...theorem, id: `${theorem.id}/depth-1` }, space: atDepths(space, 1) },
      "at depth 1 the penalty is |b|_2^2, whose only stationary point is the l2 max margin",
    ),
  ),
  implied(
    bridgeMade(fullyConnectedL2, "wrong norm", "signal:p=2", { space: "signal", exponent: "2" }, SMALL_FULL),
    CONVEX,
  ),
  implied(
    bridgeMade(fullyConnectedL2, "wrong domain", "fourier:p=2", { space: "fourier", exponent: "2" }, SMALL_FULL),
    `${CONVEX}; and the transform is unitary`,
  ),
]);
