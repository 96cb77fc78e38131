/** floors: who may import whom (design, section 4), for every way to name a module. */
import { isBuiltin } from "node:module";
import { posix } from "node:path";
import { isShipped, isTestFile, PUBLIC_DOOR, ROOMS, roomOf } from "../places.js";
import type { Finding, Import, Rule, Source, Tree } from "../tree.js";

const BELOW_ENGINE = ["src/kernel", "src/exact", "src/numeric", "src/models"];
const BELOW_VERIFY = [...BELOW_ENGINE, "src/engine", "src/oracle", "src/certify"];
const NO_REPORT = ROOMS.filter((room) => room !== "src/report");
const DOOR = [...ROOMS, PUBLIC_DOOR, "src/doors", "proofs", "properties"];

/** What a room may import besides itself; a star ends a prefix of paths. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "src/kernel": [],
  "src/exact": ["src/kernel"],
  "src/numeric": ["src/kernel"],
  "src/report": ["src/kernel"],
  "src/models": ["src/kernel", "src/exact", "src/numeric"],
  "src/engine": BELOW_ENGINE,
  "src/oracle": BELOW_ENGINE,
  "src/certify": ["src/kernel", "src/exact", "src/numeric/interval*"],
  "src/verify": BELOW_VERIFY,
  [PUBLIC_DOOR]: [...ROOMS, "proofs", "properties"],
  "src/doors": [...ROOMS, "proofs", "properties"],
  proofs: NO_REPORT,
  properties: [...ROOMS, "proofs"],
  "src/cli": DOOR,
  "src/web": DOOR,
  test: [...DOOR, "src/cli", "src/web"],
};

/** The file a relative specifier names, or null. `dist` is the built image of the sources; only tests may name it. */
function resolve(tree: Tree, from: string, specifier: string): string | null {
  let target = posix.join(posix.dirname(from), specifier);
  if (roomOf(from) === "test" && /^dist\/(src|proofs|properties)\//.test(target)) target = target.slice("dist/".length);
  const stem = /^(.*)\.([cm]?)js$/.exec(target);
  const candidates = stem === null ? [target] : [`${stem[1]}.${stem[2]}ts`, `${stem[1]}.d.${stem[2]}ts`, target];
  return candidates.find((path) => tree.files.has(path)) ?? null;
}

function mayImport(from: string, to: string): boolean {
  const room = roomOf(from);
  const target = isTestFile(to) ? "test" : roomOf(to);
  if (room === null || target === null) return room === "test" || room === "src/cli" || room === "src/web";
  if (room === target) return true;
  return (MAY_IMPORT[room] ?? []).some((allowed) =>
    allowed.endsWith("*") ? to.startsWith(allowed.slice(0, -1)) : allowed === target,
  );
}

function judgeImport(tree: Tree, source: Source, { specifier }: Import): string | null {
  const room = roomOf(source.path);
  if (specifier === null)
    return room === "src/cli" ? null : "a dynamic import must name its module by a literal (outside src/cli)";
  if (/^\.\.?(\/|$)/.test(specifier)) {
    if (posix.join(posix.dirname(source.path), specifier).startsWith(".."))
      return `"${specifier}" leaves the repository`;
    const target = resolve(tree, source.path, specifier);
    if (target === null) return `"${specifier}" resolves to nothing`;
    return mayImport(source.path, target) ? null : `${room ?? source.path} may not import ${target}`;
  }
  if (/^biasproof(\/|$)/.test(specifier)) return `"${specifier}" imports this package by its name; import by path`;
  if (isBuiltin(specifier) || /^(node:)?@?[\w-]+[\w.-]*(\/|$)/.test(specifier)) return null;
  return `"${specifier}" is neither a relative path nor a package`;
}

export const floors: Rule = {
  name: "floors",
  asks: "imports go down the floors of the house, never back",
  check: (tree) => {
    const found: Finding[] = [];
    for (const path of tree.files.keys()) {
      if (isShipped(path) && roomOf(path) === null)
        found.push({ file: path, line: 1, message: "this file stands in no room of the house" });
      if (isShipped(path) && /\.[cm]?jsx?$/.test(path))
        found.push({ file: path, line: 1, message: "only TypeScript is read by the rules of the house" });
    }
    for (const source of tree.sources)
      for (const imported of source.imports) {
        const message = judgeImport(tree, source, imported);
        if (message !== null) found.push({ file: source.path, line: imported.line, message });
      }
    return found;
  },
};
