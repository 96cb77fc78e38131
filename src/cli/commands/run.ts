/** `biasproof run DATA`: one data set, one network, the catalogue theorem that speaks of it, and its verdict. */

import { UseError } from "../../kernel/use-error.js";
import { caseFrom } from "../case-from-arguments.js";
import { checkOutputs, inputsOf } from "../check-outputs.js";
import type { Command } from "../command.js";
import { DATA_USAGE, loadData } from "../data-source.js";
import { deliver, OUTPUT_FLAGS } from "../deliver.js";
import { codeOf } from "../exit-code.js";
import { DATA_FLAGS, networkFlags } from "../flags.js";
import { atWork } from "../work/at-work.js";

export const run: Command = {
  name: "run",
  summary: "train a network on a data set and verify the theorem that speaks of it",
  usage: DATA_USAGE,
  flags: {
    ...DATA_FLAGS,
    ...networkFlags("run"),
    tolerance: {
      value: "RAD",
      help: "certified angle to the predicted optimum, in radians (default 1e-8 at the limit of gradient flow, 0.1 for bounded steps); where a residual is claimed and no angle, it is held to 1e-10",
    },
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
    const done = await atWork("case", { command: "run", case: c, data, notes: data.notes }, terminal);
    deliver(done.value, args, terminal, c);
    return codeOf(done, terminal);
  },
};
