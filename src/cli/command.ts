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
  /** What can be named after the command, where that is more than flags say. */
  readonly lists?: readonly {
    readonly title: string;
    readonly rows: readonly (readonly [name: string, help: string])[];
  }[];
  /** A command line that runs as it stands. */
  readonly example: string;
  /** Returns the exit code. */
  run(args: Arguments, terminal: Terminal): Promise<number>;
}

export const HELP: Flag = { value: null, help: "show this help" };

const WIDTH = 100;

/** Names with what they mean beside, wrapped. */
function columns(rows: readonly (readonly [name: string, help: string])[]): string[] {
  const width = rows.reduce((w, [n]) => Math.max(w, n.length), 0);
  return rows.flatMap(([name, help]) =>
    wrap(help, WIDTH - width - 4).map((line, i) => `  ${(i === 0 ? name : "").padEnd(width)}  ${line}`),
  );
}

/** The help text of one command, at most 100 columns but for its example, which is to be copied. */
export function helpOf(c: Command): string {
  const names = Object.entries(c.flags).map(
    ([name, f]) => [`--${name}${f.value === null ? "" : ` ${f.value}`}`, f.help] as const,
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
    ...columns(names),
    "",
    ...(c.lists ?? []).flatMap(({ title, rows }) => [title, ...columns(rows), ""]),
    "Example:",
    `  ${c.example}`,
    "",
  ].join("\n");
}
