/**
 * The instances on which lemmas about all architectures are decided exactly. An identity checked on these is evidence
 * `sampled` for the general statement: exact on each instance, and an argument in words for all dimensions.
 */
import type { PolyMap } from "../src/exact/polymap.js";
import type { Q } from "../src/exact/rational.js";
import { ARCHITECTURES } from "../src/models/architectures/index.js";

/** Larger examples take long to multiply out and show nothing new. */
const MOST_DIM = 4;
const MOST_PARAMETERS = 16;

export const INSTANCES_IN_WORDS = `on every architecture's examples with D = 1 to ${MOST_DIM} and at most ${MOST_PARAMETERS} parameters`;

/**
 * True if `holds` on the exact map of every instance; `degree` is the degree that the architecture declares, null where
 * the map is not homogeneous.
 */
export function everyInstance(
  holds: (map: PolyMap<Q>, degree: number | null, architecture: string) => boolean,
): boolean {
  for (const a of ARCHITECTURES)
    for (const dimensions of a.examples) {
      if (dimensions.dim > MOST_DIM) continue;
      const P = a.build(dimensions);
      if (P.parameters > MOST_PARAMETERS) continue;
      const { map } = P.exact();
      if (map !== null && !holds(map, P.degree, a.name)) return false;
    }
  return true;
}
