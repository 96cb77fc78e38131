/**
 * `biasproof verify [THEOREM ...]`: each theorem over random in-scope cases, from a fresh seed that is printed. Every case
 * has its certificates and its replay line; the exit code folds the verdicts. Long campaigns keep a journal, or are cut into
 * shards (`merge`); neither they nor the number of threads change what the document says.
 */

import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { THEOREMS } from "../../../proofs/index.js";
import { UseError } from "../../kernel/use-error.js";
import { EXIT, exitCodeOf } from "../../kernel/verdict.js";
import { OPTIMIZERS } from "../../models/optimizers/index.js";
import { words } from "../../report/words.js";
import { type Dynamics, dynamicsOf } from "../../verify/theorem.js";
import { type Arguments, durationValue, positiveInteger, seedValue } from "../arguments.js";
import { type Catalogue, catalogueWith, ofFile, SHIPPED } from "../campaign/catalogue.js";
import { conduct } from "../campaign/conduct.js";
import { beginJournal, type CaseJournal, readJournal } from "../campaign/journal.js";
import {
  askedOf,
  CASE_SECONDS,
  checkOrders,
  dynamicsFor,
  type OrderedFile,
  type Orders,
  shardValue,
} from "../campaign/orders.js";
import { createPool, suitableWorkers, timerMilliseconds, workersValue } from "../campaign/pool.js";
import { checkOutputs } from "../check-outputs.js";
import type { Command } from "../command.js";
import { deliver, OUTPUT_FLAGS } from "../deliver.js";
import { checkTarget } from "../files.js";
import { DEFAULTS } from "../flags.js";
import type { Terminal } from "../terminal.js";
import { loadTheorems, namesFile } from "../user-file.js";
import { versions } from "../versions.js";

const DEFAULT_CASES = 500;
/** What --resume reads from the journal instead. */
const OF_THE_CAMPAIGN = ["journal", "cases", "seed", "optimizer", "case-limit", "shard"] as const;

interface Named {
  readonly catalogue: Catalogue;
  readonly theorems: readonly string[];
  readonly files: readonly OrderedFile[];
}

/** What the words of the command line name: theorems that ship, and files with theorems of the user's. */
async function namedBy(words: readonly string[], dynamics: Dynamics, terminal: Terminal): Promise<Named> {
  const catalogue = [...SHIPPED];
  const theorems: string[] = [];
  const files: OrderedFile[] = [];
  for (const word of words) {
    if (!namesFile(word)) {
      theorems.push(word);
      continue;
    }
    const found = await loadTheorems(word);
    for (const note of found.notes) terminal.note(note);
    const listed = ofFile(found);
    const tested = listed.filter((l) => l.spaceFor(dynamics) !== null).map((l) => l.name);
    if (tested.length === 0)
      throw new UseError(
        `${found.file}: expected a conjecture with a space of cases for ${dynamics} (defineConjecture), got ${listed.map((l) => l.name).join(", ")} without`,
      );
    const left = listed.map((l) => l.name).filter((id) => !tested.includes(id));
    if (left.length > 0)
      terminal.note(`${found.file}: no space of cases for ${dynamics}, left out: ${left.join(", ")}`);
    const taken = listed.find((l) => catalogue.some((c) => c.name === l.name));
    if (taken !== undefined)
      throw new UseError(`${found.file}: expected theorems with ids that are not taken, got ${taken.name}`);
    catalogue.push(...listed);
    theorems.push(...tested);
    files.push({ file: found.file, sha256: found.sha256, theorems: tested });
  }
  return { catalogue, theorems, files };
}

interface Ordered {
  readonly orders: Orders;
  readonly catalogue: Catalogue;
}

/** What the command line asks for; the whole catalogue is what can be tested at random in this entry. */
async function ordersOf(args: Arguments, terminal: Terminal): Promise<Ordered> {
  const value = <T>(name: string, read: (text: string) => T, standard: T): T => {
    const text = args.values.get(name);
    return text === undefined ? standard : read(text);
  };
  const optimizer = args.values.get("optimizer") ?? DEFAULTS.optimizer.run;
  const dynamics = dynamicsFor({ optimizer });
  const named = await namedBy(args.positional, dynamics, terminal);
  const { catalogue, files } = named;
  const orders: Orders = {
    theorems:
      args.positional.length > 0
        ? named.theorems
        : SHIPPED.filter((l) => l.spaceFor(dynamics) !== null).map((l) => l.name),
    ...(files.length === 0 ? {} : { files }),
    optimizer,
    seed: args.values.has("seed")
      ? seedValue("verify", args.values.get("seed")!)
      : BigInt(`0x${randomBytes(6).toString("hex")}`).toString(),
    cases: value("cases", (text) => positiveInteger("verify", "cases", text), DEFAULT_CASES),
    caseSeconds: value("case-limit", (text) => durationValue("verify", "case-limit", text), CASE_SECONDS),
    shard: value("shard", shardValue, null),
  };
  checkOrders("verify", orders, catalogue);
  return { orders, catalogue };
}

interface Planned extends Ordered {
  /** Begins or takes up the journal; null where there is none. */
  readonly open: (() => CaseJournal) | null;
  /** The file of the journal. */
  readonly file: string | null;
}

