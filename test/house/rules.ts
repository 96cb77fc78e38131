/** The rules of the house, and the judge that holds a virtual file system to all of them. */
import { bits } from "./rules/bits.js";
import { classes } from "./rules/classes.js";
import { clock } from "./rules/clock.js";
import { dependencies } from "./rules/dependencies.js";
import { floors } from "./rules/floors.js";
import { head } from "./rules/head.js";
import { hush } from "./rules/hush.js";
import { length } from "./rules/length.js";
import { mutable } from "./rules/mutable.js";
import { node } from "./rules/node.js";
import { paths } from "./rules/paths.js";
import { type Rule, treeOf, type Violation } from "./tree.js";

export const RULES: readonly Rule[] = [
  floors,
  node,
  bits,
  clock,
  dependencies,
  hush,
  length,
  head,
  paths,
  mutable,
  classes,
];

/** Every violation in a virtual file system (path -> text), by file and line. */
export function judge(files: ReadonlyMap<string, string>): Violation[] {
  const tree = treeOf(files);
  const found = RULES.flatMap((rule) => rule.check(tree).map((finding) => ({ rule: rule.name, ...finding })));
  return found.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}

/** One line for people: where, which rule, what. */
export function show(v: Violation): string {
  return `${v.file}:${v.line} [${v.rule}] ${v.message}`;
}
