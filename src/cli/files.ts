/**
 * Bytes in and text out. Writing: every file of a command to a temporary name beside its target, and only when all of
 * them stand are they renamed, so that an interrupted or failed run leaves neither half a file nor half a report;
 * directories are made only when there is something to write. Every fault of the file system is one sentence (UseError).
 */
import {
  accessSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { UseError } from "../kernel/use-error.js";
import { printable } from "../models/data/decimal.js";
import { faultCode, fileFault } from "./file-fault.js";

/** The package's root: three levels above dist/src/cli. */
export const PACKAGE_ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** What is at a path; undefined when nothing is, also below a file. Throws a sentence when it may not be looked at. */
export function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (faultCode(error) === "ENOTDIR") return undefined;
    throw new UseError(`${printable(path)}: expected a path, but ${fileFault(error)}`);
  }
}

/** More than any document of ours, and an end to what has none (a device, a pipe that is never closed). */
const MOST_BYTES = 512 * 1024 * 1024;
const CHUNK = 4 * 1024 * 1024;

function bytesOf(file: string, handle: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let total = 0; total <= MOST_BYTES; ) {
    const part = new Uint8Array(CHUNK);
    const read = readSync(handle, part);
    if (read === 0) return Buffer.concat(parts, total);
    parts.push(part.subarray(0, read));
    total += read;
  }
  throw new UseError(`${printable(file)}: expected at most ${MOST_BYTES} bytes, found more`);
}

export function readBytes(file: string): Uint8Array {
  try {
    const handle = openSync(file, "r");
    try {
      return bytesOf(file, handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (error instanceof UseError) throw error;
    throw new UseError(`${printable(file)}: expected a readable file, but ${fileFault(error)}`);
  }
}

/** Makes a directory and its parents, one level at a time (a recursive mkdir does not end under some pseudo file systems). */
function makeDirectory(directory: string, made: string[]): void {
  if (look(directory)?.isDirectory() === true) return;
  const parent = dirname(directory);
  if (parent !== directory) makeDirectory(parent, made);
  mkdirSync(directory);
  made.push(directory);
}

/** Removes what was prepared, as far as that goes: the fault that led here is the one to be told. */
function undo(temporaries: readonly string[], directories: readonly string[]): void {
  for (const file of temporaries) rmSync(file, { force: true });
  for (const directory of [...directories].reverse())
    try {
      rmdirSync(directory);
    } catch {
      return;
    }
}

export interface OutputFile {
  readonly file: string;
  readonly text: string;
}

/** Writes all of the files or none. Regular files are replaced whole; links, pipes and devices are written through. */
export function writeTexts(files: readonly OutputFile[]): void {
  const made: string[] = [];
  const staged: { readonly temporary: string; readonly file: string }[] = [];
  const through: OutputFile[] = [];
  const attempt = (file: string, work: () => void): void => {
    try {
      work();
    } catch (error) {
      undo(
        staged.map((s) => s.temporary),
        made,
      );
      throw new UseError(`${printable(file)}: expected a place to write to, but ${fileFault(error)}`);
    }
  };
  files.forEach(({ file, text }, i) => {
    attempt(file, () => {
      const directory = dirname(resolve(file));
      makeDirectory(directory, made);
      const there = lstatSync(file, { throwIfNoEntry: false });
      if (there !== undefined && !there.isFile()) {
        through.push({ file, text });
        return;
      }
      // Short, and told apart by number: a name at the limit of the file system must leave room for it.
      const temporary = join(directory, `.${basename(file).slice(0, 40)}.${process.pid}.${i}.tmp`);
      staged.push({ temporary, file });
      writeFileSync(temporary, text);
    });
  });
  for (const { file, text } of through) attempt(file, () => writeFileSync(file, text));
  for (const { temporary, file } of staged) attempt(file, () => renameSync(temporary, file));
}

/** Refuses, before any work, a target that cannot be written or that is the very input. */
export function checkTarget(file: string, inputs: readonly string[]): void {
  const there = look(file);
  if (there?.isDirectory() === true)
    throw new UseError(`${printable(file)}: expected a file to write to, got a directory`);
  const same = (input: string): boolean => {
    const other = look(input);
    return there !== undefined && other !== undefined && there.ino === other.ino && there.dev === other.dev;
  };
  if (there?.isFile() === true && inputs.some(same))
    throw new UseError(`${printable(file)}: expected an output other than the input`);
  try {
    let directory = dirname(resolve(file));
    while (look(directory) === undefined && dirname(directory) !== directory) directory = dirname(directory);
    if (look(directory)?.isDirectory() !== true)
      throw new UseError(`${printable(file)}: expected a place to write to, but ${directory} is a file`);
    accessSync(there === undefined ? directory : file, constants.W_OK);
  } catch (error) {
    if (error instanceof UseError) throw error;
    throw new UseError(`${printable(file)}: expected a place to write to, but ${fileFault(error)}`);
  }
}
