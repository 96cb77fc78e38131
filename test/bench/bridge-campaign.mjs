/**
 * Stationary points of bridge and fourier-bridge penalties over 1000 random instances each: integers of seven kinds (plain,
 * small with ties and zeros, duplicated, rows of 1e8, columns of 1e8, shifted copies that may not separate, one point), D = 1
 * to 5 or 6, N = 1 to 9, p of five sizes. Counts what the judge refuses, what throws, separability against the exact l2 oracle, points that
 * a local search finds beside a list that calls itself complete, and what is not certified, with its reason.
 */
import { judge } from "../../dist/src/certify/judge.js";
import { randomStream } from "../../dist/src/kernel/seed.js";
import { allStationary, stationaryFrom } from "../../dist/src/oracle/bridge-stationary.js";
import { l2MaxMargin } from "../../dist/src/oracle/l2-margin.js";

const INSTANCES = Number(process.argv[2] ?? 1000);
const FIRST = Number(process.argv[3] ?? 1);
const SPACES = process.argv[4] === undefined ? ["signal", "fourier"] : [process.argv[4]];
const KINDS = ["plain", "small", "duplicated", "rows of 1e8", "columns of 1e8", "shifted", "one point"];
const EXPONENTS = ["2/3", "1/2", "2/5", "9/10", "1/7"];
const MOST = { signal: 5, fourier: 6 };
const STARTS = 3;
const BIG = 10n ** 8n;

function instance(seed, space) {
  const stream = randomStream(BigInt(seed), `bridge-campaign/${space}`);
  const below = (n) => stream.uint32() % n;
  const kind = KINDS[seed % KINDS.length];
  const [n, d] = EXPONENTS[below(EXPONENTS.length)].split("/").map(Number);
  const [D, N] = [1 + below(kind === "small" ? 3 : MOST[space]), kind === "one point" ? 1 : 1 + below(5)];
  const size = kind === "small" ? 3 : 1000;
  const vector = () => Array.from({ length: D }, () => BigInt(below(2 * size + 1) - size));
  const teacher = vector().map((x) => (x === 0n ? 1n : x));
  const X = [];
  for (let i = 0; i < N; i++) {
    const x = vector();
    const side = x.reduce((s, v, k) => s + v * teacher[k], 0n);
    let point = x.map((v, k) => (side === 0n ? v + teacher[k] : side < 0n ? -v : v));
    if (kind === "rows of 1e8" && below(2) === 0) point = point.map((v) => v * BIG);
    if (kind === "columns of 1e8") point = point.map((v, k) => (k % 2 === 1 ? v * BIG : v));
    X.push(point);
    if (kind === "duplicated" && below(2) === 0) X.push(point);
    const turn = below(D);
    if (kind === "shifted" && below(3) === 0) X.push([...point.slice(turn), ...point.slice(0, turn)]);
  }
  const starts = Array.from({ length: STARTS }, () => Array.from({ length: D }, () => stream.uniform() - 0.5));
  const data = { name: "random", shape: [D], scale: 1000n, X, y: X.map(() => 1), features: null };
  return { kind, data, penalty: { space, p: { n, d } }, starts };
}

/** Is this certified point one of the list, up to what certificates say of both? */
function listed(point, points) {
  const value = (v) => v.n.map((x) => Number(x) / Number(v.d));
  const b = value(point.beta);
  const peak = Math.max(...b.map(Math.abs));
  return points.some(
    (other) =>
      other.support.join() === point.support.join() &&
      value(other.beta).every((x, k) => Math.abs(x - b[k]) <= 1e-9 * peak),
  );
}

/** A reason without its numbers. */
const shortened = (why) =>
  why
    .replace(/(support|active) \{[^}]*\},? ?:?/g, "")
    .replace(/\d+/g, "#")
    .split("; ")[0]
    .replace(/^[:\s]+/, "");

const add = (table, key) => {
  table[key] = (table[key] ?? 0) + 1;
};
const shown = (table) => {
  const rows = Object.entries(table).sort((a, b) => b[1] - a[1]);
  return rows.length === 0 ? "none" : rows.map(([why, n]) => `${n} ${why}`).join("; ");
};

for (const space of SPACES) {
  const counts = { separable: 0, complete: 0, points: 0, vertices: 0, global: 0, wrong: 0, threw: 0, from: 0, met: 0 };
  const [open, failed, byKind] = [{}, {}, {}];
  let [slowest, loosest] = [0, 0];
  const start = performance.now();
  for (let seed = FIRST; seed < FIRST + INSTANCES; seed++) {
    const { kind, data, penalty, starts } = instance(seed, space);
    const fault = (what) => {
      counts.wrong += 1;
      console.log(`    ${space}, seed ${seed} (${kind}): ${what}`);
    };
    const began = performance.now();
    try {
      const all = await allStationary(penalty, data, { seed: BigInt(seed) });
      slowest = Math.max(slowest, performance.now() - began);
      if (all.separable !== l2MaxMargin(data).separable) fault("separable for one and not for the other");
      if (!all.separable) {
        if (!judge(all.certificate).accepted) fault("a Farkas certificate that is refused");
        continue;
      }
      counts.separable += 1;
      counts.points += all.points.length;
      counts.vertices += all.points.filter((point) => point.vertex).length;
      if (all.complete) counts.complete += 1;
      else {
        add(open, shortened(all.why));
        add(byKind, kind);
      }
      if (all.global !== null) counts.global += 1;
      if (all.complete && all.points.length === 0) fault("a complete list of nothing");
      if (all.global !== null && !all.points[all.global].vertex && all.points.length > 1 && space === "signal")
        fault("a global minimum that is no vertex");
      for (const { certificate } of all.points) {
        const judgment = judge(certificate);
        if (!judgment.accepted) fault(`refused: ${judgment.reason}`);
        const [n, d] = `${certificate.distance.upper}/1`.split("/");
        loosest = Math.max(loosest, Number(n) / Number(d));
      }
      for (const from of starts) {
        const found = await stationaryFrom(penalty, data, from);
        if (found.point === null) {
          add(failed, `${shortened(found.why)} (${kind})`);
          continue;
        }
        counts.from += 1;
        if (!judge(found.point.certificate).accepted) fault("a local point that is refused");
        if (listed(found.point, all.points)) counts.met += 1;
        else if (all.complete) fault("a local point that a complete list lacks");
      }
    } catch (error) {
      counts.threw += 1;
      console.log(`    ${space}, seed ${seed} (${kind}): ${error}`);
    }
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${space}: ${INSTANCES} instances, ${counts.separable} separable, ${counts.wrong} wrong, ${counts.threw} threw; ` +
      `${counts.points} certified points, ${counts.vertices} of them vertices, farthest ${loosest.toExponential(1)} from its predictor; ` +
      `${counts.complete} lists complete, ${counts.global} with a global minimum; ${seconds} s, slowest list ${slowest.toFixed(0)} ms`,
  );
  console.log(`    not complete: ${shown(open)}`);
  console.log(`    by kind: ${shown(byKind)}`);
  console.log(
    `    from ${counts.from + Object.values(failed).reduce((a, b) => a + b, 0)} random starts: ${counts.from} certified, ${counts.met} of them in the list; not: ${shown(failed)}`,
  );
}
