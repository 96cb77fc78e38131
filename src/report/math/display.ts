/**
 * Formulas one below the other as displays of amsmath: equations aligned at their first relation, other formulas side by side
 * while they are short. Long ones are broken (lines.ts). The measure is that of a page of A4 at 11 points, 25 mm margins.
 */
import { linesOf, relationAt, texWidth } from "./lines.js";

/** The measure in em, a little less than 160 mm. */
const MEASURE = 39.5;
/** Of a second line of an equation. */
const INDENT = 1.3;
/** The widest left side that others are aligned with. */
const LEFT = 11;
/** Between formulas that stand side by side. */
const GAP = 2.5;

export interface Display {
  readonly lines: readonly string[];
  /** How many of the formulas are in it. */
  readonly shown: number;
}

/** Width as far as known: what cannot be read is taken by its source. */
const widthOf = (tex: string): number => texWidth(tex) ?? tex.length / 3;

/** Short formulas, several to a line. */
function filled(list: readonly string[], most: number): { readonly lines: readonly string[]; readonly shown: number } {
  const lines: string[][] = [];
  let room = 0;
  let shown = 0;
  for (const tex of list) {
    const width = widthOf(tex);
    if (lines.length === 0 || width + GAP > room) {
      if (lines.length === most) break;
      lines.push([]);
      room = MEASURE;
    }
    lines.at(-1)!.push(tex);
    room -= width + GAP;
    shown += 1;
  }
  return { lines: lines.map((line) => line.join(", \\qquad ")), shown };
}

const gather = (lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ["\\begin{gather*}", lines.join(" \\\\\n"), "\\end{gather*}"];

/** Each group begins a line; the formulas of a group stand side by side while they fit. */
export const gathered = (groups: readonly (readonly string[])[]): readonly string[] =>
  gather(groups.flatMap((group) => filled(group, group.length).lines));

/** Lines of one formula, each with its place of alignment. */
function alignedLines(tex: string, left: number): readonly string[] {
  const at = relationAt(tex);
  const head = at === null ? "" : tex.slice(0, at);
  const [first, ...rest] = linesOf(tex.slice(at ?? 0), MEASURE - left, MEASURE - left - INDENT);
  return [
    `${head}&${first}`,
    ...rest.map((line) => (/^(=|\\(le|ge|approx)\b)/.test(line) ? `&${line}` : `&\\quad{}${line}`)),
  ];
}

/** At most `most` lines; a formula is shown whole or not at all. */
export function displayed(list: readonly string[], most: number): Display {
  const relations = list.map(relationAt);
  if (relations.every((at) => at === null) && list.every((tex) => widthOf(tex) <= MEASURE)) {
    const { lines, shown } = filled(list, most);
    return { lines: gather(lines.map((line, i) => (i < lines.length - 1 ? `${line},` : line))), shown };
  }
  const lefts = list.map((tex, i) => widthOf(tex.slice(0, relations[i] ?? 0)));
  // Beside a wide left side the others would stand far out.
  if (Math.max(0, ...lefts) > LEFT && list.length <= most && list.every((tex) => widthOf(tex) <= MEASURE))
    return { lines: gather(list), shown: list.length };
  const lines: string[] = [];
  let shown = 0;
  for (const tex of list) {
    // A left side wider than half a line does not push all others to the right.
    const found = alignedLines(tex, Math.min(MEASURE / 2, Math.max(0, ...lefts)));
    if (lines.length + found.length > most) break;
    lines.push(...found);
    shown += 1;
  }
  return {
    lines: lines.length === 0 ? [] : ["\\begin{align*}", lines.join(" \\\\\n"), "\\end{align*}"],
    shown,
  };
}
