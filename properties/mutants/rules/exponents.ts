/**
 * The theorems about stationary points of bridge penalties with another exponent, or in the other domain: of the Fourier
 * coefficients in place of the entries, or the reverse. Judged with the run's own multipliers, since with fitted ones nearly
 * every exponent passes where as many margins are active as there are coefficients.
 */
import { convFourierBridge } from "../../../proofs/theorems/conv-fourier-bridge.js";
import { diagonalBridge } from "../../../proofs/theorems/diagonal-bridge.js";
import { type BridgeName, bridgeClaimId, EXPONENTS } from "../../../src/kernel/backing.js";
import { limitIsStationaryFor } from "../../../src/verify/claims/fourier-bridge.js";
import type { Claim, Theorem } from "../../../src/verify/theorem.js";
import type { CaseSpace } from "../../arbitraries/case.js";
import { claiming, equivalent, type Made, type Mutant, type Rule, refuted } from "../mutant.js";
import { atDepths, SMALL_CONV, SMALL_DIAGONAL } from "../small.js";

const lowest = (n: number, d: number): { readonly n: number; readonly d: number } => {
  const both = n % 2 === 0 && d % 2 === 0 ? 2 : 1; // the numerators are 1 and 2
  return { n: n / both, d: d / both };
};

export const bridgeClaim = (name: BridgeName): Claim =>
  limitIsStationaryFor({
    id: bridgeClaimId(name),
    statement: `the limit is a first-order stationary point of the ${name.space} bridge penalty with p = ${name.exponent} subject to margins >= 1`,
    penalty(depth) {
      const [n, d] = EXPONENTS[name.exponent](depth);
      return { space: name.space, p: lowest(n, d) };
    },
  });

export function bridgeMade(of: Theorem, rule: Rule, id: string, name: BridgeName, space: CaseSpace): Made {
  return { of, rule, theorem: claiming(of, id, bridgeClaim(name)), space };
}

/** At depths where the exponent is another than 2/L, and none of one layer, where everything is simple. */
const WRONG: readonly (readonly [BridgeName["exponent"], least: number, most: number])[] = [
  ["1/L", 3, 4],
  ["2/(L+1)", 3, 4],
  ["2/(L-1)", 3, 4],
  ["2/L^2", 3, 4],
  ["1", 3, 4],
  ["2", 2, 4],
  ["1/2", 2, 3],
  ["2/3", 2, 2],
];
const DOMAIN: readonly BridgeName["exponent"][] = ["2/L", "1/L", "1", "1/2"];

interface Family {
  readonly of: Theorem;
  readonly own: BridgeName["space"];
  readonly other: BridgeName["space"];
  readonly space: CaseSpace;
}
const FAMILIES: readonly Family[] = [
  { of: convFourierBridge, own: "fourier", other: "signal", space: SMALL_CONV },
  { of: diagonalBridge, own: "signal", other: "fourier", space: SMALL_DIAGONAL },
];

const PARSEVAL =
  "at depth 1 the exponent is 2, and sum |bhat_k|^2 = sum b_d^2 for the unitary transform: one penalty, whatever the domain";
const ONE_EXPONENT = (depth: number, p: string): string =>
  `at depth ${depth} the exponent 2/L is ${p}: it is the theorem itself at this depth`;

export const EXPONENT_MUTANTS: readonly Mutant[] = Object.freeze(
  FAMILIES.flatMap(({ of, own, other, space }) => [
    ...WRONG.map(([exponent, least, most]) =>
      refuted(
        bridgeMade(of, "wrong exponent", `p=${exponent}`, { space: own, exponent }, atDepths(space, least, most)),
        "bridge-residual",
      ),
    ),
    ...DOMAIN.map((exponent) =>
      refuted(
        bridgeMade(of, "wrong domain", `${other}:p=${exponent}`, { space: other, exponent }, atDepths(space, 2, 4)),
        "bridge-residual",
      ),
    ),
    ...(
      [
        ["1", 2],
        ["2", 1],
        ["2/3", 3],
      ] as const
    ).map(([exponent, depth]) =>
      equivalent(
        bridgeMade(
          of,
          "wrong exponent",
          `p=${exponent}/depth-${depth}`,
          { space: own, exponent },
          atDepths(space, depth),
        ),
        ONE_EXPONENT(depth, exponent),
      ),
    ),
    equivalent(
      bridgeMade(of, "wrong domain", `${other}:p=2/L/depth-1`, { space: other, exponent: "2/L" }, atDepths(space, 1)),
      PARSEVAL,
    ),
  ]),
);
