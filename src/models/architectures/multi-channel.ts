/**
 * Two-layer convolutional linear network with R input channels, C hidden channels and kernel K, on inputs x in R^{D x R}:
 * f(x) = sum_c <V_c, sum_r U_{r,c} * x_r>, (u * v)[d] = D^(-1/2) sum_{k < K} u[k] v[(d+k) mod D] as in one channel. Hence
 * W[., r] = D^(-1/2) sum_c U_{r,c} (*) V_c, circular convolution with U padded by zeros, and with the unitary DFT
 * What[:, r] = diag(Uhat_r Vhat^T). P: R^{C(RK + D)} -> R^{D x R}, degree 2, the predictor row major, W[d R + r].
 * Layers are (out x in): U is C x (R K), entry (c, r K + k); V is one row of C D, entry c D + d. So one channel in and out
 * is `convolutional` of depth 2. Source: Jagadeesan, Razenshteyn, Gunasekar 2021 (there U_r is K x C, V is D x C).
 * Cost: O(C R K D) each way.
 */
import { inverseRootPower, scaleToNumber } from "../../exact/polymap.js";
import { sumOf } from "../../exact/polynomial.js";
import { dotAt } from "../../numeric/vec.js";
import {
  type Architecture,
  type Dimensions,
  defineArchitecture,
  layerGroups,
  parameterCount,
  parameterNames,
} from "../architecture.js";
import { checkParameterCount } from "../dimensions.js";
import { convolved, type FourierChannel, filterFrom, rootTex, rootText, signalOf } from "../torus.js";
import { unroll } from "./convolutional.js";

/** (D, K, C, R) of the small instances. */
const SIZES: readonly (readonly [number, number, number, number])[] = [
  [1, 1, 1, 1],
  [1, 1, 2, 3],
  [2, 1, 2, 1],
  [2, 2, 1, 2],
  [2, 1, 1, 2],
  [3, 2, 1, 1],
  [3, 2, 2, 2],
  [4, 3, 2, 1],
  [4, 1, 3, 2],
  [5, 5, 2, 2],
];

export const multiChannel: Architecture = defineArchitecture({
  name: "multi-channel",
  summary: "two-layer circular convolutions with R input and C hidden channels and kernel K, depth 2",
  source: { key: "jagadeesan-2021", locator: "multi-channel linear convolutional networks" },
  usesWidths: false,
  uses: { kernel: "optional", channels: "optional" },
  minimalDepth: 2,
  maximalDepth: 2,
  examples: [
    { dim: 3, depth: 2 },
    ...SIZES.map(([D, K, C, R]): Dimensions => ({ dim: D * R, depth: 2, kernel: K, channels: { out: C, in: R } })),
  ],
  inLayers({ dim, kernel, channels = { out: 1, in: 1 } }) {
    const D = dim / channels.in;
    const K = kernel ?? D;
    return {
      text: `beta_r = ${rootText(D, 2)}sum(U_c_r (*) V_c, c)`,
      tex: `\\beta_{\\cdot r} = ${rootTex(D, 2)}\\sum_{c} U_{c,r} \\circledast V_{c}`,
      where:
        `circular convolution on Z_${D}; U_c_r has length ${K}, V_c length ${D}, c < ${channels.out}, r < ${channels.in}; ` +
        `U_c_r[k] is w1_c_(${K} r + k), V_c[d] is w2_(${D} c + d), coordinate d of channel r is beta_(${channels.in} d + r)`,
    };
  },
  build(dimensions) {
    const { out: C, in: R } = dimensions.channels ?? { out: 1, in: 1 };
    const D = dimensions.dim / R;
    const K = dimensions.kernel ?? D;
    const layers = [
      { rows: C, columns: R * K },
      { rows: 1, columns: C * D },
    ];
    const m = parameterCount(layers);
    checkParameterCount("multi-channel", m);
    const later = C * R * K;
    const factor = scaleToNumber(inverseRootPower(BigInt(D), 1));
    const signal = new Float64Array(D);
    const twice = new Float64Array(2 * D);
    const atU = (c: number, r: number): number => (c * R + r) * K;
    const atV = (c: number): number => later + c * D;

    const channels = (): FourierChannel[] =>
      Array.from({ length: R }, (_, r) => ({
        coordinates: Array.from({ length: D }, (_d, d) => d * R + r),
        products: Array.from({ length: C }, (_c, c) => [filterFrom(atU(c, r), K), filterFrom(atV(c), D)]),
      }));

    return {
      architecture: "multi-channel",
      dimensions,
      shape: [D, R],
      layers,
      parameters: m,
      degree: 2,
      get groups() {
        return layerGroups(layers);
      },
      get fourier() {
        return { shape: [D], channels: channels() };
      },
      exact() {
        const signals = channels().map(({ products }) =>
          products.map(([u, v]) => convolved([D], signalOf(u!, D, m), signalOf(v!, D, m))),
        );
        const coordinates = Array.from({ length: D * R }, (_, i) =>
          sumOf(signals[i % R]!.map((product) => product[Math.floor(i / R)]!)),
        );
        return { map: { names: parameterNames(layers), coordinates, scale: inverseRootPower(BigInt(D), 1) } };
      },
      apply(w, out) {
        out.fill(0);
        for (let c = 0; c < C; c++) {
          for (let d = 0; d < D; d++) signal[d] = w[atV(c) + d]!;
          unroll(signal, D, true, twice);
          for (let r = 0; r < R; r++)
            for (let d = 0, at = r; d < D; d++, at += R)
              out[at] = out[at]! + factor * dotAt(w, atU(c, r), twice, D - d, K);
        }
      },
      pullback(w, g, out) {
        out.fill(0, later);
        for (let r = 0; r < R; r++) {
          for (let d = 0; d < D; d++) signal[d] = g[d * R + r]!;
          unroll(signal, D, false, twice);
          // Correlations, the adjoints: [u, v][d] = factor sum_k u[k] v[(d + k) mod D].
          for (let c = 0; c < C; c++) {
            for (let k = 0; k < K; k++) out[atU(c, r) + k] = factor * dotAt(w, atV(c), twice, k, D);
            for (let d = 0, at = atV(c); d < D; d++, at++)
              out[at] = out[at]! + factor * dotAt(w, atU(c, r), twice, d, K);
          }
        }
      },
    };
  },
});
