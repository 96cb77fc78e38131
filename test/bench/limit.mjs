/**
 * The limit part of `npm run bench`: time from an initialization to the limit direction, all residuals of the network itself
 * within 1e-10, for convolutional networks on random separable data; and how the time of a step of continuation grows with D.
 * One core; first runs are counted, as a user meets them.
 */
import { createContinuation } from "../../dist/src/engine/continuation.js";
import { descend } from "../../dist/src/engine/descent.js";
import { limitDirection } from "../../dist/src/engine/limit.js";
import { randomStream } from "../../dist/src/kernel/seed.js";
import { convolutional } from "../../dist/src/models/architectures/convolutional.js";
import { coordinatewiseForm } from "../../dist/src/models/coordinatewise.js";
import { exponential } from "../../dist/src/models/losses/exponential.js";
import { normalizedGradientDescent } from "../../dist/src/models/optimizers/normalized-gradient-descent.js";
import { gaussian } from "../../dist/src/numeric/gaussian.js";

const settings = { loss: exponential, optimizer: normalizedGradientDescent, eta: Number.POSITIVE_INFINITY };

function instance(dim, N, depth, seed) {
  const draw = gaussian(randomStream(BigInt(seed), "bench-limit"));
  const P = convolutional.build({ dim, depth });
  const teacher = Float64Array.from({ length: dim }, () => draw());
  const z = new Float64Array(N * dim);
  for (let n = 0; n < N; n++) {
    const x = Float64Array.from({ length: dim }, () => draw());
    const side = x.reduce((s, v, d) => s + v * teacher[d], 0) > 0 ? 1 : -1;
    for (let d = 0; d < dim; d++) z[n * dim + d] = side * x[d];
  }
  return { P, data: { N, D: dim, z }, init: Float64Array.from({ length: P.parameters }, () => 0.5 * draw()) };
}

const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];

function line(dim, N, depth, seeds) {
  const times = [];
  const missed = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const problem = instance(dim, N, depth, seed);
    const start = performance.now();
    const r = limitDirection({ ...problem, ...settings });
    times.push(performance.now() - start);
    if (r.stop !== "goal-met") missed.push(`seed ${seed}: ${r.stop}`);
  }
  times.sort((a, b) => a - b);
  console.log(
    `  D=${dim} N=${N} L=${depth}: median ${quantile(times, 0.5).toFixed(1)} ms, 95th percentile ${quantile(times, 0.95).toFixed(1)} ms, ` +
      `${seeds - missed.length} of ${seeds} to 1e-10${missed.length === 0 ? "" : ` (${missed.join("; ")})`}`,
  );
}

/** Milliseconds of one step of continuation. */
function stepTime(dim, N) {
  const { P, data, init } = instance(dim, N, 3, 1);
  const form = coordinatewiseForm(P);
  const z = Float64Array.from(data.z);
  for (let n = 0; n < N; n++) form.toCoordinates(z.subarray(n * dim, (n + 1) * dim));
  const own = { N, D: dim, z };
  const d = descend({
    P: form.P,
    data: own,
    init,
    ...settings,
    maxSteps: 20_000,
    observe: (s) => s.logInverseLoss >= 16,
  });
  const run = createContinuation({
    P: form.P,
    data: own,
    start: d.parameters,
    weights: d.last.weights,
    gramWeights: form.gramWeights,
  });
  run.advance(5, 0);
  const start = performance.now();
  run.advance(20, 0);
  return (performance.now() - start) / 20;
}

console.log("limit: time to the limit direction, convolutional networks");
for (const depth of [1, 2, 3, 4]) line(16, 10, depth, 50);
for (const depth of [2, 3]) line(64, 20, depth, 20);
line(1024, 200, 3, 1);
const points = [64, 256, 1024, 4096, 16384].map((D) => [D, stepTime(D, 10)]);
const x = points.map(([D]) => Math.log(D));
const y = points.map(([, t]) => Math.log(t));
const mean = (v) => v.reduce((a, b) => a + b, 0) / v.length;
const slope =
  x.reduce((s, v, i) => s + (v - mean(x)) * (y[i] - mean(y)), 0) /
  x.reduce((s, v) => s + (v - mean(x)) * (v - mean(x)), 0);
console.log(
  `  a step, N=10, L=3: ${points.map(([D, t]) => `D=${D} ${t.toFixed(2)} ms`).join(", ")}; slope ${slope.toFixed(2)} on log-log`,
);
