/** `biasproof replay LINE`: re-runs the Case behind a replay line, to the same bits. */

import type { Case } from "../../kernel/case.js";
import { UseError } from "../../kernel/use-error.js";
import { checkOutputs } from "../check-outputs.js";
import type { Command } from "../command.js";
import { deliver, OUTPUT_FLAGS } from "../deliver.js";
import { codeOf } from "../exit-code.js";
import { readReplayLine, splitLine } from "../replay-line.js";
import { loadTheorems, ownOf, sourceOf, type UserFile } from "../user-file.js";
import { atWork } from "../work/at-work.js";

/** Throws UseError where the case is none of the file's. */
function notesOf({ theorem, file }: Case, user: UserFile): readonly string[] {
  if (file === undefined || !user.theorems.some((t) => t.theorem.id === theorem))
    throw new UseError(
      `${user.file}: expected the file with the theorem of the case, ${theorem ?? "none of yours"}, got another`,
    );
  return file.sha256 === user.sha256
    ? user.notes
    : [...user.notes, `${user.file} has changed since the case was decided, and the verdict may be another`];
}

export const replay: Command = {
  name: "replay",
  summary: "re-run one case from its replay line",
  usage: "LINE   (the word that a report shows, or @case.json)",
  flags: {
    theorem: {
      value: "FILE",
      help: "where the theorem is, if it is in a file of yours (default: what stands before @ in LINE)",
    },
    ...OUTPUT_FLAGS,
  },
  example: "biasproof replay @out/case.json",
  async run(args, terminal) {
    const [line, ...more] = args.positional;
    if (line === undefined || more.length > 0)
      throw new UseError(`replay: expected one replay line, got ${args.positional.length}`);
    const { file: before, word } = splitLine(line);
    const file = args.values.get("theorem") ?? before;
    checkOutputs(args, [word.replace(/^@/, ""), ...(file === null ? [] : [file])]);
    const user = file === null ? null : await loadTheorems(file);
    const own = ownOf(user?.theorems.map((t) => t.theorem) ?? []);
    const { case: c, data } = readReplayLine(word, own);
    const notes = [...(data?.notes ?? []), ...(user === null ? [] : notesOf(c, user))];
    for (const note of notes) terminal.note(note);
    if (user === null && c.file !== undefined)
      throw new UseError(
        `replay: expected --theorem FILE, for the theorem ${c.theorem} is in a file of yours, got none`,
      );
    const source = user === null ? {} : { source: sourceOf(user) };
    const done = await atWork("case", { command: "replay", case: c, data, notes, ...source }, terminal);
    deliver(done.value, args, terminal, c);
    return codeOf(done, terminal);
  },
};
