/**
 * bits: functions whose last bit depends on the machine are forbidden, and so is every way to reach them unseen.
 * The core has its own in numeric/elementary.ts. The doors may format with them, but never draw a random number.
 */
import ts from "typescript";
import { isCore, isShipped } from "../places.js";
import { type Finding, finding, globalUses, type Rule, walk } from "../tree.js";

const MATH: ReadonlySet<string> = new Set(["Math"]);
const LOOSE: ReadonlySet<string> = new Set(
  (
    "exp expm1 log log1p log2 log10 pow sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh " +
    "cbrt hypot random"
  ).split(" "),
);

/** The name that follows a use of Math, or null where none is written. */
function memberOf(use: ts.Node): string | null {
  const parent = use.parent;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === use) return parent.name.text;
  if (ts.isQualifiedName(parent) && parent.left === use) return parent.right.text;
  return null;
}

/** `2n`, `(2n)`, `(-2n)`: a power of a whole number is exact. */
function isBigInt(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return isBigInt(node.expression);
  if (ts.isPrefixUnaryExpression(node)) return node.operator === ts.SyntaxKind.MinusToken && isBigInt(node.operand);
  return ts.isBigIntLiteral(node);
}

function isLoosePower(node: ts.Node): boolean {
  if (!ts.isBinaryExpression(node)) return false;
  const operator = node.operatorToken.kind;
  if (operator === ts.SyntaxKind.AsteriskAsteriskEqualsToken) return true;
  return operator === ts.SyntaxKind.AsteriskAsteriskToken && !isBigInt(node.left);
}

export const bits: Rule = {
  name: "bits",
  asks: "no function whose last bit depends on the machine",
  check: (tree) => {
    const found: Finding[] = [];
    for (const source of tree.sources.filter(({ path }) => isShipped(path))) {
      const core = isCore(source.path);
      for (const { node } of globalUses(tree, source, MATH)) {
        const member = memberOf(node);
        if (member === null) found.push(finding(source, node, "use Math only as Math.name, so that the name is seen"));
        else if (core ? LOOSE.has(member) : member === "random")
          found.push(finding(source, node, `Math.${member} gives different bits on different machines`));
      }
      if (!core) continue;
      walk(source.ast, (node) => {
        if (isLoosePower(node))
          found.push(
            finding(
              source,
              node,
              "only a bigint literal may be raised with **; the power of a float depends on the machine",
            ),
          );
      });
    }
    return found;
  },
};
