/**
 * Files in and out. Reading: a shipped data set by its name, or a path. Writing: to a temporary name beside the target and
 * then renamed, so that an interrupted run never leaves half a file; directories are made only when there is something
 * to write. Every fault of the file system is one sentence.
 */
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
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
    EPERM: "it is not permitted",
    EROFS: "the file system is read-only",
    ENOSPC: "there is no space left",
    EEXIST: "something of that name is in the way",
  };
  return known[String(code)] ?? (error instanceof Error ? error.message.split("\n")[0]! : String(error));
};

/** What is at a path; undefined when nothing is, also below a file. Throws a sentence when it may not be looked at. */
function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === "ENOTDIR") return undefined;
    throw new UseError(`${path}: expected a path, but ${sentence(error)}`);
  }
}

export function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UseError(`${file}: expected a readable file, but ${sentence(error)}`);
  }
}

/** Makes a directory and its parents, one level at a time (a recursive mkdir does not end under some pseudo file systems). */
function makeDirectory(directory: string): void {
  if (look(directory)?.isDirectory() === true) return;
  const parent = dirname(directory);
  if (parent !== directory) makeDirectory(parent);
  mkdirSync(directory);
}

/** Regular files are replaced whole; links, pipes and devices are written through. */
export function writeText(file: string, text: string): void {
  const directory = dirname(resolve(file));
  const temporary = join(directory, `.${basename(file)}.${process.pid}.tmp`);
  try {
    makeDirectory(directory);
    const there = lstatSync(file, { throwIfNoEntry: false });
    if (there !== undefined && !there.isFile()) {
      writeFileSync(file, text);
      return;
    }
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new UseError(`${file}: expected a place to write to, but ${sentence(error)}`);
  }
}

/** Refuses, before any work, a target that cannot be written or that is the very input. */
export function checkTarget(file: string, inputs: readonly string[]): void {
  const there = look(file);
  if (there?.isDirectory() === true) throw new UseError(`${file}: expected a file to write to, got a directory`);
  const same = (input: string): boolean => {
    const other = look(input);
    return there !== undefined && other !== undefined && there.ino === other.ino && there.dev === other.dev;
  };
  if (there?.isFile() === true && inputs.some(same))
    throw new UseError(`${file}: expected an output other than the input`);
  try {
    let directory = dirname(resolve(file));
    while (look(directory) === undefined && dirname(directory) !== directory) directory = dirname(directory);
    if (look(directory)?.isDirectory() !== true)
      throw new UseError(`${file}: expected a place to write to, but ${directory} is a file`);
    accessSync(there === undefined ? directory : file, constants.W_OK);
  } catch (error) {
    if (error instanceof UseError) throw error;
    throw new UseError(`${file}: expected a place to write to, but ${sentence(error)}`);
  }
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
  const isFile = look(word) !== undefined;
  if (!isFile && SHIPPED_SETS.some((s) => s.name === word)) return loadShipped(word, null, options);
  if (!isFile)
    throw new UseError(
      `${word}: expected a readable file or a shipped set (${SHIPPED_SETS.map((s) => s.name).join(", ")}), but there is neither`,
    );
  const load: LoadOptions = { file: word, name: basename(word), ...options };
  return { ...datasetFromBytes(readBytes(word), load), shipped: null };
}
