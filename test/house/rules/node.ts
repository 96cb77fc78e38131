/** node: the core uses neither Node nor a browser; files, processes and pages live behind the doors. */
import { builtinModules } from "node:module";
import { inside, isCore, roomOf } from "../places.js";
import { type Finding, finding, globalUses, type Rule } from "../tree.js";

const BUILTIN: ReadonlySet<string> = new Set(builtinModules);
const NODE: ReadonlySet<string> = new Set([
  "process",
  "Buffer",
  "__dirname",
  "__filename",
  "require",
  "setImmediate",
  "clearImmediate",
  "global",
  "NodeJS",
]);
const BROWSER: ReadonlySet<string> = new Set(["window", "document", "localStorage", "sessionStorage", "self"]);
const OPAQUE: ReadonlySet<string> = new Set(["globalThis"]);

function isNodeModule(specifier: string): boolean {
  return specifier.startsWith("node:") || BUILTIN.has(specifier);
}

export const node: Rule = {
  name: "node",
  asks: "Node only in src/cli and test, the browser only in src/web",
  check: (tree) => {
    const found: Finding[] = [];
    for (const source of tree.sources) {
      const { path } = source;
      if (!inside(path, "src/cli") && roomOf(path) !== "test") {
        for (const { specifier, line } of source.imports)
          if (specifier !== null && isNodeModule(specifier))
            found.push({ file: path, line, message: `the Node module "${specifier}" belongs in src/cli or test` });
        for (const use of globalUses(tree, source, NODE))
          found.push(finding(source, use.node, `the Node global ${use.name} belongs in src/cli or test`));
      }
      if (!inside(path, "src/web"))
        for (const use of globalUses(tree, source, BROWSER))
          found.push(finding(source, use.node, `the browser global ${use.name} belongs in src/web`));
      if (isCore(path))
        for (const use of globalUses(tree, source, OPAQUE))
          found.push(finding(source, use.node, "globalThis without a literal name hides which global is used"));
    }
    return found;
  },
};
