/** The thread of the work: does one task of tasks.ts and says what came of it. An interrupt is a flag in shared memory. */
import { parentPort, workerData } from "node:worker_threads";
import { UseError } from "../../kernel/use-error.js";
import { TASKS, type Tasks } from "./tasks.js";
import type { Message, Watch } from "./watch.js";

export interface Order {
  readonly task: keyof Tasks;
  readonly input: unknown;
  /** Four bytes; not 0 once the work is to end. */
  readonly flag: SharedArrayBuffer;
}

const { task, input, flag } = workerData as Order;
const say = (message: Message<unknown>): void => parentPort?.postMessage(message);
const word = new Int32Array(flag);
const watch: Watch = {
  interrupted: () => Atomics.load(word, 0) !== 0,
  progress: (line) => say({ kind: "progress", line }),
};

// The types of the tasks are held to at the other end, where the order is given.
const work = TASKS[task] as (input: unknown, watch: Watch) => Promise<unknown>;
work(input, watch).then(
  (value) => say({ kind: "done", value }),
  (error: unknown) =>
    say({
      kind: "fault",
      use: error instanceof UseError,
      message: error instanceof Error ? error.message : String(error),
    }),
);
