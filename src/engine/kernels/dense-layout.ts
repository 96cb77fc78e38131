/** Where the layers of a fully connected network lie in the memory of a kernel, and what its two halves of a step hand on. */
import type { Memory } from "./memory.js";

export interface DenseLayer {
  readonly rows: number;
  /** Columns, padded. */
  readonly width: number;
  /** Of its first parameter, counted from that of the network. */
  readonly at: number;
  /** Places in scratch: product of the layers above, output, and the two sums of each row. */
  readonly suffix: number;
  readonly output: number;
  readonly sums: number;
}

/** Where the products of the layers above layer l lie: above the last hidden layer that is the last layer itself. */
export const suffixAt = (layers: readonly DenseLayer[], m: Memory, l: number): number =>
  l === layers.length - 2 ? m.w + layers[l + 1]!.at : m.scratch + layers[l]!.suffix;

/** Where the input of layer l lies. */
export const inputAt = (layers: readonly DenseLayer[], m: Memory, l: number): number =>
  l === 0 ? m.residual : m.scratch + layers[l - 1]!.output;
