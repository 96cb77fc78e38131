/**
 * Flags of the optimizers that have something to choose beside the step: each is read only for an optimizer that takes it,
 * so that none is ever silently ignored.
 */
import { UseError } from "../kernel/use-error.js";
import { byName } from "../models/by-name.js";
import { DEFAULT_SETTINGS, type OptimizerOption, type StepperSettings } from "../models/optimizer.js";
import { OPTIMIZERS } from "../models/optimizers/index.js";
import { type Arguments, type Flag, numberValue } from "./arguments.js";

interface OptionFlag {
  readonly name: string;
  readonly value: string;
  readonly help: string;
  readonly low: number;
  readonly high: number;
  readonly what: string;
}

const FLAGS: Readonly<Record<OptimizerOption, OptionFlag>> = {
  momentum: {
    name: "momentum",
    value: "MU",
    help: "share of the last step that is repeated",
    low: 0,
    high: 1 - 2 ** -53,
    what: "a number from 0 to below 1",
  },
  localError: {
    name: "local-error",
    value: "TOL",
    help: "error of one part of a step, relative to the size of the parameters",
    low: 1e-13,
    high: 0.1,
    what: "a number from 1e-13 to 0.1",
  },
};

const OPTIONS = Object.keys(FLAGS) as OptimizerOption[];

const takers = (option: OptimizerOption): string =>
  OPTIMIZERS.filter((o) => o.options?.includes(option))
    .map((o) => o.name)
    .join(", ");

/** In the help of a command: which optimizer takes what, with its default. */
export const OPTIMIZER_FLAGS: Readonly<Record<string, Flag>> = Object.fromEntries(
  OPTIONS.map((option) => {
    const { name, value, help } = FLAGS[option];
    return [name, { value, help: `${help}, for ${takers(option)} (default ${DEFAULT_SETTINGS[option]})` }];
  }),
);

/** What the optimizer takes, given or by default; a flag that it does not take is an error. */
export function optimizerSettings(command: string, args: Arguments, optimizer: string): Partial<StepperSettings> {
  const { options = [] } = byName("--optimizer", OPTIMIZERS, optimizer);
  const settings: Partial<Record<OptimizerOption, number>> = {};
  for (const option of OPTIONS) {
    const { name, low, high, what } = FLAGS[option];
    const text = args.values.get(name);
    if (options.includes(option))
      settings[option] =
        text === undefined ? DEFAULT_SETTINGS[option] : numberValue(command, name, text, low, high, what);
    else if (text !== undefined)
      throw new UseError(`${command}: expected --${name} only for ${takers(option)}, got it for ${optimizer}`);
  }
  return settings;
}
