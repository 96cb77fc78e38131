/**
 * The problems of the oracle benchmark: seeded points, and each max margin as one cone programme that SCS and CVXOPT read,
 *   min x'Px/2 + c'x  s.t.  A x + s = b, s >= 0 in the first `l` places, then in second-order cones of the sizes `q`, then
 *   (for the nuclear norm) a positive semidefinite matrix of order `psd`, column by column.
 * The predictor is the first D R entries of x, the multipliers of the margins the first N duals.
 */
import { randomStream } from "../../dist/src/kernel/seed.js";
import { gaussian } from "../../dist/src/numeric/gaussian.js";

/** Gaussian points of three decimals, turned to one side of a planted predictor; labels of both signs. */
export function points(N, shape, seed) {
  const draw = gaussian(randomStream(BigInt(seed), "oracle-benchmark"));
  const size = shape.reduce((a, n) => a * n, 1);
  const vector = () => Array.from({ length: size }, () => Math.round(1000 * draw()));
  const planted = vector();
  const X = [];
  while (X.length < N) {
    const x = vector();
    const side = x.reduce((s, v, d) => s + v * planted[d], 0);
    if (side === 0) continue;
    const z = side > 0 ? x : x.map((v) => -v);
    X.push(X.length % 2 === 0 ? z : z.map((v) => -v));
  }
  return {
    name: "benchmark",
    shape,
    scale: 1000n,
    X: X.map((row) => row.map(BigInt)),
    y: X.map((_, n) => (n % 2 === 0 ? 1 : -1)),
    features: null,
  };
}

/** The rows y_n x_n in doubles. */
export const signedPoints = (data) =>
  data.X.map((row, n) => row.map((x) => (data.y[n] * Number(x)) / Number(data.scale)));

/** Row k of the unitary transform over D places: real and imaginary part. */
const wave = (D, k, part) =>
  Array.from({ length: D }, (_, d) => part((-2 * Math.PI * ((k * d) % D)) / D) / Math.sqrt(D));

/** Lists of [column, value], one a row of the cone: t, then the coefficients, with weight `count` in the objective. */
const BLOCKS = {
  "fourier-l1": ([D]) =>
    Array.from({ length: (D >> 1) + 1 }, (_, k) => {
      const own = k === 0 || 2 * k === D;
      const rows = [wave(D, k, Math.cos), ...(own ? [] : [wave(D, k, Math.sin)])];
      return { count: own ? 1 : 2, rows: rows.map((row) => row.map((v, d) => [d, v])) };
    }),
  "group-l21": ([D, R]) =>
    Array.from({ length: D }, (_, d) => ({ count: 1, rows: Array.from({ length: R }, (_, r) => [[d * R + r, 1]]) })),
};

const empty = { quadratic: false, q: [], psd: 0 };

export function coneProgram(regularizer, data) {
  const z = signedPoints(data);
  const size = z[0].length;
  const N = z.length;
  const margins = z.map((row) => row.map((v, d) => [d, -v]));
  const ones = new Array(N).fill(-1);
  if (regularizer === "l2")
    return { ...empty, quadratic: true, n: size, c: new Array(size).fill(0), rows: margins, b: ones, l: N };
  if (regularizer === "l1" || regularizer === "linf") {
    const bound = (d) => size + (regularizer === "l1" ? d : 0);
    const n = regularizer === "l1" ? 2 * size : size + 1;
    const sides = Array.from({ length: size }, (_, d) =>
      [1, -1].map((s) => [
        [d, s],
        [bound(d), -1],
      ]),
    ).flat();
    const c = Array.from({ length: n }, (_, i) => (i < size ? 0 : 1));
    return { ...empty, n, c, rows: [...margins, ...sides], b: [...ones, ...sides.map(() => 0)], l: N + sides.length };
  }
  if (regularizer === "nuclear") {
    // [[F, W], [W', G]] >= 0 with (tr F + tr G) / 2: F of order D, G of order R, lower triangles behind W.
    const [D, R] = data.shape;
    const order = D + R;
    const c = new Array(size).fill(0);
    const at = new Map();
    for (let i = 0; i < order; i++)
      for (let j = 0; j <= i; j++)
        if (i >= D && j < D) at.set(`${i},${j}`, j * R + (i - D));
        else {
          at.set(`${i},${j}`, c.length);
          c.push(i === j ? 0.5 : 0);
        }
    const cells = [];
    for (let j = 0; j < order; j++)
      for (let i = 0; i < order; i++) cells.push([[at.get(i >= j ? `${i},${j}` : `${j},${i}`), -1]]);
    return {
      ...empty,
      n: c.length,
      c,
      rows: [...margins, ...cells],
      b: [...ones, ...cells.map(() => 0)],
      l: N,
      psd: order,
    };
  }
  const blocks = BLOCKS[regularizer](data.shape);
  const cones = blocks.map(({ rows }, k) => [[[size + k, -1]], ...rows.map((row) => row.map(([d, v]) => [d, -v]))]);
  return {
    ...empty,
    n: size + blocks.length,
    c: [...new Array(size).fill(0), ...blocks.map(({ count }) => count)],
    rows: [...margins, ...cones.flat()],
    b: [...ones, ...cones.flat().map(() => 0)],
    l: N,
    q: cones.map((rows) => rows.length),
  };
}
