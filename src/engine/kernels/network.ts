/**
 * The contract of a network in a kernel: where its parameters lie, and its two halves of a step in two readings, code for
 * WebAssembly and a plain loop. Both do the same operations in the same order, so they give the same bits (a law).
 */
import type { Code, Local, Type } from "../../numeric/wasm.js";
import type { Memory } from "./memory.js";

export type Variable = (type: Type) => Local;

/** Where `push` puts h J(w)^T r: added to the parameters, or instead of what is in u. */
export type Target = "w" | "u";

export interface KernelNetwork {
  /** Even numbers of doubles. */
  readonly slots: number;
  readonly parameterSlots: number;
  readonly scratchSlots: number;
  /** Slots of the coordinates of the predictor and of the parameters. The other slots stay 0. */
  readonly slotOf: Int32Array;
  readonly parameterSlotOf: Int32Array;
  /** beta_d = factor_d q_slot, so rows of data are multiplied by it. */
  readonly factor: Float64Array;
  /** q from w. */
  applyCode(m: Memory, variable: Variable): Code;
  apply(x: Float64Array, m: Memory): void;
  /** h times the pullback of the residual, after `apply` at the same w; in code, `h` holds the number twice. */
  pushCode(m: Memory, variable: Variable, h: Local, to: Target): Code;
  push(x: Float64Array, m: Memory, h: number, to: Target): void;
}
