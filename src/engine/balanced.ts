/**
 * Fully connected networks from an exactly balanced initialization, W_{l+1}^T W_{l+1} = W_l W_l^T in every layer: the flow keeps
 * this for ever, a chain of rank one stays one, and a product through 0 can be closed to it that rounding opens. Which of
 * these hold is not decided; where the data are not separated from the start, such a run says so. Source: conserved quantities of
 * the flow (`derive`). Cost: the products of neighboring layers.
 */
import type { Parameterization } from "../models/architecture.js";
import { dotAt } from "../numeric/vec.js";

/** Relative size below which an invariant may be an exact zero that rounding moved. */
const SUSPECT = 1e-9;

/** Are the invariants of all neighboring layers 0, to SUSPECT of their sizes? Never where there is one layer only. */
export function isBalanced({ layers }: Parameterization, w: Float64Array): boolean {
  let at = 0;
  for (let l = 0; l + 1 < layers.length; l++) {
    const [lower, upper] = [layers[l]!, layers[l + 1]!];
    const next = at + lower.rows * lower.columns;
    const H = lower.rows;
    let [off, size] = [0, 0];
    for (let i = 0; i < H; i++)
      for (let j = 0; j < H; j++) {
        const below = dotAt(w, at + i * lower.columns, w, at + j * lower.columns, lower.columns);
        let above = 0;
        for (let r = 0; r < upper.rows; r++) above += w[next + r * H + i]! * w[next + r * H + j]!;
        off = Math.max(off, Math.abs(above - below));
        size = Math.max(size, Math.abs(above), Math.abs(below));
      }
    if (off > SUSPECT * size) return false;
    at = next;
  }
  return layers.length > 1;
}
