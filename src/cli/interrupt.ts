/**
 * An interrupt (SIGINT). A command that can say what it knows listens itself; where nobody else listens, the process ends
 * with the exit code of its own for it and one sentence, never by the raw signal. Files are written whole or not at all.
 */
import { EXIT } from "../kernel/verdict.js";

/** Work was interrupted before it knew anything. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Ends the process at an interrupt that nobody else listens to. */
export function exitWhenInterrupted(): void {
  process.on("SIGINT", () => {
    if (process.listenerCount("SIGINT") > 1) return;
    process.stderr.write("biasproof: interrupted\n");
    process.exit(EXIT.interrupted);
  });
}
