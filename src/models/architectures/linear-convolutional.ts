/**
 * Linear convolutional network without padding (LCN): filters w_l in R^{k_l} and strides s_l, h_0 = x,
 * h_l[i] = sum_j w_l[j] h_{l-1}[i s_l + j], and h_L is one number f = <v, x>. The composed filter v is a product of
 * polynomials, v(t) = prod_l w_l(t^{S_l}) with S_l = s_1 ... s_{l-1}; the last stride has no effect. Coefficients ascend:
 * w_l(t) = sum_j w_l[j] t^j, v[i] belongs to t^i, no flip and no scale. P: R^{sum k_l} -> R^k, degree L, with
 * k = k_1 + sum_{l >= 2} (k_l - 1) S_l, which must be the dimension of the data.
 * Source: Kohn, Merkh, Montufar, Trager 2022. Cost: O(sum of k k_l) each way.
 */
import { UNIT_SCALE } from "../../exact/polymap.js";
import { constant, dotProduct, type Polynomial, variable } from "../../exact/polynomial.js";
import type { Q } from "../../exact/rational.js";
import { rationals } from "../../exact/ring.js";
import { UseError } from "../../kernel/use-error.js";
import { dotAt } from "../../numeric/vec.js";
import {
  type Architecture,
  type Dimensions,
  defineArchitecture,
  layerGroups,
  parameterCount,
  parameterNames,
  spelled,
} from "../architecture.js";
import { checkParameterCount } from "../dimensions.js";

/** S_l and the length of the product of the first l filters, for each layer. */
function reachesOf(filters: readonly number[], strides: readonly number[]): { stride: number; length: number }[] {
  const reaches: { stride: number; length: number }[] = [];
  filters.forEach((k, l) => {
    const before = reaches[l - 1];
    const stride = before === undefined ? 1 : before.stride * strides[l - 1]!;
    reaches.push({ stride, length: before === undefined ? k : before.length + (k - 1) * stride });
  });
  return reaches;
}

const example = (dim: number, filters: readonly number[], strides?: readonly number[]): Dimensions => ({
  dim,
  depth: filters.length,
  filters,
  ...(strides === undefined ? {} : { strides }),
});

export const linearConvolutional: Architecture = defineArchitecture({
  name: "linear-convolutional",
  summary: "filters of given lengths and strides without padding: products of polynomials",
  source: { key: "kohn-2022", locator: "linear convolutional networks as polynomial multiplication" },
  usesWidths: false,
  uses: { filters: "needed", strides: "optional" },
  maximalDepth: null,
  examples: [
    example(1, [1]),
    example(3, [3]),
    example(3, [1, 3]),
    example(4, [2, 2], [2, 1]),
    example(3, [2, 2]),
    example(5, [2, 2], [3]),
    example(4, [3, 2]),
    example(6, [2, 2, 2], [2, 1, 1]),
    example(8, [2, 2, 2], [2, 2, 1]),
    example(6, [2, 2, 2], [1, 3, 5]),
    example(5, [2, 1, 2], [3, 1]),
    example(6, [2, 3, 1, 3], [1, 1, 1]),
  ],
  inLayers({ filters = [], strides = filters.map(() => 1) }) {
    const powers = reachesOf(filters, strides).map(({ stride }) => stride);
    const at = (l: number): string => (powers[l - 1] === 1 ? "t" : `t^${powers[l - 1]}`);
    const L = filters.length;
    return {
      text: `beta(t) = ${spelled(L, (l) => `w${l}(${at(l)})`, " ", "...")}`,
      tex: `\\beta(t) = ${spelled(L, (l) => `w_{${l}}(${at(l).replace(/\^(.*)/, "^{$1}")})`, "\\,", "\\cdots")}`,
      where: "vectors as polynomials: beta(t) is the sum of beta_d t^d",
    };
  },
  build(dimensions) {
    const { dim: D, depth: L, filters = [], strides = filters.map(() => 1) } = dimensions;
    const layers = filters.map((columns) => ({ rows: 1, columns }));
    const m = parameterCount(layers);
    checkParameterCount("linear-convolutional", m);
    const reaches = reachesOf(filters, strides);
    if (reaches[L - 1]!.length !== D)
      throw new UseError(
        `linear-convolutional: filters ${filters.join(",")} with strides ${strides.slice(0, L - 1).join(",") || "none"} ` +
          `compose to one of length ${reaches[L - 1]!.length}, expected ${D}, the dimension of the data`,
      );
    checkParameterCount("linear-convolutional", D * L); // the scratch below
    const offsets = filters.map((_, l) => filters.slice(0, l).reduce((a, b) => a + b, 0));
    // prefix[l] = coefficients of the product of the first l + 1 filters; back = g pulled back through the later ones.
    const prefix = reaches.map(({ length }) => new Float64Array(length));
    const back = new Float64Array(D);

    function fillPrefix(w: Float64Array, upTo: number): void {
      const first = prefix[0]!;
      for (let i = 0; i < first.length; i++) first[i] = w[i]!;
      for (let l = 1; l < upTo; l++) {
        const [before, out] = [prefix[l - 1]!, prefix[l]!];
        out.fill(0);
        for (let j = 0, at = 0; j < filters[l]!; j++, at += reaches[l]!.stride) {
          const c = w[offsets[l]! + j]!;
          for (let i = 0; i < before.length; i++) out[at + i] = out[at + i]! + c * before[i]!;
        }
      }
    }

    return {
      architecture: "linear-convolutional",
      dimensions,
      shape: [D],
      layers,
      parameters: m,
      degree: L,
      get groups() {
        return layerGroups(layers);
      },
      exact() {
        const weight = (l: number, j: number): Polynomial<Q> => variable(rationals, m, offsets[l]! + j);
        const none = constant(rationals, m, rationals.zero);
        let v = Array.from({ length: filters[0]! }, (_, j) => weight(0, j));
        for (let l = 1; l < L; l++) {
          const before = v;
          const own = Array.from({ length: filters[l]! }, (_, j) => weight(l, j));
          v = Array.from({ length: reaches[l]!.length }, (_, i) =>
            dotProduct(
              own,
              own.map((_w, j) => before[i - j * reaches[l]!.stride] ?? none),
            ),
          );
        }
        return { map: { names: parameterNames(layers), coordinates: v, scale: UNIT_SCALE } };
      },
      apply(w, out) {
        fillPrefix(w, L);
        out.set(prefix[L - 1]!);
      },
      pullback(w, g, out) {
        fillPrefix(w, L - 1);
        back.set(g);
        for (let l = L - 1; l > 0; l--) {
          const before = prefix[l - 1]!;
          const { stride } = reaches[l]!;
          for (let j = 0; j < filters[l]!; j++)
            out[offsets[l]! + j] = dotAt(before, 0, back, j * stride, before.length);
          // back[i] = sum_j w_l[j] back[i + j S_l]: ascending, so that only entries not yet replaced are read.
          for (let i = 0; i < before.length; i++) {
            let s = 0;
            for (let j = 0; j < filters[l]!; j++) s += w[offsets[l]! + j]! * back[i + j * stride]!;
            back[i] = s;
          }
        }
        for (let i = 0; i < filters[0]!; i++) out[i] = back[i]!;
      },
    };
  },
});
