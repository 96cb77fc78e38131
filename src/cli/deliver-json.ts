/**
 * Hands a document out: files first, all or none of them, so that a place that cannot be written to is found before
 * anything is said; then the text for people and, where `--json -` asks for it, the document on stdout. Validated first.
 */
import type { Arguments } from "./arguments.js";
import { type OutputFile, writeTexts } from "./files.js";
import { documentText } from "./schema.js";
import type { Terminal } from "./terminal.js";

export function deliverJson(
  document: Parameters<typeof documentText>[0],
  text: string,
  args: Arguments,
  terminal: Terminal,
  more: readonly OutputFile[] = [],
): void {
  const target = args.values.get("json");
  const json = target === undefined ? "" : documentText(document);
  const named = target === undefined || target === "-" ? [] : [{ file: target, text: `${json}\n` }];
  writeTexts([...named, ...more]);
  terminal.print(text);
  if (target === "-") terminal.emit(json);
}
