/** `biasproof run DATA`: one data set, one network, the catalogue theorem that speaks of it, and its verdict. */

import { UseError } from "../../kernel/use-error.js";
import { exitCodeOf } from "../../kernel/verdict.js";
import { caseFrom } from "../case-from-arguments.js";
import { checkOutputs, inputsOf } from "../check-outputs.js";
import { type Command, DATA_FLAGS, NETWORK_FLAGS } from "../command.js";
import { deliver, OUTPUT_FLAGS } from "../deliver.js";
import { loadData } from "../files.js";
import { runCase } from "../run-case.js";

export const run: Command = {
  name: "run",
  summary: "train a network on a data set and verify the theorem that speaks of it",
  usage: "DATA [flags]   (DATA: a CSV or JSON file, or iris, wdbc, digits)",
  flags: {
    ...DATA_FLAGS,
    ...NETWORK_FLAGS,
    tolerance: { value: "RAD", help: "certified angle to reach, in radians (default 0.1)" },
    budget: { value: "TIME", help: "time for training, such as 20s (default) or 2m" },
    "max-steps": { value: "N", help: "budget of steps (default: as many as the time allows)" },
    ...OUTPUT_FLAGS,
  },
  example: "biasproof run iris --positive setosa --architecture fully-connected --depth 2 --report out",
  async run(args, terminal) {
    const [word, ...more] = args.positional;
    if (word === undefined || more.length > 0)
      throw new UseError(`run: expected one data set, got ${args.positional.length}`);
    checkOutputs(args, inputsOf(word, args));
    const data = loadData(word, args);
    const c = caseFrom("run", args, data);
    for (const note of data.notes) terminal.note(note);
    const document = await runCase("run", c, data, data.notes, terminal);
    deliver(document, args, terminal, c);
    return exitCodeOf([document.verdict]);
  },
};
