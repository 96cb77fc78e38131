/** head: every file that ships says at its top what it holds. */
import ts from "typescript";
import { isShipped } from "../places.js";
import type { Rule, Source } from "../tree.js";

const LEAST_CHARACTERS = 40;

/** An index.ts that holds re-exports alone has nothing to explain. */
function isBarrel({ path, ast }: Source): boolean {
  if (!/(^|\/)index\.ts$/.test(path) || ast.statements.length === 0) return false;
  return ast.statements.every((s) => ts.isExportDeclaration(s) && s.moduleSpecifier !== undefined);
}

/** The characters of the comment that begins the file, without its frame; 0 where the file begins otherwise. */
function headLength({ text, comments }: Source): number {
  const head = comments[0];
  if (head === undefined || !head.text.startsWith("/**")) return 0;
  if (text.slice(0, head.pos).replace(/^#!.*/, "").trim() !== "") return 0;
  const words = head.text
    .slice("/**".length, -"*/".length)
    .split("\n")
    .map((line) => line.replace(/^\s*\*/, "").trim());
  return words.join(" ").trim().length;
}

export const head: Rule = {
  name: "head",
  asks: `every file begins with a head comment of at least ${LEAST_CHARACTERS} characters`,
  check: (tree) =>
    tree.sources
      .filter((source) => isShipped(source.path) && !isBarrel(source) && headLength(source) < LEAST_CHARACTERS)
      .map(({ path }) => ({
        file: path,
        line: 1,
        message: `begin with a /** head comment */ of at least ${LEAST_CHARACTERS} characters`,
      })),
};
