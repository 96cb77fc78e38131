/**
 * Threads that decide the cases of a campaign. A case that has not ended after its time is stopped with its thread, which a new
 * one replaces, and is inconclusive by name; so is one whose thread ran out of memory. Told to stop, the threads end their
 * cases and those that wait are not begun: such a case is null, which says nothing.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { UseError } from "../../kernel/use-error.js";
import { positiveInteger } from "../arguments.js";
import { faultCode } from "../file-fault.js";
import type { Said } from "./case-worker.js";
import { type CaseTask, type DecidedCase, stoppedCase } from "./decided-case.js";

export interface CasePool {
  /** How many cases it may be handed at once, so that no thread waits for another. */
  readonly atOnce: number;
  run(task: CaseTask): Promise<DecidedCase | null>;
  stop(): void;
  close(): Promise<void>;
}

interface Job {
  readonly task: CaseTask;
  readonly resolve: (value: DecidedCase | null) => void;
  readonly reject: (error: Error) => void;
}

/** Milliseconds that a case has to end once it was told to. */
const PATIENCE = 3000;
/** Cases handed over for each thread: one that is slow then keeps few others from beginning. */
const AHEAD = 16;
/** A thread takes half a second to start; fewer cases than this are not worth another. */
const WORTH = 50;
/** More threads than this wait for memory. */
const MOST = 16;

/** The longest that a timer waits; more would be none. */
export const timerMilliseconds = (seconds: number): number => Math.min(seconds * 1000, 2 ** 31 - 1);

/** A guard against a slip of the keyboard. */
const MOST_ASKED = 256;

/** As many threads as the machine runs at once, and no more than so many cases are worth. */
export const suitableWorkers = (cases: number): number =>
  Math.max(1, Math.min(availableParallelism(), Math.ceil(cases / WORTH), MOST));

export function workersValue(text: string): number {
  const n = positiveInteger("verify", "workers", text);
  if (n > MOST_ASKED) throw new UseError(`verify: expected --workers to be at most ${MOST_ASKED}, got ${n}`);
  return n;
}

export function createPool(size: number, caseSeconds: number): CasePool {
  const flag = new SharedArrayBuffer(4);
  const told = new Int32Array(flag);
  const waiting: Job[] = [];
  /** The threads, each with a way to cut its case short. */
  const threads = new Map<Worker, (why: string | null) => void>();
  const idle: (() => void)[] = [];
  const faults: Error[] = [];

  function fail(error: Error): void {
    faults.push(error);
    for (const job of waiting.splice(0)) job.reject(error);
  }

  function start(): void {
    const worker = new Worker(new URL("./case-worker.js", import.meta.url), { workerData: { flag }, stdout: true });
    worker.stdout.on("data", (text) => process.stderr.write(text)); // a user's theorem may print; stdout is for results
    let job: Job | null = null;
    let timer: NodeJS.Timeout | undefined;
    const free = (): Job | null => {
      const had = job;
      clearTimeout(timer);
      job = null;
      return had;
    };
    const leave = (): Job | null => {
      threads.delete(worker);
      worker.removeAllListeners();
      worker.on("error", () => undefined);
      void worker.terminate();
      return free();
    };
    const cut = (why: string | null): void => {
      const had = leave();
      had?.resolve(why === null ? null : stoppedCase(had.task, why));
      if (why !== null) start();
    };
    const next = (): void => {
      const one = waiting.shift();
      if (one === undefined) {
        idle.push(next);
        return;
      }
      job = one;
      timer = setTimeout(
        () => cut(`stopped: the case did not end within ${caseSeconds} s`),
        timerMilliseconds(caseSeconds),
      );
      worker.postMessage(one.task);
    };
    const broken = (error: Error): void => {
      if (faultCode(error) === "ERR_WORKER_OUT_OF_MEMORY" && job !== null) {
        cut("stopped: the case ran out of memory");
        return;
      }
      const had = leave();
      const source = had?.task.source;
      const own =
        source === undefined ? error : new UseError(`${source.file}: ${error.message}, in case ${had?.task.index}`);
      had?.reject(own);
      fail(own);
    };
    threads.set(worker, cut);
    worker.on("message", (said: Said) => {
      const had = free();
      if (said.kind === "done") had?.resolve(said.value);
      if (said.kind === "fault") had?.reject(said.use ? new UseError(said.message) : new Error(said.message));
      next();
    });
    worker.on("error", broken);
    worker.on("exit", (code) => broken(new Error(`a thread of the campaign ended with ${code} and without a result`)));
  }

  for (let i = 0; i < size; i++) start();
  return {
    atOnce: size * AHEAD,
    run: (task) =>
      new Promise((resolve, reject) => {
        if (Atomics.load(told, 0) !== 0) resolve(null);
        else if (faults[0] !== undefined) reject(faults[0]);
        else {
          waiting.push({ task, resolve, reject });
          idle.shift()?.();
        }
      }),
    stop() {
      Atomics.store(told, 0, 1);
      for (const { resolve } of waiting.splice(0)) resolve(null);
      setTimeout(() => {
        for (const cut of [...threads.values()]) cut(null);
      }, PATIENCE).unref();
    },
    async close() {
      const left = [...threads.keys()];
      for (const cut of [...threads.values()]) cut(null);
      await Promise.all(left.map((worker) => worker.terminate()));
    },
  };
}
