/**
 * A fault in a file of the user's, as one sentence with its file and line (UseError). Whose fault it is, the stack says: what
 * was thrown with no frame of the user's files on the stack is ours, and stays what it is.
 */
import { relative } from "node:path";
import { UseError } from "../../kernel/use-error.js";
import { clipped, printable } from "../../models/data/decimal.js";
import { oneLine } from "../../report/text.js";

export interface UserSource {
  /** As the user named it. */
  readonly file: string;
  /** Absolute, with what it imports of its own; the file itself first. */
  readonly files: readonly string[];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Where the user's files are first on the stack, as "file:line"; null where they are not. */
function placeIn({ file, files }: UserSource, stack: string): string | null {
  for (const line of stack.split("\n")) {
    const decoded = line.includes("file://") ? decodeURI(line) : line;
    for (const path of files) {
      const at = new RegExp(`(?:^|[\\s(/])${escaped(path)}:(\\d+):\\d+`).exec(decoded);
      if (at !== null) return `${path === files[0] ? file : relative("", path) || path}:${at[1]}`;
    }
  }
  return null;
}

/** Longer messages are cut: what comes first says most. */
const LONGEST = 300;

/** What a stranger's code or a compiler says, as a part of one sentence. */
export function sayingOf(text: string): string {
  const line = printable(oneLine(text)).replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line;
}

const messageOf = (error: unknown): string =>
  sayingOf(error instanceof Error ? error.message || error.name : String(error));

/** `what` is what was being done, as in "theorem x, claim y". */
export function userFault(error: unknown, source: UserSource, what: string | null): unknown {
  const about = what === null ? "" : ` ${what}:`;
  if (error instanceof UseError)
    return error.message.startsWith(source.file) ? error : new UseError(`${source.file}:${about} ${error.message}`);
  const place = error instanceof Error ? placeIn(source, error.stack ?? "") : source.file;
  return place === null ? error : new UseError(`${place}:${about} it threw ${messageOf(error)}`);
}

/** What cannot even be read: the sentence of jiti's parser, and imports that lead nowhere. */
export function importFault(error: unknown, source: UserSource): unknown {
  const message = error instanceof Error ? error.message : String(error);
  const syntax = /ParseError: (.*?)\s*\n\s*(.+):(\d+):(\d+)\s*$/s.exec(message);
  if (syntax !== null) {
    const [, says, path, line] = syntax;
    const file = path === source.files[0] ? source.file : path!;
    return new UseError(`${file}:${line}: expected code that can be read, but: ${sayingOf(says!)}`);
  }
  const missing = /^Cannot find (?:module|package) '([^']*)'/.exec(message);
  if (missing !== null)
    return new UseError(
      `${source.file}: expected what it imports to be there, but there is no ${clipped(missing[1]!)}`,
    );
  return userFault(error, source, null);
}
