/**
 * The oracle of lp margins over 1000 random instances: integers of six kinds (plain, small with ties and zeros, duplicated, rows
 * of 1e8, columns of 1e8, shifted copies that may not separate), D = 1 to 24, N = 1 to 60, p = 11/10 to 16. Counts what the judge
 * refuses, what throws, separability against the l2 oracle, values against the l2 optimum by the inequalities between norms,
 * and gaps above the goal, by kind and by p. Run with `node test/bench/power-campaign.mjs [instances]` after a build.
 */
import { judge } from "../../dist/src/certify/judge.js";
import { GAP_GOAL } from "../../dist/src/kernel/tolerance.js";
import { l2MaxMargin } from "../../dist/src/oracle/l2-margin.js";
import { powerMaxMargin } from "../../dist/src/oracle/power-margin.js";
import { randomInstance } from "./random-instance.mjs";

const INSTANCES = Number(process.argv[2] ?? 1000);
const EXPONENTS = [
  [11, 10],
  [4, 3],
  [3, 2],
  [2, 1],
  [5, 2],
  [3, 1],
  [16, 1],
].map(([n, d]) => ({ n, d }));
/** |b|_2 and |b|_p differ by at most the factor D^|1/p - 1/2|, one way; so do the least values, up to the gap. */
function agrees(o, l2, p, D) {
  const ratio = o.objective / l2.objective;
  const most = D ** (p.d / p.n - 1 / 2);
  const slack = 1e-9 + 2 * o.gap;
  return ratio * (1 - slack) <= Math.max(1, most) && ratio * (1 + slack) >= Math.min(1, most) * (1 - slack);
}

const counts = { separable: 0, wrong: 0, threw: 0, notDecided: 0 };
const [open, byExponent] = [{}, {}];
let [worst, slowest] = [0, 0];
const start = performance.now();
for (let seed = 1; seed <= INSTANCES; seed++) {
  const { kind, data } = randomInstance(seed, "power-campaign");
  const p = EXPONENTS[seed % EXPONENTS.length];
  const began = performance.now();
  try {
    const o = await powerMaxMargin(p, data);
    slowest = Math.max(slowest, performance.now() - began);
    const l2 = l2MaxMargin(data);
    if (!judge(o.certificate).accepted || o.separable !== l2.separable) {
      counts.wrong += 1;
      console.log(`    seed ${seed} (${kind}, ${p.n}/${p.d}): ${judge(o.certificate).reason}`);
    }
    if (!o.separable) continue;
    counts.separable += 1;
    if (o.gap < 0.5 && !agrees(o, l2, p, data.shape[0])) counts.wrong += 1;
    if (o.unique.dual === null) counts.notDecided += 1;
    if (o.gap > GAP_GOAL) {
      open[kind] = (open[kind] ?? 0) + 1;
      byExponent[`${p.n}/${p.d}`] = (byExponent[`${p.n}/${p.d}`] ?? 0) + 1;
    } else worst = Math.max(worst, o.gap);
  } catch (error) {
    counts.threw += 1;
    console.log(`    seed ${seed} (${kind}, ${p.n}/${p.d}): ${error}`);
  }
}
const list = (left, word) => {
  const parts = Object.entries(left).map(([name, n]) => `${n} ${word} ${name}`);
  return parts.length === 0 ? "none" : parts.join(", ");
};
console.log(
  `lp: ${INSTANCES} instances, ${counts.separable} separable, ${counts.wrong} wrong, ${counts.threw} threw, multipliers ` +
    `not shown unique in ${counts.notDecided}, largest gap within the goal ${worst.toExponential(1)}, above it ` +
    `${list(open, "with")} (${list(byExponent, "at p =")}); ${((performance.now() - start) / 1000).toFixed(1)} s, ` +
    `slowest ${slowest.toFixed(0)} ms`,
);
