/**
 * The contract of an architecture: a family of polynomial maps P: R^m -> R^D, w -> beta, one per choice of dimensions, in
 * two readings. `exact` is the definition; `apply` and `pullback` are a fast copy on Float64Array that the laws in
 * properties/laws hold to it. The predictor is f(x) = <P(w), x>. Most maps are homogeneous; one that is not says so.
 */
import type { PolyMap } from "../exact/polymap.js";
import type { Q } from "../exact/rational.js";
import type { Citation } from "../kernel/citation.js";
import type { InLayers } from "../kernel/derive-document.js";
import { UseError } from "../kernel/use-error.js";
import { checkDimensions, checkParameterCount, type DimensionRules, type Dimensions } from "./dimensions.js";
import type { FourierStructure } from "./torus.js";

export type { Dimensions } from "./dimensions.js";

/** Shape (rows = outputs, columns = inputs) of one layer of a parameter vector, input side first, row major. */
export interface LayerShape {
  readonly rows: number;
  readonly columns: number;
}

export interface Parameterization {
  readonly architecture: string;
  readonly dimensions: Dimensions;
  /** Shape of the predictor; its product is `dim`. */
  readonly shape: readonly number[];
  readonly layers: readonly LayerShape[];
  /** m, the number of parameters. */
  readonly parameters: number;
  /** Degree of homogeneity, P(c w) = c^degree P(w), or null where P is not homogeneous; a law checks it. */
  readonly degree: number | null;
  /** Hint for symbolic work: a partition of the parameter indices into layers, input side first. A law checks it. */
  readonly groups?: readonly (readonly number[])[];
  /** Hint for symbolic work: P in Fourier coordinates, where it is a sum of coordinatewise products. A law checks it. */
  readonly fourier?: FourierStructure;
  /** The definition, with rational coefficients and one exact scalar; `null` with a reason where there is none. */
  exact(): { readonly map: PolyMap<Q> } | { readonly map: null; readonly why: string };
  /** beta = P(w) into `out` (length dim). Allocates nothing. */
  apply(w: Float64Array, out: Float64Array): void;
  /** J(w)^T g into `out` (length parameters). Allocates nothing. */
  pullback(w: Float64Array, g: Float64Array, out: Float64Array): void;
}

export interface Architecture extends DimensionRules {
  readonly summary: string;
  readonly source: Citation;
  /** Small instances, on which laws and lemmas are checked. */
  readonly examples: readonly Dimensions[];
  /** beta in its layers, for people: what a lecturer writes on the board. Nothing is computed from it. */
  inLayers(dimensions: Dimensions): InLayers;
  build(dimensions: Dimensions): Parameterization;
}

/** Factors in a text: all up to four, else the first, dots and the last. */
export function spelled(L: number, name: (l: number) => string, between: string, dots: string): string {
  const all = Array.from({ length: L }, (_, l) => name(l + 1));
  return (L <= 4 ? all : [all[0]!, dots, all[L - 1]!]).join(between);
}

/** What an author writes: examples may be left out where dim and depth are all that there is to choose. */
export type ArchitectureDefinition = Omit<Architecture, "examples"> & Partial<Pick<Architecture, "examples">>;

/** Every dim up to 6 at every depth up to 4. */
export function plainExamples(minimalDepth = 1, maximalDepth: number | null = null): Dimensions[] {
  const deepest = Math.min(maximalDepth ?? 4, 4);
  const depths = Array.from({ length: deepest - minimalDepth + 1 }, (_, i) => minimalDepth + i);
  return [1, 2, 3, 4, 5, 6].flatMap((dim) => depths.map((depth) => ({ dim, depth })));
}

/** Checks dimensions once, for every architecture, before its own `build` sees them. */
export function defineArchitecture(a: ArchitectureDefinition): Architecture {
  return Object.freeze({
    ...a,
    examples: a.examples ?? plainExamples(a.minimalDepth, a.maximalDepth),
    build(dimensions: Dimensions): Parameterization {
      checkDimensions(a, dimensions);
      const built: Parameterization | undefined = a.build(dimensions);
      if (typeof built !== "object" || built === null)
        throw new UseError(`${a.name}: expected build to return a parameterization, got ${String(built)}`);
      checkParameterCount(a.name, built.parameters);
      return built;
    },
  });
}

/** Length of the parameter vector of a list of layers. */
export const parameterCount = (layers: readonly LayerShape[]): number =>
  layers.reduce((m, l) => m + l.rows * l.columns, 0);

/** The indices of each layer's parameters, one layer after another. */
export function layerGroups(layers: readonly LayerShape[]): number[][] {
  return layers.map(({ rows, columns }, l) => {
    const from = parameterCount(layers.slice(0, l));
    return Array.from({ length: rows * columns }, (_, i) => from + i);
  });
}

/** Names w1, w2 ... for a single-row layer, or w1_r_c. */
export function parameterNames(layers: readonly LayerShape[]): string[] {
  return layers.flatMap(({ rows, columns }, l) =>
    Array.from({ length: rows * columns }, (_, i) =>
      rows === 1 ? `w${l + 1}_${i}` : `w${l + 1}_${Math.floor(i / columns)}_${i % columns}`,
    ),
  );
}
