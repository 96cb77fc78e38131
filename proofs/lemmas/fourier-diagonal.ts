/**
 * Fourier diagonalization of circular networks, in two nodes. With the unnormalized transform F and the integer polynomials
 * P~ (P = D^(-(L-1)/2) P~), F P~(w) = product of F w_l, frequency by frequency: polynomial identities over Q(zeta_D), where
 * sqrt(D) need not be. The unitary statement, betahat = product of what_l, then is a matter of scalars alone:
 * D^(-1/2) D^(-(L-1)/2) D^(L/2) = 1. No conjugate and no flip (the convention of the network is theirs to get wrong).
 * Source: Gunasekar et al. 2018, on full-width convolutional networks; Jagadeesan et al. 2021 for several channels.
 */
import { isUnit } from "../../src/exact/surd.js";
import type { Parameterization } from "../../src/models/architecture.js";
import { convolutional } from "../../src/models/architectures/convolutional.js";
import { convolutional2d } from "../../src/models/architectures/convolutional-2d.js";
import { multiChannel } from "../../src/models/architectures/multi-channel.js";
import { decideDiagonalization } from "../../src/models/fourier.js";
import { lemma, type NodeCheck } from "../../src/verify/proof-node.js";

const INSTANCES: readonly Parameterization[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((dim) => [2, 3].map((depth) => convolutional.build({ dim, depth }))),
  ...[2, 3, 4].map((dim) => convolutional.build({ dim, depth: 4 })),
  ...[1, 2, 3].map((kernel) => convolutional.build({ dim: 4, depth: 2, kernel })),
  ...[2, 3].map((depth) => convolutional2d.build({ dim: 6, depth, shape: [2, 3] })),
  multiChannel.build({ dim: 6, depth: 2, kernel: 2, channels: { out: 2, in: 2 } }),
];

const WORDS =
  "for D <= 8 at depth 2 and 3, D <= 4 at depth 4, kernels below D, the 2 x 3 torus and two channels in and out";

/** Decides every instance and asks `holds` of each. */
function decided(
  holds: (d: Extract<ReturnType<typeof decideDiagonalization>, { decided: true }>) => boolean,
): NodeCheck {
  for (const P of INSTANCES) {
    const { map } = P.exact();
    const found = map === null || P.fourier === undefined ? null : decideDiagonalization(map, P.fourier);
    if (found?.decided !== true || !holds(found))
      return { holds: false, evidence: "assumed", why: `it fails for ${P.architecture}, D = ${P.dimensions.dim}` };
  }
  return { holds: true, evidence: "sampled", why: `decided exactly, over Q(zeta_D), ${WORDS}` };
}

export const fourierDiagonal = lemma({
  id: "fourier-diagonal",
  statement: "F P~(w) = the product of the F w_l at every frequency, F the unnormalized transform",
  source: { key: "gunasekar-2018", locator: "full-width convolutional networks" },
  uses: [],
  argument: "P~ is the circular convolution of the filters, and the transform of a convolution is the product.",
  check: () => decided((d) => d.holds),
});

export const unitaryScalars = lemma({
  id: "unitary-scalars",
  statement: "with the unitary transform betahat = the product of the what_l, without a constant",
  source: { key: "gunasekar-2018", locator: "full-width convolutional networks" },
  uses: [fourierDiagonal],
  argument:
    "The unitary transform is D^(-1/2) F, the network's scalar D^(-(L-1)/2), and D^(-1/2) D^(-(L-1)/2) D^(L/2) = 1.",
  check: () => decided((d) => isUnit(d.kappa)),
});
