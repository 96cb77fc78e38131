/** Writes a document as JSON where `--json` asks for it; validated first. */
import type { Arguments } from "./arguments.js";
import { writeText } from "./files.js";
import { documentText } from "./schema.js";
import type { Terminal } from "./terminal.js";

export function deliverJson(document: Parameters<typeof documentText>[0], args: Arguments, terminal: Terminal): void {
  const target = args.values.get("json");
  if (target === undefined) return;
  const text = documentText(document);
  if (target === "-") terminal.emit(text);
  else writeText(target, `${text}\n`);
}
