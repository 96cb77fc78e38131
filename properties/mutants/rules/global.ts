/**
 * The theorems about stationary points with "global minimizer" in place of "stationary point": false from depth 3 on, where the
 * penalty is not convex and the path chooses among many; true before.
 */
import { convFourierBridge } from "../../../proofs/theorems/conv-fourier-bridge.js";
import { diagonalBridge } from "../../../proofs/theorems/diagonal-bridge.js";
import type { Penalty } from "../../../src/exact/bridge.js";
import { minimumClaimId } from "../../../src/kernel/backing.js";
import { bridgeExponent } from "../../../src/verify/claims/fourier-bridge.js";
import { limitIsFourierL1MaxMargin } from "../../../src/verify/claims/fourier-l1.js";
import { limitIsGlobalMinimum } from "../../../src/verify/claims/global-minimum.js";
import type { Theorem } from "../../../src/verify/theorem.js";
import type { CaseSpace } from "../../arbitraries/case.js";
import { claiming, implied, type Mutant, refuted } from "../mutant.js";
import { atDepths, SMALL_CONV, SMALL_DIAGONAL } from "../small.js";

function globally(of: Theorem, space: Penalty["space"], cases: CaseSpace, id: string): Mutant {
  const claim = limitIsGlobalMinimum({
    id: minimumClaimId(space),
    statement: `the limit is a global minimizer of the ${space} bridge penalty with p = 2/L subject to margins >= 1`,
    penalty: (L) => ({ space, p: bridgeExponent(L) }),
  });
  return refuted({ of, rule: "global minimum", theorem: claiming(of, id, claim), space: cases }, "smaller-penalty");
}

const CONVEX =
  "the penalty of depth 2 is a norm: a stationary point of a convex problem is a global minimizer, so this is Theorem 2 in other words";

export const GLOBAL_MUTANTS: readonly Mutant[] = Object.freeze([
  implied(
    {
      ...{ of: convFourierBridge, rule: "global minimum" },
      theorem: claiming(convFourierBridge, "global/depth-2", limitIsFourierL1MaxMargin),
      space: atDepths(SMALL_CONV, 2),
    },
    CONVEX,
  ),
  globally(convFourierBridge, "fourier", atDepths(SMALL_CONV, 3), "global/depth-3"),
  globally(convFourierBridge, "fourier", atDepths(SMALL_CONV, 4), "global/depth-4"),
  globally(diagonalBridge, "signal", atDepths(SMALL_DIAGONAL, 3), "global/depth-3"),
  globally(diagonalBridge, "signal", atDepths(SMALL_DIAGONAL, 4), "global/depth-4"),
]);
