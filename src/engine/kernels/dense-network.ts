/**
 * Fully connected networks of depth >= 2, for a kernel. Layers lie one after another, their rows padded to an even length.
 * `apply` goes from the output down, suffix_l = (W_L ... W_(l+2))^T, to q. `push` goes up: it reads a row of W_l for
 * h_l = W_l h_(l-1), h_0 the residual, and rewrites it as W_l + (h suffix) h_(l-1)^T. Sums over a row are over its even and
 * its odd entries first. Cost: one pass over the parameters each.
 */
import type { LayerShape } from "../../models/architecture.js";
import { combine } from "./data.js";
import { denseApplyCode, densePushCode } from "./dense-code.js";
import { type DenseLayer, inputAt, suffixAt } from "./dense-layout.js";
import { even, type Memory } from "./memory.js";
import type { KernelNetwork, Target } from "./network.js";

function apply(layers: readonly DenseLayer[], x: Float64Array, m: Memory): void {
  for (let l = layers.length - 2; l >= 0; l--) {
    const { rows, width, at } = layers[l]!;
    combine(x, rows, width, suffixAt(layers, m, l), m.w + at, l === 0 ? m.q : suffixAt(layers, m, l - 1));
  }
}

function push(layers: readonly DenseLayer[], x: Float64Array, m: Memory, h: number, to: Target): void {
  const start = to === "w" ? m.w : m.u;
  const keep = to === "w";
  for (let l = 0; l < layers.length; l++) {
    const { rows, width, at, output } = layers[l]!;
    const hidden = l < layers.length - 1;
    const input = inputAt(layers, m, l);
    const suffix = hidden ? suffixAt(layers, m, l) : 0;
    for (let r = 0; r < rows; r++) {
      const back = hidden ? h * x[suffix + r]! : h;
      const row = m.w + at + r * width;
      const out = start + at + r * width;
      let s0 = 0;
      let s1 = 0;
      for (let i = 0; i < width; i += 2) {
        const a = x[row + i]!;
        const b = x[row + i + 1]!;
        const f = x[input + i]!;
        const g = x[input + i + 1]!;
        s0 += a * f;
        s1 += b * g;
        x[out + i] = keep ? a + back * f : back * f;
        x[out + i + 1] = keep ? b + back * g : back * g;
      }
      if (hidden) x[m.scratch + output + r] = s0 + s1;
    }
  }
}

export function denseNetwork(shapes: readonly LayerShape[]): KernelNetwork {
  let [parameterSlots, scratchSlots] = [0, 0];
  const slots: number[] = [];
  const layers = shapes.map(({ rows, columns }): DenseLayer => {
    const [width, height] = [even(columns), even(rows)];
    const [at, suffix] = [parameterSlots, scratchSlots];
    for (let r = 0; r < rows; r++) for (let i = 0; i < columns; i++) slots.push(at + r * width + i);
    parameterSlots += rows * width;
    scratchSlots += 2 * height + 2 * rows;
    return { rows, width, at, suffix, output: suffix + height, sums: suffix + 2 * height };
  });
  const D = shapes[0]!.columns;
  return {
    slots: even(D),
    parameterSlots,
    scratchSlots,
    slotOf: Int32Array.from({ length: D }, (_, d) => d),
    parameterSlotOf: Int32Array.from(slots),
    factor: new Float64Array(D).fill(1),
    applyCode: (m, variable) => denseApplyCode(layers, m, variable),
    apply: (x, m) => apply(layers, x, m),
    pushCode: (m, variable, h, to) => densePushCode(layers, m, variable, h, to),
    push: (x, m, h, to) => push(layers, x, m, h, to),
  };
}
