/**
 * The norms whose max margins are certified by a gap (`margin-gap`), by the regularizer's name; a new one is one line here.
 */
import { BLOCK_NORMS } from "./block.js";
import type { EnclosedNorm } from "./enclosed.js";
import { exponentOf, powerNorm } from "./power.js";

export { boundsOf, type Enclosed, type EnclosedNorm, marginGap, type Rows } from "./enclosed.js";

/** Null for a name that has none. */
export function normNamed(name: string, shape: readonly number[]): EnclosedNorm | null {
  if (Object.hasOwn(BLOCK_NORMS, name)) return BLOCK_NORMS[name]!(shape);
  const p = exponentOf(name);
  return p === null ? null : powerNorm(p);
}
