/** The contract of a subcommand: its help is data, its work gets read arguments and the terminal. */

import { wrap } from "../report/text.js";
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

const WIDTH = 100;

/** The help text of one command, at most 100 columns but for its example, which is to be copied. */
export function helpOf(c: Command): string {
  const names = Object.entries(c.flags).map(
    ([name, f]) => [`--${name}${f.value === null ? "" : ` ${f.value}`}`, f.help] as const,
  );
  const width = names.reduce((w, [n]) => Math.max(w, n.length), 0);
  const lines = names.flatMap(([name, help]) =>
    wrap(help, WIDTH - width - 4).map((line, i) => `  ${(i === 0 ? name : "").padEnd(width)}  ${line}`),
  );
  const usage = "Usage: ";
  return [
    ...wrap(c.summary, WIDTH),
    "",
    ...wrap(`biasproof ${c.name} ${c.usage}`, WIDTH - usage.length).map(
      (line, i) => `${i === 0 ? usage : " ".repeat(usage.length)}${line}`,
    ),
    "",
    "Flags:",
    ...lines,
    "",
    "Example:",
    `  ${c.example}`,
    "",
  ].join("\n");
}
