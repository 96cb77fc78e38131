/**
 * Steps per second (of processor time) of descent in three configurations, and the ratio to the same loop in C (descent.c) in the same run
 * (machines differ, ratios less); beside them descent under step control, and a plain loop on arrays of arrays.
 * Run with `npm run bench`; it measures the built package, compiling included. The contenders take turns; medians count.
 */
import { descend } from "../../dist/src/engine/descent.js";
import { train } from "../../dist/src/engine/train.js";
import { randomStream } from "../../dist/src/kernel/seed.js";
import { convolutional } from "../../dist/src/models/architectures/convolutional.js";
import { fullyConnected } from "../../dist/src/models/architectures/fully-connected.js";
import { gaussianInitialization } from "../../dist/src/models/initialization.js";
import { exponential } from "../../dist/src/models/losses/exponential.js";
import { normalizedGradientDescent } from "../../dist/src/models/optimizers/normalized-gradient-descent.js";
import { gaussian } from "../../dist/src/numeric/gaussian.js";
import { compiler, inC } from "./in-c.mjs";

const ROUNDS = 9;
/** Of each contender, in all rounds. */
const SECONDS = 4;
const ETA = 1e-6;

/** Separable Gaussian rows: labels by a planted predictor. */
function problem(D, N) {
  const draw = gaussian(randomStream(7n, `bench/${D}/${N}`));
  const planted = Array.from({ length: D }, draw);
  const z = new Float64Array(N * D);
  for (let n = 0; n < N; n++) {
    const row = Array.from({ length: D }, draw);
    const side = row.reduce((s, x, d) => s + x * planted[d], 0) < 0 ? -1 : 1;
    row.forEach((x, d) => {
      z[n * D + d] = side * x + 0.2 * planted[d];
    });
  }
  return { N, D, z };
}

/** The same step as a newcomer would write it: arrays of arrays, no reuse. Fully connected, depth 2. */
function plainFullyConnected(data, H) {
  const rows = Array.from({ length: data.N }, (_, n) => Array.from(data.z.subarray(n * data.D, (n + 1) * data.D)));
  let W = Array.from({ length: H }, (_, h) =>
    Array.from({ length: data.D }, (_x, d) => 0.01 * ((h * 7 + d * 3) % 5) - 0.02),
  );
  let v = Array.from({ length: H }, (_, h) => 0.01 * (h % 3) + 0.01);
  return (eta) => {
    const beta = rows[0].map((_, d) => v.reduce((s, x, h) => s + x * W[h][d], 0));
    const e = rows.map((r) => Math.exp(-r.reduce((s, x, d) => s + x * beta[d], 0)));
    const loss = e.reduce((a, b) => a + b, 0);
    const g = rows[0].map((_, d) => rows.reduce((s, r, n) => s + (e[n] / loss) * r[d], 0));
    const gv = W.map((row) => row.reduce((s, x, d) => s + x * g[d], 0));
    W = W.map((row, h) => row.map((x, d) => x + eta * v[h] * g[d]));
    v = v.map((x, h) => x + eta * gv[h]);
  };
}

/** Circular convolution, any depth, arrays of arrays. */
function plainConvolution(data, L) {
  const { D } = data;
  const rows = Array.from({ length: data.N }, (_, n) => Array.from(data.z.subarray(n * D, (n + 1) * D)));
  let w = Array.from({ length: L }, (_, l) =>
    Array.from({ length: D }, (_x, d) => 0.02 * ((l * 5 + d * 3) % 7) - 0.05),
  );
  const s = 1 / Math.sqrt(D);
  const convolve = (a, b) => a.map((_, d) => s * a.reduce((t, x, k) => t + x * b[(d - k + D) % D], 0));
  const correlate = (a, b) => a.map((_, d) => s * a.reduce((t, x, k) => t + x * b[(d + k) % D], 0));
  return (eta) => {
    const beta = w.reduce((p, q) => convolve(p, q));
    const e = rows.map((r) => Math.exp(-r.reduce((t, x, d) => t + x * beta[d], 0)));
    const loss = e.reduce((a, b) => a + b, 0);
    const g = rows[0].map((_, d) => rows.reduce((t, r, n) => t + (e[n] / loss) * r[d], 0));
    w = w.map((row, l) => {
      const back = w.reduce((acc, other, k) => (k === l ? acc : correlate(other, acc)), g);
      return row.map((x, d) => x + eta * back[d]);
    });
  };
}

