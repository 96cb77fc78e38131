/**
 * Where output goes: results to stdout, everything else (progress, notes, faults) to stderr. With `--json -` stdout
 * carries the document and nothing else. No color when not a terminal or under NO_COLOR.
 */
import { stderr, stdout } from "node:process";

export interface Terminal {
  readonly color: boolean;
  /** Result text for people. */
  print(text: string): void;
  /** Prose beside the result. */
  note(text: string): void;
  /** One line that is overwritten; where stderr is no terminal, a line every ten seconds at most. */
  progress(line: string | null): void;
  /** Raw JSON to stdout. */
  emit(text: string): void;
}

/** Milliseconds between progress lines in a log. */
const QUIET = 10_000;

export function createTerminal(jsonOnStdout: boolean): Terminal {
  const noColor = (process.env.NO_COLOR ?? "") !== "";
  let shown = false;
  let last = performance.now();
  const clear = (): void => {
    if (shown) stderr.write("\r\u001b[K");
    shown = false;
  };
  return {
    color: !noColor && stdout.isTTY === true && !jsonOnStdout,
    print(text) {
      clear();
      (jsonOnStdout ? stderr : stdout).write(`${text}\n`);
    },
    note(text) {
      clear();
      stderr.write(`${text}\n`);
    },
    progress(line) {
      if (stderr.isTTY !== true) {
        const now = performance.now();
        if (line === null || now - last < QUIET) return;
        last = now;
        stderr.write(`${line}\n`);
        return;
      }
      clear();
      if (line === null) return;
      stderr.write(line.slice(0, (stderr.columns ?? 80) - 1));
      shown = true;
    },
    emit(text) {
      clear();
      stdout.write(`${text}\n`);
    },
  };
}
