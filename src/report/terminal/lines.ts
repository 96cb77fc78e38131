/**
 * Lines of a terminal table: 100 columns at most, no trailing spaces, color only where asked. The one exception to the
 * width is a replay command: it is one word to be copied, so it is never broken. Cells are wrapped before they are
 * painted, and everything that comes from outside is cleaned of control characters on the way in (text.ts).
 */
import type { VerdictWord } from "../../kernel/verdict.js";
import { termsIn } from "../terms.js";
import { oneLine, padEnd, replayCommand, wrap } from "../text.js";

export const WIDTH = 100;
const LABEL = 14;

export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly verdict: (word: VerdictWord, text: string) => string;
}

/** Only `holds` is green. */
const SHADES: Readonly<Record<VerdictWord, string>> = {
  holds: "1;32",
  refuted: "1;31",
  suspect: "1;35",
  inconclusive: "1;33",
  "out-of-scope": "1;36",
};

export function painter(color: boolean): Paint {
  const sgr = (code: string, text: string): string => (color && text !== "" ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    bold: (text) => sgr("1", text),
    dim: (text) => sgr("2", text),
    verdict: (word, text) => sgr(SHADES[word], text),
  };
}

export const rule = (): string => "\u2500".repeat(WIDTH);

export function paragraph(text: string, indent: number): readonly string[] {
  return wrap(text, WIDTH - indent).map((line) => " ".repeat(indent) + line);
}

/** A name, and its value wrapped beside it. */
export function field(name: string, values: readonly string[], paint: Paint): readonly string[] {
  const lines = values.flatMap((value) => wrap(value, WIDTH - 2 - LABEL));
  return lines.map((line, i) => `  ${paint.dim(padEnd(i === 0 ? name : "", LABEL))}${line}`.trimEnd());
}

export interface Column {
  readonly width: number;
  /** Paints one line of a cell of this column. */
  readonly paint?: (text: string, cell: string) => string;
}

/** A row of wrapped cells, as many lines as its tallest cell has. */
export function row(cells: readonly string[], layout: readonly Column[]): readonly string[] {
  const wrapped = cells.map((cell, i) => wrap(cell, layout[i]?.width ?? WIDTH));
  const height = wrapped.reduce((a, b) => Math.max(a, b.length), 0);
  return Array.from({ length: height }, (_, k) => {
    const line = wrapped.map((lines, i) => {
      const column = layout[i];
      const text = lines[k] ?? "";
      const padded = i === cells.length - 1 ? text : padEnd(text, column?.width ?? 0);
      return column?.paint === undefined ? padded : column.paint(padded, oneLine(cells[i] ?? ""));
    });
    return `  ${line.join("  ")}`.trimEnd();
  });
}

/** Beside its name while that fits in the width, else on a line of its own. */
export function replayLines(replay: string, paint: Paint): readonly string[] {
  const command = replayCommand(replay);
  const name = padEnd("replay", LABEL);
  return 2 + LABEL + command.length <= WIDTH
    ? [`  ${paint.dim(name)}${command}`]
    : [`  ${paint.dim("replay")}`, command];
}

/** What the words in a text without color stand for, for a reader who meets them for the first time. */
export function termLines(text: readonly string[], evidence: boolean, paint: Paint): readonly string[] {
  const terms = termsIn(text.join(" "), evidence);
  return terms.length === 0 ? [] : ["", paint.bold("words"), ...terms.flatMap((t) => field(t.name, [t.means], paint))];
}