async function plan(args: Arguments, terminal: Terminal): Promise<Planned> {
  const resumed = args.values.get("resume");
  const journal = args.values.get("journal");
  const file = resumed ?? journal ?? null;
  checkOutputs(args, [...args.positional.filter(namesFile), ...(resumed === undefined ? [] : [resumed])]);
  const targets = [
    args.values.get("json"),
    ...(args.values.has("report") ? [`${args.values.get("report")}/report.json`] : []),
  ];
  if (file !== null && targets.some((t) => t !== undefined && resolve(t) === resolve(file)))
    throw new UseError("verify: expected the journal in a file of its own, got one of the outputs");
  if (resumed === undefined) {
    const { orders, catalogue } = await ordersOf(args, terminal);
    if (journal !== undefined) checkTarget(journal, []);
    return {
      orders,
      catalogue,
      file,
      open: journal === undefined ? null : () => beginJournal(journal, orders, versions()),
    };
  }
  const given = OF_THE_CAMPAIGN.find((name) => args.values.has(name));
  if (given !== undefined || args.positional.length > 0)
    throw new UseError(
      `verify: expected --resume without what the journal says itself, got ${given === undefined ? args.positional[0] : `--${given}`}`,
    );
  checkTarget(resumed, []);
  const { orders, decided, open } = readJournal(resumed, versions());
  const catalogue = await catalogueWith(orders.files ?? []);
  checkOrders(resumed, orders, catalogue);
  terminal.note(`${resumed}: goes on with ${decided} decided case${decided === 1 ? "" : "s"}`);
  return { orders, catalogue, file, open };
}

/** What a reader of the campaign must know before it runs. */
function announce(orders: Orders, args: Arguments, terminal: Terminal): void {
  const fresh = !args.values.has("seed") && !args.values.has("resume");
  terminal.note(`seed ${orders.seed}${fresh ? " (fresh; --seed repeats it)" : ""}`);
  const dynamics = dynamicsFor(orders);
  const left = SHIPPED.filter((l) => l.spaceFor(dynamics) === null).map((l) => l.name);
  if (args.positional.length === 0 && left.length > 0)
    terminal.note(`no random cases for ${words(dynamics)}, left out: ${left.join(", ")}`);
}

export const verify: Command = {
  name: "verify",
  summary: "verify the catalogue's theorems over random data sets and initializations",
  usage: `[THEOREM or FILE ...] [flags]   (FILE: theorems of your own, such as \`biasproof new theorem\` begins; default: the whole catalogue: ${THEOREMS.map((t) => t.id).join(", ")})`,
  flags: {
    cases: { value: "N", help: `in-scope cases a theorem (default ${DEFAULT_CASES})` },
    seed: { value: "N", help: "any non-negative integer (default: fresh, and printed)" },
    optimizer: {
      value: "NAME",
      help: `which entry of a theorem: ${OPTIMIZERS.map((o) => `${o.name} speaks of ${o.facts.discretizes === null ? "neither" : words(dynamicsOf(o.facts))}`).join(", ")} (default ${DEFAULTS.optimizer.run})`,
    },
    budget: { value: "TIME", help: "stop after this time, such as 60s; fewer cases than asked is inconclusive" },
    workers: {
      value: "N",
      help: "threads that decide cases at once (default: as many as the machine has for them); changes times only",
    },
    "case-limit": {
      value: "TIME",
      help: `stop a case that has not ended after this time, as inconclusive (default ${CASE_SECONDS}s)`,
    },
    journal: { value: "FILE", help: "append each decided case to this new file, so that --resume can go on" },
    resume: {
      value: "FILE",
      help: "go on with the campaign of this journal; theorems, cases, seed, optimizer and shard are those of the file",
    },
    shard: { value: "I/N", help: "only every N-th case, from the I-th; `merge` puts the reports of all N together" },
    ...OUTPUT_FLAGS,
  },
  example: "biasproof verify fully-connected-l2 --cases 50 --seed 7",
  async run(args, terminal) {
    const start = performance.now();
    const wish = args.values.get("workers");
    const budget = args.values.get("budget");
    const workers = wish === undefined ? null : workersValue(wish);
    const seconds = budget === undefined ? null : durationValue("verify", "budget", budget);
    const { orders, catalogue, open, file } = await plan(args, terminal);
    const journal = open?.() ?? null;
    announce(orders, args, terminal);
    const size = workers ?? suitableWorkers(askedOf(orders) * orders.theorems.length);
    const pool = createPool(size, orders.caseSeconds);
    const ended = { interrupted: false, late: false };
    const onSignal = (): void => {
      if (ended.interrupted) process.exit(EXIT.interrupted);
      ended.interrupted = true;
      pool.stop();
    };
    const timer =
      seconds === null
        ? undefined
        : setTimeout(() => {
            ended.late = true;
            pool.stop();
          }, timerMilliseconds(seconds));
    process.on("SIGINT", onSignal);
    try {
      const stopped = (): boolean => ended.interrupted || ended.late;
      const document = await conduct(orders, { catalogue, pool, journal, stopped, terminal, start });
      deliver(document, args, terminal, null);
      if (ended.interrupted) terminal.note("interrupted: the cases above are those that were finished");
      if (stopped() && file !== null) terminal.note(`--resume ${file} goes on`);
      return ended.interrupted ? EXIT.interrupted : exitCodeOf(document.theorems.map((p) => p.verdict));
    } finally {
      clearTimeout(timer);
      process.off("SIGINT", onSignal);
      journal?.close();
      await pool.close();
    }
  },
};
