/**
 * A thread that looks at a file of the user's before anybody relies on it: its types, then its code, which may do anything
 * and may never end. Says what came of it; who waits ends it after a while.
 */
import { parentPort, workerData } from "node:worker_threads";
import { UseError } from "../../kernel/use-error.js";
import { importTheorems, sumOf } from "./import.js";
import { lawsFault } from "./laws.js";
import { checkTypes } from "./types.js";

export interface Probe {
  readonly file: string;
  readonly path: string;
}

export type Probed =
  /** What is begun now. */
  | { readonly kind: "doing"; readonly what: string }
  | {
      readonly kind: "done";
      readonly files: readonly string[];
      readonly sha256: string;
      readonly notes: readonly string[];
    }
  | { readonly kind: "fault"; readonly use: boolean; readonly message: string };

const say = (probed: Probed): void => parentPort?.postMessage(probed);

async function probe({ file, path }: Probe): Promise<Probed> {
  say({ kind: "doing", what: "the check of its types" });
  const types = await checkTypes(file, path);
  if (types.fault !== null) throw new UseError(types.fault);
  say({ kind: "doing", what: "its import" });
  const { files, theorems } = await importTheorems(file, path);
  say({ kind: "doing", what: "the check of the networks, losses and optimizers that it brings" });
  for (const { theorem } of theorems) {
    const fault = lawsFault(theorem);
    if (fault !== null) throw new UseError(`${file}: theorem ${theorem.id}: ${fault}`);
  }
  return { kind: "done", files, sha256: sumOf(files), notes: types.notes };
}

probe(workerData as Probe).then(say, (error: unknown) =>
  say({
    kind: "fault",
    use: error instanceof UseError,
    message: error instanceof Error ? error.message : String(error),
  }),
);
