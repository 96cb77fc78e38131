/**
 * Networks that are a product in each block (models/coordinatewise), for a kernel. Slots: the real blocks, then the real
 * parts of the pairs, then their imaginary parts, each padded to an even number; a layer is one row of them. The factor kappa
 * of a pair is left to the data, so beta = kappa q with q the bare product of the layers.
 * Cost of both halves of a step: O(L D), one pass over the blocks each.
 */
import { type Block, blockFactor } from "../../models/coordinatewise.js";
import { blockApplyCode, blockPushCode } from "./block-code.js";
import { even, type Memory } from "./memory.js";
import type { KernelNetwork, Target } from "./network.js";

/** How the slots of one layer are divided. */
export interface BlockLayout {
  readonly depth: number;
  readonly reals: number;
  readonly pairs: number;
  readonly slots: number;
}

function apply({ depth: L, reals: R, pairs: C, slots: S }: BlockLayout, x: Float64Array, m: Memory): void {
  for (let i = 0; i < R; i++) {
    let p = x[m.w + i]!;
    for (let l = 1; l < L; l++) p *= x[m.w + l * S + i]!;
    x[m.q + i] = p;
  }
  for (let i = R; i < R + C; i++) {
    let re = x[m.w + i]!;
    let im = x[m.w + i + C]!;
    for (let l = 1; l < L; l++) {
      const a = x[m.w + l * S + i]!;
      const b = x[m.w + l * S + i + C]!;
      const next = re * a - im * b;
      im = re * b + im * a;
      re = next;
    }
    x[m.q + i] = re;
    x[m.q + i + C] = im;
  }
}

/** From the last layer down: h r conj(layers above) times conj(layers below), the latter a prefix product in `below`. */
function push(
  { depth: L, reals: R, pairs: C, slots: S }: BlockLayout,
  below: Float64Array,
  x: Float64Array,
  m: Memory,
  h: number,
  to: Target,
): void {
  const out = to === "w" ? m.w : m.u;
  const keep = to === "w";
  for (let i = 0; i < R; i++) {
    for (let l = 0, p = 1; l < L - 1; l++) {
      const a = x[m.w + l * S + i]!;
      p = l === 0 ? a : p * a;
      below[l] = p;
    }
    let above = h * x[m.residual + i]!;
    for (let l = L - 1; l > 0; l--) {
      const a = x[m.w + l * S + i]!;
      const by = above * below[l - 1]!;
      x[out + l * S + i] = keep ? a + by : by;
      above *= a;
    }
    x[out + i] = keep ? x[m.w + i]! + above : above;
  }
  for (let i = R; i < R + C; i++) {
    for (let l = 0, re = 1, im = 0; l < L - 1; l++) {
      const a = x[m.w + l * S + i]!;
      const b = x[m.w + l * S + i + C]!;
      const next = re * a - im * b;
      im = l === 0 ? b : re * b + im * a;
      re = l === 0 ? a : next;
      below[2 * l] = re;
      below[2 * l + 1] = im;
    }
    let re = h * x[m.residual + i]!;
    let im = h * x[m.residual + i + C]!;
    for (let l = L - 1; l > 0; l--) {
      const a = x[m.w + l * S + i]!;
      const b = x[m.w + l * S + i + C]!;
      const [c, d] = [below[2 * l - 2]!, below[2 * l - 1]!];
      const byRe = re * c + im * d;
      const byIm = im * c - re * d;
      x[out + l * S + i] = keep ? a + byRe : byRe;
      x[out + l * S + i + C] = keep ? b + byIm : byIm;
      const next = re * a + im * b;
      im = im * a - re * b;
      re = next;
    }
    x[out + i] = keep ? x[m.w + i]! + re : re;
    x[out + i + C] = keep ? x[m.w + i + C]! + im : im;
  }
}

export function blockNetwork(blocks: readonly Block[], depth: number): KernelNetwork {
  const real = blocks.filter((b) => !b.complex);
  const complex = blocks.filter((b) => b.complex);
  const [reals, pairs] = [even(real.length), even(complex.length)];
  const layout: BlockLayout = { depth, reals, pairs, slots: reals + 2 * pairs };
  const D = real.length + 2 * complex.length;
  const slotOf = new Int32Array(D);
  const factor = new Float64Array(D).fill(1);
  real.forEach(({ at }, i) => {
    slotOf[at] = i;
  });
  complex.forEach(({ at }, i) => {
    slotOf[at] = reals + i;
    slotOf[at + 1] = reals + pairs + i;
    factor.fill(blockFactor(depth), at, at + 2);
  });
  const below = new Float64Array(2 * depth);
  return {
    slots: layout.slots,
    parameterSlots: depth * layout.slots,
    scratchSlots: 0,
    slotOf,
    parameterSlotOf: Int32Array.from(
      { length: depth * D },
      (_, i) => Math.floor(i / D) * layout.slots + slotOf[i % D]!,
    ),
    factor,
    applyCode: (m, variable) => blockApplyCode(layout, m, variable),
    apply: (x, m) => apply(layout, x, m),
    pushCode: (m, variable, h, to) => blockPushCode(layout, m, variable, h, to),
    push: (x, m, h, to) => push(layout, below, x, m, h, to),
  };
}
