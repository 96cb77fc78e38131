/** A small sound house, and the words that a planted case is written with. */

export type Files = Readonly<Record<string, string>>;
export type Case = readonly [what: string, files: Files, times?: number];

export const HEAD = "/** A file of the planted house, with a head comment that is long enough. */\n";
export const SPEC = "export const x = 1;\n";

/** A small sound house with a case's files laid over it; each gets a head, but for JSON and paths that begin with `*`. */
export function plant(files: Files): Map<string, string> {
  const house = new Map<string, string>([["package.json", "{}"]]);
  const rooms = [
    "kernel",
    "exact",
    "numeric",
    "report",
    "models",
    "engine",
    "oracle",
    "certify",
    "verify",
    "doors",
    "cli",
    "web",
  ];
  for (const room of rooms) house.set(`src/${room}/a.ts`, HEAD + SPEC);
  for (const path of ["src/index.ts", "src/numeric/interval.ts", "proofs/a.ts", "properties/a.ts", "test/a.ts"])
    house.set(path, HEAD + SPEC);
  for (const [path, text] of Object.entries(files))
    house.set(path.replace("*", ""), path.endsWith(".json") || path.startsWith("*") ? text : HEAD + text);
  return house;
}

export const manifest = (
  dependencies: readonly string[],
  devDependencies: readonly string[] = [],
  peerDependencies: readonly string[] = [],
): string => {
  const field = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, "1.0.0"]));
  const [ships, dev, peers] = [dependencies, devDependencies, peerDependencies].map(field);
  return JSON.stringify({ dependencies: ships, devDependencies: dev, peerDependencies: peers }, null, 2);
};
export const from = (path: string, ...specifiers: string[]): Files => ({
  [path]: specifiers.map((s, i) => `import { x as x${i} } from "${s}";\n`).join(""),
});
export const packages = (path: string, ...names: string[]): Files => ({
  ...from(path, ...names),
  "package.json": manifest(names),
});

/** A path of a machine, put together so that this file knows none. */
export const at = (...parts: string[]): string => ["", ...parts].join("/");
export const HOLE = "$" + "{x}";
export const WORD = (...letters: string[]): string => letters.join("");
export const LINT = WORD("biome", "-ignore");

/** The first file of rooms, seen from another room. */
export function up(...rooms: string[]): string[] {
  return rooms.map((room) => `../${room}/a.js`);
}
