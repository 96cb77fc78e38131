/**
 * The limit of one network on one data set, for the command `limit`: plain data in, plain data out. Data far from 1 in size
 * are read in a unit 2^e with e a multiple of the depth L, and the initialization times 2^(e/L): the same margins exactly,
 * hence the same path, and the predictor is scaled back exactly.
 */
import { type LimitResult, limitDirection } from "../engine/limit.js";
import { powerOfTwo } from "../exact/rational.js";
import type { BridgeResidualCertificate } from "../kernel/certificate.js";
import type { Dataset } from "../kernel/dataset.js";
import { UseError } from "../kernel/use-error.js";
import { byName } from "../models/by-name.js";
import { LOSSES } from "../models/losses/index.js";
import { OPTIMIZERS } from "../models/optimizers/index.js";
import { signedData, unitExponent } from "../models/signed-data.js";
import type { Network } from "./case-from-arguments.js";
import { checkNetwork } from "./check-case.js";
import { limitCertificate } from "./limit-certificate.js";
import { limitProgress } from "./limit-progress.js";
import type { Watch } from "./work/watch.js";

export interface LimitInput {
  readonly network: Network;
  readonly dataset: Dataset;
  readonly eta: number;
  readonly handover: number;
  /** Largest turn of the direction in one step of continuation, in rad. */
  readonly turn: number;
  readonly seconds: number;
}

export interface LimitOutcome {
  readonly limit: LimitResult;
  readonly certificate: BridgeResidualCertificate | null;
}

export function limitNetwork(
  { network, dataset, eta, handover, turn, seconds }: LimitInput,
  watch: Watch,
): LimitOutcome {
  const { P, init } = checkNetwork(network, dataset.shape[0]!, "limit");
  const L = P.degree;
  if (L === null) throw new UseError(`limit: expected a homogeneous network, got ${network.architecture}`);
  const unit = Math.round(unitExponent(dataset) / L) * L;
  const end = performance.now() + seconds * 1000;
  const result = limitDirection({
    P,
    data: signedData(dataset, unit),
    loss: byName("--loss", LOSSES, network.loss),
    optimizer: byName("--optimizer", OPTIMIZERS, network.optimizer),
    eta,
    init: unit === 0 ? init : init.map((x) => x * powerOfTwo(unit / L)),
    handover,
    turn,
    progress: limitProgress(watch),
    cancelled: () => (watch.interrupted() ? "interrupted" : performance.now() > end ? "time-budget" : null),
  });
  const limit =
    result.beta === null || unit === 0 ? result : { ...result, beta: result.beta.map((b) => b * powerOfTwo(-unit)) };
  return { limit, certificate: limitCertificate(dataset, network.architecture, network.depth, limit) };
}
