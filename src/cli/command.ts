/** The contract of a subcommand: its help is data, its work gets read arguments and the terminal. */
import type { Arguments, Flag } from "./arguments.js";
import type { Terminal } from "./terminal.js";

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** The words after `biasproof NAME`. */
  readonly usage: string;
  readonly flags: Readonly<Record<string, Flag>>;
  /** A command line that runs as it stands. */
  readonly example: string;
  /** Returns the exit code. */
  run(args: Arguments, terminal: Terminal): Promise<number>;
}

export const HELP: Flag = { value: null, help: "show this help" };

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

/** Flags that describe a network and its training. */
export const NETWORK_FLAGS: Readonly<Record<string, Flag>> = {
  architecture: { value: "NAME", help: "linear, fully-connected (default), diagonal or convolutional" },
  depth: { value: "L", help: "number of layers (default 2; linear: 1)" },
  width: { value: "H[,H...]", help: "hidden widths of a fully connected network (default: the input dimension)" },
  loss: { value: "NAME", help: "exponential (default); the loss is the sum over the data" },
  optimizer: { value: "NAME", help: "gradient-descent or normalized-gradient-descent (the step divided by the loss)" },
  step: { value: "ETA", help: "step size, or its bound where the step is controlled" },
  seed: { value: "N", help: "any non-negative integer (default 1)" },
  "init-scale": { value: "S", help: "standard deviation of the Gaussian initialization (default 0.01)" },
  init: { value: "FILE", help: 'initial layers as JSON {"layers": [...]}, each (out x in), input side first' },
};

/** The help text of one command, at most 100 columns. */
export function helpOf(c: Command): string {
  const names = Object.entries(c.flags).map(
    ([name, f]) => [`--${name}${f.value === null ? "" : ` ${f.value}`}`, f.help] as const,
  );
  const width = Math.min(
    28,
    names.reduce((w, [n]) => Math.max(w, n.length), 0),
  );
  const lines = names.map(([n, help]) => `  ${n.padEnd(width)}  ${help}`);
  return [
    `${c.summary}`,
    "",
    `Usage: biasproof ${c.name} ${c.usage}`,
    "",
    "Flags:",
    ...lines,
    "",
    "Example:",
    `  ${c.example}`,
    "",
  ].join("\n");
}
