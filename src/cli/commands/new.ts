/** `biasproof new theorem FILE`: writes a conjecture that runs as it stands, to be changed into one's own. */
import { basename, extname } from "node:path";
import { UseError } from "../../kernel/use-error.js";
import { printable } from "../../models/data/decimal.js";
import type { Command } from "../command.js";
import { checkTarget, look, writeTexts } from "../files.js";
import { templateFor } from "../template.js";

const EXTENSIONS = [".ts", ".mts", ".js", ".mjs"];

export const newCommand: Command = {
  name: "new",
  summary: "begin a file with a theorem of your own: a template that verifies as it stands",
  usage: `theorem FILE   (FILE ends in ${EXTENSIONS.join(", ")}, and is never overwritten)`,
  flags: {},
  example: "biasproof new theorem my-conjecture.ts",
  async run(args, terminal) {
    const [what, file, ...more] = args.positional;
    if (what !== "theorem" || file === undefined || more.length > 0)
      throw new UseError(
        `new: expected the word theorem and one file, got "${args.positional.join(" ").slice(0, 80)}"`,
      );
    const name = printable(file);
    if (!EXTENSIONS.includes(extname(file)))
      throw new UseError(`${name}: expected a file that ends in ${EXTENSIONS.join(", ")}, got another`);
    if (look(file) !== undefined) throw new UseError(`${name}: expected a new file, got one that exists`);
    checkTarget(file, []);
    writeTexts([{ file, text: templateFor(basename(file)) }]);
    terminal.print(`${name} is written. Next: biasproof verify ${/[\\/]/.test(file) ? name : `./${name}`}`);
    return 0;
  },
};
