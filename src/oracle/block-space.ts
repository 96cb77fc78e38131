/**
 * Half-spectrum coordinates for norms that are sums of lengths of blocks, R^P -> R^P, isometries: a block is the part of one
 * bin of a transform, real bins once and one of each conjugate pair times sqrt 2, all channels of a bin together; so that
 * |b| = sum w_k |block_k| with w = 1 or sqrt 2, and the dual ball is |block_k(z)| <= w_k. Without a transform a block is a
 * group of entries. Names as in exact/norms/block.ts, whose rigorous reading of the same norms certifies what is found here.
 * Cost: one transform a vector.
 */
import { binsOf } from "../exact/spectrum.js";
import { UseError } from "../kernel/use-error.js";
import { createDft, type Dft } from "../numeric/dft.js";

export interface Block {
  readonly at: number;
  readonly size: number;
  readonly weight: number;
}

export interface BlockSpace {
  readonly blocks: readonly Block[];
  /** The axes of the transform, null where there is none, and the channels at every position. */
  readonly grid: readonly number[] | null;
  readonly channels: number;
  forward(x: Float64Array): Float64Array;
  backward(b: Float64Array): Float64Array;
}

const product = (shape: readonly number[]): number => shape.reduce((a, n) => a * n, 1);

/** Groups of `size` entries that follow each other. */
const plain = (P: number, size: number): BlockSpace => ({
  blocks: Array.from({ length: P / size }, (_, g) => ({ at: g * size, size, weight: 1 })),
  grid: null,
  channels: 1,
  forward: (x) => x.slice(),
  backward: (b) => b.slice(),
});

/** In place over all axes of a row-major grid. */
function transformGrid(
  axes: readonly { readonly dft: Dft; readonly stride: number }[],
  re: Float64Array,
  im: Float64Array,
  inverse: boolean,
): void {
  for (const { dft, stride } of axes) {
    const n = dft.length;
    const [a, b] = [new Float64Array(n), new Float64Array(n)];
    for (let first = 0; first < re.length; first++) {
      if (Math.floor(first / stride) % n !== 0) continue;
      for (let i = 0; i < n; i++) [a[i], b[i]] = [re[first + i * stride]!, im[first + i * stride]!];
      dft.transform(a, b, inverse);
      for (let i = 0; i < n; i++) [re[first + i * stride], im[first + i * stride]] = [a[i]!, b[i]!];
    }
  }
}

/** The unitary transform over a grid, for each of the `channels` at every position. */
function fourier(grid: readonly number[], channels: number): BlockSpace {
  const P = product(grid);
  const root = Math.sqrt(P);
  const axes = grid.map((n, i) => ({ dft: createDft(n), stride: product(grid.slice(i + 1)) }));
  let at = 0;
  const bins = binsOf(grid).map(({ k, count }) => {
    const bin = { k, at, size: count * channels, weight: count === 1 ? 1 : Math.SQRT2 };
    at += bin.size;
    return bin;
  });
  // The channel r of a bin holds its real part at offset r and, of a pair, its imaginary part at channels + r.
  return {
    blocks: bins.map(({ at, size, weight }) => ({ at, size, weight })),
    grid,
    channels,
    forward(x) {
      const out = new Float64Array(P * channels);
      for (let r = 0; r < channels; r++) {
        const [re, im] = [Float64Array.from({ length: P }, (_, g) => x[g * channels + r]!), new Float64Array(P)];
        transformGrid(axes, re, im, false);
        for (const { k, at, size, weight } of bins) {
          out[at + r] = (weight * re[k]!) / root;
          if (size > channels) out[at + channels + r] = (weight * im[k]!) / root;
        }
      }
      return out;
    },
    backward(b) {
      const out = new Float64Array(P * channels);
      for (let r = 0; r < channels; r++) {
        const [re, im] = [new Float64Array(P), new Float64Array(P)];
        // Twice the real part of one of a pair stands for both.
        for (const { k, at, size, weight } of bins) {
          re[k] = b[at + r]! * weight;
          if (size > channels) im[k] = b[at + channels + r]! * weight;
        }
        transformGrid(axes, re, im, true);
        for (let g = 0; g < P; g++) out[g * channels + r] = re[g]! / root;
      }
      return out;
    },
  };
}

const SPACES: Readonly<Record<string, (shape: readonly number[]) => BlockSpace>> = {
  "group-l21": (shape) => plain(product(shape), product(shape.slice(1))),
  "fourier-l1": (shape) => fourier(shape, 1),
  "fourier-l21": (shape) => fourier(shape.slice(0, 1), product(shape.slice(1))),
};

export const BLOCK_REGULARIZERS: readonly string[] = Object.keys(SPACES);

export function blockSpace(regularizer: string, shape: readonly number[]): BlockSpace {
  if (!Object.hasOwn(SPACES, regularizer))
    throw new UseError(`blockSpace: expected one of ${BLOCK_REGULARIZERS.join(", ")}, got ${regularizer}`);
  return SPACES[regularizer]!(shape);
}
