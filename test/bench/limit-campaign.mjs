/**
 * The limit engine over 200 random instances of each network, D = 4 to 32, N = 2 to 20 (`npm run campaign`): how many end with
 * all residuals of the network itself within 1e-10, the largest residual, and each instance that does not, with its reason.
 */
import { limitDirection } from "../../dist/src/engine/limit.js";
import { randomStream } from "../../dist/src/kernel/seed.js";
import { convolutional } from "../../dist/src/models/architectures/convolutional.js";
import { diagonal } from "../../dist/src/models/architectures/diagonal.js";
import { fullyConnected } from "../../dist/src/models/architectures/fully-connected.js";
import { exponential } from "../../dist/src/models/losses/exponential.js";
import { normalizedGradientDescent } from "../../dist/src/models/optimizers/normalized-gradient-descent.js";
import { gaussian } from "../../dist/src/numeric/gaussian.js";

const INSTANCES = 200;
const PLAN = [
  [fullyConnected, [1, 2, 3, 4]],
  [diagonal, [2, 3, 4]],
  [convolutional, [1, 2, 3, 4]],
];

function instance(architecture, depth, seed) {
  const stream = randomStream(BigInt(seed), `campaign/${architecture.name}/${depth}`);
  const draw = gaussian(stream);
  const dim = 4 + (stream.uint32() % 29);
  const N = 2 + (stream.uint32() % 19);
  const P = architecture.build({ dim, depth });
  const teacher = Float64Array.from({ length: dim }, () => draw());
  const z = new Float64Array(N * dim);
  for (let n = 0; n < N; n++) {
    const x = Float64Array.from({ length: dim }, () => draw());
    const side = x.reduce((s, v, d) => s + v * teacher[d], 0) > 0 ? 1 : -1;
    for (let d = 0; d < dim; d++) z[n * dim + d] = side * x[d];
  }
  return { P, data: { N, D: dim, z }, init: Float64Array.from({ length: P.parameters }, () => 0.5 * draw()) };
}

for (const [architecture, depths] of PLAN)
  for (const depth of depths) {
    let met = 0;
    let worst = 0;
    const missed = [];
    const start = performance.now();
    for (let seed = 1; seed <= INSTANCES; seed++) {
      const problem = instance(architecture, depth, seed);
      const r = limitDirection({
        ...problem,
        loss: exponential,
        optimizer: normalizedGradientDescent,
        eta: Number.POSITIVE_INFINITY,
      });
      if (r.stop === "goal-met") {
        met += 1;
        worst = Math.max(worst, r.kkt.stationarity, r.kkt.complementarity, r.kkt.feasibility);
      } else missed.push(`    seed ${seed}, D=${problem.data.D} N=${problem.data.N}: ${r.stop}, ${r.why}`);
    }
    const seconds = (performance.now() - start) / 1000;
    console.log(
      `${architecture.name} L=${depth}: ${met} of ${INSTANCES}, largest residual ${worst.toExponential(1)}, ${seconds.toFixed(1)} s`,
    );
    for (const line of missed) console.log(line);
  }
