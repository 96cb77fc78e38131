/**
 * The oracles of l2, l1, linf and the norms of blocks over 1000 random instances each: integers of six kinds (plain, small with
 * ties and zeros, duplicated, rows of 1e8, columns of 1e8, shifted copies that may not separate), D = 1 to 24, N = 1 to 60;
 * points of several channels, or on a torus, where the norm has a meaning for them. Counts what the judge refuses, what
 * throws, separability against the exact l2 oracle, and gaps above the goal, by kind.
 * Usage: node test/bench/oracle-campaign.mjs [INSTANCES [ORACLE ...]]
 */
import { judge } from "../../dist/src/certify/judge.js";
import { GAP_GOAL } from "../../dist/src/kernel/tolerance.js";
import { blockMaxMargin } from "../../dist/src/oracle/block-margin.js";
import { l2Margin, l2MaxMargin } from "../../dist/src/oracle/l2-margin.js";
import { polyhedralMaxMargin } from "../../dist/src/oracle/lp-margin.js";
import { randomInstance } from "./random-instance.mjs";

const INSTANCES = Number(process.argv[2] ?? 1000);
const block = (regularizer) => (data) => blockMaxMargin(regularizer, data);
/** How many axes the points have, and the oracle. */
const ORACLES = {
  l2: [1, async (data) => l2Margin(data)],
  "l2 in intervals": [1, async (data) => l2Margin(data, 0)],
  l1: [1, (data) => polyhedralMaxMargin("l1", data)],
  linf: [1, (data) => polyhedralMaxMargin("linf", data)],
  "fourier-l1": [1, block("fourier-l1")],
  "fourier-l1 on a torus": [2, block("fourier-l1")],
  "group-l21": [2, block("group-l21")],
  "fourier-l21": [2, block("fourier-l21")],
};

const asked = process.argv.slice(3);
for (const [name, [axes, oracle]] of Object.entries(ORACLES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const counts = { separable: 0, wrong: 0, threw: 0, notUnique: 0 };
  const open = {};
  let worst = 0;
  let slowest = 0;
  const start = performance.now();
  for (let seed = 1; seed <= INSTANCES; seed++) {
    const { kind, data } = randomInstance(seed, "oracle-campaign", axes);
    const began = performance.now();
    try {
      const o = await oracle(data);
      slowest = Math.max(slowest, performance.now() - began);
      if (!judge(o.certificate).accepted || o.separable !== l2MaxMargin(data).separable) counts.wrong += 1;
      if (!o.separable) continue;
      counts.separable += 1;
      if (o.unique.beta === false) counts.notUnique += 1;
      if ((o.gap ?? 0) > GAP_GOAL) open[kind] = (open[kind] ?? 0) + 1;
      else worst = Math.max(worst, o.gap ?? 0);
    } catch (error) {
      counts.threw += 1;
      console.log(`    ${name}, seed ${seed} (${kind}): ${error}`);
    }
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const left = Object.entries(open).map(([kind, n]) => `${n} with ${kind}`);
  console.log(
    `${name}: ${INSTANCES} instances, ${counts.separable} separable, ${counts.wrong} wrong, ${counts.threw} threw, ` +
      `${counts.notUnique} optima not unique, largest gap within the goal ${worst.toExponential(1)}, ` +
      `above it ${left.length === 0 ? "none" : left.join(", ")}; ${seconds} s, slowest ${slowest.toFixed(0)} ms`,
  );
}
