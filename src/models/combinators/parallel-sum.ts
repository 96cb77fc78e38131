/**
 * Networks side by side: beta = P_1(w_1) + P_2(w_2) + ..., each with parameters of its own, one after another.
 * Exactly: the coordinates are added over the scalar of the first, so all scalars must be rational multiples of it; no
 * scale is lost. The costs min |w|^2 of such a sum are the infimal convolution of those of its parts.
 * Source: Dai, Karzand, Srebro 2021. Cost: that of the parts, and once that of
 * their exact maps, from which it is seen whether they fit.
 */
import { factorsOf, keyOf } from "../../exact/monomial.js";
import { homogeneousDegree, type PolyMap, type SqrtScale } from "../../exact/polymap.js";
import { fromTerms, type Polynomial, scaled, sumOf } from "../../exact/polynomial.js";
import { div, floorSqrt, mul, type Q, q, showQ } from "../../exact/rational.js";
import { UseError } from "../../kernel/use-error.js";
import type { Parameterization } from "../architecture.js";
import { checkParameterCount } from "../dimensions.js";
import type { FourierStructure, TorusFilter } from "../torus.js";

type Exact = ReturnType<Parameterization["exact"]>;

/** s / t where that is rational, else null. */
function ratioOf(s: SqrtScale, t: SqrtScale): Q | null {
  const square = s.radicand * t.radicand; // sqrt(a / b) = sqrt(a b) / b
  const root = floorSqrt(square);
  return root * root === square ? mul(div(s.rational, t.rational), q(root, t.radicand)) : null;
}

const showScale = (s: SqrtScale): string => `${showQ(s.rational)} sqrt(${s.radicand})`;

/** p with its variables renumbered from `offset` on, among `variables`. */
const moved = (p: Polynomial<Q>, offset: number, variables: number): Polynomial<Q> =>
  fromTerms(
    p.ring,
    variables,
    [...p.terms].map(([key, c]) => [keyOf(factorsOf(key).map(([v, times]) => [v + offset, times])), c] as const),
  );

function sumOfMaps(maps: readonly PolyMap<Q>[], offsets: readonly number[], variables: number): PolyMap<Q> {
  const { scale, coordinates } = maps[0]!;
  const factors = maps.map((map) => {
    const ratio = ratioOf(map.scale, scale);
    if (ratio === null)
      throw new UseError(
        `parallel sum: expected scales that differ by a rational factor, got ${showScale(scale)} and ${showScale(map.scale)}`,
      );
    return ratio;
  });
  return {
    names: maps.flatMap(({ names }, i) => names.map((name) => `net${i + 1}_${name}`)),
    coordinates: coordinates.map((_, d) =>
      sumOf(maps.map((map, i) => moved(scaled(map.coordinates[d]!, factors[i]!), offsets[i]!, variables))),
    ),
    scale,
  };
}

function exactSum(nets: readonly Parameterization[], offsets: readonly number[], variables: number): Exact {
  const maps: PolyMap<Q>[] = [];
  for (const P of nets) {
    const reading = P.exact();
    if (reading.map === null) return { map: null, why: `${P.architecture}: ${reading.why}` };
    maps.push(reading.map);
  }
  return { map: sumOfMaps(maps, offsets, variables) };
}

/** The hints side by side, where all have one for the same torus, the same signals and the same number of factors. */
function sumOfHints(nets: readonly Parameterization[], offsets: readonly number[]): FourierStructure | null {
  const hints = nets.flatMap(({ fourier }) => (fourier === undefined ? [] : [fourier]));
  const frame = ({ shape, channels }: FourierStructure): string =>
    JSON.stringify([shape, channels.map((c) => [c.coordinates, c.products[0]?.length])]);
  const [first] = hints;
  if (first === undefined || hints.length < nets.length || hints.some((h) => frame(h) !== frame(first))) return null;
  const move = (f: TorusFilter, by: number): TorusFilter => ({ ...f, parameters: f.parameters.map((i) => i + by) });
  return {
    shape: first.shape,
    channels: first.channels.map(({ coordinates }, r) => ({
      coordinates,
      products: hints.flatMap((h, i) =>
        h.channels[r]!.products.map((filters) => filters.map((f) => move(f, offsets[i]!))),
      ),
    })),
  };
}

/** The sum of one network or more; throws UseError where predictors or scales do not fit each other. */
export function parallelSum(...nets: readonly Parameterization[]): Parameterization {
  const [first] = nets;
  if (first === undefined) throw new UseError("parallel sum: expected at least one network, got none");
  for (const { shape } of nets)
    if (shape.join("x") !== first.shape.join("x"))
      throw new UseError(
        `parallel sum: expected predictors of one shape, got ${first.shape.join("x")} and ${shape.join("x")}`,
      );
  const offsets = nets.map((_, i) => nets.slice(0, i).reduce((m, P) => m + P.parameters, 0));
  const parameters = nets.reduce((m, P) => m + P.parameters, 0);
  checkParameterCount("parallel sum", parameters);
  const own = nets.map((P) => ({ w: new Float64Array(P.parameters), back: new Float64Array(P.parameters) }));
  const { dim } = first.dimensions;
  const part = new Float64Array(dim);
  /** The parameters of network i into its own array. */
  const read = (w: Float64Array, i: number): Float64Array => {
    const mine = own[i]!.w;
    for (let k = 0; k < mine.length; k++) mine[k] = w[offsets[i]! + k]!;
    return mine;
  };

  const exact = exactSum(nets, offsets, parameters);
  const fourier = sumOfHints(nets, offsets);
  const groups = nets.map((P, i) => P.groups?.map((group) => group.map((k) => k + offsets[i]!)));
  return {
    architecture: nets.map((P) => P.architecture).join(" + "),
    dimensions: { dim, depth: Math.max(...nets.map((P) => P.dimensions.depth)) },
    shape: first.shape,
    layers: nets.flatMap((P) => P.layers),
    parameters,
    // The parts share no parameter, so only constants can cancel.
    degree: nets.every((P) => P.degree === first.degree && P.degree !== null)
      ? first.degree
      : exact.map && homogeneousDegree(exact.map),
    ...(groups.every((g) => g !== undefined) ? { groups: groups.flat() } : {}),
    ...(fourier === null ? {} : { fourier }),
    exact: () => exact,
    apply(w, out) {
      out.fill(0);
      for (let i = 0; i < nets.length; i++) {
        nets[i]!.apply(read(w, i), part);
        for (let d = 0; d < dim; d++) out[d] = out[d]! + part[d]!;
      }
    },
    pullback(w, g, out) {
      for (let i = 0; i < nets.length; i++) {
        const { back } = own[i]!;
        nets[i]!.pullback(read(w, i), g, back);
        out.set(back, offsets[i]!);
      }
    },
  };
}
