/**
 * Z diag(c) Z^T for N rows of length D and weights c >= 0, R^(N x D) -> R^(N x N): the Gram matrix of a network that is a
 * product in each coordinate. Columns whose part in the trace is below rounding are left out (in the limit most are), the
 * others packed as sqrt(c) Z, and products taken two rows by two, so that each number loaded serves twice; symmetric to the
 * last bit. Cost: N^2 K / 2 products for the K columns that count.
 */

/** Part of the trace that all columns left out may have together. */
const NOTHING = 1e-17;

export interface WeightedGram {
  /** `out` is N x N, row major. `checkpoint` is called after each pair of rows. */
  compute(c: Float64Array, out: Float64Array, checkpoint?: () => void): void;
}

export function createWeightedGram(z: Float64Array, N: number, D: number): WeightedGram {
  const squares = new Float64Array(D);
  for (let n = 0; n < N; n++) for (let d = 0; d < D; d++) squares[d] = squares[d]! + z[n * D + d]! * z[n * D + d]!;
  const packed = new Float64Array((N + 1) * D);
  const kept = new Int32Array(D);
  const roots = new Float64Array(D);

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

  return {
    compute(c, out, checkpoint) {
      const K = choose(c);
      for (let n = 0; n < N; n++) for (let k = 0; k < K; k++) packed[n * K + k] = roots[k]! * z[n * D + kept[k]!]!;
      // One row of zeros behind the last, for an odd N.
      packed.fill(0, N * K, (N + 1) * K);
      for (let i = 0; i < N; i += 2) {
        for (let j = 0; j <= i; j += 2) {
          const [a, b, p, q] = [i * K, (i + 1) * K, j * K, (j + 1) * K];
          let [ap, aq, bp, bq] = [0, 0, 0, 0];
          for (let k = 0; k < K; k++) {
            const x = packed[a + k]!;
            const y = packed[b + k]!;
            const u = packed[p + k]!;
            const v = packed[q + k]!;
            ap += x * u;
            aq += x * v;
            bp += y * u;
            bq += y * v;
          }
          out[i * N + j] = ap;
          out[j * N + i] = ap;
          if (i + 1 < N) {
            out[(i + 1) * N + j] = bp;
            out[j * N + i + 1] = bp;
          }
          if (j === i) {
            if (i + 1 < N) out[(i + 1) * N + i + 1] = bq;
            continue;
          }
          out[i * N + j + 1] = aq;
          out[(j + 1) * N + i] = aq;
          if (i + 1 < N) {
            out[(i + 1) * N + j + 1] = bq;
            out[(j + 1) * N + i + 1] = bq;
          }
        }
        checkpoint?.();
      }
    },
  };
}
