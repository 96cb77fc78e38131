/** Holds the real tree to the rules of the house. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { judge, RULES, show } from "./rules.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A project of somebody else's, which imports the package by its name as it is installed. */
const STRANGER = join(ROOT, "test", "example");

/** The text of every source; other files are known by name alone. */
function readTree(): Map<string, string> {
  const files = new Map<string, string>();
  const add = (path: string): Map<string, string> =>
    files.set(
      relative(ROOT, path).split(sep).join("/"),
      /(\.[cm]?tsx?|package\.json)$/.test(path) ? readFileSync(path, "utf8") : "",
    );
  for (const entry of readdirSync(ROOT, { withFileTypes: true })) if (entry.isFile()) add(join(ROOT, entry.name));
  for (const top of ["src", "proofs", "properties", "test"])
    for (const entry of readdirSync(join(ROOT, top), { withFileTypes: true, recursive: true }))
      if (entry.isFile() && !entry.parentPath.startsWith(STRANGER)) add(join(entry.parentPath, entry.name));
  return files;
}

const files = readTree();
const violations = judge(files);

it("reads the whole tree", () => {
  expect(files.has("package.json")).toBe(true);
  expect(files.has("src/kernel/verdict.ts")).toBe(true);
  expect(files.has("test/house/rules.ts")).toBe(true);
});

for (const { name, asks } of RULES)
  it(`${name}: ${asks}`, () => {
    const broken = violations.filter((v) => v.rule === name).map(show);
    expect(broken, `\n${broken.join("\n")}\n`).toEqual([]);
  });
