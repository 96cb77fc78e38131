/**
 * The instances on which lemmas about all architectures are decided exactly. An identity checked on these is evidence
 * `sampled` for the general statement: exact on each instance, and an argument in words for all dimensions.
 */
import type { PolyMap } from "../src/exact/polymap.js";
import type { Q } from "../src/exact/rational.js";
import { ARCHITECTURES } from "../src/models/architectures/index.js";

export const INSTANCES_IN_WORDS = "on every architecture with D = 1, 2, 3 and depth 1 to 4 (fully connected: width 2)";

/** True if `holds` on the exact map of every instance; `degree` is the degree that the architecture declares. */
export function everyInstance(holds: (map: PolyMap<Q>, degree: number, architecture: string) => boolean): boolean {
  for (const a of ARCHITECTURES)
    for (const dim of [1, 2, 3])
      for (let depth = 1; depth <= Math.min(4, a.maximalDepth ?? 4); depth++) {
        const P = a.build({ dim, depth, ...(a.usesWidths ? { widths: [2] } : {}) });
        const { map } = P.exact();
        if (map !== null && !holds(map, P.degree, a.name)) return false;
      }
  return true;
}
