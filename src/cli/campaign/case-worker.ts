/**
 * A thread of the pool: decides one case after the other, as they are handed to it, and says what came of each. Null: it was
 * told to end meanwhile, by a flag in shared memory, and what it found says nothing.
 */
import { parentPort, workerData } from "node:worker_threads";
import { THEOREMS } from "../../../proofs/index.js";
import { UseError } from "../../kernel/use-error.js";
import { verifyCase } from "../../verify/verify-case.js";
import { type CaseTask, type DecidedCase, decidedCase } from "./decided-case.js";

export type Said =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly value: DecidedCase | null }
  | { readonly kind: "fault"; readonly use: boolean; readonly message: string };

const word = new Int32Array((workerData as { readonly flag: SharedArrayBuffer }).flag);
const say = (said: Said): void => parentPort?.postMessage(said);
const told = (): boolean => Atomics.load(word, 0) !== 0;

async function decide(task: CaseTask): Promise<DecidedCase | null> {
  const theorem = THEOREMS.find((t) => t.id === task.theorem);
  if (theorem === undefined) throw new Error(`no theorem ${task.theorem}`);
  const result = await verifyCase(theorem, task.case, { cancelled: () => (told() ? "interrupted" : null) });
  return told() ? null : decidedCase(task, result);
}

parentPort?.on("message", (task: CaseTask) => {
  decide(task).then(
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
