/**
 * Does a run end at one of many optima of its network? Then its path chose, and it shows less of what is claimed of the network.
 * Where the engine cannot tell, it can be told for maps P of degree 2. With z = sum q_n y_n x_n the velocity J(v)^T z is a
 * symmetric map of v, and by duality the optima of min |w|^2 s.t. margins >= 1 are in its eigenspace of the largest value,
 * given that the limit w is. So the optimum is one where P(v) is along P(w) on that space; as P is a polynomial, random v tell.
 * Found by powers of the map, shifted by the rate of w; a second value that is nearly the largest counts as many, too.
 * Cost: STARTS x POWERS pullbacks.
 */
import type { Case } from "../../src/kernel/case.js";
import { signedRows } from "../../src/kernel/dataset.js";
import { randomStream } from "../../src/kernel/seed.js";
import { gaussian } from "../../src/numeric/gaussian.js";
import { dot, norm } from "../../src/numeric/vec.js";
import { type Bench, createBench } from "../../src/verify/bench.js";
import type { Theorem } from "../../src/verify/theorem.js";

const STARTS = 4;
const POWERS = 400;
/** Largest sine between predictors that count as one, and share by which a rate is larger. */
const SAME = 1e-6;

const never = { cancelled: () => null };

function sine(a: Float64Array, b: Float64Array): number {
  const along = dot(a, b) / dot(b, b);
  return along > 0 ? norm(a.map((x, d) => x - along * b[d]!)) / norm(a) : 1;
}

/** Is the optimum of a map of degree 2 at parameters w with weights q the only one, as a predictor? */
function alone({ P, dataset }: Bench, w: Float64Array, q: Float64Array): boolean {
  const z = new Float64Array(dataset.X[0]!.length);
  for (const [n, row] of signedRows(dataset).entries())
    for (const [d, x] of row.entries()) z[d] = z[d]! + q[n]! * Number(x);
  const pull = new Float64Array(P.parameters);
  const rateOf = (v: Float64Array): number => {
    P.pullback(v, z, pull);
    return dot(v, pull) / dot(v, v);
  };
  const predictor = (v: Float64Array): Float64Array => {
    const beta = new Float64Array(z.length);
    P.apply(v, beta);
    return beta;
  };
  const own = rateOf(w);
  const beta = predictor(w);
  const draw = gaussian(randomStream(0n, "one-of-many"));
  for (let start = 0; start < STARTS; start++) {
    let v = Float64Array.from(w, () => draw());
    for (let i = 0; i < POWERS; i++) {
      if (rateOf(v) > (1 + SAME) * own) return false;
      const next = pull.map((x, k) => x + own * v[k]!);
      const size = norm(next);
      v = next.map((x) => x / size);
    }
    if (sine(predictor(v), beta) > SAME) return false;
  }
  return true;
}

/** Also where it cannot be told at degree 2; deeper maps have many stationary points, and nothing is asked of them. */
export function endsAtOneOfMany(c: Case, { brings }: Theorem): boolean {
  const bench = createBench(c, never, { toLimit: true, ...(brings === undefined ? {} : { own: brings }) });
  const limit = bench.limit();
  const unique = limit?.point?.unique.value ?? null;
  if (limit === null || unique !== null || bench.P.degree !== 2) return unique === false;
  const { parameters, dual } = limit;
  return parameters === null || dual === null || !alone(bench, parameters, dual);
}
