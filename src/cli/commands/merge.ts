/**
 * `biasproof merge REPORT ...`: the reports of all shards of a campaign to the one report that a single run would have
 * written, `timing` aside. Nothing is trained, but for a case of the reserve where one was out of scope.
 */
import { UseError } from "../../kernel/use-error.js";
import { exitCodeOf } from "../../kernel/verdict.js";
import { conduct } from "../campaign/conduct.js";
import { knownOfShards, mergedOrders, readShard } from "../campaign/merge.js";
import { type CasePool, createPool } from "../campaign/pool.js";
import { checkOutputs } from "../check-outputs.js";
import type { Command } from "../command.js";
import { deliver, OUTPUT_FLAGS } from "../deliver.js";

/** Cases that are looked at together; more says nothing, since nearly all are known. */
const AT_ONCE = 16;

export const merge: Command = {
  name: "merge",
  summary: "put the reports of all shards of a campaign together, as one run would have written them",
  usage: "REPORT ...   (report.json or --json of verify --shard I/N, one for each I)",
  flags: OUTPUT_FLAGS,
  example: "biasproof merge one/report.json two/report.json --report out",
  async run(args, terminal) {
    const start = performance.now();
    if (args.positional.length === 0) throw new UseError("merge: expected the reports of all shards, got none");
    checkOutputs(args, args.positional);
    const files = args.positional.map(readShard);
    const { orders, catalogue } = await mergedOrders(files);
    const known = knownOfShards(files);
    const pools: CasePool[] = [];
    const pool = {
      atOnce: AT_ONCE,
      run: (task: Parameters<CasePool["run"]>[0]) => {
        if (pools[0] === undefined) pools.push(createPool(1, orders.caseSeconds));
        return pools[0]!.run(task);
      },
    };
    try {
      const journal = { known, keep: () => undefined };
      const document = await conduct(orders, { catalogue, pool, journal, stopped: () => false, terminal, start });
      deliver(document, args, terminal, null);
      return exitCodeOf(document.theorems.map((p) => p.verdict));
    } finally {
      await pools[0]?.close();
    }
  },
};
