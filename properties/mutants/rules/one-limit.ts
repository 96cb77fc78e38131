/**
 * "The limit is the same, whatever ...": true of fully connected networks, whose limit is one optimum; false of convolutional and
 * diagonal ones from depth 3 on, where the path chooses among many stationary points, and of their depth, which makes the penalty.
 */
import { convFourierBridge } from "../../../proofs/theorems/conv-fourier-bridge.js";
import { diagonalBridge } from "../../../proofs/theorems/diagonal-bridge.js";
import { fullyConnectedL2 } from "../../../proofs/theorems/fully-connected-l2.js";
import { sameLimitClaimId } from "../../../src/kernel/backing.js";
import type { Case } from "../../../src/kernel/case.js";
import { limitIsThatOf } from "../../../src/verify/claims/same-limit.js";
import type { Theorem } from "../../../src/verify/theorem.js";
import type { CaseSpace } from "../../arbitraries/case.js";
import { claiming, equivalent, type Made, type Mutant, refuted } from "../mutant.js";
import { atDepths, SMALL_CONV, SMALL_DIAGONAL, SMALL_FULL } from "../small.js";

interface Other {
  readonly name: string;
  readonly words: string;
  readonly of: (c: Case) => Case;
}

const SEED: Other = {
  ...{ name: "any-start", words: "from another random initialization" },
  of: (c) => ({ ...c, seed: String(BigInt(c.seed) + 1n) }),
};
const SCALE: Other = {
  ...{ name: "any-scale", words: "from a tenth of the initialization" },
  of: (c) => (c.init.kind === "gaussian" ? { ...c, init: { ...c.init, scale: c.init.scale / 10 } } : c),
};
const UNIT: Other = {
  ...{ name: "any-unit", words: "on the data times 100" },
  of: (c) => {
    const X = c.data.json.X.map((row) => row.map((x) => (100n * BigInt(x)).toString()));
    return { ...c, data: { ...c.data, json: { ...c.data.json, X } } };
  },
};
const DEPTH: Other = {
  ...{ name: "any-depth", words: "of the network with one layer more" },
  of: (c) => ({ ...c, depth: c.depth + 1, widths: c.widths === null ? null : c.widths.slice(0, 1) }),
};

function made(of: Theorem, { name, words, of: other }: Other, space: CaseSpace): Made {
  const claim = limitIsThatOf(
    sameLimitClaimId(name),
    `the predictor converges in direction to the limit ${words}`,
    other,
  );
  return { of, rule: "one limit", theorem: claiming(of, name, claim), space };
}

const ONE =
  "the l2 max margin of the data is one direction, to which the theorem says both runs go, whatever their depth and start";

const [CONV, DIAGONAL] = [atDepths(SMALL_CONV, 3), atDepths(SMALL_DIAGONAL, 3)];
const FULL = atDepths(SMALL_FULL, 2, 3);

export const ONE_LIMIT_MUTANTS: readonly Mutant[] = Object.freeze([
  ...[SEED, SCALE, UNIT].flatMap((other) => [
    refuted(made(convFourierBridge, other, CONV), "two-limits"),
    refuted(made(diagonalBridge, other, DIAGONAL), "two-limits"),
  ]),
  refuted(made(convFourierBridge, DEPTH, atDepths(SMALL_CONV, 2)), "two-limits"),
  refuted(made(diagonalBridge, DEPTH, atDepths(SMALL_DIAGONAL, 2)), "two-limits"),
  ...[SEED, SCALE, UNIT, DEPTH].map((other) => equivalent(made(fullyConnectedL2, other, FULL), ONE)),
]);
