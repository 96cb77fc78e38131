/** `biasproof replay LINE`: re-runs the Case behind a replay line, to the same bits. */

import { UseError } from "../../kernel/use-error.js";
import { checkOutputs } from "../check-outputs.js";
import type { Command } from "../command.js";
import { deliver, OUTPUT_FLAGS } from "../deliver.js";
import { codeOf } from "../exit-code.js";
import { readReplayLine } from "../replay-line.js";
import { atWork } from "../work/at-work.js";

export const replay: Command = {
  name: "replay",
  summary: "re-run one case from its replay line",
  usage: "LINE   (the word that a report shows, or @case.json)",
  flags: OUTPUT_FLAGS,
  example: "biasproof replay @out/case.json",
  async run(args, terminal) {
    const [line, ...more] = args.positional;
    if (line === undefined || more.length > 0)
      throw new UseError(`replay: expected one replay line, got ${args.positional.length}`);
    checkOutputs(args, [line.replace(/^@/, "")]);
    const { case: c, data } = readReplayLine(line);
    const notes = data?.notes ?? [];
    const done = await atWork("case", { command: "replay", case: c, data, notes }, terminal);
    deliver(done.value, args, terminal, c);
    return codeOf(done, terminal);
  },
};