/** Both at the same iterates after some steps, or the comparison would be of two different loops. */
function checkAgreement(name, common, c) {
  const [eta, steps] = [1e-4, 10_000];
  const { beta, logLoss } = train({ ...common, eta, steps, record: [steps] }).records[0];
  const other = c(eta, steps);
  const size = Math.max(...beta.map(Math.abs));
  const apart = Math.max(Math.abs(logLoss - other.logLoss), ...beta.map((b, d) => Math.abs(b - other.beta[d]) / size));
  if (!(apart < 1e-10)) throw new Error(`${name}: the loop in C ends ${apart.toExponential(1)} away from ours`);
}

/** Of processor time, all threads: a compiler in the background counts, a busy machine does not. */
const seconds = (run) => {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
};

/** Steps that each contender takes in about SECONDS / ROUNDS, by doubling; the first ones also warm it up. */
function stepsFor(contender) {
  let steps = 64;
  while (contender(steps) < SECONDS / ROUNDS / 2) steps *= 2;
  return 2 * steps;
}

/** Steps per second of each, the median of rounds in which they take turns. */
function rates(contenders) {
  const all = contenders.map((run) => ({ run, steps: stepsFor(run), rates: [] }));
  for (let round = 0; round < ROUNDS; round++) for (const c of all) c.rates.push(c.steps / c.run(c.steps));
  return all.map((c) => c.rates.sort((a, b) => a - b)[ROUNDS >> 1]);
}

const configurations = [
  {
    name: "fully connected D=16 N=10 L=2 width 16",
    P: fullyConnected.build({ dim: 16, depth: 2, widths: [16] }),
    N: 10,
    plain: (d) => plainFullyConnected(d, 16),
  },
  {
    name: "convolution D=16 N=10 L=2",
    P: convolutional.build({ dim: 16, depth: 2 }),
    N: 10,
    plain: (d) => plainConvolution(d, 2),
  },
  {
    name: "convolution D=64 N=20 L=3",
    P: convolutional.build({ dim: 64, depth: 3 }),
    N: 20,
    plain: (d) => plainConvolution(d, 3),
  },
];

const show = (x) => (x === null ? "-" : x.toExponential(2)).padStart(10);
const cc = compiler();
console.log("steps per second".padEnd(42), "      bare         C    bare/C controlled     plain");
for (const { name, P, N, plain } of configurations) {
  const data = problem(P.dimensions.dim, N);
  const init = gaussianInitialization(P, 1n, 0.1);
  const common = { P, data, loss: exponential, optimizer: normalizedGradientDescent, init };
  const c = cc === null ? null : inC(P, data, init);
  if (c !== null) checkAgreement(name, common, c);
  const step = plain(data);
  const [bare, controlled, reference, inOther = null] = rates([
    (steps) => seconds(() => train({ ...common, eta: ETA, steps, record: [] })),
    (steps) => seconds(() => descend({ ...common, eta: 1e300, maxSteps: steps })),
    (steps) =>
      seconds(() => {
        for (let i = 0; i < steps; i++) step(ETA);
      }),
    ...(c === null ? [] : [(steps) => c(ETA, steps).seconds]),
  ]);
  console.log(
    name.padEnd(42),
    show(bare),
    show(inOther),
    (inOther === null ? "-" : (bare / inOther).toFixed(2)).padStart(9),
    show(controlled),
    show(reference),
  );
}
console.log(
  `bare: the loop of \`train\`; C: descent.c, ${cc === null ? "not measured: no C compiler" : `-O3 -march=native, ${cc}`};`,
  "controlled: with step control and snapshots; plain: arrays of arrays.",
);
