/** Bare training of one network on one data set, for the command `train`: plain data in, the recorded iterates out. */
import { type TrainResult, train } from "../engine/train.js";
import type { Dataset } from "../kernel/dataset.js";
import { byName } from "../models/by-name.js";
import { LOSSES } from "../models/losses/index.js";
import type { StepperSettings } from "../models/optimizer.js";
import { OPTIMIZERS } from "../models/optimizers/index.js";
import { signedData } from "../models/signed-data.js";
import type { Network } from "./case-from-arguments.js";
import { checkNetwork } from "./check-case.js";
import type { Watch } from "./work/watch.js";

export interface TrainInput {
  readonly network: Network;
  readonly dataset: Dataset;
  readonly eta: number;
  readonly steps: number;
  readonly record: readonly number[];
  readonly settings: Partial<StepperSettings>;
}

export function trainNetwork(
  { network, dataset, eta, steps, record, settings }: TrainInput,
  watch: Watch,
): TrainResult {
  const { P, init } = checkNetwork(network, dataset.shape[0]!, "train");
  return train({
    P,
    data: signedData(dataset),
    loss: byName("--loss", LOSSES, network.loss),
    optimizer: byName("--optimizer", OPTIMIZERS, network.optimizer),
    init,
    eta,
    steps,
    record,
    settings,
    cancelled: () => watch.interrupted(),
  });
}
