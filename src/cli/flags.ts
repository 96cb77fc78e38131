/**
 * Flags that several commands share. What can be named by a flag is listed from the registries, so that a new
 * architecture, optimizer or loss is in the help without an edit here; defaults stand in one place, DEFAULTS.
 */
import { ARCHITECTURES } from "../models/architectures/index.js";
import { LOSSES } from "../models/losses/index.js";
import { OPTIMIZERS } from "../models/optimizers/index.js";
import type { Flag } from "./arguments.js";

export const DEFAULTS = {
  architecture: "fully-connected",
  depth: 2,
  loss: "exponential",
  /** Bare training, and a verified run: the second shows the limit, the first what was asked for. */
  optimizer: { train: "gradient-descent", run: "normalized-gradient-descent" },
  regularizer: "l2",
} as const;

/** "one of a (default), b, c"; a single name stands alone. */
export function choices(names: readonly string[], standard: string): string {
  const marked = names.map((name) => (name === standard ? `${name} (default)` : name));
  return names.length === 1 ? marked[0]! : `one of ${marked.join(", ")}`;
}

const namesOf = (list: readonly { readonly name: string }[]): readonly string[] => list.map(({ name }) => name);

/** Flags that describe how a data file is read. */
export const DATA_FLAGS: Readonly<Record<string, Flag>> = {
  label: { value: "COLUMN", help: "label column of a CSV (default: the last)" },
  positive: { value: "VALUE", help: "label value of the positive class" },
  negative: {
    value: "VALUE",
    help: "label value of the negative class (default: all others; rows of other labels are dropped)",
  },
  bias: { value: null, help: "append a constant feature 1" },
};

/** Depth 2 unless an architecture cannot be so deep. */
const shallow = ARCHITECTURES.filter((a) => a.maximalDepth !== null && a.maximalDepth < DEFAULTS.depth);
const wide = namesOf(ARCHITECTURES.filter((a) => a.usesWidths)).join(", ");

/** Flags that describe a network and its training by a command. */
export const networkFlags = (command: keyof typeof DEFAULTS.optimizer): Readonly<Record<string, Flag>> => ({
  architecture: { value: "NAME", help: choices(namesOf(ARCHITECTURES), DEFAULTS.architecture) },
  depth: {
    value: "L",
    help: `number of layers (default ${DEFAULTS.depth}${shallow.map((a) => `; ${a.name}: ${a.maximalDepth}`).join("")})`,
  },
  width: { value: "H[,H...]", help: `hidden widths, for ${wide} (default: the input dimension)` },
  loss: { value: "NAME", help: `${choices(namesOf(LOSSES), DEFAULTS.loss)}; the loss is the sum over the data` },
  optimizer: { value: "NAME", help: choices(namesOf(OPTIMIZERS), DEFAULTS.optimizer[command]) },
  step: { value: "ETA", help: "step size, or its bound where the step is controlled" },
  seed: { value: "N", help: "any non-negative integer (default 1)" },
  "init-scale": { value: "S", help: "standard deviation of the Gaussian initialization (default 0.01)" },
  init: { value: "FILE", help: 'initial layers as JSON {"layers": [...]}, each (out x in), input side first' },
});

/** Where the JSON document goes. */
export const JSON_FLAG: Flag = {
  value: "FILE|-",
  help: "write the JSON document to a file, or to stdout (and nothing else there)",
};
