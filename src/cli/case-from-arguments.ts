/** From read flags and a loaded data set to a Case, with every default in one place. */

import { q, toNumber } from "../exact/rational.js";
import type { Case, CaseInit } from "../kernel/case.js";
import { dataToJSON } from "../kernel/dataset.js";
import { ANGLE, LIMIT_ANGLE } from "../kernel/tolerance.js";
import { UseError } from "../kernel/use-error.js";
import { ARCHITECTURES } from "../models/architectures/index.js";
import { byName } from "../models/by-name.js";
import { printable, shown } from "../models/data/decimal.js";
import { LOSSES } from "../models/losses/index.js";
import { OPTIMIZERS } from "../models/optimizers/index.js";
import { unitExponent } from "../models/signed-data.js";
import type { Arguments } from "./arguments.js";
import { durationValue, integerList, numberValue, positiveInteger, seedValue } from "./arguments.js";
import { checkNetwork } from "./check-case.js";
import { type NamedData, requireVectors } from "./data-source.js";
import { readBytes } from "./files.js";
import { DEFAULTS } from "./flags.js";
import { readInit } from "./read-json.js";

const DEFAULT_SECONDS = 20;
/** More than any time budget allows; a Case always has a finite budget of steps. */
const MANY_STEPS = 1_000_000_000;

export interface Network {
  readonly architecture: string;
  readonly depth: number;
  readonly widths: readonly number[] | null;
  readonly loss: string;
  readonly optimizer: string;
  readonly seed: string;
  readonly init: CaseInit;
}

function initFrom(command: string, args: Arguments): CaseInit {
  const file = args.values.get("init");
  const scale = args.values.get("init-scale");
  if (file !== undefined && scale !== undefined)
    throw new UseError(`${command}: expected --init or --init-scale, got both`);
  if (file !== undefined) return { kind: "layers", layers: readInit(readBytes(file), file) };
  return {
    kind: "gaussian",
    scale: numberValue(command, "init-scale", scale ?? "0.01", 0, 1e100, "a number from 0 to 1e100"),
  };
}

/** The network part, shared by run and train; `optimizer` is the command's default. */
export function networkFrom(command: string, args: Arguments, optimizer: string): Network {
  const get = (name: string): string | undefined => args.values.get(name);
  const architecture = byName("--architecture", ARCHITECTURES, get("architecture") ?? DEFAULTS.architecture);
  const init = initFrom(command, args);
  // Given layers say their own depth and widths; flags, where given, are held to them by the initialization itself.
  const layers = init.kind === "layers" ? init.layers : null;
  const depth =
    get("depth") === undefined
      ? (layers?.length ?? Math.min(DEFAULTS.depth, architecture.maximalDepth ?? DEFAULTS.depth))
      : positiveInteger(command, "depth", get("depth")!);
  const widths =
    get("width") !== undefined
      ? integerList(command, "width", get("width")!)
      : layers !== null && architecture.usesWidths && layers.length === depth && depth > 1
        ? layers.slice(0, -1).map((layer) => layer.length)
        : null;
  if (widths !== null && !architecture.usesWidths)
    throw new UseError(`${command}: expected no --width for ${architecture.name}, got "${get("width")}"`);
  return {
    architecture: architecture.name,
    depth,
    widths,
    loss: byName("--loss", LOSSES, get("loss") ?? DEFAULTS.loss).name,
    optimizer: byName("--optimizer", OPTIMIZERS, get("optimizer") ?? optimizer).name,
    seed: seedValue(command, get("seed") ?? "1"),
    init,
  };
}

/** Whether the network fits the data and its initialization; sentences name the file of the initialization. */
export function fitNetwork(command: string, args: Arguments, network: Network, data: NamedData): void {
  requireVectors(command, data);
  checkNetwork(network, data.dataset.shape[0]!, printable(args.values.get("init") ?? command));
}

/** A bounded step has a unit: data of a size that the engine reads in a unit of its own are refused. */
function requireSize({ dataset, called }: NamedData, optimizer: string): void {
  if (unitExponent(dataset) === 0) return;
  const size = (x: bigint): bigint => (x < 0n ? -x : x);
  const peak = dataset.X.flat().reduce((a, x) => (size(x) > a ? size(x) : a), 0n);
  const n = dataset.X.findIndex((row) => row.some((x) => size(x) === peak));
  const d = dataset.X[n]!.findIndex((x) => size(x) === peak);
  const feature = dataset.features?.[d];
  throw new UseError(
    `${called}, point ${n + 1}, ${feature === undefined ? `coordinate ${d + 1}` : `column ${shown(feature)}`}: ` +
      `expected data within 2^64 of 1 for ${optimizer}, whose step bound has a unit, found a largest entry of ${toNumber(q(peak, dataset.scale)).toPrecision(3)}`,
  );
}

export function caseFrom(command: string, args: Arguments, data: NamedData): Case {
  const network = networkFrom(command, args, DEFAULTS.optimizer.run);
  fitNetwork(command, args, network, data);
  const get = (name: string): string | undefined => args.values.get(name);
  const bounded = byName("--optimizer", OPTIMIZERS, network.optimizer).facts.boundedSteps;
  if (bounded) requireSize(data, network.optimizer);
  const tolerance = numberValue(
    command,
    "tolerance",
    get("tolerance") ?? String((bounded ? ANGLE : LIMIT_ANGLE).value),
    1e-12,
    0.2,
    "an angle in radians from 1e-12 to 0.2",
  );
  return {
    version: 1,
    ...network,
    data: { name: data.dataset.name, shape: data.dataset.shape, json: dataToJSON(data.dataset) },
    eta:
      get("step") === undefined
        ? bounded
          ? 1
          : null
        : numberValue(command, "step", get("step")!, 1e-300, 1e300, "a number from 1e-300 to 1e300"),
    tolerance,
    goal: tolerance,
    budget: {
      steps: get("max-steps") === undefined ? MANY_STEPS : positiveInteger(command, "max-steps", get("max-steps")!),
      seconds: get("budget") === undefined ? DEFAULT_SECONDS : durationValue(command, "budget", get("budget")!),
    },
  };
}
