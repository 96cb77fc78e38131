/**
 * The oracle of the nuclear norm and of the norms of kernel size K over 1000 random instances: integers of nine kinds (plain,
 * small with ties and zeros, duplicated, entries of 1e8 in rows, in columns, and with 1e-8 beside them, mostly zeros, shifted
 * copies that may not separate, rank one), D = 1 to 10 places, R = 1 to 5 channels, K = 1, D or between, N = 1 to 30. Counts
 * what the judge refuses, what throws, separability against the exact l2 oracle, and gaps above the goal, by kind.
 */
import { judge } from "../../dist/src/certify/judge.js";
import { randomStream } from "../../dist/src/kernel/seed.js";
import { GAP_GOAL } from "../../dist/src/kernel/tolerance.js";
import { l2MaxMargin } from "../../dist/src/oracle/l2-margin.js";
import { spectralMaxMargin } from "../../dist/src/oracle/spectral-margin.js";

const INSTANCES = Number(process.argv[2] ?? 1000);
const KINDS = [
  "plain",
  "small",
  "duplicated",
  "rows of 1e8",
  "columns of 1e8",
  "rows of 1e8 and 1e-8",
  "zeros",
  "shifted",
  "rank one",
];
const BIG = 10n ** 8n;

function instance(seed) {
  const stream = randomStream(BigInt(seed), "spectral-campaign");
  const below = (n) => stream.uint32() % n;
  const kind = KINDS[seed % KINDS.length];
  const small = kind === "small";
  const [D, R, N] = [1 + below(small ? 4 : 10), 1 + below(small ? 3 : 5), 1 + below(30)];
  const K = [1, D, 1 + below(D)][below(3)];
  const size = small ? 2 : 1000;
  const draw = () => BigInt(below(2 * size + 1) - size);
  const vector = () => {
    if (kind === "zeros") return Array.from({ length: D * R }, () => (below(4) === 0 ? draw() : 0n));
    if (kind !== "rank one") return Array.from({ length: D * R }, draw);
    const [u, v] = [Array.from({ length: D }, draw), Array.from({ length: R }, draw)];
    return u.flatMap((x) => v.map((y) => x * y));
  };
  const teacher = vector().map((x) => (x === 0n ? 1n : x));
  const X = [];
  for (let n = 0; n < N; n++) {
    const x = vector();
    const side = x.reduce((s, v, d) => s + v * teacher[d], 0n);
    let point = x.map((v, d) => (side === 0n ? v + teacher[d] : side < 0n ? -v : v));
    if (kind === "rows of 1e8" && below(2) === 0) point = point.map((v) => v * BIG);
    if (kind === "rows of 1e8 and 1e-8") point = point.map((v) => v * [1n, BIG, BIG * BIG][n % 3]);
    if (kind === "columns of 1e8") point = point.map((v, d) => (d % 2 === 1 ? v * BIG : v));
    X.push(point);
    if (kind === "duplicated" && below(2) === 0) X.push(point);
    const turn = R * below(D);
    if (kind === "shifted" && below(4) === 0) X.push([...point.slice(turn), ...point.slice(0, turn)]);
  }
  const scale = kind === "rows of 1e8 and 1e-8" ? BIG : 1n;
  return { kind, K, data: { name: "random", shape: [D, R], scale, X, y: X.map(() => 1), features: null } };
}

const counts = { separable: 0, wrong: 0, threw: 0, notUnique: 0, unsure: 0 };
const open = {};
let [worst, slowest, judged] = [0, 0, 0];
const start = performance.now();
for (let seed = 1; seed <= INSTANCES; seed++) {
  const { kind, K, data } = instance(seed);
  const about = `seed ${seed} (${kind}, ${data.shape.join(" x ")}, K = ${K}, N = ${data.X.length})`;
  const began = performance.now();
  try {
    const o = await spectralMaxMargin(K, data);
    const made = performance.now();
    slowest = Math.max(slowest, made - began);
    const answer = judge(o.certificate);
    judged = Math.max(judged, performance.now() - made);
    if (!answer.accepted || o.separable !== l2MaxMargin(data).separable) {
      counts.wrong += 1;
      console.log(`    ${about}: ${answer.reason ?? "separability"}`);
    }
    if (!o.separable) continue;
    counts.separable += 1;
    if (o.unique.beta === false) counts.notUnique += 1;
    if (o.unique.beta === null) counts.unsure += 1;
    if (o.gap > GAP_GOAL) {
      open[kind] = [...(open[kind] ?? []), o.gap];
      if (process.argv[3] === "show") console.log(`    ${about}: gap ${o.gap.toExponential(1)}`);
    } else worst = Math.max(worst, o.gap);
  } catch (error) {
    counts.threw += 1;
    console.log(`    ${about}: ${error}`);
  }
}
const seconds = ((performance.now() - start) / 1000).toFixed(1);
const left = Object.entries(open).map(
  ([kind, gaps]) => `${gaps.length} with ${kind} (largest ${Math.max(...gaps).toExponential(1)})`,
);
console.log(
  `spectral: ${INSTANCES} instances, ${counts.separable} separable, ${counts.wrong} wrong, ${counts.threw} threw, ` +
    `${counts.notUnique} optima not unique, ${counts.unsure} not told, largest gap within the goal ${worst.toExponential(1)}, ` +
    `above it ${left.length === 0 ? "none" : left.join(", ")}; ${seconds} s, slowest ${slowest.toFixed(0)} ms, ` +
    `slowest judgment ${judged.toFixed(0)} ms`,
);
