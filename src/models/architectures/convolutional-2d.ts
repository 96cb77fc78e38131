/**
 * Circular convolutional linear network on the torus Z_a x Z_b (images, row major), full width, depth L:
 * (u * v)[d] = (ab)^(-1/2) sum_k u[k] v[d + k] with indices d = (d_1, d_2) mod (a, b), h_0 = x, h_l = w_l * h_{l-1} for
 * l < L, f = <w_L, h_{L-1}>. Hence beta = (ab)^(-(L-1)/2) w_1 (*) ... (*) w_L, circular convolution in both axes, and with
 * the unitary 2-D DFT betahat = what_1 . ... . what_L, no conjugate and no flip. D = ab; P: R^{LD} -> R^D, degree L.
 * Source: Gunasekar et al. 2018 in one axis; Jagadeesan, Razenshteyn, Gunasekar 2021 use it on images.
 * Cost: O(L D^2) each way, in the time domain.
 */
import { inverseRootPower, scaleToNumber } from "../../exact/polymap.js";
import { UseError } from "../../kernel/use-error.js";
import { dotAt } from "../../numeric/vec.js";
import {
  type Architecture,
  type Dimensions,
  defineArchitecture,
  layerGroups,
  parameterNames,
  spelled,
} from "../architecture.js";
import { checkParameterCount } from "../dimensions.js";
import { convolved, filterFrom, rootTex, rootText, signalOf } from "../torus.js";

/** Each of the a rows twice in a row, and with them all rows, forwards or backwards: see `unroll` in one axis. */
function unrollRows(v: Float64Array, a: number, b: number, backwards: boolean, out: Float64Array): void {
  for (let r = 0; r < a; r++)
    for (let c = 0; c < b; c++) {
      const row = backwards && r > 0 ? a - r : r;
      const at = 2 * b * row + (backwards && c > 0 ? b - c : c);
      out[at] = v[r * b + c]!;
      out[at + b] = v[r * b + c]!;
    }
}

function sizesOf({ shape = [] }: Dimensions): readonly [number, number] {
  const [a, b] = shape;
  if (a === undefined || b === undefined || shape.length !== 2)
    throw new UseError(`convolutional-2d: expected a shape of two sizes, got ${shape.join("x")}`);
  return [a, b];
}

export const convolutional2d: Architecture = defineArchitecture({
  name: "convolutional-2d",
  summary: "full-width circular convolutions on images of a shape a x b, any depth",
  source: { key: "jagadeesan-2021", locator: "two-dimensional convolutions" },
  usesWidths: false,
  uses: { shape: "needed" },
  maximalDepth: null,
  examples: [
    [1, 1],
    [1, 3],
    [3, 1],
    [2, 2],
    [2, 3],
    [3, 2],
  ].flatMap((shape) => [1, 2, 3].map((depth) => ({ dim: shape[0]! * shape[1]!, depth, shape }))),
  inLayers(dimensions) {
    const { dim: D, depth: L } = dimensions;
    const [a, b] = sizesOf(dimensions);
    return {
      text: `beta = ${rootText(D, L)}${spelled(L, (l) => `w${l}`, " (*) ", "...")}`,
      tex: `\\beta = ${rootTex(D, L)}${spelled(L, (l) => `w_{${l}}`, " \\circledast ", "\\cdots")}`,
      where: L === 1 ? `w1 in R^(${a} x ${b})` : `circular convolution on Z_${a} x Z_${b}`,
    };
  },
  build(dimensions) {
    const { dim: D, depth: L } = dimensions;
    const [a, b] = sizesOf(dimensions);
    const m = D * L;
    checkParameterCount("convolutional-2d", m);
    const layers = Array.from({ length: L }, () => ({ rows: 1, columns: D }));
    const factor = scaleToNumber(inverseRootPower(BigInt(D), 1));
    // As in one axis: prefix[l] = w_1 (*) ... (*) w_{l+1}, scaled; back carries the correlation of g with the later layers.
    const prefix = Array.from({ length: L }, () => new Float64Array(D));
    const back = new Float64Array(D);
    const twice = new Float64Array(2 * D);

    /** out[d] = factor sum_k u[k] v[k + s(d)], with v unrolled into `twice` and s(d) = -d or d. */
    function correlate(u: Float64Array, from: number, backwards: boolean, out: Float64Array, to: number): void {
      for (let r = 0; r < a; r++)
        for (let c = 0; c < b; c++) {
          const column = backwards && c > 0 ? b - c : c;
          let s = 0;
          for (let k = 0; k < a; k++) {
            const row = backwards ? (k - r + a) % a : (k + r) % a;
            s += dotAt(u, from + k * b, twice, 2 * b * row + column, b);
          }
          out[to + r * b + c] = factor * s;
        }
    }

    function fillPrefix(w: Float64Array, upTo: number): void {
      for (let d = 0; d < D; d++) prefix[0]![d] = w[d]!;
      for (let l = 1; l < upTo; l++) {
        unrollRows(prefix[l - 1]!, a, b, true, twice);
        correlate(w, l * D, true, prefix[l]!, 0);
      }
    }

    const filters = () => layers.map((_, l) => filterFrom(l * D, D));

    return {
      architecture: "convolutional-2d",
      dimensions,
      shape: [a, b],
      layers,
      parameters: m,
      degree: L,
      get groups() {
        return layerGroups(layers);
      },
      get fourier() {
        return { shape: [a, b], channels: [{ coordinates: filterFrom(0, D).positions, products: [filters()] }] };
      },
      exact() {
        const coordinates = filters()
          .map((f) => signalOf(f, D, m))
          .reduce((before, w) => convolved([a, b], before, w));
        return { map: { names: parameterNames(layers), coordinates, scale: inverseRootPower(BigInt(D), L - 1) } };
      },
      apply(w, out) {
        fillPrefix(w, L);
        out.set(prefix[L - 1]!);
      },
      pullback(w, g, out) {
        fillPrefix(w, L - 1);
        back.set(g);
        for (let l = L - 1; l > 0; l--) {
          unrollRows(back, a, b, false, twice);
          correlate(prefix[l - 1]!, 0, false, out, l * D);
          correlate(w, l * D, false, back, 0);
        }
        out.set(back, 0);
      },
    };
  },
});
