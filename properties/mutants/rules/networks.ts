/**
 * Theorems said of networks that they do not speak of: kernels shorter than the signal, images, several channels, convolutions
 * that do not close a circle, and each of the three kinds in place of another. Generic is defined for products in blocks only,
 * so that hypothesis is not asked of the others; their starts are Gaussian.
 */
import { convFourierBridge } from "../../../proofs/theorems/conv-fourier-bridge.js";
import { diagonalBridge } from "../../../proofs/theorems/diagonal-bridge.js";
import { fullyConnectedL2 } from "../../../proofs/theorems/fully-connected-l2.js";
import type { CaseOptions } from "../../../src/kernel/case.js";
import type { CertificateKind } from "../../../src/kernel/certificate.js";
import type { Architecture } from "../../../src/models/architecture.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { convolutional2d } from "../../../src/models/architectures/convolutional-2d.js";
import { diagonal } from "../../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../../src/models/architectures/fully-connected.js";
import { linearConvolutional } from "../../../src/models/architectures/linear-convolutional.js";
import { multiChannel } from "../../../src/models/architectures/multi-channel.js";
import type { Theorem } from "../../../src/verify/theorem.js";
import type { CaseSpace } from "../../arbitraries/case.js";
import { equivalent, type Made, type Mutant, refuted, without } from "../mutant.js";
import { SMALL_CONV } from "../small.js";

export interface Other {
  readonly name: string;
  readonly words: string;
  readonly architecture: Architecture;
  readonly options?: CaseOptions;
  readonly depths?: readonly [number, number];
  readonly dims?: readonly [number, number];
}

const KERNEL_1: Other = {
  ...{ name: "kernel-1", words: "convolutional networks with kernels of length 1", architecture: convolutional },
  options: { kernel: 1 },
};
const KERNEL_2: Other = {
  ...{ name: "kernel-2", words: "convolutional networks with kernels of length 2", architecture: convolutional },
  options: { kernel: 2 },
  dims: [3, 4],
};
const IMAGE: Other = {
  ...{ name: "images", words: "convolutional networks on images of 2 x 2", architecture: convolutional2d },
  options: { shape: [2, 2] },
  dims: [4, 4],
};
const CHANNELS: Other = {
  ...{ name: "two-channels", words: "networks with two input channels", architecture: multiChannel },
  options: { channels: { out: 2, in: 2 } },
  dims: [4, 4],
  depths: [2, 2],
};
const OPEN_ENDED: Other = {
  ...{ name: "open-ended", words: "convolutions that do not close a circle", architecture: linearConvolutional },
  options: { filters: [2, 2] },
  dims: [3, 3],
  depths: [2, 2],
};
const FULL: Other = { name: "fully-connected", words: "fully connected networks", architecture: fullyConnected };
const DIAGONAL: Other = { name: "diagonal", words: "diagonal networks", architecture: diagonal };
const CIRCULAR: Other = { name: "convolutional", words: "convolutional networks", architecture: convolutional };

export function onNetwork(of: Theorem, other: Other): Made {
  const { name, words, architecture, options, depths = [2, 3], dims: [minDim, maxDim] = [2, 4] } = other;
  const space: CaseSpace = {
    ...SMALL_CONV,
    networks: [{ architecture, ...(options === undefined ? {} : { options }) }],
    ...{ depths, minDim, maxDim },
  };
  const says = `of ${words} as well: ${of.entries["gradient-flow"].claims[0].statement}`;
  return { of, rule: "wrong architecture", theorem: without(of, "generic-initialization", `on-${name}`, says), space };
}

const all = (of: Theorem, kind: CertificateKind, others: readonly Other[]): Mutant[] =>
  others.map((other) => refuted(onNetwork(of, other), kind));

/** What the theorem on circular convolutions is said of, of one input channel. */
export const CIRCULAR_NETWORKS: readonly Other[] = [KERNEL_1, KERNEL_2, OPEN_ENDED, FULL, DIAGONAL];

export const NETWORK_MUTANTS: readonly Mutant[] = Object.freeze([
  ...all(convFourierBridge, "bridge-residual", [KERNEL_1, KERNEL_2, IMAGE, CHANNELS, OPEN_ENDED, FULL, DIAGONAL]),
  ...all(diagonalBridge, "bridge-residual", [KERNEL_1, KERNEL_2, IMAGE, OPEN_ENDED, FULL, CIRCULAR]),
  ...all(fullyConnectedL2, "counterexample", [KERNEL_2, IMAGE, CHANNELS, OPEN_ENDED]),
  equivalent(
    onNetwork(fullyConnectedL2, { ...KERNEL_1, depths: [2, 2] }),
    "beta = D^(-1/2) u v with a number u: stationarity in v says that v is parallel to u z, so beta is parallel to z, which is the condition of the l2 max margin",
  ),
]);
