/**
 * Circular convolutional linear network of depth L, in the convention of Gunasekar et al. 2018:
 * (u * v)[d] = D^(-1/2) sum_k u[k] v[(d+k) mod D] (a cross-correlation), h_0 = x, h_l = w_l * h_{l-1} for l < L,
 * f = <w_L, h_{L-1}>. Hence beta[j] = D^(-(L-1)/2) times the sum of w_1[k_1] ... w_L[k_L] over k_1 + ... + k_L = j mod D:
 * circular convolution, so with the unitary DFT betahat = what_1 . ... . what_L, no conjugate and no flip.
 * Filters w_1 ... w_{L-1} have length K <= D (the kernel, default D) and are padded with zeros; w_L has full width D.
 * P: R^{(L-1)K + D} -> R^D, degree L. Exactly: integer polynomials times the one scalar D^(-(L-1)/2).
 * Kernels: Jagadeesan, Razenshteyn, Gunasekar 2021. Cost: O(L K D) each way, in the time domain.
 */
import { inverseRootPower, scaleToNumber } from "../../exact/polymap.js";
import { dotAt } from "../../numeric/vec.js";
import {
  type Architecture,
  type Dimensions,
  defineArchitecture,
  layerGroups,
  parameterCount,
  parameterNames,
  plainExamples,
  spelled,
} from "../architecture.js";
import { checkParameterCount } from "../dimensions.js";
import { convolved, filterFrom, rootTex, rootText, signalOf } from "../torus.js";

/** Twice v in a row, forwards or backwards: then every shift of it is one run of memory. */
export function unroll(v: Float64Array, D: number, backwards: boolean, out: Float64Array): void {
  for (let k = 0; k < D; k++) {
    const at = backwards && k > 0 ? D - k : k;
    out[at] = v[k]!;
    out[at + D] = v[k]!;
  }
}

const KERNELS: readonly Dimensions[] = [2, 3, 4, 5].flatMap((dim) =>
  [2, 3].flatMap((depth) => Array.from({ length: dim }, (_, i) => ({ dim, depth, kernel: i + 1 }))),
);

export const convolutional: Architecture = defineArchitecture({
  name: "convolutional",
  summary: "circular convolutions, f = <w_L, w_{L-1} * ... * w_1 * x>, any dimension, any depth, any kernel",
  source: { key: "gunasekar-2018", locator: "full-width convolutional networks" },
  usesWidths: false,
  uses: { kernel: "optional" },
  maximalDepth: null,
  examples: [...plainExamples(), { dim: 3, depth: 1, kernel: 2 }, ...KERNELS],
  inLayers: ({ dim: D, depth: L, kernel: K = D }) => ({
    text: `beta = ${rootText(D, L)}${spelled(L, (l) => `w${l}`, " (*) ", "...")}`,
    tex: `\\beta = ${rootTex(D, L)}${spelled(L, (l) => `w_{${l}}`, " \\circledast ", "\\cdots")}`,
    where:
      (L === 1 ? `w1 in R^${D}` : `circular convolution on Z_${D}`) +
      (K < D && L > 1 ? `, ${L === 2 ? "w1 has" : "all filters but the last have"} length ${K}` : ""),
  }),
  build(dimensions) {
    const { dim: D, depth: L, kernel: K = D } = dimensions;
    checkParameterCount("convolutional", D * L); // what the padded filters would have, and what the scratch below takes
    const layers = Array.from({ length: L }, (_, l) => ({ rows: 1, columns: l < L - 1 ? K : D }));
    const m = parameterCount(layers);
    const factor = scaleToNumber(inverseRootPower(BigInt(D), 1));
    // Convolution commutes. The product starts at a filter of full width, so that every further factor costs K D.
    const order = Array.from({ length: L }, (_, i) => (K === D ? i : (i + L - 1) % L));
    const first = order[0]! * K;
    // prefix[i] = the product of the filters order[0] ... order[i], scaled; back carries the correlation with the others.
    const prefix = Array.from({ length: L }, () => new Float64Array(D));
    const back = new Float64Array(D);
    const twice = new Float64Array(2 * D);

    /** prefix[i] for i < upTo: prefix_i[d] = factor sum_{k < K} w[k] prefix_{i-1}[(d - k) mod D]. */
    function fillPrefix(w: Float64Array, upTo: number): void {
      for (let d = 0; d < D; d++) prefix[0]![d] = w[first + d]!;
      for (let i = 1; i < upTo; i++) {
        unroll(prefix[i - 1]!, D, true, twice);
        const out = prefix[i]!;
        for (let d = 0; d < D; d++) out[d] = factor * dotAt(w, order[i]! * K, twice, D - d, K);
      }
    }

    const filters = () => layers.map(({ columns }, l) => filterFrom(l * K, columns));

    return {
      architecture: "convolutional",
      dimensions,
      shape: [D],
      layers,
      parameters: m,
      degree: L,
      get groups() {
        return layerGroups(layers);
      },
      get fourier() {
        return { shape: [D], channels: [{ coordinates: filterFrom(0, D).positions, products: [filters()] }] };
      },
      exact() {
        const coordinates = filters()
          .map((f) => signalOf(f, D, m))
          .reduce((before, w) => convolved([D], before, w));
        return { map: { names: parameterNames(layers), coordinates, scale: inverseRootPower(BigInt(D), L - 1) } };
      },
      apply(w, out) {
        fillPrefix(w, L);
        out.set(prefix[L - 1]!);
      },
      pullback(w, g, out) {
        fillPrefix(w, L - 1);
        back.set(g);
        // Correlations, the adjoints: [u, v][d] = factor sum_k u[k] v[(d + k) mod D].
        for (let i = L - 1; i > 0; i--) {
          unroll(back, D, false, twice);
          const before = prefix[i - 1]!;
          const at = order[i]! * K;
          for (let d = 0; d < K; d++) out[at + d] = factor * dotAt(before, 0, twice, d, D);
          for (let d = 0; d < D; d++) back[d] = factor * dotAt(w, at, twice, d, K);
        }
        out.set(back, first);
      },
    };
  },
});
