/** Hands the document of a verification out: the table to the terminal, JSON where asked, and the report directory. */
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
import type { OutputFile } from "./files.js";
import { JSON_FLAG } from "./flags.js";
import { documentText } from "./schema.js";
import type { Terminal } from "./terminal.js";

export const OUTPUT_FLAGS: Readonly<Record<string, Flag>> = {
  json: JSON_FLAG,
  report: { value: "DIR", help: "write report.html, report.json, junit.xml and summary.md" },
};

function reportFiles(document: RunDocument | VerifyDocument, c: Case | null): Readonly<Record<string, string>> {
  return {
    "report.json": `${documentText(document)}\n`,
    "report.html": document.command === "verify" ? verifyPage(document) : runPage(document),
    "junit.xml": junitOf(document),
    "summary.md": summaryOf(document),
    ...(c === null ? {} : { [CASE_FILE]: `${JSON.stringify(c)}\n` }),
  };
}

/** `c` is written beside the report of one case, so that "@case.json" replays it. */
export function deliver(
  document: RunDocument | VerifyDocument,
  args: Arguments,
  terminal: Terminal,
  c: Case | null,
): void {
  const isRun = document.command !== "verify";
  const table = isRun ? runTable(document, terminal.color) : verifyTable(document, terminal.color);
  const report = args.values.get("report");
  const files: readonly OutputFile[] =
    report === undefined
      ? []
      : Object.entries(reportFiles(document, c)).map(([name, text]) => ({ file: join(report, name), text }));
  deliverJson(document, table, args, terminal, files);
  if (report !== undefined) terminal.note(`Report: ${join(report, "report.html")}`);
  else if (isRun && document.replay.startsWith("@"))
    terminal.note(`The data are too long for a replay line; --report DIR writes ${CASE_FILE} beside the report.`);
}
