/**
 * Does a task in a thread of its own, so that this one hears an interrupt while the engine counts. The first interrupt asks
 * the work to end and to say what it knows by then; when it does not within a moment, or at the second, the thread is
 * ended and `Interrupted` is thrown. A fault in the thread is thrown here as it was there.
 */
import { Worker } from "node:worker_threads";
import { UseError } from "../../kernel/use-error.js";
import { Interrupted } from "../interrupt.js";
import type { Terminal } from "../terminal.js";
import type { Tasks } from "./tasks.js";
import type { Message } from "./watch.js";
import type { Order } from "./worker.js";

/** Milliseconds an interrupted task has to say what it knows. */
const PATIENCE = 3000;
/** Tasks that look at the flag; the others know nothing before they are done. */
const LOOKS: readonly (keyof Tasks)[] = ["case", "train", "limit", "falsify"];

export interface Done<T> {
  readonly value: T;
  /** Whether it was asked to end before it had. */
  readonly interrupted: boolean;
}

type Value<K extends keyof Tasks> = Awaited<ReturnType<Tasks[K]>>;

/** What stands for the result of work that is late, or whose thread ends without one. */
export interface Fallback<T> {
  late(): boolean;
  value(): T;
}

/** Milliseconds between two looks at whether work is late. */
const LOOK = 200;

export async function atWork<K extends keyof Tasks>(
  task: K,
  input: Parameters<Tasks[K]>[0],
  terminal: Terminal,
  fallback: Fallback<Value<K>> | null = null,
): Promise<Done<Value<K>>> {
  const flag = new SharedArrayBuffer(4);
  const word = new Int32Array(flag);
  const order: Order = { task, input, flag };
  const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData: order });
  let patience: NodeJS.Timeout | undefined;
  let look: NodeJS.Timeout | undefined;
  let onSignal = (): void => undefined;
  try {
    const value = await new Promise<Value<K>>((resolve, reject) => {
      const giveUp = (): void => reject(new Interrupted("interrupted: nothing was known yet"));
      onSignal = () => {
        const first = Atomics.exchange(word, 0, 1) === 0;
        if (!first || !LOOKS.includes(task)) giveUp();
        else patience = setTimeout(giveUp, PATIENCE);
      };
      process.on("SIGINT", onSignal);
      worker.on("message", (message: Message<Value<K>>) => {
        if (message.kind === "progress") terminal.progress(message.line);
        else if (message.kind === "done") resolve(message.value);
        else reject(message.use ? new UseError(message.message) : new Error(message.message));
      });
      worker.on("error", reject);
      worker.on("exit", (code) => {
        if (fallback !== null && code === 0) resolve(fallback.value());
        else reject(new Error(`the working thread ended with ${code} and without a result`));
      });
      if (fallback !== null)
        look = setInterval(() => {
          if (fallback.late()) resolve(fallback.value());
        }, LOOK);
    });
    return { value, interrupted: Atomics.load(word, 0) !== 0 };
  } finally {
    clearTimeout(patience);
    clearInterval(look);
    process.off("SIGINT", onSignal);
    terminal.progress(null);
    await worker.terminate();
  }
}
