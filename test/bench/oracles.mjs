/**
 * The oracles beside other solvers, in one run: median time from the points to an answer, and the certified gap of that answer,
 * by one rigorous reading for all (oracle-gaps.mjs). Ours certifies within its time; the others' gaps are computed outside of
 * theirs. The solvers take turns, after rounds that do not count; CVXOPT follows in a process of its own and is skipped by name
 * where it is not installed. Goals: on every case a smaller gap than every other solver (or 0), and no slower than twice the
 * fastest, in processor time (all threads), which other work on the machine touches least. Run with `npm run bench`.
 * Usage: node test/bench/oracles.mjs [ROUNDS]
 */
import { parseQ } from "../../dist/src/exact/rational.js";
import { vectorOf } from "../../dist/src/exact/vector.js";
import { oracleNamed } from "../../dist/src/oracle/regularizers/index.js";
import { certifiedGap } from "./oracle-gaps.mjs";
import { points } from "./oracle-problems.mjs";
import { byCvxopt, PYTHON, SOLVERS } from "./oracle-solvers.mjs";

const ROUNDS = Number(process.argv[2] ?? 9);
/** Rounds, and milliseconds of each solver before them, that do not count: until code is compiled. */
const WARM = 4;
const WARM_MS = 500;
/** Milliseconds of one solver on one case, after which it is not asked again. */
const LONG = 8000;

const CASES = [
  ["l2", 50, [20]],
  ["l2", 200, [100]],
  ["l1", 20, [40]],
  ["l1", 100, [50]],
  ["linf", 20, [40]],
  ["linf", 100, [50]],
  ["fourier-l1", 10, [16]],
  ["fourier-l1", 15, [32]],
  ["fourier-l1", 20, [64]],
  ["group-l21", 10, [8, 3]],
  ["group-l21", 20, [16, 4]],
  ["nuclear", 10, [6, 6]],
].map(([regularizer, N, shape], seed) => ({
  regularizer,
  data: points(N, shape, seed + 1),
  name: `${regularizer} N=${N} ${shape.length === 1 ? `D=${shape[0]}` : shape.join("x")}`,
}));

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const rational = (text) => parseQ(text);

/** What the oracle answers, as the certified gap reads it. */
function ourAnswer(o) {
  const c = o.certificate;
  const dual = ("q" in c ? c.q : c.dual).map(rational);
  if (c.kind === "spectral-gap")
    return { beta: { left: vectorOf(c.left.map(rational)), right: vectorOf(c.right.map(rational)) }, dual };
  return {
    beta: vectorOf(("q" in c ? c.reached : c.beta).map(rational)),
    dual,
    note: c.kind === "exact-kkt" ? "exact" : undefined,
  };
}

async function ours(regularizer, data) {
  const { oracle, parameter } = oracleNamed("bench", regularizer);
  return oracle.predict({ regularizer, parameter, data, all: false, start: null, seed: 1n });
}

const processor = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Every solver that takes the case, in turns; a slow one fewer times. */
async function inTurns({ regularizer, data }) {
  const runs = { biasproof: ours, ...SOLVERS };
  const found = {};
  const spent = {};
  for (const run of Object.values(runs))
    for (const start = performance.now(); performance.now() - start < WARM_MS; )
      if ((await run(regularizer, data)) === null) break;
  for (let round = 0; round < WARM + ROUNDS; round++)
    for (const [solver, run] of Object.entries(runs)) {
      if (found[solver] === null || (found[solver] !== undefined && spent[solver] > LONG)) continue;
      const [start, busy] = [performance.now(), processor()];
      const answer = await run(regularizer, data);
      const [time, cpu] = [performance.now() - start, processor() - busy];
      spent[solver] = (spent[solver] ?? 0) + time;
      const { times = [], cpus = [] } = found[solver] ?? {};
      if (answer === null) found[solver] = null;
      else if (round >= WARM || spent[solver] > LONG)
        found[solver] = { answer, times: [...times, time], cpus: [...cpus, cpu] };
    }
  return found;
}

const rows = [];
if (PYTHON === null) console.log("cvxopt: no python3 has it, skipped\n");
for (const each of CASES) {
  const found = await inTurns(each);
  if (PYTHON !== null) {
    const answer = byCvxopt(each, ROUNDS);
    const { seconds = [], busy = [] } = typeof answer === "string" ? {} : answer;
    found.cvxopt = { answer, times: seconds.map((s) => 1000 * s), cpus: busy.map((s) => 1000 * s) };
  }
  for (const [solver, run] of Object.entries(found)) {
    if (run === null) continue;
    const failed = typeof run.answer === "string";
    const answer = failed ? null : solver === "biasproof" ? ourAnswer(run.answer) : run.answer;
    const gap = failed ? null : certifiedGap(each.regularizer, each.data, answer.beta, answer.dual);
    rows.push({
      ...each,
      solver,
      ms: median(run.times),
      cpu: median(run.cpus),
      gap,
      note: failed ? run.answer : (answer.note ?? ""),
    });
  }
}

const shown = (ms) => (Number.isFinite(ms) ? ms.toFixed(2) : "").padStart(10);
console.log(
  `${"case".padEnd(24)} ${"solver".padEnd(10)} ${"median ms".padStart(10)} ${"cpu ms".padStart(10)}  certified gap`,
);
for (const { name, solver, ms, cpu, gap, note } of rows)
  console.log(
    `${name.padEnd(24)} ${solver.padEnd(10)} ${shown(ms)} ${shown(cpu)}  ${(gap === null ? "none" : gap.toExponential(1)).padEnd(9)} ${note}`.trimEnd(),
  );

/** Goal lines of one case. */
const goals = CASES.flatMap(({ name }) => {
  const own = rows.find((r) => r.name === name && r.solver === "biasproof");
  const others = rows.filter((r) => r.name === name && r.solver !== "biasproof");
  const answered = others.filter((r) => r.gap !== null);
  if (answered.length === 0) return [{ met: true, line: `${name}: no other solver answers` }];
  const rival = answered.reduce((a, r) => (r.gap < a.gap ? r : a));
  const fastest = answered.reduce((a, r) => (r.cpu < a.cpu ? r : a));
  const ratio = own.cpu / fastest.cpu;
  const [gap, best] = [own.gap, rival.gap].map((x) => x.toExponential(1));
  return [
    {
      met: own.gap === 0 || own.gap < rival.gap,
      line: `${name}: certified gap ${gap}, the best other ${best} (${rival.solver})`,
    },
    { met: ratio <= 2, line: `${name}: ${ratio.toFixed(2)} times the time of the fastest other (${fastest.solver})` },
  ];
});
console.log("\ngoals: a smaller certified gap than every other solver (or 0); no slower than twice the fastest\n");
for (const { met, line } of goals.sort((a, b) => Number(a.met) - Number(b.met)))
  console.log(`${met ? "met   " : "MISSED"} ${line}`);
console.log(`\n${goals.filter((g) => g.met).length} of ${goals.length} goals met`);
