/**
 * A thread of the pool: decides one case after the other, as they are handed to it, and says what came of each. Null: it was
 * told to end meanwhile, by a flag in shared memory, and what it found says nothing.
 */
import { parentPort, workerData } from "node:worker_threads";
import { THEOREMS } from "../../../proofs/index.js";
import { UseError } from "../../kernel/use-error.js";
import type { Theorem } from "../../verify/theorem.js";
import { verifyCase } from "../../verify/verify-case.js";
import { userFault } from "../user/fault.js";
import { type FileSource, theoremAgain } from "../user-file.js";
import { type CaseTask, type DecidedCase, decidedCase, wordOf } from "./decided-case.js";

export type Said =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly value: DecidedCase | null }
  | { readonly kind: "fault"; readonly use: boolean; readonly message: string };

const word = new Int32Array((workerData as { readonly flag: SharedArrayBuffer }).flag);
const say = (said: Said): void => parentPort?.postMessage(said);
const told = (): boolean => Atomics.load(word, 0) !== 0;

const imported = new Map<string, Promise<Theorem>>();

/** A user's theorem, imported once in this thread. */
function ofUser(source: FileSource, id: string): Promise<Theorem> {
  const key = `${id}@${source.path}`;
  const found = imported.get(key) ?? theoremAgain(source, id).then((c) => c.theorem);
  imported.set(key, found);
  return found;
}

async function decideOwn(task: CaseTask, source: FileSource): Promise<DecidedCase | null> {
  const theorem = await ofUser(source, task.theorem);
  try {
    return await decideWith(theorem, task);
  } catch (error) {
    const fault = userFault(error, source, `theorem ${task.theorem}`);
    throw fault instanceof UseError
      ? new UseError(`${fault.message} (in case ${task.index}, biasproof replay '${wordOf(task)}')`)
      : fault;
  }
}

function decide(task: CaseTask): Promise<DecidedCase | null> {
  if (task.source !== undefined) return decideOwn(task, task.source);
  const theorem = THEOREMS.find((t) => t.id === task.theorem);
  if (theorem === undefined) throw new Error(`no theorem ${task.theorem}`);
  return decideWith(theorem, task);
}

async function decideWith(theorem: Theorem, task: CaseTask): Promise<DecidedCase | null> {
  const result = await verifyCase(theorem, task.case, { cancelled: () => (told() ? "interrupted" : null) });
  return told() ? null : decidedCase(task, result);
}

parentPort?.on("message", (task: CaseTask) => {
  Promise.resolve(task)
    .then(decide)
    .then(
      (value) => say({ kind: "done", value }),
      (error: unknown) =>
        say({
          kind: "fault",
          use: error instanceof UseError,
          message: error instanceof Error ? error.message : String(error),
        }),
    );
});
say({ kind: "ready" });
