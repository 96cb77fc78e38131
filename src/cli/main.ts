#!/usr/bin/env node
/**
 * The one command `biasproof`. Subcommands are loaded on use, so that `--version` and `predict` start fast.
 * Wrong use, or an output that cannot be written: one sentence on stderr, exit 2. A fault of ours: one sentence, exit 70;
 * an interrupt: one sentence, exit 130. Never a stack trace.
 */

import { UseError } from "../kernel/use-error.js";
import { EXIT } from "../kernel/verdict.js";
import { oneLine } from "../report/text.js";
import { readArguments } from "./arguments.js";
import { type Command, HELP, helpOf } from "./command.js";
import { faultCode, fileFault } from "./file-fault.js";
import { exitWhenInterrupted, Interrupted } from "./interrupt.js";
import { createTerminal } from "./terminal.js";

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import("./commands/run.js")).run,
  verify: async () => (await import("./commands/verify.js")).verify,
  merge: async () => (await import("./commands/merge.js")).merge,
  new: async () => (await import("./commands/new.js")).newCommand,
  predict: async () => (await import("./commands/predict.js")).predict,
  falsify: async () => (await import("./commands/falsify.js")).falsify,
  derive: async () => (await import("./commands/derive.js")).derive,
  train: async () => (await import("./commands/train.js")).trainCommand,
  limit: async () => (await import("./commands/limit.js")).limit,
  recheck: async () => (await import("./commands/recheck.js")).recheck,
  replay: async () => (await import("./commands/replay.js")).replay,
  list: async () => (await import("./commands/list.js")).list,
};

async function overview(): Promise<string> {
  const lines: string[] = [];
  for (const [name, load] of Object.entries(COMMANDS)) lines.push(`  ${name.padEnd(10)}${(await load()).summary}`);
  return [
    "biasproof verifies theorems about the implicit bias of gradient descent on linear networks.",
    "",
    "Usage: biasproof COMMAND ...   (biasproof COMMAND --help shows its flags and an example)",
    "",
    "Commands:",
    ...lines,
    "",
    "Exit codes: 0 holds or done, 1 refuted or suspect, 2 wrong use, bad input or an output that cannot be",
    "written, 3 inconclusive, 4 out of scope, 70 a fault of ours, 130 interrupted.",
    "",
    "Example:",
    "  biasproof run iris --positive setosa --depth 2",
    "",
  ].join("\n");
}

async function main(words: readonly string[]): Promise<number> {
  const [first, ...rest] = words;
  if (first === "--version" || first === "-v") {
    const { versions } = await import("./versions.js");
    process.stdout.write(`${versions().biasproof}\n`);
    return 0;
  }
  if (first === undefined || first === "--help" || first === "-h" || first === "help") {
    process.stdout.write(await overview());
    return first === undefined ? EXIT.use : 0;
  }
  const load = Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
  if (load === undefined)
    throw new UseError(
      `biasproof: expected a command (${Object.keys(COMMANDS).join(", ")}), got "${first.slice(0, 40)}"`,
    );
  const command = await load();
  const args = readArguments(first, rest, { ...command.flags, help: HELP });
  if (args.switches.has("help")) {
    process.stdout.write(helpOf(command));
    return 0;
  }
  return command.run(args, createTerminal(args.values.get("json") === "-"));
}

/** Waits until what was written has left the process: a pipe's reader must get the whole document. */
async function leave(code: number): Promise<void> {
  for (const stream of [process.stdout, process.stderr])
    await new Promise<void>((resolve) => {
      stream.write("", () => resolve());
    });
  process.exit(code);
}

/** A pipe whose reader left, and what is written to it after that. */
const READER_LEFT: readonly (string | null)[] = ["EPIPE", "ERR_STREAM_DESTROYED"];

// A reader that closes the pipe early (head, less) is not a fault: files are still written, and the verdict is the code.
process.stdout.on("error", (error) => {
  if (READER_LEFT.includes(faultCode(error))) return;
  process.stderr.write(`stdout: expected a place to write to, but ${fileFault(error)}\n`);
  process.exit(EXIT.use);
});
// Notes that nobody can read are no reason to lose the result.
process.stderr.on("error", () => undefined);

exitWhenInterrupted();
main(process.argv.slice(2)).then(leave, (error: unknown) => {
  const message = oneLine(error instanceof Error ? error.message : String(error));
  if (error instanceof Interrupted || error instanceof UseError) {
    process.stderr.write(`${message}\n`);
    return leave(error instanceof UseError ? EXIT.use : EXIT.interrupted);
  }
  process.stderr.write(`biasproof: a fault of ours, please report it: ${message}\n`);
  return leave(EXIT.fault);
});
