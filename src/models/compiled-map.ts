/**
 * A network from any polynomial map P: R^m -> R^D with rational coefficients and one exact scalar, as a user may type it.
 * The fast reading is compiled from the exact one: all terms of all coordinates one after another in flat arrays, a double
 * for each coefficient (the nearest) and the indices of its variables, repeated by their powers.
 * Cost of apply and pullback: O(terms x degree); what is compiled is not copied again.
 */

import { homogeneousDegree, type PolyMap, scaleToNumber } from "../exact/polymap.js";
import { degreesOf } from "../exact/polynomial.js";
import { type Q, showQ, toNumber } from "../exact/rational.js";
import { UseError } from "../kernel/use-error.js";
import { type LayerShape, layerGroups, type Parameterization, parameterCount } from "./architecture.js";
import { checkParameterCount } from "./dimensions.js";

interface CompiledTerms {
  /** Terms of coordinate d: from ends[d - 1] (or 0) to ends[d]. */
  readonly ends: Int32Array;
  readonly coefficients: Float64Array;
  /** Factors of term t: from factorEnds[t - 1] (or 0) to factorEnds[t]. */
  readonly factorEnds: Int32Array;
  /** Index of the variable, factor by factor. */
  readonly factors: Int32Array;
  /** The largest degree of a term. */
  readonly degree: number;
}

function coefficientOf(who: string, c: Q): number {
  const x = toNumber(c);
  if (x === 0 || !Number.isFinite(x))
    throw new UseError(`${who}: expected coefficients within the range of doubles, got ${showQ(c).slice(0, 40)}`);
  return x;
}

function compileTerms(who: string, map: PolyMap<Q>): CompiledTerms {
  const ends: number[] = [];
  const coefficients: number[] = [];
  const factorEnds: number[] = [];
  const factors: number[] = [];
  let degree = 0;
  for (const { terms } of map.coordinates) {
    for (const [key, c] of terms) {
      coefficients.push(coefficientOf(who, c));
      for (let i = 0; i < key.length; i++) factors.push(key.charCodeAt(i)); // a key is its list of variables
      factorEnds.push(factors.length);
      degree = Math.max(degree, key.length);
    }
    ends.push(coefficients.length);
  }
  return {
    ends: Int32Array.from(ends),
    coefficients: Float64Array.from(coefficients),
    factorEnds: Int32Array.from(factorEnds),
    factors: Int32Array.from(factors),
    degree,
  };
}

/**
 * The network of a map, called `name`. Layers say how its parameters are grouped, for initializations given as matrices;
 * without them all parameters are one row. Its depth is the number of layers, or without them the degree.
 */
export function fromMap(name: string, map: PolyMap<Q>, layers?: readonly LayerShape[]): Parameterization {
  const m = map.names.length;
  const D = map.coordinates.length;
  if (D === 0 || map.coordinates.some((p) => p.variables !== m))
    throw new UseError(`${name}: expected at least one coordinate, each a polynomial in the ${m} named parameters`);
  if (layers !== undefined && parameterCount(layers) !== m)
    throw new UseError(`${name}: expected layers of ${m} parameters together, got ${parameterCount(layers)}`);
  if (map.coordinates.every((p) => [...degreesOf(p)].every((degree) => degree === 0)))
    throw new UseError(`${name}: expected a predictor that depends on a parameter, got a constant`);
  checkParameterCount(name, m);
  const { ends, coefficients, factorEnds, factors, degree } = compileTerms(name, map);
  const factor = scaleToNumber(map.scale);
  const before = new Float64Array(degree);
  return {
    architecture: name,
    dimensions: { dim: D, depth: layers?.length ?? degree },
    shape: [D],
    layers: layers ?? [{ rows: 1, columns: m }],
    parameters: m,
    degree: homogeneousDegree(map),
    ...(layers === undefined ? {} : { groups: layerGroups(layers) }),
    exact: () => ({ map }),
    apply(w, out) {
      for (let d = 0, t = 0, f = 0; d < D; d++) {
        let total = 0;
        for (; t < ends[d]!; t++) {
          let term = coefficients[t]!;
          for (; f < factorEnds[t]!; f++) term *= w[factors[f]!]!;
          total += term;
        }
        out[d] = factor * total;
      }
    },
    pullback(w, g, out) {
      out.fill(0);
      for (let d = 0, t = 0, from = 0; d < D; d++) {
        const slope = factor * g[d]!;
        for (; t < ends[d]!; t++) {
          const end = factorEnds[t]!;
          // Products of all other factors by a forward and a backward sweep; of a power each factor counts.
          let p = slope * coefficients[t]!;
          for (let f = from; f < end; f++) {
            before[f - from] = p;
            p *= w[factors[f]!]!;
          }
          p = 1;
          for (let f = end - 1; f >= from; f--) {
            const v = factors[f]!;
            out[v] = out[v]! + before[f - from]! * p;
            p *= w[v]!;
          }
          from = end;
        }
      }
    },
  };
}
