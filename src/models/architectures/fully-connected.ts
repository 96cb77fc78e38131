/**
 * Fully connected linear network of any depth and widths: f(x) = W_L ... W_1 x, so beta = (W_L ... W_1)^T.
 * P: R^m -> R^D, homogeneous of degree L. Layers are (out x in), row major, input side first: W_1 is H_1 x D, ...,
 * W_L is 1 x H_{L-1} (papers often write the transposes, beta = W_1 W_2 ... w_L).
 * Source: Gunasekar et al. 2018. Cost of apply and pullback: one pass over the parameters each way.
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
  type LayerShape,
  layerGroups,
  type Parameterization,
  parameterCount,
  parameterNames,
  plainExamples,
  spelled,
} from "../architecture.js";

/** Layer sizes D = h_0, h_1, ..., h_{L-1}, h_L = 1; default widths D; one width stands for all hidden layers. */
function layersOf({ dim, depth, widths }: Dimensions): LayerShape[] {
  const hidden =
    widths === undefined
      ? new Array<number>(depth - 1).fill(dim)
      : widths.length === 1
        ? new Array<number>(depth - 1).fill(widths[0]!)
        : [...widths];
  if (hidden.length !== depth - 1)
    throw new UseError(
      `fully-connected: expected one width or ${depth - 1} widths for depth ${depth}, got ${hidden.length}`,
    );
  const sizes = [dim, ...hidden, 1];
  return sizes.slice(1).map((rows, l) => ({ rows, columns: sizes[l]! }));
}

/** out = row^T W for W (rows x columns, row major, at `offset` of w). */
function rowTimes(
  w: Float64Array,
  offset: number,
  { rows, columns }: LayerShape,
  row: Float64Array,
  out: Float64Array,
) {
  out.fill(0, 0, columns);
  for (let r = 0, at = offset; r < rows; r++) {
    const c = row[r]!;
    for (let i = 0; i < columns; i++, at++) out[i] = out[i]! + c * w[at]!;
  }
}

function build(dimensions: Dimensions): Parameterization {
  const layers = layersOf(dimensions);
  const L = layers.length;
  const offsets: number[] = [];
  layers.reduce((at, l) => {
    offsets.push(at);
    return at + l.rows * l.columns;
  }, 0);
  const parameters = parameterCount(layers);
  // suffix[l] = W_L ... W_{l+1} as a row of length rows(l); prefix = W_l ... W_1 applied to the pulled-back g.
  const suffix = layers.map((l) => new Float64Array(l.rows));
  const forward = [dimensions.dim, ...layers.map((l) => l.rows)].map((n) => new Float64Array(n));

  /** suffix[l] for all l, from the output down to the first layer. */
  function fillSuffix(w: Float64Array): void {
    suffix[L - 1]!.fill(1);
    for (let l = L - 1; l > 0; l--) rowTimes(w, offsets[l]!, layers[l]!, suffix[l]!, suffix[l - 1]!);
  }

  return {
    architecture: "fully-connected",
    dimensions,
    shape: [dimensions.dim],
    layers,
    parameters,
    degree: L,
    get groups() {
      return layerGroups(layers);
    },
    exact() {
      const entry = (l: number, r: number, c: number): Polynomial<Q> =>
        variable(rationals, parameters, offsets[l]! + r * layers[l]!.columns + c);
      let row: Polynomial<Q>[] = [constant(rationals, parameters, rationals.one)];
      for (let l = L - 1; l >= 0; l--) {
        row = Array.from({ length: layers[l]!.columns }, (_, c) =>
          dotProduct(
            row,
            row.map((_p, r) => entry(l, r, c)),
          ),
        );
      }
      return { map: { names: parameterNames(layers), coordinates: row, scale: UNIT_SCALE } };
    },
    apply(w, out) {
      fillSuffix(w);
      rowTimes(w, 0, layers[0]!, suffix[0]!, out);
    },
    pullback(w, g, out) {
      fillSuffix(w);
      forward[0]!.set(g);
      for (let l = 0; l < L; l++) {
        const { rows, columns } = layers[l]!;
        const h = forward[l]!;
        const next = forward[l + 1]!;
        const back = suffix[l]!;
        // d<beta, g>/dW_l = suffix_l h_{l-1}^T, and h_l = W_l h_{l-1}; the last h is not needed.
        for (let r = 0, at = offsets[l]!; r < rows; r++, at += columns) {
          const b = back[r]!;
          for (let i = 0; i < columns; i++) out[at + i] = b * h[i]!;
          if (l + 1 < L) next[r] = dotAt(w, at, h, 0, columns);
        }
      }
    },
  };
}

/** The default widths, one width for all hidden layers, and one for each (not equal, one of them 1). */
const EXAMPLES: readonly Dimensions[] = plainExamples().flatMap(({ dim, depth }) => {
  if (depth === 1) return [{ dim, depth }];
  const given = depth === 2 ? [[1], [7]] : [[1], [2], [3, 1, 2].slice(0, depth - 1)];
  return [{ dim, depth }, ...given.map((widths) => ({ dim, depth, widths }))];
});

export const fullyConnected: Architecture = defineArchitecture({
  name: "fully-connected",
  summary: "f(x) = W_L ... W_1 x, any depth, any widths (default: the input dimension)",
  source: { key: "gunasekar-2018", locator: "fully connected networks" },
  usesWidths: true,
  maximalDepth: null,
  examples: EXAMPLES,
  inLayers(dimensions) {
    const layers = layersOf(dimensions);
    const L = layers.length;
    const name = (l: number): string => `W${L + 1 - l}`;
    const shapes = layers.map(({ rows, columns }, l) => `W${l + 1} is ${rows} x ${columns}`);
    return {
      text: `beta = (${spelled(L, name, " ", "...")})^T`,
      tex: `\\beta = \\bigl(${spelled(L, (l) => `W_{${L + 1 - l}}`, " ", "\\cdots")}\\bigr)^\\top`,
      where: L <= 4 ? shapes.join(", ") : `${shapes[0]}, ..., ${shapes[L - 1]}`,
    };
  },
  build,
});
