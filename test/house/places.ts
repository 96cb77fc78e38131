/** Where a file stands in the house: its room, and whether it belongs to the core or to the tests. */

/** The rooms of `src` without its doors. */
export const ROOMS = [
  "src/kernel",
  "src/exact",
  "src/numeric",
  "src/report",
  "src/models",
  "src/engine",
  "src/oracle",
  "src/certify",
  "src/verify",
] as const;

/** The public door: what a program that depends on the package imports. */
export const PUBLIC_DOOR = "src/index.ts";

/** `src/doors` are the doors to the test runners of other people's projects. */
const PLACES = [...ROOMS, "src/doors", "src/cli", "src/web", "proofs", "properties", "test"];

/** Whether a path is `folder` or lies in it. */
export function inside(path: string, ...folders: readonly string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
}

/** A thin file that hands laws to the test runner. */
export function isTestFile(path: string): boolean {
  return /\.test\.[cm]?tsx?$/.test(path);
}

/** The room a path stands in, `null` for a path that has none. Settings of tools at the root are test code. */
export function roomOf(path: string): string | null {
  if (path === PUBLIC_DOOR) return PUBLIC_DOOR;
  if (/^[^/]+\.config\.[cm]?ts$/.test(path)) return "test";
  return PLACES.find((place) => path.startsWith(`${place}/`)) ?? null;
}

/** What the package ships: everything but `test`. */
export function isShipped(path: string): boolean {
  return inside(path, "src", "proofs", "properties");
}

/** What must run the same in a terminal and in a page: what is shipped, without the doors to either. */
export function isCore(path: string): boolean {
  return isShipped(path) && !inside(path, "src/cli", "src/web");
}
