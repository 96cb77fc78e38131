/**
 * The contract of an architecture: a family of homogeneous polynomial maps P: R^m -> R^D, w -> beta, one per choice of
 * dimensions, in two readings. `exact` is the definition; `apply` and `pullback` are a fast copy on Float64Array that
 * the laws in properties/laws hold to it. The predictor is f(x) = <P(w), x>.
 */
import type { PolyMap } from "../exact/polymap.js";
import type { Q } from "../exact/rational.js";
import type { Citation } from "../kernel/citation.js";
import { UseError } from "../kernel/use-error.js";

export interface Dimensions {
  /** Number of coordinates of the predictor. */
  readonly dim: number;
  readonly depth: number;
  /** Hidden widths, input side first; only for architectures that have them. */
  readonly widths?: readonly number[];
}

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
  /** Degree of homogeneity, P(c w) = c^degree P(w); a law checks it. */
  readonly degree: number;
  /** The definition, with rational coefficients and one exact scalar; `null` with a reason where there is none. */
  exact(): { readonly map: PolyMap<Q> } | { readonly map: null; readonly why: string };
  /** beta = P(w) into `out` (length dim). Allocates nothing. */
  apply(w: Float64Array, out: Float64Array): void;
  /** J(w)^T g into `out` (length parameters). Allocates nothing. */
  pullback(w: Float64Array, g: Float64Array, out: Float64Array): void;
}

export interface Architecture {
  readonly name: string;
  readonly summary: string;
  readonly source: Citation;
  readonly usesWidths: boolean;
  readonly maximalDepth: number | null;
  build(dimensions: Dimensions): Parameterization;
}

function positiveInteger(who: string, what: string, value: unknown): void {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1)
    throw new UseError(`${who}: expected ${what} to be a positive integer, got ${String(value)}`);
}

/** Checks dimensions once, for every architecture, before its own `build` sees them. */
export function defineArchitecture(a: Architecture): Architecture {
  return Object.freeze({
    ...a,
    build(dimensions: Dimensions): Parameterization {
      positiveInteger(a.name, "dim", dimensions.dim);
      positiveInteger(a.name, "depth", dimensions.depth);
      if (a.maximalDepth !== null && dimensions.depth > a.maximalDepth)
        throw new UseError(`${a.name}: expected depth at most ${a.maximalDepth}, got ${dimensions.depth}`);
      if (dimensions.widths !== undefined) {
        if (!a.usesWidths) throw new UseError(`${a.name}: has no hidden widths, got ${dimensions.widths.join(",")}`);
        for (const width of dimensions.widths) positiveInteger(a.name, "every width", width);
      }
      const built = a.build(dimensions);
      if (built.parameters > PARAMETER_LIMIT)
        throw new UseError(`${a.name}: expected at most ${PARAMETER_LIMIT} parameters, got ${built.parameters}`);
      return built;
    },
  });
}

/** 8 MB a copy of the parameters, and a run keeps about a hundred; beyond it this engine would not end in useful time. */
const PARAMETER_LIMIT = 1_000_000;

/** Length of the parameter vector of a list of layers. */
export const parameterCount = (layers: readonly LayerShape[]): number =>
  layers.reduce((m, l) => m + l.rows * l.columns, 0);

/** Names w1, w2 ... for a single-row layer, or w1_r_c. */
export function parameterNames(layers: readonly LayerShape[]): string[] {
  return layers.flatMap(({ rows, columns }, l) =>
    Array.from({ length: rows * columns }, (_, i) =>
      rows === 1 ? `w${l + 1}_${i}` : `w${l + 1}_${Math.floor(i / columns)}_${i % columns}`,
    ),
  );
}
