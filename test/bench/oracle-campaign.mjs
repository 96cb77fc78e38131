/**
 * The oracles of l2, l1, linf and the norms of blocks over 1000 random instances each: integers of six kinds (plain, small with
 * ties and zeros, duplicated, rows of 1e8, columns of 1e8, shifted copies that may not separate), D = 1 to 24, N = 1 to 60;
 * points of several channels, or on a torus, where the norm has a meaning for them. Counts what the judge refuses, what
 * throws, separability against the exact l2 oracle, and gaps above the goal, by kind.
 * Usage: node test/bench/oracle-campaign.mjs [INSTANCES [ORACLE ...]]
 */
import { judge } from "../../dist/src/certify/judge.js";
import { randomStream } from "../../dist/src/kernel/seed.js";
import { GAP_GOAL } from "../../dist/src/kernel/tolerance.js";
import { blockMaxMargin } from "../../dist/src/oracle/block-margin.js";
import { l2Margin, l2MaxMargin } from "../../dist/src/oracle/l2-margin.js";
import { polyhedralMaxMargin } from "../../dist/src/oracle/lp-margin.js";

const INSTANCES = Number(process.argv[2] ?? 1000);
const KINDS = ["plain", "small", "duplicated", "rows of 1e8", "columns of 1e8", "shifted"];
const BIG = 10n ** 8n;

function instance(seed, axes) {
  const stream = randomStream(BigInt(seed), "oracle-campaign");
  const below = (n) => stream.uint32() % n;
  const kind = KINDS[seed % KINDS.length];
  const shape = axes === 1 ? [1 + below(kind === "small" ? 6 : 24)] : [1 + below(6), 1 + below(4)];
  const [D, N] = [shape.reduce((a, n) => a * n, 1), 1 + below(30)];
  const size = kind === "small" ? 3 : 1000;
  const vector = () => Array.from({ length: D }, () => BigInt(below(2 * size + 1) - size));
  const teacher = vector().map((x) => (x === 0n ? 1n : x));
  const X = [];
  for (let n = 0; n < N; n++) {
    const x = vector();
    const side = x.reduce((s, v, d) => s + v * teacher[d], 0n);
    let point = x.map((v, d) => (side === 0n ? v + teacher[d] : side < 0n ? -v : v));
    if (kind === "rows of 1e8" && below(2) === 0) point = point.map((v) => v * BIG);
    if (kind === "columns of 1e8") point = point.map((v, d) => (d % 2 === 1 ? v * BIG : v));
    X.push(point);
    if (kind === "duplicated" && below(2) === 0) X.push(point);
    const turn = below(D);
    if (kind === "shifted" && below(4) === 0) X.push([...point.slice(turn), ...point.slice(0, turn)]);
  }
  return { kind, data: { name: "random", shape, scale: 1n, X, y: X.map(() => 1), features: null } };
}

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
    const { kind, data } = instance(seed, axes);
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
