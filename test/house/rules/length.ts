/** length: a file that ships can be read in one sitting. */
import { isShipped } from "../places.js";
import type { Rule } from "../tree.js";

const MOST_LINES = 300;

function linesOf(text: string): number {
  const lines = text.split("\n");
  return lines.at(-1) === "" ? lines.length - 1 : lines.length;
}

export const length: Rule = {
  name: "length",
  asks: `at most ${MOST_LINES} lines a file`,
  check: (tree) =>
    tree.sources
      .filter(({ path, text }) => isShipped(path) && linesOf(text) > MOST_LINES)
      .map(({ path, text }) => ({
        file: path,
        line: MOST_LINES + 1,
        message: `${linesOf(text)} lines; at most ${MOST_LINES}`,
      })),
};
