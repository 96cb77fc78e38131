/** The versions a document names; read from the package itself. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Versions } from "../kernel/document.js";
import { PACKAGE_ROOT } from "./files.js";

export function versions(): Versions {
  const { version } = JSON.parse(readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8")) as {
    readonly version: string;
  };
  return { biasproof: version, node: process.version };
}
