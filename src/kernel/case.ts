/**
 * A Case: everything one verdict depends on, as plain JSON. The same Case gives the same bits on every engine as long as
 * no time budget cuts it short (`seconds` is null in campaigns for that reason).
 */
import type { DataJSON } from "./certificate.js";
import type { Dimensions } from "./dimensions.js";

export interface CaseData {
  readonly name: string;
  /** Shape of one input; its product is the row length. */
  readonly shape: readonly number[];
  readonly json: DataJSON;
}

export type CaseInit =
  /** Independent, of standard deviation `scale`, in layer l times `layerScales[l]` where there are any, input side first. */
  | { readonly kind: "gaussian"; readonly scale: number; readonly layerScales?: readonly number[] }
  | { readonly kind: "layers"; readonly layers: readonly (readonly (readonly number[])[])[] };

/** What an architecture is told besides dim, depth and widths: kernel, channels, filters, strides, shape. */
export type CaseOptions = Omit<Dimensions, "dim" | "depth" | "widths">;

export interface Case {
  readonly version: 1;
  /** The theorem it is a case of, where that is not the one that says most of its network. */
  readonly theorem?: string;
  /** The user's file that this theorem is in, and the sum that pins it. */
  readonly file?: { readonly name: string; readonly sha256: string };
  readonly architecture: string;
  readonly depth: number;
  /** Hidden widths, or null for the architecture's default. */
  readonly widths: readonly number[] | null;
  /** Where the architecture takes more than dim, depth and widths. */
  readonly options?: CaseOptions;
  readonly data: CaseData;
  readonly loss: string;
  readonly optimizer: string;
  /** The optimizer's bound on its step; null where only the step control bounds it (loss-normalized descent). */
  readonly eta: number | null;
  readonly init: CaseInit;
  /** A non-negative integer in decimal. */
  readonly seed: string;
  /** Certified angle (radians) that the claim asks for. */
  readonly tolerance: number;
  /** The run may end once its angle is at most this; at most `tolerance`. */
  readonly goal: number;
  readonly budget: { readonly steps: number; readonly seconds: number | null };
}
