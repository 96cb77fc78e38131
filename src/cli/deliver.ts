/** Hands a document out: the table to the terminal, JSON where asked, and the report directory. */
import { join } from "node:path";
import type { Case } from "../kernel/case.js";
import type { RunDocument, VerifyDocument } from "../kernel/document.js";
import { runPage, verifyPage } from "../report/html.js";
import { junitOf } from "../report/junit.js";
import { summaryOf } from "../report/summary.js";
import { runTable, verifyTable } from "../report/terminal.js";
import type { Arguments, Flag } from "./arguments.js";
import { CASE_FILE } from "./check-outputs.js";
import { deliverJson } from "./deliver-json.js";
import { writeText } from "./files.js";
import { documentText } from "./schema.js";
import type { Terminal } from "./terminal.js";

export const OUTPUT_FLAGS: Readonly<Record<string, Flag>> = {
  json: { value: "FILE|-", help: "write the JSON document to a file, or to stdout (and nothing else there)" },
  report: { value: "DIR", help: "write report.html, report.json, junit.xml and summary.md" },
};

/** `c` is written beside the report of one case, so that "@case.json" replays it. */
export function deliver(
  document: RunDocument | VerifyDocument,
  args: Arguments,
  terminal: Terminal,
  c: Case | null,
): void {
  const isRun = document.command !== "verify";
  terminal.print(isRun ? runTable(document, terminal.color) : verifyTable(document, terminal.color));
  deliverJson(document, args, terminal);
  const report = args.values.get("report");
  if (report === undefined) {
    if (isRun && document.replay.startsWith("@"))
      terminal.note(`The data are too long for a replay line; --report DIR writes ${CASE_FILE} beside the report.`);
    return;
  }
  writeText(join(report, "report.json"), `${documentText(document)}\n`);
  writeText(join(report, "report.html"), isRun ? runPage(document) : verifyPage(document));
  writeText(join(report, "junit.xml"), junitOf(document));
  writeText(join(report, "summary.md"), summaryOf(document));
  if (c !== null) writeText(join(report, CASE_FILE), `${JSON.stringify(c)}\n`);
  terminal.note(`Report: ${join(report, "report.html")}`);
}
