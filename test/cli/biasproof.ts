/** Runs the built command in a process of its own, as a user would. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const MAIN = join(ROOT, "dist", "src", "cli", "main.js");

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function biasproof(args: readonly string[], cwd = ROOT): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: "utf8",
    cwd,
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { code: status, stdout, stderr };
}

/** The JSON document on stdout; fails the test when stdout carries anything else. */
export function json(args: readonly string[]): {
  readonly code: number | null;
  readonly document: Record<string, unknown>;
} {
  const { code, stdout } = biasproof([...args, "--json", "-"]);
  return { code, document: JSON.parse(stdout) as Record<string, unknown> };
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), "biasproof-test-"));

export function file(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
