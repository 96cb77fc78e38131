/** dependencies: each package stands where it belongs, is declared by what ships, and nothing declared is idle. */
import { isBuiltin } from "node:module";
import ts from "typescript";
import { inside, isShipped, isTestFile, roomOf } from "../places.js";
import { type Finding, lineOf, type Rule, type Source, type Tree, walk } from "../tree.js";

/** Where shipped code may import a package: folders or files. `test` may import any of them. */
const BELONGS: Readonly<Record<string, readonly string[]>> = {
  mathjs: ["src/exact/text"],
  "fast-check": ["properties", "src/doors"],
  "@fast-check/vitest": ["properties"],
  quadprog: ["src/oracle"],
  highs: ["src/oracle"],
  "scs-solver": ["src/oracle"],
  "ml-matrix": ["src/oracle", "src/engine", "src/numeric"],
  "fft.js": ["src/numeric"],
  "csv-parse": ["src/models/data", "src/models/data.ts"],
  "lossless-json": ["src/models/data", "src/models/data.ts"],
  valibot: ["src/cli"],
  fflate: ["src/cli"],
  jiti: ["src/cli"],
  piscina: ["src/cli"],
  "d3-scale": ["src/report"],
  "d3-shape": ["src/report"],
  typescript: [],
};

/** The package a specifier names; null for paths, Node modules, URLs and this package itself. */
function packageOf(specifier: string): string | null {
  if (isBuiltin(specifier) || specifier.startsWith("node:")) return null;
  const name = /^(@[\w.-]+\/[\w.-]+|[\w-][\w.-]*)(?:\/.*)?$/.exec(specifier)?.[1] ?? null;
  return name === "biasproof" ? null : name;
}

function isWellPlaced(name: string, path: string): boolean {
  if (name === "vitest") return isTestFile(path) || path === "vitest.config.ts" || inside(path, "src/doors");
  const places = BELONGS[name];
  return places !== undefined && (roomOf(path) === "test" || inside(path, ...places));
}

/** The packages that a field of package.json declares, each with its line. */
function declared(tree: Tree, field: string): Map<string, number> {
  const names = new Map<string, number>();
  const json = ts.createSourceFile("package.json", tree.files.get("package.json") ?? "{}", ts.ScriptTarget.JSON, true);
  walk(json, (node) => {
    if (!ts.isPropertyAssignment(node) || !ts.isStringLiteral(node.name)) return;
    const owner = node.parent.parent;
    if (ts.isPropertyAssignment(owner) && ts.isStringLiteral(owner.name) && owner.name.text === field)
      names.set(node.name.text, lineOf(json, node));
  });
  return names;
}

function* packagesOf(source: Source): Generator<{ name: string; line: number }> {
  for (const { specifier, line } of source.imports) {
    const name = specifier === null ? null : packageOf(specifier);
    if (name !== null) yield { name, line };
  }
}

export const dependencies: Rule = {
  name: "dependencies",
  asks: "each package only where it belongs, declared if it ships, imported if declared",
  check: (tree) => {
    const found: Finding[] = [];
    const ships = declared(tree, "dependencies");
    // What whoever opens a door has already, and need not have who does not.
    const peers = declared(tree, "peerDependencies");
    const known = new Set([...ships.keys(), ...declared(tree, "devDependencies").keys()]);
    const used = new Set<string>();
    for (const source of tree.sources) {
      const shipped = isShipped(source.path) && !isTestFile(source.path);
      for (const { name, line } of packagesOf(source)) {
        const add = (message: string): number => found.push({ file: source.path, line, message });
        if (shipped) used.add(name);
        if (!isWellPlaced(name, source.path)) add(`the package ${name} does not belong here`);
        else if (
          shipped ? !ships.has(name) && !(inside(source.path, "src/doors") && peers.has(name)) : !known.has(name)
        )
          add(`the package ${name} is not in the ${shipped ? "dependencies" : "(dev)dependencies"} of package.json`);
      }
    }
    for (const [name, line] of [...ships, ...peers])
      if (!used.has(name))
        found.push({ file: "package.json", line, message: `no shipped code imports the dependency ${name}` });
    return found;
  },
};
