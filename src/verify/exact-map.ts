/**
 * The polynomial map of a network, written out in exact terms where that is affordable, else why not. How many terms there
 * can be is known before they are made: of layers that are multiplied, one for each choice of a parameter in every layer; of
 * matrices one after the other, one for each path.
 */
import type { PolyMap } from "../exact/polymap.js";
import type { Q } from "../exact/rational.js";
import type { LayerShape, Parameterization } from "../models/architecture.js";

/** Terms that may have to be made: a second or so. */
const WRITTEN_OUT = 200_000;

export type ExactMap = { readonly map: PolyMap<Q> } | { readonly map: null; readonly why: string };

function mostTerms(layers: readonly LayerShape[]): number {
  const chained = layers.every(({ columns }, l) => l === 0 || columns === layers[l - 1]!.rows);
  return layers.reduce((n, { rows, columns }, l) => n * rows * (chained && l > 0 ? 1 : columns), 1);
}

export function exactMapOf(P: Parameterization): ExactMap {
  const choices = mostTerms(P.layers);
  if (choices > WRITTEN_OUT)
    return {
      map: null,
      why: `the map of this network may have ${choices.toPrecision(2)} terms and is not written out beyond ${WRITTEN_OUT}`,
    };
  return P.exact();
}

export const termsOf = ({ coordinates }: PolyMap<Q>): number => coordinates.reduce((n, p) => n + p.terms.size, 0);
