/**
 * Z diag(c) Z^T for N rows of length D and weights c >= 0, R^(N x D) -> R^(N x N): the Gram matrix of a network that is a
 * product in each coordinate. Columns whose part in the trace is below rounding are left out (in the limit most are), the
 * others packed as sqrt(c) Z, and products taken three rows by three, so that each number loaded serves three times;
 * symmetric to the last bit. Cost: N^2 K / 2 products for the K columns that count.
 */

/** Part of the trace that all columns left out may have together. */
const NOTHING = 1e-17;
const TILE = 3;

export interface WeightedGram {
  /** `out` is N x N, row major. `checkpoint` is called before each band of rows and may throw. */
  compute(c: Float64Array, out: Float64Array, checkpoint?: () => void): void;
}

export function createWeightedGram(z: Float64Array, N: number, D: number): WeightedGram {
  const squares = new Float64Array(D);
  for (let n = 0; n < N; n++) for (let d = 0; d < D; d++) squares[d] = squares[d]! + z[n * D + d]! * z[n * D + d]!;
  // Rows of zeros fill the last tile.
  const padded = Math.ceil(N / TILE) * TILE;
  const packed = new Float64Array(padded * D);
  const kept = new Int32Array(D);
  const roots = new Float64Array(D);
  const tile = new Float64Array(TILE * TILE);

  /** The columns that count; their number. */
  function choose(c: Float64Array): number {
    let trace = 0;
    for (let d = 0; d < D; d++) trace += c[d]! * squares[d]!;
    const least = (NOTHING * trace) / D;
    let K = 0;
    for (let d = 0; d < D; d++) {
      if (!(c[d]! * squares[d]! > least)) continue;
      kept[K] = d;
      roots[K] = Math.sqrt(c[d]!);
      K++;
    }
    return K;
  }

  /** Products of rows i, i+1, i+2 with j, j+1, j+2 of length K into `tile`. */
  function products(i: number, j: number, K: number): void {
    const [a, b, c] = [i * K, (i + 1) * K, (i + 2) * K];
    const [p, q, r] = [j * K, (j + 1) * K, (j + 2) * K];
    let [ap, aq, ar] = [0, 0, 0];
    let [bp, bq, br] = [0, 0, 0];
    let [cp, cq, cr] = [0, 0, 0];
    for (let k = 0; k < K; k++) {
      const x = packed[a + k]!;
      const y = packed[b + k]!;
      const w = packed[c + k]!;
      const u = packed[p + k]!;
      const v = packed[q + k]!;
      const t = packed[r + k]!;
      ap += x * u;
      aq += x * v;
      ar += x * t;
      bp += y * u;
      bq += y * v;
      br += y * t;
      cp += w * u;
      cq += w * v;
      cr += w * t;
    }
    [tile[0], tile[1], tile[2]] = [ap, aq, ar];
    [tile[3], tile[4], tile[5]] = [bp, bq, br];
    [tile[6], tile[7], tile[8]] = [cp, cq, cr];
  }

  return {
    compute(c, out, checkpoint) {
      const K = choose(c);
      for (let n = 0; n < N; n++) for (let k = 0; k < K; k++) packed[n * K + k] = roots[k]! * z[n * D + kept[k]!]!;
      packed.fill(0, N * K, padded * K);
      for (let i = 0; i < N; i += TILE) {
        checkpoint?.();
        for (let j = 0; j <= i; j += TILE) {
          products(i, j, K);
          for (let s = 0; s < TILE && i + s < N; s++)
            for (let t = 0; t < TILE && j + t < N; t++) {
              out[(i + s) * N + j + t] = tile[TILE * s + t]!;
              out[(j + t) * N + i + s] = tile[TILE * s + t]!;
            }
        }
      }
    },
  };
}
