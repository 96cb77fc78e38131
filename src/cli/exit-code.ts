/** The exit code of one case: that of its verdict, or that of an interrupt, which says that the verdict was not waited for. */
import type { RunDocument } from "../kernel/document.js";
import { EXIT, exitCodeOf } from "../kernel/verdict.js";
import type { Terminal } from "./terminal.js";
import type { Done } from "./work/at-work.js";

export function codeOf({ value, interrupted }: Done<RunDocument>, terminal: Terminal): number {
  if (!interrupted) return exitCodeOf([value.verdict]);
  terminal.note("interrupted: the above is what was known by then");
  return EXIT.interrupted;
}
