/** Where a command may write, decided before it works: bad places are wrong use, and an input is never overwritten. */
import { join } from "node:path";
import type { Arguments } from "./arguments.js";
import { checkTarget } from "./files.js";

/** Written beside the report of one case, so that "@case.json" replays it. */
export const CASE_FILE = "case.json";
const REPORT_FILES = ["report.html", "report.json", "junit.xml", "summary.md"] as const;

/** Throws UseError for a target that cannot be written or is one of `inputs`. */
export function checkOutputs(args: Arguments, inputs: readonly string[]): void {
  const json = args.values.get("json");
  if (json !== undefined && json !== "-") checkTarget(json, inputs);
  const report = args.values.get("report");
  if (report !== undefined) for (const name of [...REPORT_FILES, CASE_FILE]) checkTarget(join(report, name), inputs);
}

/** The files that a command on data reads. */
export function inputsOf(word: string, args: Arguments): readonly string[] {
  const init = args.values.get("init");
  return init === undefined ? [word] : [word, init];
}
