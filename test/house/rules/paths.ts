/** paths: no string and no comment knows the machine it was written on. */
import ts from "typescript";
import { type Finding, finding, isTemplatePart, type Rule, type Source, walk } from "../tree.js";

/** An absolute path begins where no word, dot or bracket goes before its slash. */
const MACHINE = /(?<![\w.~)}\]-])\/(?:home|tmp|root|work)(?:\/|$)|\b[A-Za-z]:\\|\bC:\//;
const OUTSIDE = /(?<![\w.])\.\.\/shared(?![\w-]|\.\w)/;

function complaint(text: string): string | null {
  const match = MACHINE.exec(text) ?? OUTSIDE.exec(text);
  return match === null ? null : `"${match[0]}" exists only on one machine`;
}

/** The text of a string or of a piece of a template, cooked and raw; what follows a hole does not begin a path. */
function textsOf(node: ts.Node): string[] {
  if (ts.isStringLiteral(node)) return [node.text];
  if (!isTemplatePart(node)) return [];
  const before = ts.isTemplateMiddle(node) || ts.isTemplateTail(node) ? "}" : "";
  return [before + node.text, before + (node.rawText ?? "")];
}

function check(source: Source): Finding[] {
  const found: Finding[] = [];
  const add = (at: number | ts.Node, texts: readonly string[]): void => {
    const message = texts.map(complaint).find((m) => m !== null);
    if (message !== undefined) found.push(finding(source, at, message));
  };
  for (const comment of source.comments) add(comment.pos, [comment.text]);
  walk(source.ast, (node) => add(node, textsOf(node)));
  return found;
}

export const paths: Rule = {
  name: "paths",
  asks: "no absolute machine path in a string or a comment",
  check: (tree) => tree.sources.flatMap(check),
};
