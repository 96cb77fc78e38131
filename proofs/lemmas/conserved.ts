/**
 * Balancedness and the other conserved quantities of gradient flow: how many there are of degree at most 2, and that there are
 * no others of that degree, for the networks of the paper. On each instance the judge accepts the whole space as a nullspace
 * (exact/conserved.ts, kind `nullspace`), and its dimension is held to the formula. Not used by the dynamics: these say what a
 * run keeps of its initialization. Source: theory of linear networks; Gunasekar et al. 2018 for the architectures.
 */
import { judge } from "../../src/certify/judge.js";
import { nullspaceCertificate } from "../../src/exact/certificates.js";
import { conservedQuantities } from "../../src/exact/conserved.js";
import type { Parameterization } from "../../src/models/architecture.js";
import { convolutional } from "../../src/models/architectures/convolutional.js";
import { diagonal } from "../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../src/models/architectures/fully-connected.js";
import { linearConvolutional } from "../../src/models/architectures/linear-convolutional.js";
import { lemma, type NodeCheck, type ProofNode } from "../../src/verify/proof-node.js";
import { chainRule } from "./chain-rule.js";

/** Exactly `expected` independent ones, and no more, accepted by the judge. */
export function countHolds(P: Parameterization, expected: number): boolean {
  const { map } = P.exact();
  const found = map === null ? null : conservedQuantities(map);
  if (map === null || found?.found !== true || found.basis.length !== expected) return false;
  return judge(nullspaceCertificate(map.names, map.coordinates, found.basis)).accepted;
}

function counted(instances: readonly (readonly [Parameterization, number])[], words: string): NodeCheck {
  const failed = instances.find(([P, expected]) => !countHolds(P, expected));
  return failed === undefined
    ? { holds: true, evidence: "sampled", why: `decided exactly, with certificates, for ${words}` }
    : { holds: false, evidence: "assumed", why: `it fails for ${failed[0].architecture}, ${failed[1]} expected` };
}

const triangle = (h: number): number => (h * (h + 1)) / 2;
const source = { key: "gunasekar-2018", locator: "architectures; conserved quantities derived here" } as const;

export const conservedFullyConnected = lemma({
  id: "conserved-fully-connected",
  statement:
    "for a fully connected network with inputs in R^D, D > 1, W_(l+1)^T W_(l+1) - W_l W_l^T is conserved for each hidden layer, h_l (h_l + 1) / 2 quantities, and of degree at most 2 there are no others",
  source,
  uses: [chainRule],
  argument: "Multiply the gradient of each layer by the layer itself: W_(l+1)^T dW_(l+1)/dt = (dW_l/dt) W_l^T.",
  check: () =>
    counted(
      [
        [fullyConnected.build({ dim: 3, depth: 2, widths: [2] }), triangle(2)],
        [fullyConnected.build({ dim: 2, depth: 2, widths: [3] }), triangle(3)],
        [fullyConnected.build({ dim: 2, depth: 3, widths: [2] }), 2 * triangle(2)],
        [fullyConnected.build({ dim: 2, depth: 4, widths: [1] }), 3],
      ],
      "widths 1 to 3 and depth 2 to 4",
    ),
});

export const conservedDiagonal = lemma({
  id: "conserved-diagonal",
  statement:
    "for a diagonal network w_l,d^2 - w_(l+1),d^2 is conserved in each coordinate, (L - 1) D quantities, and of degree at most 2 there are no others",
  source,
  uses: [chainRule],
  argument: "w_l,d times its velocity is beta_d r_d in every layer.",
  check: () =>
    counted(
      [2, 3, 4].flatMap((depth) =>
        [1, 2, 3].map((dim) => [diagonal.build({ dim, depth }), (depth - 1) * dim] as const),
      ),
      "D = 1 to 3 and depth 2 to 4",
    ),
});

export const conservedConvolutional = lemma({
  id: "conserved-convolutional",
  statement:
    "for a full-width circular network |what_l,k|^2 - |what_(l+1),k|^2 is conserved at each frequency, (L - 1) (D/2 + 1) quantities with D/2 rounded down, and of degree at most 2 there are no others; with shorter filters, or without the circle, only |w_l|^2 - |w_(l+1)|^2 is",
  source,
  uses: [chainRule],
  argument:
    "conj(what_l,k) times its velocity is conj(betahat_k) rhat_k in every layer; the real part is half the rate of its squared modulus.",
  check: () =>
    counted(
      [
        ...[1, 2, 3, 4, 5, 6].map((dim) => [convolutional.build({ dim, depth: 2 }), Math.floor(dim / 2) + 1] as const),
        ...[2, 3, 4].map((dim) => [convolutional.build({ dim, depth: 3 }), 2 * (Math.floor(dim / 2) + 1)] as const),
        [convolutional.build({ dim: 5, depth: 2, kernel: 2 }), 1] as const,
        [convolutional.build({ dim: 4, depth: 3, kernel: 3 }), 2] as const,
        [linearConvolutional.build({ dim: 4, depth: 2, filters: [3, 2] }), 1] as const,
      ],
      "D = 1 to 6 at depth 2, D = 2 to 4 at depth 3, kernels 2 of 5 and 3 of 4, and filters of 3 and 2",
    ),
});

export const CONSERVED: readonly ProofNode[] = [conservedFullyConnected, conservedDiagonal, conservedConvolutional];
