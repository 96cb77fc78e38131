/**
 * Text on one line and in columns. Names, labels and file names come from outside: what a terminal, a page or an XML
 * parser would obey instead of show (control characters, text-direction marks, lone surrogates) is replaced before
 * anything else is done with them. Widths are columns of a terminal: wide characters count 2, combining ones 0.
 */

// What XML 1.0 forbids, the second block of controls, and the marks that turn the direction of text.
const FORBIDDEN = /[^\t\n\r\x20-\x7E\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const TURNING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const WIDE =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]$/u;
const NONE = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

/** Every character that is obeyed rather than shown becomes U+FFFD; tabs and line ends stay. */
export function clean(text: string): string {
  return text.replace(FORBIDDEN, "\uFFFD").replace(TURNING, "\uFFFD");
}

/** `clean`, and every run of white space one space. */
export function oneLine(text: string): string {
  return clean(text).replace(/\s+/g, " ").trim();
}

function columnsOf(character: string): number {
  return NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
}

/** Columns that a line takes in a terminal. */
export function columns(text: string): number {
  let total = 0;
  for (const character of text) total += columnsOf(character);
  return total;
}

/** The longest beginning of a text that fits in `width` columns; at least one character of a text that has any. */
function fitting(text: string, width: number): string {
  let kept = "";
  let used = 0;
  for (const character of text) {
    used += columnsOf(character);
    if (used > width && kept !== "") break;
    kept += character;
  }
  return kept;
}

/** At most `width` columns of one line, the cut marked by three dots. */
export function shorten(text: string, width: number): string {
  const line = oneLine(text);
  if (columns(line) <= width) return line;
  return width <= 3 ? ".".repeat(width) : `${fitting(line, width - 3).trimEnd()}...`;
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columns(text)));
}

export function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - columns(text))) + text;
}

/** Breaks a text at spaces into lines of at most `width` columns; a longer word is cut. No line is empty but the only. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (let word of oneLine(text).split(" ")) {
    if (line !== "" && columns(line) + 1 + columns(word) <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line !== "") lines.push(line);
    while (columns(word) > width) {
      const head = fitting(word, width);
      lines.push(head);
      word = word.slice(head.length);
    }
    line = word;
  }
  if (line !== "" || lines.length === 0) lines.push(line);
  return lines;
}

/** The command that re-runs a case, quoted for a shell. It is one word and stays on one line, to be copied. */
export function replayCommand(line: string): string {
  return `biasproof replay '${oneLine(line).replaceAll("'", "'\\''")}'`;
}
