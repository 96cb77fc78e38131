/** mutable: no module keeps a variable of its own; what a run changes is handed from hand to hand. */
import ts from "typescript";
import { isShipped } from "../places.js";
import { type Finding, finding, type Rule, type Source, walk } from "../tree.js";

/** Whether a list declares variables of the module: `let` at its top, `var` anywhere outside a function. */
function isOfModule(list: ts.VariableDeclarationList): boolean {
  if ((list.flags & ts.NodeFlags.BlockScoped) !== 0) {
    if ((list.flags & ts.NodeFlags.BlockScoped) !== ts.NodeFlags.Let || !ts.isVariableStatement(list.parent))
      return false;
    return ts.isSourceFile(list.parent.parent) || ts.isModuleBlock(list.parent.parent);
  }
  for (let node: ts.Node = list.parent; !ts.isSourceFile(node); node = node.parent)
    if (ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node)) return false;
  return true;
}

function check(source: Source): Finding[] {
  const found: Finding[] = [];
  walk(source.ast, (node) => {
    if (!ts.isVariableDeclarationList(node) || !isOfModule(node)) return;
    const names = node.declarations.map((d) => d.name.getText(source.ast)).join(", ");
    found.push(finding(source, node, `the module-level variable ${names} makes a call depend on the calls before it`));
  });
  return found;
}

export const mutable: Rule = {
  name: "mutable",
  asks: "no let or var at module level",
  check: (tree) => tree.sources.filter(({ path }) => isShipped(path)).flatMap(check),
};
