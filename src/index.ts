/**
 * The public door of the library: what a researcher's own script, theorem or test needs. Everything here is pure and runs in
 * Node and in a page; files, processes and terminals are the command line's. A door: nothing in the house imports it.
 */

export { covers, THEOREMS } from "../proofs/index.js";
export type { CaseSpace } from "../properties/arbitraries/case.js";
export type { NetworkChoice } from "../properties/arbitraries/network.js";
export {
  type Conjecture,
  type ConjectureDefinition,
  defineConjecture,
  defineSpace,
  type SpaceDefinition,
} from "../properties/conjecture.js";
export { type DocumentJudgment, judgeDocument } from "./certify/document.js";
export { judge } from "./certify/judge.js";
export { type DescentOptions, descend, type Snapshot, type Trajectory } from "./engine/descent.js";
export { type TrainOptions, type TrainRecord, type TrainResult, train } from "./engine/train.js";
export { type PolyMap, UNIT_SCALE } from "./exact/polymap.js";
export { product, sum, variable } from "./exact/polynomial.js";
export { rationals } from "./exact/ring.js";
export type { Case } from "./kernel/case.js";
export type { Certificate, CertificateKind, Judgment } from "./kernel/certificate.js";
export { type Dataset, dataFromJSON, dataToJSON } from "./kernel/dataset.js";
export { EVIDENCE, type Evidence } from "./kernel/evidence.js";
export { STOP_REASONS, type StopReason } from "./kernel/stop.js";
export { UseError } from "./kernel/use-error.js";
export { foldCampaign, foldCase, type VerdictWord } from "./kernel/verdict.js";
export {
  type Architecture,
  type Dimensions,
  defineArchitecture,
  type Parameterization,
} from "./models/architecture.js";
export { convolutional } from "./models/architectures/convolutional.js";
export { convolutional2d } from "./models/architectures/convolutional-2d.js";
export { diagonal } from "./models/architectures/diagonal.js";
export { fullyConnected } from "./models/architectures/fully-connected.js";
export { ARCHITECTURES } from "./models/architectures/index.js";
export { linear } from "./models/architectures/linear.js";
export { linearConvolutional } from "./models/architectures/linear-convolutional.js";
export { multiChannel } from "./models/architectures/multi-channel.js";
export { residualDiagonal } from "./models/architectures/residual-diagonal.js";
export { parallelSum } from "./models/combinators/parallel-sum.js";
export { sharedLayers, sharedStack } from "./models/combinators/shared-stack.js";
export { fromMap } from "./models/compiled-map.js";
export { datasetFromBytes } from "./models/data/load.js";
export { gaussianInitialization, initializationFromLayers } from "./models/initialization.js";
export { defineLoss, type LossFunction } from "./models/loss.js";
export { LOSSES } from "./models/losses/index.js";
export { defineOptimizer, type Optimizer, type Stepper, type StepperSettings, stepperOf } from "./models/optimizer.js";
export { OPTIMIZERS } from "./models/optimizers/index.js";
export { signedData } from "./models/signed-data.js";
export { blockMaxMargin } from "./oracle/block-margin.js";
export { l2MaxMargin } from "./oracle/l2-margin.js";
export { polyhedralMaxMargin } from "./oracle/lp-margin.js";
export {
  type Asked,
  defineRegularizerOracle as defineRegularizer,
  type Prediction,
  type RegularizerOracle,
} from "./oracle/regularizers/define.js";
export { decideSeparability } from "./oracle/separability.js";
export type { Bench } from "./verify/bench.js";
export { runCampaign } from "./verify/campaign.js";
export { type BridgeClaim, bridgeExponent, limitIsStationaryFor } from "./verify/claims/fourier-bridge.js";
export { limitIsFourierL1MaxMargin } from "./verify/claims/fourier-l1.js";
export { limitIsL2MaxMargin } from "./verify/claims/limit-direction.js";
export { limitIsMaxMarginOf } from "./verify/claims/max-margin-of.js";
export * from "./verify/hypotheses/asymptotic.js";
export { limitHypotheses } from "./verify/hypotheses/standard.js";
export * from "./verify/hypotheses/structural.js";
export {
  type Claim,
  type ClaimResult,
  defineTheorem,
  type Entry,
  type Hypothesis,
  type Own,
  type Theorem,
  type TheoremDefinition,
} from "./verify/theorem.js";
export { verifyCase } from "./verify/verify-case.js";
