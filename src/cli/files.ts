/**
 * Files in and out. Reading: a shipped data set by its name, or a path. Writing: to a temporary name beside the target and
 * then renamed, so that an interrupted run never leaves half a file; directories are made only when there is something
 * to write. Every fault of the file system is one sentence.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { UseError } from "../kernel/use-error.js";
import { datasetFromBytes, type Loaded, type LoadOptions } from "../models/data/load.js";
import { SHIPPED_SETS, type ShippedSet } from "../models/data/shipped.js";
import type { Arguments } from "./arguments.js";

/** The package's root: three levels above dist/src/cli. */
export const PACKAGE_ROOT = fileURLToPath(new URL("../../../", import.meta.url));

const sentence = (error: unknown): string => {
  const code = (error as { readonly code?: unknown } | null)?.code;
  const known: Readonly<Record<string, string>> = {
    ENOENT: "there is no such file",
    EISDIR: "it is a directory",
    EACCES: "permission is denied",
    ENOTDIR: "a part of its path is not a directory",
    EEXIST: "something of that name is in the way",
  };
  return known[String(code)] ?? (error instanceof Error ? error.message.split("\n")[0]! : String(error));
};

export function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UseError(`${file}: expected a readable file, but ${sentence(error)}`);
  }
}

export function writeText(file: string, text: string): void {
  try {
    const directory = dirname(file);
    mkdirSync(directory, { recursive: true });
    const temporary = join(directory, `.${basename(file)}.${process.pid}.tmp`);
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } catch (error) {
    throw new UseError(`${file}: expected a place to write to, but ${sentence(error)}`);
  }
}

/** Refuses a report directory that is a file before hours of work are spent. */
export function checkDirectory(directory: string): void {
  const stat = statSync(directory, { throwIfNoEntry: false });
  if (stat !== undefined && !stat.isDirectory()) throw new UseError(`${directory}: expected a directory, got a file`);
}

export interface NamedData extends Loaded {
  /** Set when the data are a shipped set: what a replay line needs to name them. */
  readonly shipped: { readonly set: ShippedSet; readonly options: ShippedOptions } | null;
}

export interface ShippedOptions {
  readonly label?: string;
  readonly positive?: string;
  readonly negative?: string;
  readonly bias?: boolean;
}

/** Loads a shipped set and checks that its file is the one that was shipped. */
export function loadShipped(name: string, sha256: string | null, options: ShippedOptions): NamedData {
  const set = SHIPPED_SETS.find((s) => s.name === name);
  if (set === undefined)
    throw new UseError(`data: expected a shipped set (${SHIPPED_SETS.map((s) => s.name).join(", ")}), got "${name}"`);
  const bytes = readBytes(join(PACKAGE_ROOT, "src", "models", "data", "shipped", set.file));
  const hash = createHash("sha256").update(bytes).digest("hex");
  if (hash !== set.sha256)
    throw new UseError(`${set.file}: expected the shipped file (sha256 ${set.sha256}), got ${hash}`);
  if (sha256 !== null && sha256 !== hash)
    throw new UseError(`${set.file}: expected the version with sha256 ${sha256}, got ${hash}`);
  return { ...datasetFromBytes(bytes, { file: set.file, name, ...options }), shipped: { set, options } };
}

/** The data set that a command names: a file of that path, else a shipped set of that name. */
export function loadData(word: string, args: Arguments): NamedData {
  const pick = (name: string): Record<string, string> => {
    const value = args.values.get(name);
    return value === undefined ? {} : { [name]: value };
  };
  const options: ShippedOptions = {
    ...pick("label"),
    ...pick("positive"),
    ...pick("negative"),
    ...(args.switches.has("bias") ? { bias: true } : {}),
  };
  const isFile = statSync(word, { throwIfNoEntry: false }) !== undefined;
  if (!isFile && SHIPPED_SETS.some((s) => s.name === word)) return loadShipped(word, null, options);
  const load: LoadOptions = { file: word, name: basename(word), ...options };
  return { ...datasetFromBytes(readBytes(word), load), shipped: null };
}
