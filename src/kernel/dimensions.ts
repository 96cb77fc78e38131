/**
 * The dimensions of a network as plain data, so that a document or a case can hold them: what a user chooses besides the
 * architecture. All architectures have `dim` and `depth`, the others only those that declare them (models/dimensions).
 */
export interface Dimensions {
  /** Number of coordinates of the predictor. */
  readonly dim: number;
  readonly depth: number;
  /** Hidden widths, input side first. */
  readonly widths?: readonly number[];
  /** Length of the convolution filters of all layers but the last, which has the full width of its input. */
  readonly kernel?: number;
  /** Sizes of the torus that the coordinates lie on, row major; their product is `dim`. */
  readonly shape?: readonly number[];
  /** Channels of the hidden layer (`out`) and of the input (`in`, which divides `dim`). */
  readonly channels?: { readonly out: number; readonly in: number };
  /** Lengths of the filters, input side first, one for each layer. */
  readonly filters?: readonly number[];
  /** Strides of the layers; the last has no effect and may be left out. */
  readonly strides?: readonly number[];
}
