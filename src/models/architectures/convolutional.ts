/**
 * Full-width circular convolutional linear network of depth L, in the convention of Gunasekar et al. 2018, section 2:
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
import { type Architecture, defineArchitecture, parameterNames } from "../architecture.js";

/** out[d] = factor * sum_k u[k] v[(d - k) mod D]: circular convolution. */
function convolve(
  u: Float64Array,
  uAt: number,
  v: Float64Array,
  vAt: number,
  D: number,
  factor: number,
  out: Float64Array,
  outAt: number,
) {
  for (let d = 0; d < D; d++) {
    let s = 0;
    for (let k = 0; k <= d; k++) s += u[uAt + k]! * v[vAt + d - k]!;
    for (let k = d + 1; k < D; k++) s += u[uAt + k]! * v[vAt + d - k + D]!;
    out[outAt + d] = factor * s;
  }
}

/** out[d] = factor * sum_k u[k] v[(d + k) mod D]: the adjoint of convolution by u. */
function correlate(
  u: Float64Array,
  uAt: number,
  v: Float64Array,
  vAt: number,
  D: number,
  factor: number,
  out: Float64Array,
  outAt: number,
) {
  for (let d = 0; d < D; d++) {
    let s = 0;
    const wrap = D - d;
    for (let k = 0; k < wrap; k++) s += u[uAt + k]! * v[vAt + d + k]!;
    for (let k = wrap; k < D; k++) s += u[uAt + k]! * v[vAt + k - wrap]!;
    out[outAt + d] = factor * s;
  }
}

export const convolutional: Architecture = defineArchitecture({
  name: "convolutional",
  summary: "full-width circular convolutions, f = <w_L, w_{L-1} * ... * w_1 * x>, any dimension, any depth",
  source: { key: "gunasekar-2018", locator: "section 2, full-width convolutional network" },
  usesWidths: false,
  maximalDepth: null,
  build(dimensions) {
    const { dim: D, depth: L } = dimensions;
    const m = D * L;
    const layers = Array.from({ length: L }, () => ({ rows: 1, columns: D }));
    const factor = scaleToNumber(inverseRootPower(BigInt(D), 1));
    // prefix[l] = w_1 (*) ... (*) w_{l+1}, scaled; back[.] carries the correlation of g with the later layers.
    const prefix = Array.from({ length: L }, () => new Float64Array(D));
    let back = new Float64Array(D);
    let spare = new Float64Array(D);

    function fillPrefix(w: Float64Array): void {
      for (let d = 0; d < D; d++) prefix[0]![d] = w[d]!;
      for (let l = 1; l < L; l++) convolve(prefix[l - 1]!, 0, w, l * D, D, factor, prefix[l]!, 0);
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
        fillPrefix(w);
        out.set(prefix[L - 1]!);
      },
      pullback(w, g, out) {
        fillPrefix(w);
        back.set(g);
        for (let l = L - 1; l > 0; l--) {
          correlate(prefix[l - 1]!, 0, back, 0, D, factor, out, l * D);
          correlate(w, l * D, back, 0, D, factor, spare, 0);
          [back, spare] = [spare, back];
        }
        out.set(back, 0);
      },
    };
  },
});
