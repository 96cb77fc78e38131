/** hush: nothing is silenced (types, errors, lint, tests) and nothing is promised in a comment. */
import ts from "typescript";
import { type Finding, finding, literalText, type Rule, type Source, walk } from "../tree.js";

const DIRECTIVE = new RegExp(`${"@"}ts-(ignore|expect-error|nocheck)`);
const LINT = new RegExp(`${"biome"}-ignore(?:-all|-start|-end)?\\b([^\\n]*)`, "g");
// Spelled in two halves, so that this file keeps its own rule.
const ANY_CASE = ["TO" + "DO", "FIX" + "ME", "TB" + "D", "XX" + "X"];
const UPPER_CASE = ["HA" + "CK", "WI" + "P"];
const PROMISES = [new RegExp(`\\b(${ANY_CASE.join("|")})\\b`, "i"), new RegExp(`\\b(${UPPER_CASE.join("|")})\\b`)];

const RUNNERS: ReadonlySet<string> = new Set(["it", "test", "describe", "suite", "bench"]);
const SILENT: ReadonlySet<string> = new Set(["only", "skip", "todo", "fails"]);

/** Whether a lint suppression says why: a colon, then words that are not the placeholder. */
function hasReason(rest: string): boolean {
  const colon = rest.indexOf(":");
  const reason = colon < 0 ? "" : rest.slice(colon + 1).replace(/\*\/.*$/, "");
  return /\w/.test(reason) && !/<explanation>/.test(reason);
}

function inComment(text: string): string[] {
  const found: string[] = [];
  const directive = DIRECTIVE.exec(text);
  if (directive !== null) found.push(`${directive[0]} silences the type checker`);
  for (const match of text.matchAll(LINT))
    if (!hasReason(match[1] ?? "")) found.push("a lint suppression must say why");
  for (const promise of PROMISES) {
    const word = promise.exec(text);
    if (word !== null) found.push(`the comment promises (${word[0]}); do it or drop it`);
  }
  return found;
}

/** The identifier that a chain of members and calls begins with. */
function rootOf(node: ts.Expression): ts.Expression {
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || ts.isCallExpression(node))
    return rootOf(node.expression);
  return node;
}

function silencedTest(node: ts.Node): string | null {
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return null;
  const member = ts.isPropertyAccessExpression(node) ? node.name.text : literalText(node.argumentExpression);
  const root = rootOf(node.expression);
  if (member === null || !SILENT.has(member) || !ts.isIdentifier(root) || !RUNNERS.has(root.text)) return null;
  return `${root.text}.${member} silences a test`;
}

function isEmptyFunction(node: ts.Node | undefined): boolean {
  if (node === undefined || !(ts.isArrowFunction(node) || ts.isFunctionExpression(node))) return false;
  return ts.isBlock(node.body) && node.body.statements.length === 0;
}

function inCode(node: ts.Node): string | null {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return "the type any silences the type checker";
  if (ts.isCatchClause(node) && node.block.statements.length === 0) return "an empty catch silences an error";
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
    if (node.expression.name.text === "catch" && isEmptyFunction(node.arguments[0]))
      return "an empty catch silences an error";
  return silencedTest(node);
}

function check(source: Source): Finding[] {
  const found = source.comments.flatMap((comment) =>
    inComment(comment.text).map((message) => finding(source, comment.pos, message)),
  );
  walk(source.ast, (node) => {
    const message = inCode(node);
    if (message !== null) found.push(finding(source, node, message));
  });
  return found;
}

export const hush: Rule = {
  name: "hush",
  asks: "nothing silenced, nothing promised",
  check: (tree) => tree.sources.flatMap(check),
};
