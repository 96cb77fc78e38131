/**
 * The public door of the library: what a researcher's own script or test needs. Everything here is pure and runs in Node
 * and in a page; files, processes and terminals are the command line's.
 */

export { type DocumentJudgment, judgeDocument } from "./certify/document.js";
export { judge } from "./certify/judge.js";
export { type DescentOptions, descend, type Snapshot, type Trajectory } from "./engine/descent.js";
export { type TrainOptions, type TrainRecord, type TrainResult, train } from "./engine/train.js";
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
export { ARCHITECTURES } from "./models/architectures/index.js";
export { parallelSum } from "./models/combinators/parallel-sum.js";
export { sharedLayers, sharedStack } from "./models/combinators/shared-stack.js";
export { fromMap } from "./models/compiled-map.js";
export { datasetFromBytes } from "./models/data/load.js";
export { gaussianInitialization, initializationFromLayers } from "./models/initialization.js";
export { LOSSES } from "./models/losses/index.js";
export { type Optimizer, type Stepper, type StepperSettings, stepperOf } from "./models/optimizer.js";
export { OPTIMIZERS } from "./models/optimizers/index.js";
export { signedData } from "./models/signed-data.js";
export { blockMaxMargin } from "./oracle/block-margin.js";
export { l2MaxMargin } from "./oracle/l2-margin.js";
export { polyhedralMaxMargin } from "./oracle/lp-margin.js";
export { decideSeparability } from "./oracle/separability.js";
export { runCampaign } from "./verify/campaign.js";
export { defineTheorem, type Theorem } from "./verify/theorem.js";
export { verifyCase } from "./verify/verify-case.js";
