/**
 * Prose with formulas in it, taken apart: "P(c w) = c^2 P(w), and so on" is a formula and words. What is no formula stays
 * as it was typed, character by character.
 */
import { oneLine } from "../text.js";
import { formulaAt } from "./formula.js";
import { texWidth } from "./lines.js";
import { plainTex } from "./name.js";

export interface Segment {
  readonly text: string;
  /** Null for words. */
  readonly tex: string | null;
}

const NONE: ReadonlySet<string> = new Set();

/** `names` are those that a user chose: words beside an operator, not in a sentence. */
export function prose(text: string, names: ReadonlySet<string> = NONE): readonly Segment[] {
  const line = oneLine(text);
  const found: Segment[] = [];
  let words = "";
  for (let i = 0; i < line.length; ) {
    const read = i === 0 || /[\s(]/.test(line[i - 1]!) ? formulaAt(line, i, names) : null;
    if (read === null) {
      words += line[i];
      i += 1;
      continue;
    }
    if (words !== "") found.push({ text: words, tex: null });
    words = "";
    found.push({ text: line.slice(i, read.end), tex: read.tex });
    i = read.end;
  }
  return words === "" ? found : [...found, { text: words, tex: null }];
}

/** With a capital, unless it begins with a formula or a name, and a full stop. */
export function sentence(text: string, names: ReadonlySet<string> = NONE): string {
  const line = oneLine(text);
  const first = /^[a-z][\p{L}\p{N}_$]*/u.exec(line)?.[0];
  const keeps = first === undefined || names.has(first) || prose(line, names)[0]!.tex !== null;
  return `${keeps ? line : line.slice(0, 1).toUpperCase() + line.slice(1)}${/[.]$/.test(line) ? "" : "."}`;
}

/** One formula and nothing else; null where it is not. */
export function formulaTex(text: string, names: ReadonlySet<string> = NONE): string | null {
  const read = formulaAt(text, 0, names);
  return read?.end === text.length ? read.tex : null;
}

/** Wider formulas of a sentence, in em, may be broken between factors. */
const WIDE = 12;

const inline = (tex: string): string =>
  `$${(texWidth(tex) ?? WIDE) < WIDE ? tex : tex.replaceAll("\\,", "\\,\\allowbreak{}")}$`;

/** Prose as TeX. */
export const proseTex = (text: string, names: ReadonlySet<string> = NONE): string =>
  prose(text, names)
    .map((p) => (p.tex === null ? wordsTex(p.text) : inline(p.tex)))
    .join("");

/** `plainTex` keeps no space at an end; words between formulas need theirs. */
function wordsTex(words: string): string {
  const [, before, inner, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(words)!;
  return `${before}${plainTex(inner!).replaceAll("...", "\\dots{}")}${after}`;
}
