/**
 * Full-width circular convolutional linear network of depth L, in the convention of Gunasekar et al. 2018:
 * (u * v)[d] = D^(-1/2) sum_k u[k] v[(d+k) mod D] (a cross-correlation), h_0 = x, h_l = w_l * h_{l-1} for l < L,
 * f = <w_L, h_{L-1}>. Hence beta[j] = D^(-(L-1)/2) times the sum of w_1[k_1] ... w_L[k_L] over k_1 + ... + k_L = j mod D:
 * circular convolution, so with the unitary DFT betahat = what_1 . ... . what_L, no conjugate and no flip.
 * P: R^{LD} -> R^D, degree L. Exactly: integer polynomials times the one scalar D^(-(L-1)/2).
 * Cost: O(L D^2) each way, in the time domain.
 */
import { inverseRootPower, scaleToNumber } from "../../exact/polymap.js";
import { type Polynomial, product, sum, variable } from "../../exact/polynomial.js";
import type { Q } from "../../exact/rational.js";
import { rationals } from "../../exact/ring.js";
import { dotAt } from "../../numeric/vec.js";
import { type Architecture, defineArchitecture, parameterNames } from "../architecture.js";

/** Twice v in a row, forwards or backwards: then every shift of it is one run of memory. */
function unroll(v: Float64Array, D: number, backwards: boolean, out: Float64Array): void {
  for (let k = 0; k < D; k++) {
    const at = backwards && k > 0 ? D - k : k;
    out[at] = v[k]!;
    out[at + D] = v[k]!;
  }
}

export const convolutional: Architecture = defineArchitecture({
  name: "convolutional",
  summary: "full-width circular convolutions, f = <w_L, w_{L-1} * ... * w_1 * x>, any dimension, any depth",
  source: { key: "gunasekar-2018", locator: "full-width convolutional networks" },
  usesWidths: false,
  maximalDepth: null,
  build(dimensions) {
    const { dim: D, depth: L } = dimensions;
    const m = D * L;
    const layers = Array.from({ length: L }, () => ({ rows: 1, columns: D }));
    const factor = scaleToNumber(inverseRootPower(BigInt(D), 1));
    // prefix[l] = w_1 (*) ... (*) w_{l+1}, scaled; back carries the correlation of g with the later layers.
    const prefix = Array.from({ length: L }, () => new Float64Array(D));
    const back = new Float64Array(D);
    const twice = new Float64Array(2 * D);

    /** prefix[l] for l < upTo: circular convolutions, prefix_l[d] = factor sum_k w_l[k] prefix_{l-1}[(d - k) mod D]. */
    function fillPrefix(w: Float64Array, upTo: number): void {
      for (let d = 0; d < D; d++) prefix[0]![d] = w[d]!;
      for (let l = 1; l < upTo; l++) {
        unroll(prefix[l - 1]!, D, true, twice);
        const out = prefix[l]!;
        for (let d = 0; d < D; d++) out[d] = factor * dotAt(w, l * D, twice, D - d, D);
      }
    }

    return {
      architecture: "convolutional",
      dimensions,
      shape: [D],
      layers,
      parameters: m,
      degree: L,
      exact() {
        const layer = (l: number): Polynomial<Q>[] =>
          Array.from({ length: D }, (_, k) => variable(rationals, m, l * D + k));
        let beta = layer(0);
        for (let l = 1; l < L; l++) {
          const w = layer(l);
          const before = beta;
          beta = before.map((_, d) => before.map((p, k) => product(p, w[(d - k + D) % D]!)).reduce(sum));
        }
        return { map: { names: parameterNames(layers), coordinates: beta, scale: inverseRootPower(BigInt(D), L - 1) } };
      },
      apply(w, out) {
        fillPrefix(w, L);
        out.set(prefix[L - 1]!);
      },
      pullback(w, g, out) {
        fillPrefix(w, L - 1);
        back.set(g);
        // Correlations, the adjoints: [u, v][d] = factor sum_k u[k] v[(d + k) mod D].
        for (let l = L - 1; l > 0; l--) {
          unroll(back, D, false, twice);
          const before = prefix[l - 1]!;
          for (let d = 0; d < D; d++) {
            out[l * D + d] = factor * dotAt(before, 0, twice, d, D);
            back[d] = factor * dotAt(w, l * D, twice, d, D);
          }
        }
        out.set(back, 0);
      },
    };
  },
});
