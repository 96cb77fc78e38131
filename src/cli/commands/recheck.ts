/** `biasproof recheck FILE`: re-judges every certificate of a document, and its words, without running an engine. */

import type { RecheckDocument } from "../../kernel/document.js";
import { UseError } from "../../kernel/use-error.js";
import { EXIT } from "../../kernel/verdict.js";
import { checkOutputs } from "../check-outputs.js";
import type { Command } from "../command.js";
import { deliverJson } from "../deliver-json.js";
import { readBytes } from "../files.js";
import { versions } from "../versions.js";
import { atWork } from "../work/at-work.js";

/** Accepted lines shown to a person; all refusals are. */
const SHOWN = 20;

export const recheck: Command = {
  name: "recheck",
  summary: "re-judge every certificate of a report or --json document",
  usage: "FILE   (report.json, or what --json wrote)",
  flags: {
    json: { value: "FILE|-", help: "write the judgments as JSON to a file, or to stdout (and nothing else there)" },
  },
  example: "biasproof recheck out/report.json",
  async run(args, terminal) {
    const start = performance.now();
    const [file, ...more] = args.positional;
    if (file === undefined || more.length > 0)
      throw new UseError(`recheck: expected one file, got ${args.positional.length}`);
    checkOutputs(args, [file]);
    const {
      value: { judgments, notJudged },
    } = await atWork("judge", { bytes: readBytes(file), file }, terminal);
    if (judgments.length === 0) throw new UseError(`${file}: expected a document with certificates, found none`);
    const refused = judgments.filter((j) => !j.accepted);
    const accepted = judgments.length - refused.length;
    const document: RecheckDocument = {
      schemaVersion: 1,
      command: "recheck",
      file,
      accepted,
      refused: refused.length,
      judgments,
      notJudged,
      versions: versions(),
      timing: { seconds: (performance.now() - start) / 1000 },
    };
    const good = judgments.filter((j) => j.accepted);
    const text = [
      ...good.slice(0, SHOWN).map((j) => `accepted  ${j.where} (${j.kind}): ${j.says}`),
      ...(good.length > SHOWN ? [`accepted  ... and ${good.length - SHOWN} more`] : []),
      ...refused.map((j) => `REFUSED   ${j.where} (${j.kind}): ${j.says}`),
      ...notJudged.map((what) => `NOT JUDGED: ${what}`),
      `${accepted} accepted, ${refused.length} refused, ${document.timing.seconds.toFixed(2)} s`,
    ].join("\n");
    deliverJson(document, text, args, terminal);
    return refused.length > 0 ? EXIT.refuted : 0;
  },
};
