/**
 * The theorems in a file of the user's. It is looked at in a thread first, which is ended when it does not end by itself; only
 * then is it imported here. Every fault of it is one sentence (UseError) with file and, where there is one, line.
 */
import { extname, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import type { Conjecture } from "../../properties/conjecture.js";
import { UseError } from "../kernel/use-error.js";
import { printable } from "../models/data/decimal.js";
import type { Own, Theorem } from "../verify/theorem.js";
import { look } from "./files.js";
import { importTheorems, sumOf } from "./user/import.js";
import type { Probe, Probed } from "./user/probe.js";

/** What pins a file: how the user named it, and the sum of its bytes and of the files that it imports of its own. */
export interface FileRef {
  readonly file: string;
  readonly sha256: string;
}

/** As a thread needs it to import the file by itself. */
export interface FileSource extends FileRef {
  readonly path: string;
  readonly files: readonly string[];
}

export interface UserFile extends FileSource {
  readonly theorems: readonly Conjecture[];
  /** What a reader must know of how it was read. */
  readonly notes: readonly string[];
}

const EXTENSIONS = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"];

/** Does a word on the command line name a file, and not a theorem? */
export const namesFile = (word: string): boolean => EXTENSIONS.includes(extname(word)) || /[\\/]/.test(word);

/** Seconds that a file has to be checked and imported. */
const PATIENCE = 60;

type Facts = Extract<Probed, { readonly kind: "done" }>;

async function probed(probe: Probe, seconds: number): Promise<Facts> {
  const worker = new Worker(new URL("./user/probe.js", import.meta.url), { workerData: probe, stdout: true });
  worker.stdout.on("data", (text) => process.stderr.write(text)); // what a stranger's file prints is no result
  let timer: NodeJS.Timeout | undefined;
  let doing = "its import";
  try {
    return await new Promise<Facts>((resolve, reject) => {
      timer = setTimeout(
        () =>
          reject(
            new UseError(`${probe.file}: expected a file whose import ends, but ${doing} did not within ${seconds} s`),
          ),
        seconds * 1000,
      );
      worker.on("message", (said: Probed) => {
        if (said.kind === "doing") doing = said.what;
        else if (said.kind === "done") resolve(said);
        else reject(said.use ? new UseError(said.message) : new Error(said.message));
      });
      worker.on("error", (error) =>
        reject(new UseError(`${probe.file}: expected a file that can be imported, but ${error.message}`)),
      );
      worker.on("exit", (code) =>
        reject(
          new UseError(
            `${probe.file}: expected a file that can be imported, but it ended the process with code ${code}, or waits for what never comes`,
          ),
        ),
      );
    });
  } finally {
    clearTimeout(timer);
    worker.removeAllListeners();
    await worker.terminate();
  }
}

export async function loadTheorems(word: string, seconds = PATIENCE): Promise<UserFile> {
  const [file, path] = [printable(word), resolve(word)];
  const there = look(path);
  if (there?.isFile() !== true)
    throw new UseError(
      `${file}: expected a file with a theorem, but ${there === undefined ? "there is no such file" : "it is none"}`,
    );
  if (!EXTENSIONS.includes(extname(path)))
    throw new UseError(`${file}: expected a file that ends in ${EXTENSIONS.join(", ")}, got another`);
  const { files, sha256, notes } = await probed({ file, path }, seconds);
  const { theorems } = await importTheorems(file, path, files);
  return { file, path, files, sha256, theorems, notes };
}

/** What another thread needs of it: no functions. */
export const sourceOf = ({ file, path, files, sha256 }: FileSource): FileSource => ({ file, path, files, sha256 });

/** All that theorems bring, together. */
export const ownOf = (theorems: readonly Theorem[]): Own => ({
  architectures: theorems.flatMap((t) => t.brings?.architectures ?? []),
  losses: theorems.flatMap((t) => t.brings?.losses ?? []),
  optimizers: theorems.flatMap((t) => t.brings?.optimizers ?? []),
});

/** In a thread: the theorem of this id, from the very file that was looked at. */
export async function theoremAgain({ file, path, files, sha256 }: FileSource, id: string): Promise<Conjecture> {
  if (sumOf(files) !== sha256)
    throw new UseError(`${file}: expected the file to stay as it was while it is verified, but it changed`);
  const { theorems } = await importTheorems(file, path, files);
  const found = theorems.find(({ theorem }) => theorem.id === id);
  if (found === undefined) throw new UseError(`${file}: expected to find the theorem ${id} again, but it is gone`);
  return found;
}
