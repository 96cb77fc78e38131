/** classes: values and functions compose; a class inherits from Error or from nothing. */
import ts from "typescript";
import { type Finding, finding, globalUses, type Rule, type Source, type Tree, walk } from "../tree.js";

const ERROR: ReadonlySet<string> = new Set(["Error"]);

function check(tree: Tree, source: Source): Finding[] {
  const found: Finding[] = [];
  const errors = new Set(globalUses(tree, source, ERROR).map((use) => use.node));
  walk(source.ast, (node) => {
    if (!ts.isHeritageClause(node) || node.token !== ts.SyntaxKind.ExtendsKeyword || !ts.isClassLike(node.parent))
      return;
    const base = node.types[0]?.expression;
    if (base !== undefined && !errors.has(base))
      found.push(finding(source, node, `a class may extend Error alone, not ${base.getText(source.ast)}`));
  });
  return found;
}

export const classes: Rule = {
  name: "classes",
  asks: "a class extends Error or nothing",
  check: (tree) => tree.sources.flatMap((source) => check(tree, source)),
};
